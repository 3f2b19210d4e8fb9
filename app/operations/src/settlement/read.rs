//! Settlements for the desk: lists, one with all that belongs to it, the work on invoices.

use domain::state::{PayoutState, SettlementState};
use domain::{Currency, Permission, RmaId, SettlementId, ShopId};
use store::Conn;
pub use store::invoice_work::InvoiceWorkRow;
pub use store::payout::{AttemptRow, PayoutRow};
use store::rma::RmaRow;
pub use store::settlement::{ComponentRow, SettlementRow};

use crate::actor::Actor;
use crate::error::Error;
use crate::gate;
use crate::person::names::Names;
use crate::timer::watch::{self, Watched};

/// Who sees settlements.
const SEE: [Permission; 3] = [Permission::SettlementPropose, Permission::SettlementApprove, Permission::SettlementPay];

/// A settlement with all that belongs to it.
#[derive(Clone, Debug)]
pub struct SettlementDetail {
    /// The settlement.
    pub settlement: SettlementRow,
    /// Its case's number.
    pub rma_number: String,
    /// What for.
    pub components: Vec<ComponentRow>,
    /// Its payouts with their attempts.
    pub payouts: Vec<PayoutDetail>,
    /// Who keyed, approved and paid.
    pub names: Names,
    /// What the reader can do now.
    pub actions: Vec<SettlementAction>,
    /// By when it should be paid.
    pub clock: Watched,
}

/// A payout with its attempts.
#[derive(Clone, Debug)]
pub struct PayoutDetail {
    /// The payout.
    pub payout: PayoutRow,
    /// Its tries, oldest first.
    pub attempts: Vec<AttemptRow>,
    /// What the reader can do now.
    pub actions: Vec<PayoutAction>,
}

/// Something a reader can do with a settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettlementAction {
    /// Approve it.
    Approve,
    /// Take it back.
    Cancel,
    /// Start paying it.
    Pay,
    /// Record a payment by hand.
    PayByHand,
}

/// Something a reader can do with a payout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayoutAction {
    /// Ask what became of it.
    Query,
    /// Try it again.
    Retry,
    /// Stop it before its first try.
    Stop,
    /// Pay it by hand instead.
    PayByHand,
}

/// Which settlements a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only in this state.
    pub state: Option<SettlementState>,
    /// Only of this shop.
    pub shop: Option<ShopId>,
    /// Older than this one.
    pub before: Option<SettlementId>,
}

/// The money of a case.
#[derive(Clone, Debug)]
pub struct CaseSettlements {
    /// Its settlements, oldest first.
    pub settlements: Vec<SettlementDetail>,
    /// Its work on invoices.
    pub invoices: Vec<InvoiceWorkRow>,
    /// The case's currency.
    pub currency: Currency,
}

/// A page of settlements that the actor may see, newest first.
///
/// # Errors
/// The store's.
pub fn page(conn: &Conn, actor: &Actor, filter: &Filter, limit: u32) -> Result<Vec<SettlementDetail>, Error> {
    let scope = gate::rows_any(actor, &SEE).in_shop(filter.shop);
    let rows = store::settlement::page(conn, &scope, filter.state, filter.before, limit)?;
    rows.into_iter().map(|row| with_case(conn, actor, row)).collect()
}

/// One settlement.
///
/// # Errors
/// `NotFound`, the store's.
pub fn one(conn: &Conn, actor: &Actor, id: SettlementId) -> Result<SettlementDetail, Error> {
    let settlement = store::settlement::find(conn, id)?.ok_or(Error::NotFound("settlement"))?;
    let rma = sees(conn, actor, settlement.rma_id).map_err(|_| Error::NotFound("settlement"))?;
    detail(conn, actor, &rma, settlement)
}

/// The settlements of a case, oldest first, with its work on invoices.
///
/// # Errors
/// `NotFound`, the store's.
pub fn of_case(conn: &Conn, actor: &Actor, id: RmaId) -> Result<CaseSettlements, Error> {
    let rma = sees(conn, actor, id)?;
    let rows = store::settlement::of_rma(conn, id)?;
    let settlements = rows.into_iter().map(|row| detail(conn, actor, &rma, row)).collect::<Result<_, _>>()?;
    Ok(CaseSettlements { settlements, invoices: store::invoice_work::of_rma(conn, id)?, currency: rma.currency })
}

