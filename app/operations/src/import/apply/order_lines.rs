//! Order lines: the bulk of every import. Order and article are looked up while reading; writing is one prepared insert.

use std::sync::Arc;

use domain::OrderLineId;
use store::Tx;
use store::import::bulk::{BulkLine, Known, LineWriter, Put};
use store::order::LineRow;

use super::touched::Touched;
use crate::context::Ctx;
use crate::error::Error;
use crate::import::batch::{Entry, Parser};
use crate::import::columns::{Cells, QUANTITY_MAX, Slot};
use crate::import::driver::{Run, Slice, Writer};
use crate::import::mapping::Plan;
use crate::import::problem::Problem;
use crate::import::resolve::{OrderRef, Resolver, SkuRef};
use crate::import::seen::Seen;
use crate::import::source::Record;
use crate::import::value;
use crate::order::put::{LINE_NO_MAX, put_bundle};

/// Reads and writes order lines.
pub(in crate::import) struct OrderLines {
    order_no: Slot,
    line_no: Slot,
    sku: Slot,
    quantity: Slot,
    cancelled: Slot,
    shipped: Slot,
    unit_price: Slot,
    discount: Slot,
    tax: Slot,
    shipping: Slot,
    paid: Slot,
    is_gift: Slot,
    channel: Slot,
    resolver: Resolver,
    seen: Seen,
    // The lines of the order that stands last: its rows mostly stand together.
    order: Option<domain::OrderId>,
    lines: Vec<i64>,
}

/// A line of a file. Millions wait for the writer, so quantities take half the room here.
pub(in crate::import) struct LineOfFile {
    order_id: domain::OrderId,
    sku_id: domain::SkuId,
    unit_price_minor: i64,
    discount_minor: i64,
    paid_goods_minor: i64,
    paid_tax_minor: i64,
    paid_freight_minor: i64,
    line_no: u32,
    ordered: u32,
    cancelled: u32,
    shipped: u32,
    is_gift: bool,
    is_bundle: bool,
    /// Whether the file says how much was shipped; else it is the order that says whether all was.
    says_shipped: bool,
}

impl LineOfFile {
    fn line(&self, id: OrderLineId) -> BulkLine {
        BulkLine {
            id,
            order_id: self.order_id,
            line_no: i64::from(self.line_no),
            sku_id: self.sku_id,
            is_gift: self.is_gift,
            ordered: i64::from(self.ordered),
            cancelled: i64::from(self.cancelled),
            shipped: i64::from(self.shipped),
            unit_price_minor: self.unit_price_minor,
            discount_minor: self.discount_minor,
            paid_goods_minor: self.paid_goods_minor,
            paid_tax_minor: self.paid_tax_minor,
            paid_freight_minor: self.paid_freight_minor,
        }
    }
}

impl OrderLines {
    pub(in crate::import) fn new(plan: &Plan, resolver: Resolver) -> Self {
        let slot = |field| Slot::bind(field, &plan.headers, &plan.mapping);
        Self {
            order_no: slot("order_no"),
            line_no: slot("line_no"),
            sku: slot("sku"),
            quantity: slot("quantity"),
            cancelled: slot("cancelled"),
            shipped: slot("shipped"),
            unit_price: slot("unit_price"),
            discount: slot("discount"),
            tax: slot("tax"),
            shipping: slot("shipping"),
            paid: slot("paid"),
            is_gift: slot("is_gift"),
            channel: slot("channel"),
            resolver,
            seen: Seen::new(),
            order: None,
            lines: Vec::new(),
        }
    }

    fn order(&mut self, number: &str, record: &Record) -> Result<Result<Arc<OrderRef>, Problem>, Error> {
        let shop = match self.resolver.optional_shop(self.channel.get(record))? {
            Ok(shop) => shop,
            Err(problem) => return Ok(Err(problem)),
        };
        let order = self.resolver.order(number, shop.as_ref())?;
        Ok(order.and_then(|order| if order.is_kept { Err(kept(number)) } else { Ok(order) }))
    }

    // Exact while so many keys are remembered, and always within the rows of an order that stand together.
    fn is_repeated(&mut self, order: domain::OrderId, line_no: i64) -> bool {
        if self.order != Some(order) {
            self.order = Some(order);
            self.lines.clear();
        }
        let here = self.lines.contains(&line_no);
        self.lines.push(line_no);
        !self.seen.first((order, line_no)) || here
    }
}

