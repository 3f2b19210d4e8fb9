//! Barcodes: many an article, an old one stays known.

use domain::SkuId;
use serde::{Deserialize, Serialize};
use store::sku::BarcodeRow;
use store::{Conn, Tx};

use super::check::Problems;
use super::{changed, require_editor};
use crate::context::Ctx;
use crate::error::{Error, Refusal};

/// A barcode of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Barcode {
    /// What the gun reads.
    pub barcode: String,
    /// Base units in the package that carries it.
    pub quantity: i64,
    /// Whether it is still printed.
    pub active: bool,
}

/// Gives a barcode to an article, or changes what it stands for.
///
/// # Errors
/// `Forbidden`, `Invalid`, `NotFound`; `Conflict` when another article has it.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, sku: SkuId, barcode: &Barcode) -> Result<(), Error> {
    require_editor(ctx)?;
    let mut problems = Problems::default();
    let text = problems.code(&barcode.barcode, "barcode");
    let quantity = (1..=1_000_000).contains(&barcode.quantity);
    problems.unless(quantity, "quantity", "out_of_range", "数量应为正整数", "is a positive whole number");
    problems.done()?;
    store::sku::find(tx, sku)?.ok_or(Error::NotFound("sku"))?;
    let row = BarcodeRow { barcode: text, quantity: barcode.quantity, active: barcode.active };
    if !store::sku::put_barcode(tx, sku, &row)? {
        let (zh, en) = ("该条码已属于另一个商品", "this barcode belongs to another article");
        return Err(Error::conflict(Refusal::new("barcode_taken", zh, en).at("barcode")));
    }
    changed(ctx, "sku", sku.get(), false);
    Ok(())
}

pub(super) fn of_sku(conn: &Conn, sku: SkuId) -> Result<Vec<Barcode>, Error> {
    let rows = store::sku::barcodes(conn, sku)?;
    let barcode = |row: BarcodeRow| Barcode { barcode: row.barcode, quantity: row.quantity, active: row.active };
    Ok(rows.into_iter().map(barcode).collect())
}
