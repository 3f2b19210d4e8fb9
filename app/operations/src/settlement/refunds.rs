//! What was paid back per shop and day, and the invoices that are still to be reversed.

use domain::{InvoiceWorkId, Permission, SettlementId};
use store::Conn;
pub use store::invoice_work::DueRow;
pub use store::refund_day::{Days, RefundDayRow, RefundRow};

use crate::actor::Actor;
use crate::error::{Error, Refusal};
use crate::gate;

/// Who sees what was paid.
const SEE: [Permission; 3] = [Permission::SettlementPropose, Permission::SettlementApprove, Permission::SettlementPay];
/// Most days at once.
const MAX_DAYS: i64 = 92;

/// The sums of some days, newest first.
///
/// # Errors
/// `Forbidden`; `Invalid` for days the wrong way round or too many.
pub fn sums(conn: &Conn, actor: &Actor, days: Days) -> Result<Vec<RefundDayRow>, Error> {
    check(actor, days)?;
    Ok(store::refund_day::sums(conn, &gate::rows_any(actor, &SEE), days)?)
}

/// The list behind the sums, newest first.
///
/// # Errors
/// As `sums`.
pub fn list(
    conn: &Conn,
    actor: &Actor,
    days: Days,
    before: Option<SettlementId>,
    limit: u32,
) -> Result<Vec<RefundRow>, Error> {
    check(actor, days)?;
    Ok(store::refund_day::list(conn, &gate::rows_any(actor, &SEE), days, before, limit)?)
}

/// Invoices to be reversed, or those that were, newest first.
///
/// # Errors
/// `Forbidden`.
pub fn invoices(
    conn: &Conn,
    actor: &Actor,
    done: bool,
    before: Option<InvoiceWorkId>,
    limit: u32,
) -> Result<Vec<DueRow>, Error> {
    require(actor)?;
    let state = if done { "done" } else { "open" };
    Ok(store::invoice_work::page(conn, &gate::rows_any(actor, &SEE), state, before, limit)?)
}

fn check(actor: &Actor, days: Days) -> Result<(), Error> {
    require(actor)?;
    let span = days.to.days() - days.from.days();
    if (0..MAX_DAYS).contains(&span) {
        return Ok(());
    }
    let refusal = Refusal::new(
        "days_malformed",
        format!("开始日期在前，最多 {MAX_DAYS} 天"),
        format!("the first day comes first, {MAX_DAYS} days at most"),
    );
    Err(Error::invalid(refusal.at("from")))
}

fn require(actor: &Actor) -> Result<(), Error> {
    match SEE.iter().any(|permission| actor.may_somewhere(*permission)) {
        true => Ok(()),
        false => Err(Error::Forbidden(Permission::SettlementPropose)),
    }
}