fn kept(number: &str) -> Problem {
    Problem::new(
        "order_no",
        "kept_by_source",
        format!("订单 {number} 由接口维护，文件不能改动"),
        format!("order {number} is kept by another system through the API; a file cannot change it"),
    )
}

impl Parser for OrderLines {
    type Row = LineOfFile;
    // About 20 MiB: most lines of one transaction change the same pages of the indexes, so that many in one are fast.
    const ROWS_PER_BATCH: usize = 131_072;

    fn parse(&mut self, record: &Record) -> Result<Result<Self::Row, Vec<Problem>>, Error> {
        // Looked at before borrowing for the cells: what is remembered of the last order changes with it.
        let number = self.order_no.get(record).to_owned();
        let order = if number.is_empty() { None } else { Some(self.order(&number, record)?) };
        let code = self.sku.get(record).to_owned();
        let sku = self.resolver.optional_sku(&code)?;
        let (parsed, key) = self.read(record, order, sku, &code);
        let repeated = key.is_some_and(|(order, line_no)| self.is_repeated(order, line_no));
        Ok(match (parsed, key) {
            (Ok(_), Some((_, line_no))) if repeated => {
                Err(vec![Problem::duplicate("line_no", &format!("{number}/{line_no}"))])
            }
            (parsed, _) => parsed,
        })
    }
}

type Parsed = Result<LineOfFile, Vec<Problem>>;

impl OrderLines {
    fn read(
        &self,
        record: &Record,
        order: Option<Result<Arc<OrderRef>, Problem>>,
        sku: Option<SkuRef>,
        code: &str,
    ) -> (Parsed, Option<(domain::OrderId, i64)>) {
        let mut cells = Cells::new(record);
        cells.key(&self.order_no);
        cells.key(&self.sku);
        let order = match order {
            Some(Ok(order)) => order,
            Some(Err(problem)) => {
                cells.problems.push(problem);
                return (Err(cells.problems), None);
            }
            None => return (Err(cells.problems), None),
        };
        if sku.is_none() && !code.is_empty() {
            cells.problems.push(Problem::unknown_sku(code));
        }
        let currency = order.currency;
        let line_no = cells.required_whole(&self.line_no, 1, LINE_NO_MAX);
        let ordered = cells.required_whole(&self.quantity, 1, QUANTITY_MAX);
        let cancelled = cells.whole(&self.cancelled, 0, ordered).unwrap_or(0);
        let shipped = cells.whole(&self.shipped, 0, ordered);
        let says_shipped = shipped.is_some();
        let unit_price_minor = cells.required_minor(&self.unit_price, currency);
        let discount_minor = cells.minor(&self.discount, currency).unwrap_or(0);
        let tax = cells.minor(&self.tax, currency).unwrap_or(0);
        let freight = cells.minor(&self.shipping, currency).unwrap_or(0);
        let is_gift = cells.word(&self.is_gift, value::flag).unwrap_or(false);
        let goods = match cells.minor(&self.paid, currency) {
            Some(paid) => paid.saturating_sub(tax).saturating_sub(freight),
            None => unit_price_minor.saturating_mul(ordered).saturating_sub(discount_minor),
        };
        if goods < 0 {
            cells.problems.push(Problem::money_sum("paid"));
        }
        let small = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        let row = LineOfFile {
            order_id: order.id,
            sku_id: sku.map_or_else(|| domain::SkuId::from_raw(0), |sku| sku.id),
            unit_price_minor,
            discount_minor,
            paid_goods_minor: goods,
            paid_tax_minor: tax,
            paid_freight_minor: freight,
            line_no: small(line_no),
            ordered: small(ordered),
            cancelled: small(cancelled),
            shipped: small(shipped.unwrap_or(if order.is_shipped { ordered - cancelled } else { 0 })),
            is_gift,
            is_bundle: sku.is_some_and(|sku| sku.is_bundle),
            says_shipped,
        };
        (cells.done(row), Some((order.id, line_no)))
    }
}

impl Writer for OrderLines {
    fn write(
        tx: &Tx<'_>,
        ctx: &mut Ctx<'_>,
        run: &Run,
        rows: &[Entry<Self::Row>],
        slice: &mut Slice<'_>,
    ) -> Result<usize, Error> {
        let mut touched = Touched::default();
        let mut freight = Freight::default();
        let mut written = rows.len();
        let mut writer = LineWriter::new(tx)?;
        for (index, entry) in rows.iter().enumerate() {
            let row = &entry.value;
            let put = put(tx, ctx, run, &mut writer, row)?;
            match put {
                Ok(put) => {
                    slice.count(put);
                    if put == Put::Changed {
                        touched.add(row.order_id);
                    }
                    if put != Put::Same {
                        freight.note(tx, row)?;
                    }
                }
                Err(problem) => slice.bad.push((index, problem)),
            }
            if !slice.pace.goes_on(1) {
                written = index + 1;
                break;
            }
        }
        drop(writer);
        freight.flush(tx)?;
        touched.settle(tx, ctx)?;
        Ok(written)
    }
}

