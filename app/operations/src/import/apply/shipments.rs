//! Shipments by waybill: whole orders, or line by line with quantities and serials.

use std::sync::Arc;

use domain::{OrderId, ShipmentId, Timestamp};
use store::Tx;
use store::import::bulk::Put;
use store::shipment::ShipmentRow;

use super::touched::Touched;
use crate::context::Ctx;
use crate::error::Error;
use crate::import::batch::{Entry, Parser};
use crate::import::columns::{Cells, QUANTITY_MAX, Slot};
use crate::import::driver::{Run, Slice, Writer};
use crate::import::mapping::Plan;
use crate::import::problem::Problem;
use crate::import::resolve::Resolver;
use crate::import::seen::Seen;
use crate::import::source::Record;
use crate::import::value;
use crate::order::put::LINE_NO_MAX;

/// Reads and writes shipments.
pub(in crate::import) struct Shipments {
    order_no: Slot,
    waybill: Slot,
    shipped_at: Slot,
    delivered_at: Slot,
    carrier: Slot,
    state: Slot,
    line_no: Slot,
    quantity: Slot,
    serial: Slot,
    channel: Slot,
    resolver: Resolver,
    seen: Seen,
}

/// A shipment, or one line of it, of a file.
pub(in crate::import) struct ShipmentOfFile {
    order_id: OrderId,
    waybill: String,
    shipped_at: Timestamp,
    delivered_at: Option<Timestamp>,
    carrier: String,
    state: Option<&'static str>,
    line_no: Option<i64>,
    quantity: Option<i64>,
    serial: String,
}

impl Shipments {
    pub(in crate::import) fn new(plan: &Plan, resolver: Resolver) -> Self {
        let slot = |field| Slot::bind(field, &plan.headers, &plan.mapping);
        Self {
            order_no: slot("order_no"),
            waybill: slot("waybill"),
            shipped_at: slot("shipped_at"),
            delivered_at: slot("delivered_at"),
            carrier: slot("carrier"),
            state: slot("state"),
            line_no: slot("line_no"),
            quantity: slot("quantity"),
            serial: slot("serial"),
            channel: slot("channel"),
            resolver,
            seen: Seen::new(),
        }
    }
}

impl Parser for Shipments {
    type Row = ShipmentOfFile;

    fn parse(&mut self, record: &Record) -> Result<Result<Self::Row, Vec<Problem>>, Error> {
        let mut cells = Cells::new(record);
        let number = cells.key(&self.order_no);
        let shop = self.resolver.optional_shop(self.channel.get(record))?;
        let order = match shop {
            Ok(shop) if !number.is_empty() => self.resolver.order(number, shop.as_ref())?,
            Ok(_) => return Ok(Err(cells.problems)),
            Err(problem) => Err(problem),
        };
        let order: Arc<_> = match order {
            Ok(order) => order,
            Err(problem) => {
                cells.problems.push(problem);
                return Ok(Err(cells.problems));
            }
        };
        let zone = &order.shop.zone;
        let shipped_at = cells.time(&self.shipped_at, zone);
        if shipped_at.is_none() && !cells.problems.iter().any(|problem| problem.field == "shipped_at") {
            cells.problems.push(Problem::required("shipped_at"));
        }
        let has_state = self.state.is_mapped() && !self.state.get(record).is_empty();
        let row = ShipmentOfFile {
            order_id: order.id,
            waybill: cells.key(&self.waybill).to_owned(),
            shipped_at: shipped_at.unwrap_or_default(),
            delivered_at: cells.time(&self.delivered_at, zone),
            carrier: cells.optional_key(&self.carrier).to_owned(),
            state: if has_state { cells.word(&self.state, value::shipment_state) } else { None },
            line_no: cells.whole(&self.line_no, 1, LINE_NO_MAX),
            quantity: cells.whole(&self.quantity, 1, QUANTITY_MAX),
            serial: cells.optional_key(&self.serial).to_owned(),
        };
        if !self.seen.first((row.order_id, &row.waybill, row.line_no, &row.serial)) {
            cells.problems.push(Problem::duplicate("waybill", &row.waybill));
        }
        Ok(cells.done(row))
    }
}

impl Writer for Shipments {
    fn write(
        tx: &Tx<'_>,
        ctx: &mut Ctx<'_>,
        _run: &Run,
        rows: &[Entry<Self::Row>],
        slice: &mut Slice<'_>,
    ) -> Result<usize, Error> {
        let mut touched = Touched::default();
        let mut written = rows.len();
        for (index, entry) in rows.iter().enumerate() {
            match put(tx, ctx, &entry.value)? {
                Ok(put) => {
                    slice.count(put);
                    if put != Put::Same {
                        touched.add(entry.value.order_id);
                    }
                }
                Err(problem) => slice.bad.push((index, problem)),
            }
            if !slice.pace.goes_on(1) {
                written = index + 1;
                break;
            }
        }
        touched.settle(tx, ctx)?;
        Ok(written)
    }
}

