//! Articles: their codes, barcodes and the parts of bundles.

use domain::{SkuId, SupplierId};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `sku`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkuRow {
    /// Its id.
    pub id: SkuId,
    /// The code other systems know it by.
    pub code: String,
    /// Name as the shop writes it.
    pub name: String,
    /// English name, or empty.
    pub name_en: String,
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
}

/// A row of `sku_barcode`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarcodeRow {
    /// What the gun reads.
    pub barcode: String,
    /// Base units in the package that carries it.
    pub quantity: i64,
    /// Whether it is still printed; an old one stays known.
    pub active: bool,
}

/// A row of `sku_bundle_part`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartRow {
    /// The article inside.
    pub part_sku_id: SkuId,
    /// Base units of it in one bundle.
    pub quantity: i64,
    /// Its weight when the bundle's money is shared.
    pub money_share: i64,
}

/// Writes a new article.
///
/// # Errors
/// The store's; `sku.code` when the code is taken.
pub fn insert(tx: &Tx<'_>, sku: &SkuRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": sku.id, ":code": sku.code, ":name": sku.name, ":name_en": sku.name_en, ":category": sku.category,
        ":brand": sku.brand, ":unit": sku.unit, ":list_price_minor": sku.list_price_minor,
        ":resalable": sku.resalable, ":has_serial": sku.has_serial, ":has_lot": sku.has_lot,
        ":supplier_id": sku.supplier_id, ":weight_grams": sku.weight_grams, ":active": sku.active,
    };
    tx.exec(sql!(include_str!("sku/insert.sql")), params).map(|_| ())
}

/// Replaces an article's values when its version is still `sku.version`; false when it is not.
///
/// # Errors
/// The store's; `sku.code` when the code is taken.
pub fn update(tx: &Tx<'_>, sku: &SkuRow) -> Result<bool, Error> {
    let params = named_params! {
        ":id": sku.id, ":code": sku.code, ":name": sku.name, ":name_en": sku.name_en, ":category": sku.category,
        ":brand": sku.brand, ":unit": sku.unit, ":list_price_minor": sku.list_price_minor,
        ":resalable": sku.resalable, ":has_serial": sku.has_serial, ":has_lot": sku.has_lot,
        ":supplier_id": sku.supplier_id, ":weight_grams": sku.weight_grams, ":active": sku.active,
        ":version": sku.version,
    };
    Ok(tx.exec(sql!(include_str!("sku/update.sql")), params)? == 1)
}

/// The article, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: SkuId) -> Result<Option<SkuRow>, Error> {
    conn.one(sql!(include_str!("sku/find.sql")), named_params! { ":id": id }, read)
}

/// The article with this code, if there is one.
///
/// # Errors
/// The store's.
pub fn by_code(conn: &Conn, code: &str) -> Result<Option<SkuRow>, Error> {
    conn.one(sql!(include_str!("sku/by_code.sql")), named_params! { ":code": code }, read)
}

/// The id behind a code, if there is one.
///
/// # Errors
/// The store's.
pub fn id_of_code(conn: &Conn, code: &str) -> Result<Option<SkuId>, Error> {
    conn.value(sql!("SELECT id FROM sku WHERE code = :code"), named_params! { ":code": code })
}

/// A page of articles by code, after a code, beginning with `prefix`.
///
/// # Errors
/// The store's.
pub fn page(conn: &Conn, prefix: &str, after: &str, limit: u32) -> Result<Vec<SkuRow>, Error> {
    let end = format!("{prefix}\u{10FFFF}");
    let params = named_params! { ":prefix": prefix, ":end": end, ":after": after, ":limit": limit };
    conn.all(sql!(include_str!("sku/page.sql")), params, read)
}

/// Articles whose name holds a fragment, newest first, among the newest `looked_at`: names have no index.
///
/// # Errors
/// The store's.
pub fn by_name(conn: &Conn, fragment: &str, looked_at: u32, limit: u32) -> Result<Vec<SkuRow>, Error> {
    let params = named_params! { ":fragment": fragment.to_ascii_lowercase(), ":looked_at": looked_at, ":limit": limit };
    conn.all(sql!(include_str!("sku/by_name.sql")), params, read)
}

