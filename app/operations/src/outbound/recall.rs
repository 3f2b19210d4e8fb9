//! Units called back from an outbound order that has not left.

use domain::kind::OutboundKind;
use domain::state::OutboundState;
use domain::{EventKind, RmaLineId};
use serde_json::json;
use store::Tx;
use store::rma::RmaRow;

use crate::context::Ctx;
use crate::error::Error;
use crate::event::Event;

/// Takes up to `quantity` units of a line off its open orders of a kind; gives how many could not be taken off.
///
/// # Errors
/// The store's.
pub(crate) fn recall(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    rma: &RmaRow,
    kind: OutboundKind,
    line: RmaLineId,
    quantity: i64,
) -> Result<i64, Error> {
    let mut left = quantity;
    let orders = store::outbound::of_rma(tx, rma.id)?;
    for order in orders.iter().filter(|order| order.kind == kind && order.state == OutboundState::Open) {
        let lines = store::outbound::lines(tx, order.id)?;
        let others = lines.iter().filter(|part| part.rma_line_id != line).count();
        let mut emptied = others == 0;
        for part in lines.iter().filter(|part| part.rma_line_id == line) {
            let taken = part.quantity.min(left);
            if taken > 0 {
                store::outbound::take_off(tx, part, taken)?;
                left -= taken;
            }
            emptied &= taken == part.quantity;
        }
        if emptied {
            store::outbound::waive(tx, order.id, "disposition corrected")?;
            let event = Event::new(EventKind::OutboundWaived)
                .rma(rma.id)
                .about("outbound_order", order.id.get())
                .at(Some(rma.shop_id), rma.warehouse_id)
                .with(json!({ "number": order.number, "recalled": true }));
            ctx.record(event);
        }
    }
    Ok(left)
}
