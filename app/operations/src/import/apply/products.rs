//! Articles with barcodes and the parts of bundles.

use domain::{SkuId, SupplierId};
use store::Tx;
use store::import::bulk::Put;
use store::sku::{BarcodeRow, PartRow, SkuRow};

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
use crate::import::{number, value};

const LIST_SEPARATORS: &[char] = &[';', '；', '|', ' ', '、'];

/// Reads and writes articles.
pub(in crate::import) struct Products {
    sku: Slot,
    name: Slot,
    name_en: Slot,
    category: Slot,
    brand: Slot,
    unit: Slot,
    list_price: Slot,
    barcode: Slot,
    resalable: Slot,
    has_serial: Slot,
    has_lot: Slot,
    supplier: Slot,
    parts: Slot,
    resolver: Resolver,
    seen: Seen,
}

/// An article of a file; none leaves what is known.
pub(in crate::import) struct ProductOfFile {
    code: String,
    name: String,
    name_en: Option<String>,
    category: Option<String>,
    brand: Option<String>,
    unit: Option<String>,
    list_price_minor: Option<i64>,
    resalable: Option<bool>,
    has_serial: Option<bool>,
    has_lot: Option<bool>,
    supplier: Option<String>,
    barcodes: Vec<String>,
    /// Code and quantity of each part of a bundle.
    parts: Vec<(String, i64)>,
}

impl Products {
    pub(in crate::import) fn new(plan: &Plan, resolver: Resolver) -> Self {
        let slot = |field| Slot::bind(field, &plan.headers, &plan.mapping);
        Self {
            sku: slot("sku"),
            name: slot("name"),
            name_en: slot("name_en"),
            category: slot("category"),
            brand: slot("brand"),
            unit: slot("unit"),
            list_price: slot("list_price"),
            barcode: slot("barcode"),
            resalable: slot("resalable"),
            has_serial: slot("has_serial"),
            has_lot: slot("has_lot"),
            supplier: slot("supplier"),
            parts: slot("parts"),
            resolver,
            seen: Seen::new(),
        }
    }
}

impl Parser for Products {
    type Row = ProductOfFile;

    fn parse(&mut self, record: &Record) -> Result<Result<Self::Row, Vec<Problem>>, Error> {
        let currency = self.resolver.currency();
        let mut cells = Cells::new(record);
        let code = cells.key(&self.sku).to_owned();
        if !code.is_empty() && !self.seen.first(&code) {
            cells.problems.push(Problem::duplicate("sku", &code));
        }
        let name = cells.text(&self.name).unwrap_or_else(|| code.clone());
        let mut flag = |slot| match self::mapped(slot, record) {
            true => cells.word(slot, value::flag),
            false => None,
        };
        let (resalable, has_serial, has_lot) = (flag(&self.resalable), flag(&self.has_serial), flag(&self.has_lot));
        let list_price_minor = cells.minor(&self.list_price, currency);
        let barcodes = cells.optional_key(&self.barcode).split(LIST_SEPARATORS);
        let barcodes = barcodes.filter(|code| !code.is_empty()).map(str::to_owned).collect();
        let parts = parts(&mut cells, &self.parts);
        let row = ProductOfFile {
            name,
            name_en: cells.text(&self.name_en),
            category: cells.text(&self.category),
            brand: cells.text(&self.brand),
            unit: cells.text(&self.unit),
            supplier: cells.text(&self.supplier),
            code,
            list_price_minor,
            resalable,
            has_serial,
            has_lot,
            barcodes,
            parts,
        };
        Ok(cells.done(row))
    }
}

fn mapped(slot: &Slot, record: &Record) -> bool {
    slot.is_mapped() && !slot.get(record).is_empty()
}

// `SKU1*2;SKU2`: code and quantity of each part.
fn parts<'r>(cells: &mut Cells<'r>, slot: &'r Slot) -> Vec<(String, i64)> {
    let text = cells.text(slot).unwrap_or_default();
    let mut parts = Vec::new();
    for part in text.split(LIST_SEPARATORS).filter(|part| !part.is_empty()) {
        let (code, quantity) = part.rsplit_once(['*', '×', 'x']).unwrap_or((part, "1"));
        match number::whole(quantity) {
            Ok(quantity) if (1..=QUANTITY_MAX).contains(&quantity) => parts.push((code.to_owned(), quantity)),
            _ => cells.problems.push(Problem::range(slot.field, part)),
        }
    }
    parts
}

