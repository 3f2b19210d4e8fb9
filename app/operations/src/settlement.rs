//! Settlements: previewed, keyed, approved by another above the limit, paid or taken back. Every amount has a basis with
//! a cap of its own; every component says who bears it.

pub mod approve;
pub mod cancel;
mod caps;
mod compose;
pub mod invoice;
mod limits;
pub mod mark_done;
pub mod pay;
pub mod preview;
pub mod propose;
pub mod read;
mod settle;
mod words;

pub(crate) use settle::settle;

use domain::settlement::{LineMoney, line_is_settled as is_settled};
use domain::{Permission, RmaLineId, SettlementId};
use store::case_work::CaseWork;
use store::rma::RmaRow;
use store::rma_line::RmaLineRow;
use store::settlement::SettlementRow;
use store::{Conn, Tx};

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::reach;
use crate::warehouse::inspect::share_of;

/// By what means money goes back.
pub const MEANS: [&str; 5] = ["original", "credit", "manual", "platform", "none"];

/// Whether nothing more is due on a line. `goods_done` says that all goods of the case are counted, inspected and
/// disposed of; settlements that are still open are the caller's to look for.
#[must_use]
pub fn line_is_settled(line: &RmaLineRow, work: &CaseWork, goods_done: bool) -> bool {
    is_settled(&line_money(line, work, goods_done))
}

fn line_money(line: &RmaLineRow, work: &CaseWork, goods_done: bool) -> LineMoney {
    let paid = work.line_money(line.id);
    LineMoney {
        kind: line.kind,
        share: share_of(line),
        approved: line.approved,
        goods_done,
        cap_counted_minor: line.cap_counted_minor,
        settled_minor: paid.map_or(0, |money| money.settled_minor),
        settled_extra_minor: paid.map_or(0, |money| money.settled_extra_minor),
        agreed_extra_minor: agreed_extra(line),
        marked_done: line.money_done,
    }
}

// What was asked for and agreed stands on the line before anything is paid on it.
fn agreed_extra(line: &RmaLineRow) -> i64 {
    if line.kind.consumes_quantity() { 0 } else { line.refund_minor }
}

/// Brings up to date what boards count for a line: what was paid on it and what would still be.
///
/// # Errors
/// The store's.
pub(crate) fn refresh_line(tx: &Tx<'_>, id: RmaLineId) -> Result<(), Error> {
    let line = store::rma_line::find(tx, id)?.ok_or(Error::NotFound("rma_line"))?;
    let work = store::case_work::case_work(tx, line.rma_id)?;
    let paid = work.line_money(id);
    // An extra keeps the amount that was agreed until that much is paid: nothing else says it.
    if !line.kind.consumes_quantity() {
        let paid_minor = paid.map_or(0, |money| money.paid_minor);
        let agreed_paid = paid.is_some_and(|money| money.settled_extra_minor >= line.refund_minor);
        if agreed_paid && paid_minor != line.refund_minor {
            store::rma_line::set_money(tx, id, line.money_done, paid_minor)?;
        }
        return Ok(());
    }
    let used = paid.map_or(0, |money| money.settled_minor);
    let counted_out = line.received + line.waived >= line.approved && line.accepted + line.refused >= line.received;
    let could_be = match () {
        () if line.money_done || !line.kind.settles_money() => used,
        () if line.kind.expects_goods() && counted_out => line.cap_counted_minor,
        () => share_of(&line).front(0, line.approved.max(line.requested * i64::from(line.approved == 0))).total_minor(),
    };
    let refund_minor = paid.map_or(0, |money| money.paid_minor) + (could_be - used).max(0);
    if refund_minor != line.refund_minor {
        store::rma_line::set_money(tx, id, line.money_done, refund_minor)?;
    }
    Ok(())
}

/// A settlement that the actor may do `permission` on, with its case.
fn reached(
    conn: &Conn,
    ctx: &Ctx<'_>,
    id: SettlementId,
    permission: Permission,
) -> Result<(SettlementRow, RmaRow), Error> {
    let settlement = store::settlement::find(conn, id)?.ok_or(Error::NotFound("settlement"))?;
    let rma = match reach::case(conn, ctx, settlement.rma_id, permission) {
        Err(Error::NotFound(_)) => return Err(Error::NotFound("settlement")),
        other => other?,
    };
    Ok((settlement, rma))
}

/// The refusal of a verb that came too late: M5, two clicks or two people give one change and one clear refusal.
fn too_late(settlement: &SettlementRow) -> Error {
    use domain::state::SettlementState;
    let (code, zh, en) = match settlement.state {
        SettlementState::Proposed => ("not_approved", "该结算尚未批准", "this settlement is not approved yet"),
        SettlementState::Approved => ("already_approved", "该结算已批准", "this settlement is approved already"),
        SettlementState::Executing => ("already_executing", "该结算正在支付", "this settlement is being paid"),
        SettlementState::Settled => ("already_settled", "该结算已支付", "this settlement is paid already"),
        SettlementState::Cancelled => ("already_cancelled", "该结算已取消", "this settlement was cancelled"),
    };
    Error::conflict(Refusal::new(code, zh, en))
}
