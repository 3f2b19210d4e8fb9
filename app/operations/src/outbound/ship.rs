//! An outbound order leaves with a waybill.

use domain::{CarrierId, EventKind, OutboundOrderId, Permission, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;

/// Ships an outbound order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ship {
    /// The order.
    pub outbound: OutboundOrderId,
    /// Who brings it.
    pub carrier: Option<CarrierId>,
    /// Its waybill.
    pub waybill: String,
    /// When; now unless the ERP says otherwise.
    pub at: Option<Timestamp>,
}

/// Records that an outbound order left. Telling the same twice changes nothing.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for the waybill or the time; `Conflict` when it left under another waybill, was
/// delivered or waived.
pub fn ship(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Ship) -> Result<OutboundOrderId, Error> {
    let order = super::reached(tx, ctx, cmd.outbound, Permission::OutboundManage)?;
    let waybill = crate::warehouse::waybill(&cmd.waybill, "waybill")?;
    let at = crate::warehouse::happened_at(ctx, cmd.at, "at")?;
    if let Some(carrier) = cmd.carrier
        && ctx.definitions.masters.carriers().iter().all(|row| row.id != carrier)
    {
        let refusal = Refusal::new("no_such_carrier", "没有这个快递公司", "there is no such carrier");
        return Err(Error::invalid(refusal.at("carrier")));
    }
    if order.shipped_at.is_some() && order.waybill == waybill {
        return Ok(order.id);
    }
    if at < order.opened_at {
        let refusal =
            Refusal::new("before_opening", "发出时间不能早于建单时间", "it cannot leave before it was opened");
        return Err(Error::invalid(refusal.at("at")));
    }
    if !store::outbound::ship(tx, order.id, cmd.carrier, &waybill, at)? {
        let refusal =
            Refusal::new("not_open", "该出库单已发出、已签收或已豁免", "this order has left, arrived or was waived");
        return Err(Error::conflict(refusal));
    }
    ctx.topic(format!("outbound:{}", order.shop_id));
    let event = Event::new(EventKind::OutboundShipped)
        .rma(order.rma_id)
        .about("outbound_order", order.id.get())
        .at(Some(order.shop_id), order.warehouse_id)
        .with(json!({ "number": order.number, "waybill": waybill, "carrier": cmd.carrier }));
    ctx.record(event);
    Ok(order.id)
}