/// Sums an order's freight once, when its lines are through.
#[derive(Default)]
struct Freight(Option<domain::OrderId>);

impl Freight {
    fn note(&mut self, tx: &Tx<'_>, line: &LineOfFile) -> Result<(), Error> {
        if self.0.is_some_and(|order| order != line.order_id) {
            self.flush(tx)?;
        }
        if line.paid_freight_minor != 0 {
            self.0 = Some(line.order_id);
        }
        Ok(())
    }

    fn flush(&mut self, tx: &Tx<'_>) -> Result<(), Error> {
        match self.0.take() {
            Some(order) => Ok(store::order::sum_freight(tx, order)?),
            None => Ok(()),
        }
    }
}

fn put(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    run: &Run,
    writer: &mut LineWriter<'_>,
    row: &LineOfFile,
) -> Result<Result<Put, Problem>, Error> {
    if row.is_bundle {
        return bundle(tx, ctx, row).map(Ok);
    }
    let line = row.line(OrderLineId::from_raw(ctx.id()));
    let Known::Before(before) = writer.put(&line)? else { return Ok(Ok(Put::New)) };
    // Written by this very run: the file has it twice, too far apart to be remembered.
    if before.id.get() > run.id.get() && run.planned.is_none() && before.claimed == 0 {
        let after = known_line(&before, row);
        let problem = Problem::duplicate("line_no", &before.line_no.to_string());
        return Ok(if after == *before { Ok(Put::Same) } else { Err(problem) });
    }
    let after = known_line(&before, row);
    if after == *before {
        return Ok(Ok(Put::Same));
    }
    store::order::line::update(tx, &after)?;
    Ok(Ok(Put::Changed))
}

// What a known line becomes. Without a column for it, a file does not take back what was shipped.
fn known_line(before: &LineRow, row: &LineOfFile) -> LineRow {
    let line = row.line(before.id);
    LineRow {
        sku_id: line.sku_id,
        is_gift: line.is_gift,
        ordered: line.ordered,
        cancelled: line.cancelled,
        shipped: if row.says_shipped { line.shipped } else { line.shipped.max(before.shipped) },
        unit_price_minor: line.unit_price_minor,
        discount_minor: line.discount_minor,
        paid_goods_minor: line.paid_goods_minor,
        paid_tax_minor: line.paid_tax_minor,
        paid_freight_minor: line.paid_freight_minor,
        ..before.clone()
    }
}

fn bundle(tx: &Tx<'_>, ctx: &Ctx<'_>, row: &LineOfFile) -> Result<Put, Error> {
    let known = store::order::line::of_order(tx, row.order_id)?;
    let before = known.iter().find(|line| line.line_no == i64::from(row.line_no) && line.parent_id.is_none());
    let id = before.map_or_else(|| OrderLineId::from_raw(ctx.id()), |before| before.id);
    let whole = known_line(&blank(id, row), row);
    let parts = store::sku::parts(tx, row.sku_id)?;
    put_bundle(tx, ctx, &whole, before, &parts, &known)?;
    if before.is_none() {
        return Ok(Put::New);
    }
    let after = store::order::line::of_order(tx, row.order_id)?;
    Ok(if after == known { Put::Same } else { Put::Changed })
}

fn blank(id: OrderLineId, line: &LineOfFile) -> LineRow {
    LineRow {
        id,
        order_id: line.order_id,
        line_no: i64::from(line.line_no),
        sku_id: line.sku_id,
        parent_id: None,
        is_gift: line.is_gift,
        ordered: i64::from(line.ordered),
        cancelled: 0,
        shipped: 0,
        redelivered: 0,
        unit_price_minor: 0,
        discount_minor: 0,
        paid_goods_minor: 0,
        paid_tax_minor: 0,
        paid_freight_minor: 0,
        claimed: 0,
        claimed_goods: 0,
        claimed_unshipped: 0,
        claimed_imported: 0,
        allocated_goods_minor: 0,
        allocated_tax_minor: 0,
        redelivered_goods_minor: 0,
        redelivered_tax_minor: 0,
    }
}
