//! Paying an approved settlement. Store credit and refunds that a platform made are done in this transaction; money to
//! the original payment becomes payout rows with their keys, sent after the commit (M4, M7).

use domain::allocate::allocate;
use domain::state::{PayoutState, SettlementState};
use domain::{EventKind, PayoutId, Permission, SettlementId, TenderId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::order::TenderRow;
use store::payout::PayoutRow;
use store::rma::RmaRow;
use store::settlement::SettlementRow;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;

/// A payment that is paid back into store credit, in our own books.
pub(crate) const CREDIT_TENDER: &str = "store_credit";

/// Pays a settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pay {
    /// The settlement.
    pub settlement: SettlementId,
}

/// A settlement that is paid or being paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paying {
    /// The settlement.
    pub settlement: SettlementId,
    /// Where it stands now.
    pub state: SettlementState,
    /// The payouts under way or done.
    pub payouts: Vec<PayoutId>,
}

/// Starts paying an approved settlement.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Conflict` before approval, a second time, while a 专票 is not back, or when the order's
/// payments cannot take it back.
pub fn pay(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Pay) -> Result<Paying, Error> {
    let (settlement, rma) = super::reached(tx, ctx, cmd.settlement, Permission::SettlementPay)?;
    if settlement.state != SettlementState::Approved {
        return Err(super::too_late(&settlement));
    }
    super::invoice::nothing_blocks(tx, &rma, settlement.order_id)?;
    match settlement.means.as_str() {
        "original" => to_original(tx, ctx, &settlement, &rma),
        "credit" => to_credit(tx, ctx, &settlement, &rma),
        "manual" => Err(by_hand_only()),
        _ => {
            super::settle(tx, ctx, &settlement, &rma)?;
            Ok(Paying { settlement: settlement.id, state: SettlementState::Settled, payouts: Vec::new() })
        }
    }
}

fn by_hand_only() -> Error {
    let refusal = Refusal::new(
        "paid_by_hand",
        "该结算为人工付款，请付款后登记凭证",
        "this settlement is paid by hand: record the payment with its proof",
    );
    Error::conflict(refusal)
}

fn to_original(tx: &Tx<'_>, ctx: &mut Ctx<'_>, settlement: &SettlementRow, rma: &RmaRow) -> Result<Paying, Error> {
    let order = settlement.order_id.ok_or(Error::NotFound("order"))?;
    let tenders = store::order::tenders(tx, order)?;
    let parts = split(settlement, &tenders)?;
    if !store::settlement::advance(tx, settlement.id, SettlementState::Approved, SettlementState::Executing)? {
        return Err(super::too_late(settlement));
    }
    let mut payouts = Vec::with_capacity(parts.len());
    for (tender, amount_minor) in parts {
        payouts.push(request(tx, ctx, settlement, rma, tender, amount_minor)?);
    }
    crate::payout::finish_settlement(tx, ctx, settlement, rma)?;
    let state = store::settlement::find(tx, settlement.id)?.map_or(settlement.state, |row| row.state);
    Ok(Paying { settlement: settlement.id, state, payouts })
}

/// Writes one payout with its key and holds its tender.
pub(crate) fn request(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    settlement: &SettlementRow,
    rma: &RmaRow,
    tender: Option<&TenderRow>,
    amount_minor: i64,
) -> Result<PayoutId, Error> {
    let id = PayoutId::from_raw(ctx.id());
    if let Some(tender) = tender {
        store::order::add_tender_refunded(tx, tender.id, amount_minor)?;
    }
    let into_credit = tender.is_some_and(|tender| tender.kind == CREDIT_TENDER);
    if into_credit {
        crate::ledger::credit::grow(tx, ctx, rma, settlement, amount_minor)?;
    }
    let row = payout(ctx, settlement, id, tender.map(|tender| tender.id), amount_minor, into_credit);
    store::payout::insert(tx, &row)?;
    if !into_credit {
        ctx.topic("payouts");
    }
    let event = Event::new(EventKind::PayoutSent)
        .rma(rma.id)
        .about("payout", id.get())
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({ "settlement": settlement.id, "amount_minor": amount_minor, "currency": settlement.currency }));
    ctx.record(event);
    Ok(id)
}

fn payout(
    ctx: &Ctx<'_>,
    settlement: &SettlementRow,
    id: PayoutId,
    tender: Option<TenderId>,
    amount_minor: i64,
    done: bool,
) -> PayoutRow {
    PayoutRow {
        id,
        settlement_id: settlement.id,
        key: format!("po-{id}"),
        tender_id: tender,
        amount_minor,
        currency: settlement.currency,
        state: if done { PayoutState::Done } else { PayoutState::Requested },
        attempts: 0,
        gateway_id: None,
        error: String::new(),
        proof: String::new(),
        paid_by: None,
        requested_at: ctx.now,
        sent_at: None,
        finished_at: done.then_some(ctx.now),
        next_query_at: None,
    }
}

/// Splits the net over what each payment can still take back, exactly.
fn split<'t>(settlement: &SettlementRow, tenders: &'t [TenderRow]) -> Result<Vec<(Option<&'t TenderRow>, i64)>, Error> {
    if tenders.is_empty() {
        return Ok(vec![(None, settlement.net_minor)]);
    }
    let left: Vec<i64> = tenders.iter().map(|tender| (tender.amount_minor - tender.refunded_minor).max(0)).collect();
    let room: i64 = left.iter().sum();
    if room < settlement.net_minor {
        let money = domain::Money::new(room, settlement.currency);
        let refusal = Refusal::new(
            "exceeds_tender",
            format!("原支付方式只能再退 {money}"),
            format!("the original payments can take back {money} only"),
        )
        .help("请取消后改用余额或人工付款", "cancel it and choose store credit or a payment by hand");
        return Err(Error::conflict(refusal));
    }
    let shares = allocate(settlement.net_minor, &left);
    Ok(tenders.iter().map(Some).zip(shares).filter(|(_, share)| *share > 0).collect())
}

fn to_credit(tx: &Tx<'_>, ctx: &mut Ctx<'_>, settlement: &SettlementRow, rma: &RmaRow) -> Result<Paying, Error> {
    if !store::settlement::advance(tx, settlement.id, SettlementState::Approved, SettlementState::Executing)? {
        return Err(super::too_late(settlement));
    }
    crate::ledger::credit::grow(tx, ctx, rma, settlement, settlement.net_minor)?;
    let id = PayoutId::from_raw(ctx.id());
    store::payout::insert(tx, &payout(ctx, settlement, id, None, settlement.net_minor, true))?;
    crate::payout::finish_settlement(tx, ctx, settlement, rma)?;
    Ok(Paying { settlement: settlement.id, state: SettlementState::Settled, payouts: vec![id] })
}