impl Writer for Products {
    fn write(
        tx: &Tx<'_>,
        ctx: &mut Ctx<'_>,
        _run: &Run,
        rows: &[Entry<Self::Row>],
        slice: &mut Slice<'_>,
    ) -> Result<usize, Error> {
        let suppliers = store::reference::list::suppliers(tx)?;
        for (index, entry) in rows.iter().enumerate() {
            let row = &entry.value;
            let supplier = row.supplier.as_ref().map(|code| suppliers.iter().find(|known| known.code == *code));
            match supplier {
                Some(None) => slice.bad.push((index, Problem::word("supplier", row.supplier.as_deref().unwrap_or("")))),
                found => match put(tx, ctx, row, found.flatten().map(|supplier| supplier.id))? {
                    Ok(put) => slice.count(put),
                    Err(problem) => slice.bad.push((index, problem)),
                },
            }
            if !slice.pace.goes_on(1) {
                return Ok(index + 1);
            }
        }
        Ok(rows.len())
    }
}

fn put(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    row: &ProductOfFile,
    supplier: Option<SupplierId>,
) -> Result<Result<Put, Problem>, Error> {
    let known = store::sku::by_code(tx, &row.code)?;
    let id = known.as_ref().map_or_else(|| SkuId::from_raw(ctx.id()), |known| known.id);
    for barcode in &row.barcodes {
        if store::sku::by_barcode(tx, barcode)?.is_some_and(|(owner, _)| owner != id) {
            let (zh, en) = ("条码已属于另一个商品", "the barcode belongs to another article");
            return Ok(Err(Problem::new("barcode", "barcode_taken", zh, en)));
        }
    }
    let mut parts = Vec::new();
    for (code, quantity) in &row.parts {
        let Some(part) = store::sku::by_code(tx, code)?.filter(|part| part.id != id) else {
            return Ok(Err(Problem { field: "parts".to_owned(), ..Problem::unknown_sku(code) }));
        };
        let money_share = part.list_price_minor.saturating_mul(*quantity);
        parts.push(PartRow { part_sku_id: part.id, quantity: *quantity, money_share });
    }
    let put = put_row(tx, row, known, id, supplier)?;
    let extras = put_extras(tx, id, row, &parts)?;
    Ok(Ok(if put == Put::Same && extras { Put::Changed } else { put }))
}

fn put_row(
    tx: &Tx<'_>,
    row: &ProductOfFile,
    known: Option<SkuRow>,
    id: SkuId,
    supplier: Option<SupplierId>,
) -> Result<Put, Error> {
    let is_new = known.is_none();
    let before = known.unwrap_or_else(|| blank(id, &row.code));
    let text = |given: &Option<String>, known: &String| given.clone().unwrap_or_else(|| known.clone());
    let after = SkuRow {
        name: row.name.clone(),
        name_en: text(&row.name_en, &before.name_en),
        category: text(&row.category, &before.category),
        brand: text(&row.brand, &before.brand),
        unit: text(&row.unit, &before.unit),
        list_price_minor: row.list_price_minor.unwrap_or(before.list_price_minor),
        resalable: row.resalable.unwrap_or(before.resalable),
        has_serial: row.has_serial.unwrap_or(before.has_serial),
        has_lot: row.has_lot.unwrap_or(before.has_lot),
        supplier_id: supplier.or(before.supplier_id),
        ..before.clone()
    };
    if is_new {
        store::sku::insert(tx, &after)?;
        return Ok(Put::New);
    }
    if after == before {
        return Ok(Put::Same);
    }
    store::sku::update(tx, &after)?;
    Ok(Put::Changed)
}

// Barcodes and parts; whether any is new or different.
fn put_extras(tx: &Tx<'_>, id: SkuId, row: &ProductOfFile, parts: &[PartRow]) -> Result<bool, Error> {
    let mut changed = false;
    for barcode in &row.barcodes {
        if store::sku::by_barcode(tx, barcode)?.is_none() {
            store::sku::put_barcode(tx, id, &BarcodeRow { barcode: barcode.clone(), quantity: 1, active: true })?;
            changed = true;
        }
    }
    if !parts.is_empty() {
        let mut known = store::sku::parts(tx, id)?;
        let mut wanted = parts.to_vec();
        known.sort_unstable_by_key(|part| part.part_sku_id);
        wanted.sort_unstable_by_key(|part| part.part_sku_id);
        if known != wanted {
            store::sku::set_parts(tx, id, parts)?;
            changed = true;
        }
    }
    Ok(changed)
}

fn blank(id: SkuId, code: &str) -> SkuRow {
    SkuRow {
        id,
        code: code.to_owned(),
        name: String::new(),
        name_en: String::new(),
        category: String::new(),
        brand: String::new(),
        unit: "pcs".to_owned(),
        list_price_minor: 0,
        resalable: true,
        has_serial: false,
        has_lot: false,
        supplier_id: None,
        weight_grams: None,
        active: true,
        version: 1,
    }
}
