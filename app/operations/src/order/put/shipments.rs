//! What left: shipments with their lines and serials, and how much of each order line that makes.

use std::collections::HashMap;

use domain::{OrderLineId, ShipmentId, Timestamp};
use store::Tx;
use store::order::{LineRow, OrderRow};
use store::shipment::ShipmentRow;

use crate::context::Ctx;
use crate::error::Error;
use crate::order::facts::{OrderFacts, ShipmentFacts, ShipmentLineFacts};

/// When the last part left and arrived: what the facts say, else what the shipments say.
pub(super) fn dates(facts: &OrderFacts) -> (Option<Timestamp>, Option<Timestamp>) {
    let left = facts.shipments.iter().map(|shipment| shipment.shipped_at).max();
    let all_arrived = facts.shipments.iter().all(|shipment| shipment.delivered_at.is_some());
    let arrived = facts.shipments.iter().filter_map(|shipment| shipment.delivered_at).max().filter(|_| all_arrived);
    (facts.shipped_at.or(left), facts.delivered_at.or(arrived))
}

/// Writes the shipments and what they make of the lines.
pub(super) fn write(tx: &Tx<'_>, ctx: &Ctx<'_>, order: &OrderRow, facts: &OrderFacts) -> Result<(), Error> {
    let lines = store::order::line::of_order(tx, order.id)?;
    for shipment in &facts.shipments {
        let id = upsert(tx, ctx, order, shipment)?;
        for part in &shipment.lines {
            for line in reached(&lines, part.line_no) {
                put_line(tx, id, line, part, &lines)?;
            }
        }
    }
    let whole = facts.shipments.iter().any(|shipment| shipment.lines.is_empty())
        || (facts.shipments.is_empty() && order.shipped_at.is_some());
    let explicit: HashMap<i64, i64> =
        facts.lines.iter().filter_map(|line| Some((line.line_no, line.shipped?))).collect();
    for line in &lines {
        let Some(shipped) = shipped(tx, line, &lines, whole, &explicit)? else { continue };
        if shipped != line.shipped {
            store::order::line::set_shipped(tx, line.id, shipped)?;
        }
    }
    Ok(())
}

// What the source says of the line, else the whole line with a whole order, else what the shipments carry of it.
fn shipped(
    tx: &Tx<'_>,
    line: &LineRow,
    lines: &[LineRow],
    whole: bool,
    explicit: &HashMap<i64, i64>,
) -> Result<Option<i64>, Error> {
    if lines.iter().any(|other| other.parent_id == Some(line.id)) {
        return Ok(Some(0));
    }
    let own_no =
        line.parent_id.and_then(|id| lines.iter().find(|other| other.id == id)).map_or(line.line_no, |p| p.line_no);
    if explicit.contains_key(&own_no) {
        // Written with the line, times the bundle's quantity for its parts.
        return Ok(None);
    }
    if whole {
        return Ok(Some(line.ordered - line.cancelled));
    }
    Ok(Some(store::shipment::shipped_of_line(tx, line.id)?))
}

// The line itself, or the parts that stand for a bundle.
fn reached(lines: &[LineRow], line_no: i64) -> Vec<&LineRow> {
    let Some(line) = lines.iter().find(|line| line.line_no == line_no && line.parent_id.is_none()) else {
        return Vec::new();
    };
    let parts: Vec<&LineRow> = lines.iter().filter(|part| part.parent_id == Some(line.id)).collect();
    if parts.is_empty() { vec![line] } else { parts }
}

fn put_line(
    tx: &Tx<'_>,
    id: ShipmentId,
    line: &LineRow,
    part: &ShipmentLineFacts,
    lines: &[LineRow],
) -> Result<(), Error> {
    let bundle = line.parent_id.and_then(|parent| lines.iter().find(|other| other.id == parent));
    let per_bundle = bundle.map_or(1, |bundle| line.ordered / bundle.ordered.max(1)).max(1);
    store::shipment::put_line(tx, id, line.id, part.quantity.saturating_mul(per_bundle))?;
    if bundle.is_none() {
        put_serials(tx, line.id, &part.serials)?;
    }
    Ok(())
}

fn put_serials(tx: &Tx<'_>, line: OrderLineId, serials: &[String]) -> Result<(), Error> {
    for serial in serials.iter().map(|serial| serial.trim()).filter(|serial| !serial.is_empty()) {
        store::shipment::put_serial(tx, serial, line)?;
    }
    Ok(())
}

fn upsert(tx: &Tx<'_>, ctx: &Ctx<'_>, order: &OrderRow, facts: &ShipmentFacts) -> Result<ShipmentId, Error> {
    let waybill = facts.waybill.trim();
    let before = store::shipment::by_waybill(tx, order.id, waybill)?;
    let carriers = ctx.definitions.masters.carriers();
    let carrier = facts.carrier.as_deref().and_then(|code| carriers.iter().find(|carrier| carrier.code == code));
    let row = ShipmentRow {
        id: before.as_ref().map_or_else(|| ShipmentId::from_raw(ctx.id()), |before| before.id),
        order_id: order.id,
        carrier_id: carrier.map(|carrier| carrier.id).or_else(|| before.as_ref().and_then(|before| before.carrier_id)),
        waybill: waybill.to_owned(),
        state: facts.state.clone(),
        shipped_at: facts.shipped_at,
        delivered_at: facts.delivered_at,
    };
    match before {
        Some(before) if before == row => {}
        Some(_) => store::shipment::update(tx, &row)?,
        None => store::shipment::insert(tx, &row)?,
    }
    Ok(row.id)
}
