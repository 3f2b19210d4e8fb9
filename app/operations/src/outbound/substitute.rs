//! Another variant than the one that came back goes out: while the order is open.

use domain::state::OutboundState;
use domain::{EventKind, OutboundLineId, OutboundOrderId, Permission, SkuId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;

/// Changes the article of an outbound line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitute {
    /// The order.
    pub outbound: OutboundOrderId,
    /// The line.
    pub line: OutboundLineId,
    /// What goes out instead.
    pub sku: SkuId,
}

/// Sends another variant.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Conflict` when the order has left.
pub fn substitute(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Substitute) -> Result<OutboundOrderId, Error> {
    let order = super::reached(tx, ctx, cmd.outbound, Permission::OutboundManage)?;
    let lines = store::outbound::lines(tx, order.id)?;
    let Some(line) = lines.iter().find(|line| line.id == cmd.line) else {
        return Err(Error::NotFound("outbound_line"));
    };
    if store::sku::find(tx, cmd.sku)?.is_none_or(|sku| !sku.active) {
        let refusal = Refusal::new("no_such_sku", "没有这个在售商品", "there is no such article");
        return Err(Error::invalid(refusal.at("sku")));
    }
    let own = domain::kind::OutboundKind::Exchange;
    if order.state != OutboundState::Open || order.kind != own {
        let refusal = Refusal::new(
            "not_open",
            "只有未发出的换货单可以更换商品",
            "only an exchange that has not left can send another article",
        );
        return Err(Error::conflict(refusal));
    }
    store::outbound::set_sku(tx, cmd.line, cmd.sku)?;
    let event = Event::new(EventKind::OutboundSubstituted)
        .rma(order.rma_id)
        .about("outbound_order", order.id.get())
        .at(Some(order.shop_id), order.warehouse_id)
        .with(json!({ "number": order.number, "line": cmd.line, "sku": cmd.sku, "was": line.sku_id }));
    ctx.record(event);
    ctx.topic(format!("outbound:{}", order.shop_id));
    Ok(order.id)
}
