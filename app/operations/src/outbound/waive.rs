//! An outbound order that will not go, or was lost on its way: a recorded decision with a reason.

use domain::{EventKind, OutboundOrderId, Permission};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Waives an outbound order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaiveOutbound {
    /// The order.
    pub outbound: OutboundOrderId,
    /// Why; with the customer's consent when something else is done instead.
    pub reason: String,
}

/// Records that an order does not go.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` without a reason; `Conflict` when it was delivered or waived before.
pub fn waive(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &WaiveOutbound) -> Result<OutboundOrderId, Error> {
    let order = super::reached(tx, ctx, cmd.outbound, Permission::Waive)?;
    let reason = reach::reason(&cmd.reason, "reason")?;
    if !store::outbound::waive(tx, order.id, reason)? {
        let refusal = Refusal::new("not_open", "该出库单已签收或已豁免", "this order has arrived or was waived before");
        return Err(Error::conflict(refusal));
    }
    ctx.topic(format!("outbound:{}", order.shop_id));
    let event = Event::new(EventKind::OutboundWaived)
        .rma(order.rma_id)
        .about("outbound_order", order.id.get())
        .at(Some(order.shop_id), order.warehouse_id)
        .with(json!({ "number": order.number, "reason": reason }));
    ctx.record(event);
    Ok(order.id)
}
