//! Goods that will not come: written off with a permission and a reason, so that the case can go on.

use domain::{EventKind, Permission, RmaLineId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Writes goods off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaiveGoods {
    /// The line.
    pub line: RmaLineId,
    /// How many units.
    pub quantity: i64,
    /// Why.
    pub reason: String,
}

/// Writes missing goods off. Nothing is refunded for them; what was advanced for them is written off too.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` without a reason; `Conflict` with what is still awaited.
pub fn waive(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &WaiveGoods) -> Result<RmaLineId, Error> {
    let line = store::rma_line::find(tx, cmd.line)?.ok_or(Error::NotFound("rma_line"))?;
    let rma = reach::case(tx, ctx, line.rma_id, Permission::Waive)?;
    let reason = reach::reason(&cmd.reason, "reason")?;
    let quantity = super::quantity(cmd.quantity, "quantity")?;
    reach::under_way(&rma)?;
    let remaining = if line.kind.expects_goods() && !line.undeclared {
        (line.approved - line.received - line.waived).max(0)
    } else {
        0
    };
    if quantity > remaining {
        let refusal = Refusal::new(
            "exceeds_awaited",
            format!("该行还在等待 {remaining} 件，不能核销更多"),
            format!("the line still waits for {remaining}, no more can be written off"),
        );
        return Err(Error::conflict(refusal.at("quantity")));
    }
    store::rma_line::add_waived(tx, line.id, quantity)?;
    crate::ledger::receivable::sync(tx, ctx, &rma)?;
    crate::settlement::refresh_line(tx, line.id)?;
    let event = Event::new(EventKind::GoodsWaived)
        .rma(rma.id)
        .about("rma_line", line.id.get())
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({ "quantity": quantity, "reason": reason }));
    ctx.record(event);
    Ok(line.id)
}
