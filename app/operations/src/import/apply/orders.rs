//! Order headers: shop by channel, buyer by number, times of the shop's zone, what was paid.

use domain::{ContactId, Currency, CustomerId, OrderId, ShipmentId, Timestamp};
use store::Tx;
use store::customer::CustomerRow;
use store::import::bulk::Put;
use store::order::OrderRow;
use store::shipment::ShipmentRow;

use super::touched::Touched;
use crate::context::Ctx;
use crate::error::Error;
use crate::import::batch::{Entry, Parser};
use crate::import::columns::{Cells, Slot};
use crate::import::driver::{Run, Slice, Writer};
use crate::import::mapping::Plan;
use crate::import::problem::Problem;
use crate::import::resolve::{Resolver, ShopRef};
use crate::import::seen::Seen;
use crate::import::source::Record;
use crate::import::value;
use crate::order::facts::ContactFacts;
use crate::order::put::{contact_row, merge_contact};

/// Reads and writes order headers.
pub(in crate::import) struct Orders {
    order_no: Slot,
    channel: Slot,
    customer_no: Slot,
    ordered_at: Slot,
    paid_at: Slot,
    shipped_at: Slot,
    delivered_at: Slot,
    currency: Slot,
    paid_total: Slot,
    freight: Slot,
    invoice: Slot,
    state: Slot,
    name: Slot,
    phone: Slot,
    address: Slot,
    nickname: Slot,
    waybill: Slot,
    carrier: Slot,
    resolver: Resolver,
    seen: Seen,
}

/// An order of a file; none leaves what is known.
pub(in crate::import) struct OrderOfFile {
    shop: ShopRef,
    number: String,
    customer_no: String,
    ordered_at: Timestamp,
    paid_at: Option<Timestamp>,
    shipped_at: Option<Timestamp>,
    delivered_at: Option<Timestamp>,
    currency: Currency,
    captured_minor: i64,
    freight_minor: Option<i64>,
    invoice: Option<&'static str>,
    state: Option<String>,
    contact: ContactFacts,
    waybill: String,
    carrier: String,
}

impl Orders {
    pub(in crate::import) fn new(plan: &Plan, resolver: Resolver) -> Self {
        let slot = |field| Slot::bind(field, &plan.headers, &plan.mapping);
        Self {
            order_no: slot("order_no"),
            channel: slot("channel"),
            customer_no: slot("customer_no"),
            ordered_at: slot("ordered_at"),
            paid_at: slot("paid_at"),
            shipped_at: slot("shipped_at"),
            delivered_at: slot("delivered_at"),
            currency: slot("currency"),
            paid_total: slot("paid_total"),
            freight: slot("freight"),
            invoice: slot("invoice"),
            state: slot("state"),
            name: slot("name"),
            phone: slot("phone"),
            address: slot("address"),
            nickname: slot("nickname"),
            waybill: slot("waybill"),
            carrier: slot("carrier"),
            resolver,
            seen: Seen::new(),
        }
    }
}

impl Parser for Orders {
    type Row = OrderOfFile;

    fn parse(&mut self, record: &Record) -> Result<Result<Self::Row, Vec<Problem>>, Error> {
        let mut cells = Cells::new(record);
        let number = cells.key(&self.order_no).to_owned();
        let shop = match self.resolver.shop(self.channel.get(record))? {
            Ok(shop) => shop,
            Err(problem) => {
                cells.problems.push(problem);
                return Ok(Err(cells.problems));
            }
        };
        if !number.is_empty() && !self.seen.first((shop.id, &number)) {
            cells.problems.push(Problem::duplicate("order_no", &number));
        }
        let currency = match self.currency.get(record) {
            "" => shop.currency,
            code => code.parse().unwrap_or_else(|_| {
                cells.problems.push(Problem::word("currency", code));
                shop.currency
            }),
        };
        let ordered_at = cells.time(&self.ordered_at, &shop.zone);
        if ordered_at.is_none() && !cells.problems.iter().any(|problem| problem.field == "ordered_at") {
            cells.problems.push(Problem::required("ordered_at"));
        }
        let row = OrderOfFile {
            customer_no: cells.optional_key(&self.customer_no).to_owned(),
            ordered_at: ordered_at.unwrap_or_default(),
            paid_at: cells.time(&self.paid_at, &shop.zone),
            shipped_at: cells.time(&self.shipped_at, &shop.zone),
            delivered_at: cells.time(&self.delivered_at, &shop.zone),
            captured_minor: cells.required_minor(&self.paid_total, currency),
            freight_minor: cells.minor(&self.freight, currency),
            invoice: if self.invoice.is_mapped() { cells.word(&self.invoice, value::invoice) } else { None },
            state: cells.text(&self.state),
            contact: ContactFacts {
                name: cells.text(&self.name),
                phone: cells.text(&self.phone),
                email: None,
                address: cells.text(&self.address),
                nickname: cells.text(&self.nickname),
            },
            waybill: cells.optional_key(&self.waybill).to_owned(),
            carrier: cells.optional_key(&self.carrier).to_owned(),
            shop,
            number,
            currency,
        };
        Ok(cells.done(row))
    }
}

impl Writer for Orders {
    fn write(
        tx: &Tx<'_>,
        ctx: &mut Ctx<'_>,
        run: &Run,
        rows: &[Entry<Self::Row>],
        slice: &mut Slice<'_>,
    ) -> Result<usize, Error> {
        let mut touched = Touched::default();
        let mut written = rows.len();
        for (index, entry) in rows.iter().enumerate() {
            let put = put(tx, ctx, run, &entry.value, &mut touched)?;
            slice.count(put);
            if !slice.pace.goes_on(1) {
                written = index + 1;
                break;
            }
        }
        touched.settle(tx, ctx)?;
        Ok(written)
    }
}