/// Settlements with a payout whose outcome is unknown, oldest first, of cases that the actor sees the money of.
///
/// # Errors
/// The store's.
pub fn unknown_payouts(
    conn: &Conn,
    actor: &Actor,
    shop: Option<ShopId>,
    limit: u32,
) -> Result<Vec<SettlementDetail>, Error> {
    let mut found: Vec<SettlementDetail> = Vec::new();
    for payout in store::payout::unknown(conn, limit)? {
        let settlement = store::settlement::find(conn, payout.settlement_id)?.ok_or(Error::NotFound("settlement"))?;
        let known = found.iter().any(|one| one.settlement.id == settlement.id);
        let elsewhere = shop.is_some_and(|shop| shop != settlement.shop_id);
        if known || elsewhere {
            continue;
        }
        if let Ok(rma) = sees(conn, actor, settlement.rma_id) {
            found.push(detail(conn, actor, &rma, settlement)?);
        }
    }
    Ok(found)
}

fn sees(conn: &Conn, actor: &Actor, id: RmaId) -> Result<RmaRow, Error> {
    let rma = store::rma::find(conn, id)?.ok_or(Error::NotFound("rma"))?;
    let may = |right: &Permission| actor.may(*right, Some(rma.shop_id), rma.warehouse_id);
    if SEE.iter().any(may) { Ok(rma) } else { Err(Error::NotFound("rma")) }
}

fn with_case(conn: &Conn, actor: &Actor, settlement: SettlementRow) -> Result<SettlementDetail, Error> {
    let rma = store::rma::find(conn, settlement.rma_id)?.ok_or(Error::NotFound("rma"))?;
    detail(conn, actor, &rma, settlement)
}

fn detail(conn: &Conn, actor: &Actor, rma: &RmaRow, settlement: SettlementRow) -> Result<SettlementDetail, Error> {
    let payouts = crate::payout::read::of_settlement(conn, settlement.id)?;
    let rows: Vec<&PayoutRow> = payouts.iter().map(|(payout, _)| payout).collect();
    let people = [Some(settlement.proposed_by), settlement.approved_by].into_iter().flatten();
    let names = Names::read(conn, people.chain(rows.iter().filter_map(|payout| payout.paid_by)))?;
    let actions = actions(actor, rma, &settlement, &rows);
    let of_payouts: Vec<_> = rows.iter().map(|payout| payout_actions(actor, rma, &settlement, payout, &rows)).collect();
    let payouts = payouts.into_iter().zip(of_payouts);
    Ok(SettlementDetail {
        rma_number: rma.number.clone(),
        components: store::settlement::components(conn, settlement.id)?,
        payouts: payouts.map(|((payout, attempts), actions)| PayoutDetail { payout, attempts, actions }).collect(),
        names,
        actions,
        clock: watch::of_settlement(conn, &settlement)?,
        settlement,
    })
}

// What the verbs would let through: the verbs themselves stay the judges.
fn actions(actor: &Actor, rma: &RmaRow, settlement: &SettlementRow, payouts: &[&PayoutRow]) -> Vec<SettlementAction> {
    let may = |permission| actor.may(permission, Some(rma.shop_id), rma.warehouse_id);
    let own = actor.person().is_none_or(|person| person == settlement.proposed_by);
    let state = settlement.state;
    let approved = state == SettlementState::Approved;
    let by_hand = settlement.means == "manual";
    let nothing_moved = payouts.iter().all(|payout| payout.state == PayoutState::Failed);
    let cancellable = match state {
        SettlementState::Proposed | SettlementState::Approved => true,
        SettlementState::Executing => nothing_moved,
        SettlementState::Settled | SettlementState::Cancelled => false,
    };
    let waits_for_another = state == SettlementState::Proposed && !(settlement.needs_second && own);
    let offered = [
        (SettlementAction::Approve, waits_for_another && may(Permission::SettlementApprove)),
        (SettlementAction::Pay, approved && !by_hand && may(Permission::SettlementPay)),
        (SettlementAction::PayByHand, approved && by_hand && may(Permission::SettlementPay)),
        (SettlementAction::Cancel, cancellable && may(Permission::SettlementPropose)),
    ];
    offered.into_iter().filter(|(_, offered)| *offered).map(|(action, _)| action).collect()
}

fn payout_actions(
    actor: &Actor,
    rma: &RmaRow,
    settlement: &SettlementRow,
    payout: &PayoutRow,
    all: &[&PayoutRow],
) -> Vec<PayoutAction> {
    if !actor.may(Permission::SettlementPay, Some(rma.shop_id), rma.warehouse_id) {
        return Vec::new();
    }
    let replaced = all.iter().any(|other| {
        other.id != payout.id && other.tender_id == payout.tender_id && other.state != PayoutState::Failed
    });
    match payout.state {
        PayoutState::Sent | PayoutState::Unknown => vec![PayoutAction::Query],
        PayoutState::Requested if payout.attempts == 0 => vec![PayoutAction::Stop],
        PayoutState::Failed if settlement.state == SettlementState::Executing && !replaced => {
            vec![PayoutAction::Retry, PayoutAction::PayByHand]
        }
        PayoutState::Requested | PayoutState::Done | PayoutState::Failed | PayoutState::Manual => Vec::new(),
    }
}
