//! History as cases: over, exempt from money and date guards, consuming quantity, counted on boards.

use std::collections::HashMap;

use domain::allocate::share_of_units;
use domain::state::Bearer;
use domain::{OrderLineId, ReasonId, RmaId, RmaLineId, Text};
use store::Tx;
use store::import::bulk::Put;
use store::import::history::{self, KnownLine, PastCase, PastLine, PastWriter};
use store::master::ReasonRow;
use store::order::{LineRow, OrderRow};

use super::returns::ReturnOfFile;
use crate::context::Ctx;
use crate::error::Error;
use crate::import::batch::Entry;
use crate::import::driver::{Run, Slice};
use crate::import::problem::Problem;

/// A code longer than this is replaced by a hash; the name keeps the words.
const REASON_CODE_CHARS_MAX: usize = 64;
/// Reasons that files bring stand after those that the shop made.
const REASON_POSITION: i64 = 10_000;
/// Cases that continue one return at most.
const CONTINUATIONS_MAX: u32 = 1_000;

/// Writes rows return by return: a slice never ends within one.
pub(super) fn write(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    run: &Run,
    rows: &[Entry<ReturnOfFile>],
    slice: &mut Slice<'_>,
) -> Result<usize, Error> {
    let mut past = Past { tx, run, writer: PastWriter::new(tx)?, reasons: HashMap::new() };
    let mut from = 0;
    while let Some(first) = rows.get(from) {
        let same = |entry: &&Entry<ReturnOfFile>| {
            entry.value.return_no == first.value.return_no && entry.value.shop_id == first.value.shop_id
        };
        let count = rows.iter().skip(from).take_while(same).count();
        let group = rows.get(from..from + count).unwrap_or_default();
        past.put(ctx, group, from, slice)?;
        from += count;
        if !slice.pace.goes_on(count) {
            break;
        }
    }
    Ok(from)
}

struct Past<'c> {
    tx: &'c Tx<'c>,
    run: &'c Run,
    writer: PastWriter<'c>,
    reasons: HashMap<String, ReasonId>,
}

/// Where a return's rows go.
enum Place {
    /// A number that is free, and the case it continues.
    Free(String, Option<RmaId>),
    /// Nowhere: another case has the number.
    Taken,
}

