//! Payouts: claimed, sent after the commit, answered or lost, asked about, tried again, or paid by hand. A row and its key
//! are on the disk before anything is sent; an unknown outcome is resolved by a query with the same key, never by sending
//! under another one (M4).

pub mod answer;
pub mod begin;
pub mod by_hand;
pub mod query;
pub mod read;
pub mod retry;
pub mod stop;

use domain::state::{PayoutState, SettlementState};
use domain::{PayoutId, Permission};
use store::payout::PayoutRow;
use store::rma::RmaRow;
use store::settlement::SettlementRow;
use store::{Conn, Tx};

use crate::context::Ctx;
use crate::error::Error;
use crate::reach;

/// A payout that the actor may do `permission` on, with its settlement and case.
fn reached(
    conn: &Conn,
    ctx: &Ctx<'_>,
    id: PayoutId,
    permission: Permission,
) -> Result<(PayoutRow, SettlementRow, RmaRow), Error> {
    let payout = store::payout::find(conn, id)?.ok_or(Error::NotFound("payout"))?;
    let settlement = store::settlement::find(conn, payout.settlement_id)?.ok_or(Error::NotFound("payout"))?;
    let rma = match reach::case(conn, ctx, settlement.rma_id, permission) {
        Err(Error::NotFound(_)) => return Err(Error::NotFound("payout")),
        other => other?,
    };
    Ok((payout, settlement, rma))
}

/// Marks a settlement as paid when its payouts that are done or paid by hand make up its net.
///
/// # Errors
/// The store's.
pub(crate) fn finish_settlement(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    settlement: &SettlementRow,
    rma: &RmaRow,
) -> Result<(), Error> {
    let payouts = store::payout::of_settlement(tx, settlement.id)?;
    let paid = payouts.iter().filter(|payout| matches!(payout.state, PayoutState::Done | PayoutState::Manual));
    let paid_minor: i64 = paid.map(|payout| payout.amount_minor).sum();
    let state = store::settlement::find(tx, settlement.id)?.map(|row| row.state);
    if paid_minor == settlement.net_minor && state == Some(SettlementState::Executing) {
        crate::settlement::settle(tx, ctx, settlement, rma)?;
    }
    Ok(())
}

/// Refuses when another payout has taken the place of a refused one (M5; the schema's `payout_one_live` says the same).
fn nothing_live(tx: &Tx<'_>, refused: &PayoutRow) -> Result<(), Error> {
    let others = store::payout::of_settlement(tx, refused.settlement_id)?;
    let same = others.iter().filter(|other| other.id != refused.id && other.tender_id == refused.tender_id);
    if same.into_iter().any(|other| other.state != PayoutState::Failed) {
        let refusal = crate::error::Refusal::new(
            "payout_under_way",
            "该款项已在支付中或已支付",
            "this part of the settlement is being paid or is paid",
        );
        return Err(Error::conflict(refusal));
    }
    Ok(())
}
