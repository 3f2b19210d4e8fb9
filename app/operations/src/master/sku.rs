//! Articles: code, names, category, how their units are told apart.

use domain::{SkuId, SupplierId, Text};
use serde::{Deserialize, Serialize};
use store::sku::SkuRow;
use store::{Conn, Tx};

use super::check::Problems;
use super::{Saved, changed, require_editor, require_staff, unless_stale};
use crate::actor::Actor;
use crate::context::Ctx;
use crate::error::Error;

/// Rows of a page at most, and one more to see whether there is a next one.
const PAGE_MAX: u32 = 201;
/// The heaviest unit, in grams.
const MAX_GRAMS: i64 = 10_000_000;

/// An article as it is to be.
#[derive(Clone, Debug)]
pub struct SaveSku {
    /// None adds one.
    pub id: Option<SkuId>,
    /// The version that was read; not looked at when adding.
    pub version: i64,
    /// The code other systems know it by.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Category, or empty.
    pub category: String,
    /// Brand, or empty.
    pub brand: String,
    /// The base unit quantities are counted in.
    pub unit: String,
    /// List price in minor units of the shop's currency.
    pub list_price_minor: i64,
    /// Whether it can be sold again when it comes back sound.
    pub resalable: bool,
    /// Whether each unit has a serial.
    pub has_serial: bool,
    /// Whether units have a lot and an expiry.
    pub has_lot: bool,
    /// Who bears claims for it.
    pub supplier_id: Option<SupplierId>,
    /// What one base unit weighs with its packaging, in grams, when that is known.
    pub weight_grams: Option<i64>,
    /// Whether it is still sold.
    pub active: bool,
}

/// An article with its barcodes and parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkuView {
    /// Its id.
    pub id: SkuId,
    /// The code other systems know it by.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Category, or empty.
    pub category: String,
    /// Brand, or empty.
    pub brand: String,
    /// The base unit quantities are counted in.
    pub unit: String,
    /// List price in minor units of the shop's currency.
    pub list_price_minor: i64,
    /// Whether it can be sold again when it comes back sound.
    pub resalable: bool,
    /// Whether each unit has a serial.
    pub has_serial: bool,
    /// Whether units have a lot and an expiry.
    pub has_lot: bool,
    /// Who bears claims for it.
    pub supplier_id: Option<SupplierId>,
    /// What one base unit weighs with its packaging, in grams, when that is known.
    pub weight_grams: Option<i64>,
    /// Whether it is still sold.
    pub active: bool,
    /// Row version.
    pub version: i64,
    /// What the gun reads on it, with base units and whether it is still printed. Not filled in lists.
    pub barcodes: Vec<super::barcode::Barcode>,
    /// What a bundle is made of. Not filled in lists.
    pub parts: Vec<super::bundle::Part>,
}

/// Adds or changes an article.
///
/// # Errors
/// `Forbidden`, `Invalid`; `Conflict` when the code is taken or somebody was faster.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SaveSku) -> Result<Saved, Error> {
    require_editor(ctx)?;
    let mut problems = Problems::default();
    let name = problems.name(&cmd.name, "name");
    let row = SkuRow {
        id: cmd.id.unwrap_or_else(|| SkuId::from_raw(ctx.id())),
        code: problems.code(&cmd.code, "code"),
        name: name.zh,
        name_en: name.en,
        category: problems.text(&cmd.category, "category"),
        brand: problems.text(&cmd.brand, "brand"),
        unit: problems.code(&cmd.unit, "unit"),
        list_price_minor: cmd.list_price_minor,
        resalable: cmd.resalable,
        has_serial: cmd.has_serial,
        has_lot: cmd.has_lot,
        supplier_id: cmd.supplier_id,
        weight_grams: cmd.weight_grams,
        active: cmd.active,
        version: cmd.version,
    };
    let price = cmd.list_price_minor >= 0;
    problems.unless(price, "list_price_minor", "negative_money", "金额不能为负", "an amount cannot be negative");
    let weight = cmd.weight_grams.is_none_or(|grams| (1..=MAX_GRAMS).contains(&grams));
    let (zh, en) = (
        format!("重量应在 1 到 {MAX_GRAMS} 克之间，不知道就留空"),
        format!("a weight is between 1 and {MAX_GRAMS} grams, or left out when it is not known"),
    );
    problems.unless(weight, "weight_grams", "weight_out_of_range", &zh, &en);
    problems.done()?;
    match cmd.id {
        None => store::sku::insert(tx, &row)?,
        Some(_) => unless_stale(store::sku::update(tx, &row)?)?,
    }
    changed(ctx, "sku", row.id.get(), cmd.id.is_none());
    Ok(Saved { id: row.id.get(), version: if cmd.id.is_none() { 1 } else { row.version + 1 } })
}

/// One article with barcodes and parts.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub fn find(conn: &Conn, actor: &Actor, id: SkuId) -> Result<SkuView, Error> {
    require_staff(actor)?;
    let row = store::sku::find(conn, id)?.ok_or(Error::NotFound("sku"))?;
    let mut view = view(row);
    view.barcodes = super::barcode::of_sku(conn, id)?;
    view.parts = super::bundle::of_sku(conn, id)?;
    Ok(view)
}

/// A page of articles by code, after a code, whose code begins so.
///
/// # Errors
/// `Forbidden`.
pub fn list(conn: &Conn, actor: &Actor, prefix: &str, after: &str, limit: u32) -> Result<Vec<SkuView>, Error> {
    require_staff(actor)?;
    let rows = store::sku::page(conn, prefix.trim(), after, limit.clamp(1, PAGE_MAX))?;
    Ok(rows.into_iter().map(view).collect())
}

fn view(row: SkuRow) -> SkuView {
    SkuView {
        id: row.id,
        code: row.code,
        name: Text::new(row.name, row.name_en),
        category: row.category,
        brand: row.brand,
        unit: row.unit,
        list_price_minor: row.list_price_minor,
        resalable: row.resalable,
        has_serial: row.has_serial,
        has_lot: row.has_lot,
        supplier_id: row.supplier_id,
        weight_grams: row.weight_grams,
        active: row.active,
        version: row.version,
        barcodes: Vec::new(),
        parts: Vec::new(),
    }
}
