//! Units called back from outbound orders that have not left, and orders called off with them.

use domain::kind::OutboundKind;
use domain::state::OutboundState;
use domain::{EventKind, RmaLineId};
use serde_json::json;
use store::Tx;
use store::outbound::{OutboundLineRow, OutboundRow};
use store::rma::RmaRow;

use crate::context::Ctx;
use crate::error::Error;
use crate::event::Event;

/// Takes up to `quantity` units of a line off its open orders of a kind, for a reason that an emptied order shows; gives
/// how many could not be taken off.
///
/// # Errors
/// The store's.
pub(crate) fn recall(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    rma: &RmaRow,
    (kind, line, quantity): (OutboundKind, RmaLineId, i64),
    reason: &str,
) -> Result<i64, Error> {
    let mut left = quantity;
    let orders = store::outbound::of_rma(tx, rma.id)?;
    for order in orders.iter().filter(|order| order.kind == kind && order.state == OutboundState::Open) {
        let lines = store::outbound::lines(tx, order.id)?;
        let whole: i64 = lines.iter().map(|part| part.quantity).sum();
        let taken = take_off(tx, &lines, line, left)?;
        left -= taken;
        if taken == whole {
            waive(tx, ctx, rma, order, reason)?;
        }
    }
    Ok(left)
}

/// Takes up to `quantity` units of a line off its waived orders of a kind that never left: the units are still here and
/// free for something else. Gives how many could not be taken off.
///
/// # Errors
/// The store's.
pub(crate) fn free_declined(
    tx: &Tx<'_>,
    rma: &RmaRow,
    (kind, line, quantity): (OutboundKind, RmaLineId, i64),
) -> Result<i64, Error> {
    let mut left = quantity;
    let orders = store::outbound::of_rma(tx, rma.id)?;
    let declined = |order: &&OutboundRow| order.state == OutboundState::Waived && order.shipped_at.is_none();
    for order in orders.iter().filter(|order| order.kind == kind).filter(declined) {
        left -= take_off(tx, &store::outbound::lines(tx, order.id)?, line, left)?;
    }
    Ok(left)
}

/// Calls off every open order of a case that is taken back.
///
/// # Errors
/// The store's.
pub(crate) fn call_off(tx: &Tx<'_>, ctx: &mut Ctx<'_>, rma: &RmaRow, reason: &str) -> Result<(), Error> {
    let orders = store::outbound::of_rma(tx, rma.id)?;
    for order in orders.iter().filter(|order| order.state == OutboundState::Open) {
        waive(tx, ctx, rma, order, reason)?;
    }
    Ok(())
}

fn take_off(tx: &Tx<'_>, lines: &[OutboundLineRow], line: RmaLineId, wanted: i64) -> Result<i64, Error> {
    let mut taken = 0;
    for part in lines.iter().filter(|part| part.rma_line_id == line) {
        let quantity = part.quantity.min(wanted - taken);
        if quantity > 0 {
            store::outbound::take_off(tx, part, quantity)?;
            taken += quantity;
        }
    }
    Ok(taken)
}

fn waive(tx: &Tx<'_>, ctx: &mut Ctx<'_>, rma: &RmaRow, order: &OutboundRow, reason: &str) -> Result<(), Error> {
    store::outbound::waive(tx, order.id, reason)?;
    ctx.topic(format!("outbound:{}", rma.shop_id));
    let event = Event::new(EventKind::OutboundWaived)
        .rma(rma.id)
        .about("outbound_order", order.id.get())
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({ "number": order.number, "reason": reason, "recalled": true }));
    ctx.record(event);
    Ok(())
}
