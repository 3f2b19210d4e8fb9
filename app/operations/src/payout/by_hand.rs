//! A payment made by hand, cash or bank: with its proof and who paid (M9). For a settlement meant to be paid so, or for a
//! payout that was refused.

use domain::state::{PayoutState, SettlementState};
use domain::{EventKind, PayoutId, Permission, SettlementId, TenderId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::payout::PayoutRow;
use store::settlement::SettlementRow;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Most characters of a proof.
const MAX_PROOF_CHARS: usize = 500;

/// Records a payment by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidByHand {
    /// The settlement.
    pub settlement: SettlementId,
    /// The refused payout it takes the place of, if one.
    pub instead_of: Option<PayoutId>,
    /// A transfer's number, a receipt's, …
    pub proof: String,
}

/// Records that a person paid, with proof.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` without proof; `Conflict` before approval, a second time, or while money may be
/// moving already.
pub fn by_hand(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &PaidByHand) -> Result<PayoutId, Error> {
    let settlement = store::settlement::find(tx, cmd.settlement)?.ok_or(Error::NotFound("settlement"))?;
    let rma = reach::case(tx, ctx, settlement.rma_id, Permission::SettlementPay)?;
    let payer = reach::person(ctx, Permission::SettlementPay)?;
    let proof = cmd.proof.trim();
    if proof.is_empty() || proof.chars().count() > MAX_PROOF_CHARS {
        let refusal = Refusal::new(
            "proof_needed",
            format!("请填写付款凭证，最长 {MAX_PROOF_CHARS} 个字符"),
            format!("a proof of the payment is needed, at most {MAX_PROOF_CHARS} characters"),
        );
        return Err(Error::invalid(refusal.at("proof")));
    }
    let (tender, amount_minor) = part(tx, &settlement, cmd.instead_of)?;
    crate::settlement::invoice::nothing_blocks(tx, &rma, settlement.order_id)?;
    if settlement.state == SettlementState::Approved
        && !store::settlement::advance(tx, settlement.id, SettlementState::Approved, SettlementState::Executing)?
    {
        return Err(Error::NotFound("settlement"));
    }
    let id = PayoutId::from_raw(ctx.id());
    let row = PayoutRow {
        id,
        settlement_id: settlement.id,
        key: format!("po-{id}"),
        tender_id: tender,
        amount_minor,
        currency: settlement.currency,
        state: PayoutState::Manual,
        attempts: 0,
        gateway_id: None,
        error: String::new(),
        proof: proof.to_owned(),
        paid_by: Some(payer),
        requested_at: ctx.now,
        sent_at: None,
        finished_at: Some(ctx.now),
        next_query_at: None,
    };
    store::payout::insert(tx, &row)?;
    let event = Event::new(EventKind::PaidByHand)
        .rma(rma.id)
        .about("payout", id.get())
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({
            "settlement": settlement.id, "amount_minor": amount_minor, "currency": settlement.currency,
            "instead_of": cmd.instead_of,
        }));
    ctx.record(event);
    super::finish_settlement(tx, ctx, &settlement, &rma)?;
    Ok(id)
}

// Which part of the settlement is paid: all of it, or what a refused payout was for.
fn part(
    tx: &Tx<'_>,
    settlement: &SettlementRow,
    instead_of: Option<PayoutId>,
) -> Result<(Option<TenderId>, i64), Error> {
    let Some(refused) = instead_of else {
        if settlement.state != SettlementState::Approved || settlement.means != "manual" {
            let refusal = Refusal::new(
                "not_by_hand",
                "该结算不是待人工付款的状态",
                "this settlement is not waiting to be paid by hand",
            );
            return Err(Error::conflict(refusal));
        }
        return Ok((None, settlement.net_minor));
    };
    let payout = store::payout::find(tx, refused)?.filter(|payout| payout.settlement_id == settlement.id);
    let payout = payout.ok_or(Error::NotFound("payout"))?;
    if payout.state != PayoutState::Failed || settlement.state != SettlementState::Executing {
        let refusal = Refusal::new(
            "not_refused",
            "只有被拒绝的付款可以改为人工付款；结果未知的付款请先查询",
            "only a refused payout is paid by hand instead; an unknown outcome is asked about first",
        );
        return Err(Error::conflict(refusal));
    }
    super::nothing_live(tx, &payout)?;
    Ok((payout.tender_id, payout.amount_minor))
}
