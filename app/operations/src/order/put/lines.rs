//! An order's lines: articles made where they are not known, bundles taken apart with their money.

use domain::{OrderLineId, SkuId};
use store::Tx;
use store::order::{LineRow, OrderRow};
use store::sku::{PartRow, SkuRow};

use crate::context::Ctx;
use crate::error::Error;
use crate::order::facts::{LineFacts, OrderFacts};
use crate::order::shares::{Paid, split};

/// Parts of the bundle on line `n` have the numbers from here times `n`, plus one.
const PART_STEP: i64 = super::check::LINE_NO_MAX + 1;

/// The number of a bundle's part, `position` from 1. Never the number of a line of the source.
pub(crate) const fn part_line_no(bundle_line_no: i64, position: i64) -> i64 {
    bundle_line_no * PART_STEP + position
}

/// Writes the lines; what is known and no longer named counts as cancelled.
pub(super) fn write(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    order: &OrderRow,
    facts: &OrderFacts,
    priced: &[Paid],
) -> Result<(), Error> {
    let known = store::order::line::of_order(tx, order.id)?;
    for (line, paid) in facts.lines.iter().zip(priced) {
        let before = known.iter().find(|before| before.line_no == line.line_no && before.parent_id.is_none());
        let sku = sku(tx, ctx, line)?;
        let row = row(ctx, order, line, sku, paid, before);
        let parts = parts(tx, before, &known, sku)?;
        if parts.is_empty() {
            upsert(tx, &row, before)?;
        } else {
            put_bundle(tx, ctx, &row, before, &parts, &known)?;
        }
    }
    let gone = known.iter().filter(|before| !facts.lines.iter().any(|line| is_of(before, line.line_no)));
    for before in gone {
        store::order::line::update(tx, &LineRow { cancelled: before.ordered, shipped: 0, ..before.clone() })?;
    }
    Ok(())
}

const fn is_of(row: &LineRow, line_no: i64) -> bool {
    row.line_no == line_no || row.line_no / PART_STEP == line_no
}

fn row(
    ctx: &Ctx<'_>,
    order: &OrderRow,
    line: &LineFacts,
    sku_id: SkuId,
    paid: &Paid,
    before: Option<&LineRow>,
) -> LineRow {
    LineRow {
        id: before.map_or_else(|| OrderLineId::from_raw(ctx.id()), |before| before.id),
        order_id: order.id,
        line_no: line.line_no,
        sku_id,
        parent_id: None,
        is_gift: line.is_gift,
        ordered: line.quantity,
        cancelled: line.cancelled,
        // Shipments are written after the lines and correct this.
        shipped: line.shipped.unwrap_or_else(|| before.map_or(0, |before| before.shipped)),
        redelivered: 0,
        unit_price_minor: line.unit_price_minor,
        discount_minor: line.discount_minor,
        paid_goods_minor: paid.goods_minor,
        paid_tax_minor: paid.tax_minor,
        paid_freight_minor: paid.freight_minor,
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

fn upsert(tx: &Tx<'_>, row: &LineRow, before: Option<&LineRow>) -> Result<(), Error> {
    match before {
        Some(_) => store::order::line::update(tx, row)?,
        None => store::order::line::insert(tx, row)?,
    }
    Ok(())
}

// A bundle that was sold keeps the parts it was sold with, whatever the bundle is made of now.
fn parts(tx: &Tx<'_>, before: Option<&LineRow>, known: &[LineRow], sku: SkuId) -> Result<Vec<PartRow>, Error> {
    let Some(before) = before else { return Ok(store::sku::parts(tx, sku)?) };
    let sold = known.iter().filter(|row| row.parent_id == Some(before.id));
    let per_bundle = |row: &LineRow| row.ordered / before.ordered.max(1);
    let parts = sold.map(|row| PartRow {
        part_sku_id: row.sku_id,
        quantity: per_bundle(row).max(1),
        money_share: row.paid_goods_minor.saturating_add(row.paid_tax_minor).max(0),
    });
    Ok(parts.collect())
}

/// Writes a bundle and its parts. The parts stand for it: they carry its money and its claims, while the bundle's own
/// line has no money and nothing left to claim.
pub(crate) fn put_bundle(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    bundle: &LineRow,
    before: Option<&LineRow>,
    parts: &[PartRow],
    known: &[LineRow],
) -> Result<(), Error> {
    // INVARIANT: a line that has parts is cancelled as a whole, so that the quantity guards refuse every claim on it.
    let parent = LineRow {
        cancelled: bundle.ordered,
        shipped: 0,
        paid_goods_minor: 0,
        paid_tax_minor: 0,
        paid_freight_minor: 0,
        ..bundle.clone()
    };
    upsert(tx, &parent, before)?;
    let paid = Paid {
        goods_minor: bundle.paid_goods_minor,
        tax_minor: bundle.paid_tax_minor,
        freight_minor: bundle.paid_freight_minor,
    };
    let weights: Vec<i64> = parts.iter().map(|part| part.money_share).collect();
    for ((index, part), paid) in parts.iter().enumerate().zip(split(&paid, &weights)) {
        let line_no = part_line_no(bundle.line_no, i64::try_from(index).unwrap_or(0) + 1);
        let before = known.iter().find(|row| row.parent_id == Some(bundle.id) && row.sku_id == part.part_sku_id);
        let row = LineRow {
            id: before.map_or_else(|| OrderLineId::from_raw(ctx.id()), |before| before.id),
            line_no: before.map_or(line_no, |before| before.line_no),
            sku_id: part.part_sku_id,
            parent_id: Some(bundle.id),
            ordered: bundle.ordered.saturating_mul(part.quantity),
            cancelled: bundle.cancelled.saturating_mul(part.quantity),
            shipped: bundle.shipped.saturating_mul(part.quantity),
            unit_price_minor: 0,
            discount_minor: 0,
            paid_goods_minor: paid.goods_minor,
            paid_tax_minor: paid.tax_minor,
            paid_freight_minor: paid.freight_minor,
            ..bundle.clone()
        };
        upsert(tx, &row, before)?;
    }
    Ok(())
}

// Facts are not refused because an article is not known yet: it is made with what the line says of it.
fn sku(tx: &Tx<'_>, ctx: &Ctx<'_>, line: &LineFacts) -> Result<SkuId, Error> {
    let code = line.sku.trim();
    if let Some(known) = store::sku::id_of_code(tx, code)? {
        return Ok(known);
    }
    let name = if line.name.trim().is_empty() { code } else { line.name.trim() };
    let sku = SkuRow {
        id: SkuId::from_raw(ctx.id()),
        code: code.to_owned(),
        name: name.to_owned(),
        name_en: String::new(),
        category: String::new(),
        brand: String::new(),
        unit: "pcs".to_owned(),
        list_price_minor: line.unit_price_minor,
        resalable: true,
        has_serial: false,
        has_lot: false,
        supplier_id: None,
        weight_grams: None,
        active: true,
        version: 1,
    };
    store::sku::insert(tx, &sku)?;
    Ok(sku.id)
}
