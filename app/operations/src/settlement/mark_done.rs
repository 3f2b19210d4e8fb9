//! Finance says that nothing more is paid on a line, with a reason.

use domain::{EventKind, Permission, RmaLineId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Marks a line's money as done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkDone {
    /// The line.
    pub line: RmaLineId,
    /// Why nothing more is paid.
    pub reason: String,
}

/// Marks a line's money as done, so that the case can close.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` without a reason; `Conflict` while a settlement is open.
pub fn mark_done(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &MarkDone) -> Result<RmaLineId, Error> {
    let line = store::rma_line::find(tx, cmd.line)?.ok_or(Error::NotFound("rma_line"))?;
    let rma = reach::case(tx, ctx, line.rma_id, Permission::SettlementPropose)?;
    let reason = reach::reason(&cmd.reason, "reason")?;
    reach::under_way(&rma)?;
    let work = store::case_work::case_work(tx, rma.id)?;
    if work.settlement_is_open() {
        let refusal = Refusal::new(
            "settlement_open",
            "还有未完成的结算，请先支付或取消",
            "a settlement is still open; pay or cancel it first",
        );
        return Err(Error::conflict(refusal));
    }
    let paid = work.line_money(line.id).map_or(0, |money| money.paid_minor);
    store::rma_line::set_money(tx, line.id, true, paid)?;
    let event = Event::new(EventKind::MoneyMarkedDone)
        .rma(rma.id)
        .about("rma_line", line.id.get())
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({ "reason": reason, "paid_minor": paid }));
    ctx.record(event);
    Ok(line.id)
}