/// An article's barcodes.
///
/// # Errors
/// The store's.
pub fn barcodes(conn: &Conn, id: SkuId) -> Result<Vec<BarcodeRow>, Error> {
    let sql = sql!("SELECT barcode, quantity, active FROM sku_barcode WHERE sku_id = :id ORDER BY barcode");
    conn.all(sql, named_params! { ":id": id }, |row| {
        Ok(BarcodeRow { barcode: row.get("barcode")?, quantity: row.get("quantity")?, active: row.get("active")? })
    })
}

/// Which article carries a barcode, and how many base units it stands for.
///
/// # Errors
/// The store's.
pub fn by_barcode(conn: &Conn, barcode: &str) -> Result<Option<(SkuId, i64)>, Error> {
    let sql = sql!("SELECT sku_id, quantity FROM sku_barcode WHERE barcode = :barcode");
    conn.one(sql, named_params! { ":barcode": barcode }, |row| Ok((row.get("sku_id")?, row.get("quantity")?)))
}

/// Gives a barcode to an article, or changes what it stands for; false when another article has it.
///
/// # Errors
/// The store's.
pub fn put_barcode(tx: &Tx<'_>, id: SkuId, barcode: &BarcodeRow) -> Result<bool, Error> {
    let sql = sql!(
        "INSERT INTO sku_barcode (barcode, sku_id, quantity, active) VALUES (:barcode, :sku_id, :quantity, :active)
         ON CONFLICT DO UPDATE SET quantity = excluded.quantity, active = excluded.active
         WHERE sku_barcode.sku_id = excluded.sku_id"
    );
    let params = named_params! {
        ":barcode": barcode.barcode, ":sku_id": id, ":quantity": barcode.quantity, ":active": barcode.active,
    };
    Ok(tx.exec(sql, params)? == 1)
}

/// The parts of a bundle, none when it is no bundle.
///
/// # Errors
/// The store's.
pub fn parts(conn: &Conn, bundle: SkuId) -> Result<Vec<PartRow>, Error> {
    let sql = sql!(
        "SELECT part_sku_id, quantity, money_share FROM sku_bundle_part
         WHERE bundle_sku_id = :bundle ORDER BY part_sku_id"
    );
    conn.all(sql, named_params! { ":bundle": bundle }, |row| {
        Ok(PartRow {
            part_sku_id: row.get("part_sku_id")?,
            quantity: row.get("quantity")?,
            money_share: row.get("money_share")?,
        })
    })
}

/// Replaces the parts of a bundle.
///
/// # Errors
/// The store's.
pub fn set_parts(tx: &Tx<'_>, bundle: SkuId, parts: &[PartRow]) -> Result<(), Error> {
    let delete = sql!("DELETE FROM sku_bundle_part WHERE bundle_sku_id = :bundle");
    tx.exec(delete, named_params! { ":bundle": bundle })?;
    let sql = sql!(
        "INSERT INTO sku_bundle_part (bundle_sku_id, part_sku_id, quantity, money_share)
         VALUES (:bundle, :part, :quantity, :money_share)"
    );
    for part in parts {
        let params = named_params! {
            ":bundle": bundle, ":part": part.part_sku_id, ":quantity": part.quantity,
            ":money_share": part.money_share,
        };
        tx.exec(sql, params)?;
    }
    Ok(())
}

fn read(row: &Row<'_>) -> Result<SkuRow, Error> {
    Ok(SkuRow {
        id: row.get("id")?,
        code: row.get("code")?,
        name: row.get("name")?,
        name_en: row.get("name_en")?,
        category: row.get("category")?,
        brand: row.get("brand")?,
        unit: row.get("unit")?,
        list_price_minor: row.get("list_price_minor")?,
        resalable: row.get("resalable")?,
        has_serial: row.get("has_serial")?,
        has_lot: row.get("has_lot")?,
        supplier_id: row.get("supplier_id")?,
        weight_grams: row.get("weight_grams")?,
        active: row.get("active")?,
        version: row.get("version")?,
    })
}
