//! An outbound order arrives. Its units are claimable again, through this delivery and for the money they stand for (Q5).

use std::collections::BTreeMap;

use domain::kind::OutboundKind;
use domain::{EventKind, OutboundOrderId, Permission, RmaLineId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::outbound::OutboundRow;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::warehouse::inspect::share_of;

/// Delivers an outbound order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deliver {
    /// The order.
    pub outbound: OutboundOrderId,
    /// When; now unless the carrier says otherwise.
    pub at: Option<Timestamp>,
}

/// Records that an outbound order arrived. Telling it twice changes nothing.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for the time; `Conflict` before it left or after it was waived.
pub fn deliver(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Deliver) -> Result<OutboundOrderId, Error> {
    let order = super::reached(tx, ctx, cmd.outbound, Permission::OutboundManage)?;
    if order.delivered_at.is_some() {
        return Ok(order.id);
    }
    let at = crate::warehouse::happened_at(ctx, cmd.at, "at")?;
    if order.shipped_at.is_some_and(|shipped| at < shipped) {
        let refusal = Refusal::new("before_dispatch", "签收时间不能早于发出时间", "it cannot arrive before it left");
        return Err(Error::invalid(refusal.at("at")));
    }
    redeliver(tx, &order)?;
    if !store::outbound::deliver(tx, order.id, at)? {
        let refusal = Refusal::new("not_shipped", "该出库单尚未发出或已豁免", "this order has not left or was waived");
        return Err(Error::conflict(refusal));
    }
    ctx.topic(format!("outbound:{}", order.shop_id));
    let event = Event::new(EventKind::OutboundDelivered)
        .rma(order.rma_id)
        .about("outbound_order", order.id.get())
        .at(Some(order.shop_id), order.warehouse_id)
        .with(json!({ "number": order.number }));
    ctx.record(event);
    Ok(order.id)
}

// What goes out for accepted units takes their share, from the front; what is sent back unrefunded, from the back.
fn redeliver(tx: &Tx<'_>, order: &OutboundRow) -> Result<(), Error> {
    let work = store::case_work::case_work(tx, order.rma_id)?;
    let from_back = order.kind == OutboundKind::SendBack;
    let delivered = |line: RmaLineId| -> i64 {
        let same = work.outbound.iter().filter(|part| part.line == line);
        same.filter(|part| (part.kind == OutboundKind::SendBack) == from_back).map(|part| part.delivered).sum()
    };
    let mut units: BTreeMap<RmaLineId, i64> = BTreeMap::new();
    for line in store::outbound::lines(tx, order.id)? {
        *units.entry(line.rma_line_id).or_default() += line.quantity;
    }
    for (id, quantity) in units {
        let line = store::rma_line::find(tx, id)?.ok_or(Error::NotFound("rma_line"))?;
        let Some(order_line) = line.order_line_id.filter(|_| !line.undeclared) else { continue };
        let share = share_of(&line);
        let already = delivered(id);
        let part = if from_back { share.back(already, quantity) } else { share.front(already, quantity) };
        store::outbound::redeliver(tx, order_line, quantity, part.goods_minor, part.tax_minor)?;
    }
    Ok(())
}