fn put(tx: &Tx<'_>, ctx: &Ctx<'_>, row: &ShipmentOfFile) -> Result<Result<Put, Problem>, Error> {
    let line = match row.line_no {
        Some(line_no) => match store::order::line::by_number(tx, row.order_id, line_no)? {
            Some(line) => Some(line),
            None => {
                let text = line_no.to_string();
                let (zh, en) = (format!("订单没有第 {text} 行"), format!("the order has no line {text}"));
                return Ok(Err(Problem::new("line_no", "unknown_line", zh, en)));
            }
        },
        None => None,
    };
    let (id, put) = put_header(tx, ctx, row)?;
    let changed = match line {
        Some(line) => put_line(tx, id, &line, row)?,
        None if put == Put::New => {
            store::order::line::ship_whole(tx, row.order_id)?;
            true
        }
        None => false,
    };
    if put != Put::Same {
        note_dates(tx, row.order_id)?;
    }
    Ok(Ok(if put == Put::Same && changed { Put::Changed } else { put }))
}

fn put_header(tx: &Tx<'_>, ctx: &Ctx<'_>, row: &ShipmentOfFile) -> Result<(ShipmentId, Put), Error> {
    let before = store::shipment::by_waybill(tx, row.order_id, &row.waybill)?;
    let carriers = ctx.definitions.masters.carriers();
    let named = |carrier: &&store::master::CarrierRow| {
        carrier.code == row.carrier || carrier.name.zh == row.carrier || carrier.name.en == row.carrier
    };
    let known = before.as_ref();
    let delivered_at = row.delivered_at.or_else(|| known.and_then(|known| known.delivered_at));
    let from_date = if delivered_at.is_some() { "delivered" } else { "shipped" };
    let shipment = ShipmentRow {
        id: known.map_or_else(|| ShipmentId::from_raw(ctx.id()), |known| known.id),
        order_id: row.order_id,
        carrier_id: carriers.iter().find(named).map(|carrier| carrier.id).or(known.and_then(|known| known.carrier_id)),
        waybill: row.waybill.clone(),
        state: row.state.unwrap_or_else(|| known.map_or(from_date, |known| known.state.as_str())).to_owned(),
        shipped_at: row.shipped_at,
        delivered_at,
    };
    let put = match known {
        None => {
            store::shipment::insert(tx, &shipment)?;
            Put::New
        }
        Some(known) if *known == shipment => Put::Same,
        Some(_) => {
            store::shipment::update(tx, &shipment)?;
            Put::Changed
        }
    };
    Ok((shipment.id, put))
}

// A row per serial counts up; a row with a quantity says it.
fn put_line(tx: &Tx<'_>, id: ShipmentId, line: &store::order::LineRow, row: &ShipmentOfFile) -> Result<bool, Error> {
    let carried = store::shipment::lines(tx, id)?.into_iter().find(|(carried, _)| *carried == line.id);
    let before = carried.map_or(0, |(_, quantity)| quantity);
    let known_serial = row.serial.is_empty() || store::shipment::lines_of_serial(tx, &row.serial)?.contains(&line.id);
    let quantity = match (row.quantity, row.serial.is_empty()) {
        (Some(quantity), true) => quantity,
        (_, false) => before + i64::from(!known_serial),
        (None, true) => line.ordered - line.cancelled,
    };
    if !row.serial.is_empty() {
        store::shipment::put_serial(tx, &row.serial, line.id)?;
    }
    if quantity == before || quantity <= 0 {
        return Ok(!known_serial);
    }
    store::shipment::put_line(tx, id, line.id, quantity)?;
    store::order::line::set_shipped(tx, line.id, store::shipment::shipped_of_line(tx, line.id)?)?;
    Ok(true)
}

// The order left with its last shipment, and arrived when all have.
fn note_dates(tx: &Tx<'_>, id: OrderId) -> Result<(), Error> {
    let Some(mut order) = store::order::find(tx, id)? else { return Ok(()) };
    let shipments = store::shipment::of_order(tx, id)?;
    let left = shipments.iter().map(|shipment| shipment.shipped_at).max();
    let all_arrived = shipments.iter().all(|shipment| shipment.delivered_at.is_some());
    let arrived = shipments.iter().filter_map(|shipment| shipment.delivered_at).max().filter(|_| all_arrived);
    if order.shipped_at != left || order.delivered_at != arrived {
        order.shipped_at = left;
        order.delivered_at = arrived;
        store::order::update(tx, &order)?;
    }
    Ok(())
}