impl Past<'_> {
    fn put(
        &mut self,
        ctx: &mut Ctx<'_>,
        group: &[Entry<ReturnOfFile>],
        offset: usize,
        slice: &mut Slice<'_>,
    ) -> Result<(), Error> {
        let Some(first) = group.first().map(|entry| &entry.value) else { return Ok(()) };
        let (place, known) = self.place(first)?;
        let mut wanted = Vec::new();
        for (index, entry) in group.iter().enumerate() {
            let row = &entry.value;
            let line = self.order_line(row)?;
            match self.compare(ctx, row, line.as_ref(), &known)? {
                Some(Ok(())) => slice.count(Put::Same),
                Some(Err(problem)) => slice.bad.push((offset + index, problem)),
                None => match (&place, unsuitable(row, line.as_ref())) {
                    (_, Some(problem)) => slice.bad.push((offset + index, problem)),
                    (Place::Taken, None) => slice.bad.push((offset + index, taken(&row.return_no))),
                    (Place::Free(..), None) => wanted.push((row, line)),
                },
            }
        }
        if let Place::Free(number, continues) = place
            && !wanted.is_empty()
        {
            self.insert(ctx, number, continues, &wanted)?;
            wanted.iter().for_each(|_| slice.count(Put::New));
        }
        Ok(())
    }

    // The number as it is; with the shop's code before it when another shop has it; with a count behind it when the
    // same return was told of before with fewer lines, because a case that is over does not change.
    fn place(&self, row: &ReturnOfFile) -> Result<(Place, Vec<KnownLine>), Error> {
        for number in [row.return_no.clone(), format!("{}-{}", row.shop_code, row.return_no)] {
            match history::taken(self.tx, &number)? {
                None => return Ok((Place::Free(number, None), Vec::new())),
                Some(case) if case.imported && case.shop_id == row.shop_id => {
                    return self.continuation(&number, case.id);
                }
                Some(_) => {}
            }
        }
        Ok((Place::Taken, Vec::new()))
    }

    fn continuation(&self, number: &str, id: RmaId) -> Result<(Place, Vec<KnownLine>), Error> {
        let mut known = history::known_lines(self.tx, id)?;
        for count in 2..CONTINUATIONS_MAX {
            let next = format!("{number}-{count}");
            match history::taken(self.tx, &next)? {
                None => return Ok((Place::Free(next, Some(id)), known)),
                Some(case) => known.extend(history::known_lines(self.tx, case.id)?),
            }
        }
        Ok((Place::Taken, known))
    }

    fn order_line(&self, row: &ReturnOfFile) -> Result<Option<LineRow>, Error> {
        let Some(order) = row.order_id else { return Ok(None) };
        if let Some(line_no) = row.line_no {
            return Ok(store::order::line::by_number(self.tx, order, line_no)?);
        }
        // Without a line number: the line of that article with most left.
        let lines = store::order::line::of_order(self.tx, order)?;
        let of_sku = lines.into_iter().filter(|line| line.sku_id == row.sku_id);
        Ok(of_sku.max_by_key(|line| line.ordered - line.cancelled - line.claimed - line.claimed_imported))
    }

    // None when the row is new.
    fn compare(
        &mut self,
        ctx: &mut Ctx<'_>,
        row: &ReturnOfFile,
        line: Option<&LineRow>,
        known: &[KnownLine],
    ) -> Result<Option<Result<(), Problem>>, Error> {
        let line_id = line.map(|line| line.id);
        let of_row = |known: &&KnownLine| match (known.order_line_id, line_id) {
            // Without a line number the line with most left changes from run to run: the article tells.
            (Some(theirs), Some(ours)) if row.line_no.is_some() => theirs == ours,
            _ => known.sku_id == Some(row.sku_id),
        };
        let Some(known) = known.iter().find(of_row) else { return Ok(None) };
        let reason = self.reason(ctx, &row.reason)?;
        let same = known.quantity == row.quantity && known.figures == row.figures && known.reason_id == reason;
        Ok(Some(if same { Ok(()) } else { Err(differs(&row.return_no)) }))
    }

    fn insert(
        &mut self,
        ctx: &mut Ctx<'_>,
        number: String,
        continues: Option<RmaId>,
        wanted: &[(&ReturnOfFile, Option<LineRow>)],
    ) -> Result<(), Error> {
        let Some((first, _)) = wanted.first() else { return Ok(()) };
        let release_id = self.run.release_id.ok_or_else(|| Error::internal("history without a release"))?;
        let order = match first.order_id {
            Some(id) => store::order::find(self.tx, id)?,
            None => None,
        };
        let id = RmaId::from_raw(ctx.id());
        let summary = match wanted.len() {
            1 => format!("{} ×{}", first.sku, first.quantity),
            count => format!("{} ×{} +{}", first.sku, first.quantity, count - 1),
        };
        let case = PastCase {
            id,
            number,
            shop_id: first.shop_id,
            release_id,
            order_id: first.order_id,
            customer_id: order.as_ref().and_then(|order| order.customer_id),
            contact_id: order.as_ref().and_then(|order| order.contact_id),
            filed_at: first.requested_at,
            local_date: first.local_date,
            reason_id: self.reason(ctx, &first.reason)?,
            summary,
            currency: first.currency,
            refund_minor: wanted.iter().map(|(row, _)| row.figures.refund_goods_minor).sum(),
            linked_rma_id: continues,
        };
        self.writer.case(&case)?;
        for (position, (row, line)) in (1..).zip(wanted) {
            self.insert_line(ctx, id, position, row, line.as_ref())?;
        }
        let refunded =
            wanted.iter().map(|(row, _)| row.figures.refund_goods_minor + row.figures.refund_tax_minor).sum();
        hold(self.tx, order.as_ref(), refunded)
    }

    fn insert_line(
        &mut self,
        ctx: &mut Ctx<'_>,
        rma_id: RmaId,
        position: i64,
        row: &ReturnOfFile,
        line: Option<&LineRow>,
    ) -> Result<(), Error> {
        let (goods, tax) = line.map_or((0, 0), |line| shares(line, row.quantity));
        let past = PastLine {
            id: RmaLineId::from_raw(ctx.id()),
            rma_id,
            position,
            kind: row.kind,
            order_line_id: line.map(|line| line.id),
            sku_id: Some(row.sku_id),
            reason_id: self.reason(ctx, &row.reason)?,
            quantity: row.quantity,
            share_goods_minor: goods,
            share_tax_minor: tax,
            figures: row.figures,
        };
        self.writer.line(&past)?;
        match line {
            Some(line) if row.kind.consumes_quantity() => claim(self.tx, line.id, row.quantity, goods, tax),
            _ => Ok(()),
        }
    }

    // A reason is known by its code or either name, else made; none stays none.
    fn reason(&mut self, ctx: &mut Ctx<'_>, text: &str) -> Result<Option<ReasonId>, Error> {
        if text.is_empty() {
            return Ok(None);
        }
        if let Some(known) = self.reasons.get(text) {
            return Ok(Some(*known));
        }
        let id = match store::reference::reason_named(self.tx, text)? {
            Some(known) => known,
            None => make_reason(self.tx, ctx, text)?,
        };
        self.reasons.insert(text.to_owned(), id);
        Ok(Some(id))
    }
}