fn put(tx: &Tx<'_>, ctx: &Ctx<'_>, run: &Run, row: &OrderOfFile, touched: &mut Touched) -> Result<Put, Error> {
    let known = store::order::by_number(tx, row.shop.id, &row.number)?;
    // Another system keeps it through the API; a file without versions is not newer.
    if known.as_ref().is_some_and(|known| known.source_version > 0) {
        return Ok(Put::Same);
    }
    let before = known.clone().unwrap_or_else(|| blank(ctx, run, row));
    let mut after = OrderRow {
        customer_id: customer(tx, ctx, &row.customer_no)?.or(before.customer_id),
        state: row.state.clone().unwrap_or_else(|| before.state.clone()),
        ordered_at: row.ordered_at,
        paid_at: row.paid_at.or(before.paid_at),
        shipped_at: row.shipped_at.or(before.shipped_at),
        delivered_at: row.delivered_at.or(before.delivered_at),
        currency: row.currency,
        captured_minor: row.captured_minor,
        freight_minor: row.freight_minor.unwrap_or(before.freight_minor),
        invoice: row.invoice.map_or_else(|| before.invoice.clone(), str::to_owned),
        ..before.clone()
    };
    let contact_changed = put_contact(tx, ctx, &mut after, &row.contact)?;
    let put = match known {
        None => {
            store::order::insert(tx, &after)?;
            Put::New
        }
        Some(_) if after != before => {
            store::order::update(tx, &after)?;
            if before.shipped_at.is_none() && after.shipped_at.is_some() {
                store::order::line::ship_all(tx, after.id)?;
            }
            touched.add(after.id);
            Put::Changed
        }
        Some(_) if contact_changed => Put::Changed,
        Some(_) => Put::Same,
    };
    let shipment_changed = put_shipment(tx, ctx, &after, row)?;
    Ok(if put == Put::Same && shipment_changed { Put::Changed } else { put })
}

fn blank(ctx: &Ctx<'_>, run: &Run, row: &OrderOfFile) -> OrderRow {
    OrderRow {
        id: OrderId::from_raw(ctx.id()),
        shop_id: row.shop.id,
        number: row.number.clone(),
        customer_id: None,
        contact_id: None,
        state: "paid".to_owned(),
        ordered_at: row.ordered_at,
        paid_at: None,
        shipped_at: None,
        delivered_at: None,
        currency: row.currency,
        captured_minor: 0,
        freight_minor: 0,
        invoice: "none".to_owned(),
        held_minor: 0,
        held_imported_minor: 0,
        freight_held_minor: 0,
        source_version: 0,
        release_id: run.release_id,
        version: 1,
    }
}

// A buyer whose own file was not imported yet is made without values.
fn customer(tx: &Tx<'_>, ctx: &Ctx<'_>, number: &str) -> Result<Option<CustomerId>, Error> {
    if number.is_empty() {
        return Ok(None);
    }
    if let Some(known) = store::customer::by_number(tx, number)? {
        return Ok(Some(known.id));
    }
    let id = CustomerId::from_raw(ctx.id());
    let row = CustomerRow { id, customer_no: number.to_owned(), contact_id: None, version: 1 };
    store::customer::insert(tx, &row)?;
    Ok(Some(id))
}

fn put_contact(tx: &Tx<'_>, ctx: &Ctx<'_>, order: &mut OrderRow, values: &ContactFacts) -> Result<bool, Error> {
    if *values == ContactFacts::default() {
        return Ok(false);
    }
    let before = match order.contact_id {
        Some(id) => store::contact::find(tx, id)?,
        None => None,
    };
    let Some(before) = before else {
        let contact = contact_row(ContactId::from_raw(ctx.id()), values);
        store::contact::insert(tx, &contact)?;
        order.contact_id = Some(contact.id);
        return Ok(true);
    };
    let merged = merge_contact(&before, values);
    if let Some(merged) = &merged {
        store::contact::update(tx, merged)?;
    }
    Ok(merged.is_some())
}

fn put_shipment(tx: &Tx<'_>, ctx: &Ctx<'_>, order: &OrderRow, row: &OrderOfFile) -> Result<bool, Error> {
    if row.waybill.is_empty() {
        return Ok(false);
    }
    let before = store::shipment::by_waybill(tx, order.id, &row.waybill)?;
    let carriers = ctx.definitions.masters.carriers();
    let named = |carrier: &&store::master::CarrierRow| {
        carrier.code == row.carrier || carrier.name.zh == row.carrier || carrier.name.en == row.carrier
    };
    let carrier_id = carriers.iter().find(named).map(|carrier| carrier.id);
    let shipment = ShipmentRow {
        id: before.as_ref().map_or_else(|| ShipmentId::from_raw(ctx.id()), |before| before.id),
        order_id: order.id,
        carrier_id: carrier_id.or_else(|| before.as_ref().and_then(|before| before.carrier_id)),
        waybill: row.waybill.clone(),
        state: if order.delivered_at.is_some() { "delivered" } else { "shipped" }.to_owned(),
        shipped_at: order.shipped_at.unwrap_or(order.ordered_at),
        delivered_at: order.delivered_at,
    };
    match before {
        Some(before) if before == shipment => return Ok(false),
        Some(_) => store::shipment::update(tx, &shipment)?,
        None => store::shipment::insert(tx, &shipment)?,
    }
    Ok(true)
}
