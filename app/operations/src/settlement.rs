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
mod platform_first;
pub mod preview;
pub mod propose;
pub mod read;
pub mod refunds;
mod settle;
mod words;

pub(crate) use settle::settle;

use domain::{Permission, RmaLineId, SettlementId};
use store::rma::RmaRow;
use store::settlement::SettlementRow;
use store::{Conn, Tx};

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::reach;
use crate::warehouse::inspect::share_of;

/// By what means money goes back.
pub const MEANS: [&str; 5] = ["original", "credit", "manual", "platform", "none"];

/// Brings up to date what boards count for a line: what was paid on it and what would still be.
///
/// # Errors
/// The store's.
pub(crate) fn refresh_line(tx: &Tx<'_>, id: RmaLineId) -> Result<(), Error> {
    let line = store::rma_line::find(tx, id)?.ok_or(Error::NotFound("rma_line"))?;
    let work = store::case_work::case_work(tx, line.rma_id)?;
    let paid = work.line_money(id);
    // What is given without goods has no share to wait for: it is what was paid, once something was.
    if !line.kind.consumes_quantity() {
        return match paid {
            Some(money) => Ok(store::rma_line::set_money(tx, id, line.money_done, money.paid_minor)?),
            None => Ok(()),
        };
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