fn make_reason(tx: &Tx<'_>, ctx: &mut Ctx<'_>, text: &str) -> Result<ReasonId, Error> {
    let short = text.chars().count() <= REASON_CODE_CHARS_MAX;
    let hashed = || format!("import-{}", blake3::hash(text.as_bytes()).to_hex().chars().take(16).collect::<String>());
    let row = ReasonRow {
        id: ReasonId::from_raw(ctx.id()),
        code: if short { text.to_owned() } else { hashed() },
        parent_id: None,
        name: Text::new(text, text),
        evidence_required: false,
        liability: Bearer::Customer.as_str().to_owned(),
        position: REASON_POSITION,
        active: true,
        version: 1,
    };
    store::reference::insert_reason(tx, &row)?;
    ctx.masters_changed();
    Ok(row.id)
}

// The part of what is still open that goes with these units, as for a claim filed today; none when nothing is left.
fn shares(line: &LineRow, quantity: i64) -> (i64, i64) {
    let left = line.ordered - line.cancelled + line.redelivered - line.claimed - line.claimed_imported;
    let goods = line.paid_goods_minor + line.redelivered_goods_minor - line.allocated_goods_minor;
    let tax = line.paid_tax_minor + line.redelivered_tax_minor - line.allocated_tax_minor;
    (share_of_units(goods.max(0), left, 0, quantity), share_of_units(tax.max(0), left, 0, quantity))
}

fn claim(tx: &Tx<'_>, line: OrderLineId, quantity: i64, goods: i64, tax: i64) -> Result<(), Error> {
    Ok(store::line_budget::claim_imported(tx, line, quantity, goods, tax)?)
}

fn hold(tx: &Tx<'_>, order: Option<&OrderRow>, refunded: i64) -> Result<(), Error> {
    match order {
        Some(order) if refunded != 0 => Ok(store::order::add_held_imported(tx, order.id, refunded)?),
        _ => Ok(()),
    }
}

// What the order contradicts.
fn unsuitable(row: &ReturnOfFile, line: Option<&LineRow>) -> Option<Problem> {
    row.order_id?;
    let Some(line) = line else {
        let named = row.line_no.map(|line_no| line_no.to_string());
        let (field, text) = named.map_or(("sku", row.sku.clone()), |line_no| ("line_no", line_no));
        let (zh, en) = (format!("订单没有这一行：{text}"), format!("the order has no such line: {text}"));
        return Some(Problem::new(field, "unknown_line", zh, en));
    };
    (line.sku_id != row.sku_id).then(|| {
        let (zh, en) = ("与订单该行的商品不符", "is not the article of that order line");
        Problem::new("sku", "sku_differs", zh, en)
    })
}

fn taken(number: &str) -> Problem {
    Problem::new(
        "return_no",
        "number_taken",
        format!("单号 {number} 已属于另一个退换单"),
        format!("the number {number} belongs to another case"),
    )
}

fn differs(number: &str) -> Problem {
    Problem::new(
        "return_no",
        "history_differs",
        format!("{number} 已导入过，内容不同；已结束的单据不再修改"),
        format!("{number} was imported before with other figures; a case that is over does not change"),
    )
}
