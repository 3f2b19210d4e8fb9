//! Writing master data. Nothing is deleted that a case may point to: rows are made inactive instead.

pub mod calendar;
pub mod list;

use domain::{SupplierId, TeamId, Text};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::master::{CarrierRow, GradeRow, ReasonRow, ShopRow, WarehouseRow};
use crate::params::{named_params, sql};

/// A row of `supplier`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierRow {
    /// Its id.
    pub id: SupplierId,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Whom to write to for claims.
    pub contact: String,
    /// Whether it can still be chosen.
    pub active: bool,
    /// Row version.
    pub version: i64,
}

/// A row of `team`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamRow {
    /// Its id.
    pub id: TeamId,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Whether it can still be chosen.
    pub active: bool,
    /// Row version.
    pub version: i64,
}

/// Writes a new shop.
///
/// # Errors
/// The store's; `shop.code` when the code is taken.
pub fn insert_shop(tx: &Tx<'_>, shop: &ShopRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": shop.id, ":code": shop.code, ":name_zh": shop.name.zh, ":name_en": shop.name.en,
        ":platform": shop.platform, ":currency": shop.currency, ":zone": shop.zone,
        ":warehouse_id": shop.warehouse_id, ":calendar_id": shop.calendar_id, ":active": shop.active,
    };
    tx.exec(sql!(include_str!("reference/shop_insert.sql")), params).map(|_| ())
}

/// Replaces a shop's values when its version is still `shop.version`; false when it is not.
///
/// # Errors
/// The store's; `shop.code` when the code is taken.
pub fn update_shop(tx: &Tx<'_>, shop: &ShopRow) -> Result<bool, Error> {
    let params = named_params! {
        ":code": shop.code, ":name_zh": shop.name.zh, ":name_en": shop.name.en, ":platform": shop.platform,
        ":currency": shop.currency, ":zone": shop.zone, ":warehouse_id": shop.warehouse_id,
        ":calendar_id": shop.calendar_id, ":active": shop.active, ":id": shop.id, ":version": shop.version,
    };
    Ok(tx.exec(sql!(include_str!("reference/shop_update.sql")), params)? == 1)
}

/// Writes a new warehouse.
///
/// # Errors
/// The store's; `warehouse.code` when the code is taken.
pub fn insert_warehouse(tx: &Tx<'_>, warehouse: &WarehouseRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": warehouse.id, ":code": warehouse.code, ":name_zh": warehouse.name.zh, ":name_en": warehouse.name.en,
        ":contact_name": warehouse.contact_name, ":contact_phone": warehouse.contact_phone,
        ":address_zh": warehouse.address.zh, ":address_en": warehouse.address.en, ":notes_zh": warehouse.notes.zh,
        ":notes_en": warehouse.notes.en, ":active": warehouse.active,
    };
    tx.exec(sql!(include_str!("reference/warehouse_insert.sql")), params).map(|_| ())
}

/// Replaces a warehouse's values when its version is still `warehouse.version`; false when it is not.
///
/// # Errors
/// The store's; `warehouse.code` when the code is taken.
pub fn update_warehouse(tx: &Tx<'_>, warehouse: &WarehouseRow) -> Result<bool, Error> {
    let params = named_params! {
        ":code": warehouse.code, ":name_zh": warehouse.name.zh, ":name_en": warehouse.name.en,
        ":contact_name": warehouse.contact_name, ":contact_phone": warehouse.contact_phone,
        ":address_zh": warehouse.address.zh, ":address_en": warehouse.address.en, ":notes_zh": warehouse.notes.zh,
        ":notes_en": warehouse.notes.en, ":active": warehouse.active, ":id": warehouse.id,
        ":version": warehouse.version,
    };
    Ok(tx.exec(sql!(include_str!("reference/warehouse_update.sql")), params)? == 1)
}

/// Writes a new carrier.
///
/// # Errors
/// The store's; `carrier.code` when the code is taken.
pub fn insert_carrier(tx: &Tx<'_>, carrier: &CarrierRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO carrier (id, code, name_zh, name_en, tracking_pattern, check_digit, active)
         VALUES (:id, :code, :name_zh, :name_en, :tracking_pattern, :check_digit, :active)"
    );
    let params = named_params! {
        ":id": carrier.id, ":code": carrier.code, ":name_zh": carrier.name.zh, ":name_en": carrier.name.en,
        ":tracking_pattern": carrier.tracking_pattern, ":check_digit": carrier.check_digit, ":active": carrier.active,
    };
    tx.exec(sql, params).map(|_| ())
}

/// Replaces a carrier's values when its version is still `carrier.version`; false when it is not.
///
/// # Errors
/// The store's; `carrier.code` when the code is taken.
pub fn update_carrier(tx: &Tx<'_>, carrier: &CarrierRow) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE carrier SET code = :code, name_zh = :name_zh, name_en = :name_en,
             tracking_pattern = :tracking_pattern, check_digit = :check_digit, active = :active, version = version + 1
         WHERE id = :id AND version = :version"
    );
    let params = named_params! {
        ":code": carrier.code, ":name_zh": carrier.name.zh, ":name_en": carrier.name.en,
        ":tracking_pattern": carrier.tracking_pattern, ":check_digit": carrier.check_digit, ":active": carrier.active,
        ":id": carrier.id, ":version": carrier.version,
    };
    Ok(tx.exec(sql, params)? == 1)
}

/// Writes a new supplier.
///
/// # Errors
/// The store's; `supplier.code` when the code is taken.
pub fn insert_supplier(tx: &Tx<'_>, supplier: &SupplierRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO supplier (id, code, name_zh, name_en, contact, active)
         VALUES (:id, :code, :name_zh, :name_en, :contact, :active)"
    );
    let params = named_params! {
        ":id": supplier.id, ":code": supplier.code, ":name_zh": supplier.name.zh, ":name_en": supplier.name.en,
        ":contact": supplier.contact, ":active": supplier.active,
    };
    tx.exec(sql, params).map(|_| ())
}

/// Replaces a supplier's values when its version is still `supplier.version`; false when it is not.
///
/// # Errors
/// The store's; `supplier.code` when the code is taken.
pub fn update_supplier(tx: &Tx<'_>, supplier: &SupplierRow) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE supplier SET code = :code, name_zh = :name_zh, name_en = :name_en, contact = :contact,
             active = :active, version = version + 1
         WHERE id = :id AND version = :version"
    );
    let params = named_params! {
        ":code": supplier.code, ":name_zh": supplier.name.zh, ":name_en": supplier.name.en,
        ":contact": supplier.contact, ":active": supplier.active, ":id": supplier.id, ":version": supplier.version,
    };
    Ok(tx.exec(sql, params)? == 1)
}

/// Writes a new team.
///
/// # Errors
/// The store's; `team.code` when the code is taken.
pub fn insert_team(tx: &Tx<'_>, team: &TeamRow) -> Result<(), Error> {
    let sql =
        sql!("INSERT INTO team (id, code, name_zh, name_en, active) VALUES (:id, :code, :name_zh, :name_en, :active)");
    let params = named_params! {
        ":id": team.id, ":code": team.code, ":name_zh": team.name.zh, ":name_en": team.name.en,
        ":active": team.active,
    };
    tx.exec(sql, params).map(|_| ())
}

/// Replaces a team's values when its version is still `team.version`; false when it is not.
///
/// # Errors
/// The store's; `team.code` when the code is taken.
pub fn update_team(tx: &Tx<'_>, team: &TeamRow) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE team SET code = :code, name_zh = :name_zh, name_en = :name_en, active = :active,
             version = version + 1
         WHERE id = :id AND version = :version"
    );
    let params = named_params! {
        ":code": team.code, ":name_zh": team.name.zh, ":name_en": team.name.en, ":active": team.active,
        ":id": team.id, ":version": team.version,
    };
    Ok(tx.exec(sql, params)? == 1)
}

/// Writes a new reason.
///
/// # Errors
/// The store's; `reason.code` when the code is taken.
pub fn insert_reason(tx: &Tx<'_>, reason: &ReasonRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": reason.id, ":code": reason.code, ":parent_id": reason.parent_id, ":name_zh": reason.name.zh,
        ":name_en": reason.name.en, ":evidence_required": reason.evidence_required, ":liability": reason.liability,
        ":position": reason.position, ":active": reason.active,
    };
    tx.exec(sql!(include_str!("reference/reason_insert.sql")), params).map(|_| ())
}

/// Replaces a reason's values when its version is still `reason.version`; false when it is not.
///
/// # Errors
/// The store's; `reason.code` when the code is taken.
pub fn update_reason(tx: &Tx<'_>, reason: &ReasonRow) -> Result<bool, Error> {
    let params = named_params! {
        ":code": reason.code, ":parent_id": reason.parent_id, ":name_zh": reason.name.zh,
        ":name_en": reason.name.en, ":evidence_required": reason.evidence_required, ":liability": reason.liability,
        ":position": reason.position, ":active": reason.active, ":id": reason.id, ":version": reason.version,
    };
    Ok(tx.exec(sql!(include_str!("reference/reason_update.sql")), params)? == 1)
}

/// The reason with this code or name, if there is one. For imports, which name reasons as their source does.
///
/// # Errors
/// The store's.
pub fn reason_named(conn: &Conn, text: &str) -> Result<Option<domain::ReasonId>, Error> {
    let sql = sql!(
        "SELECT id FROM reason WHERE code = :text OR name_zh = :text OR name_en = :text
         ORDER BY code <> :text, id LIMIT 1"
    );
    conn.value(sql, named_params! { ":text": text })
}

/// Writes a new grade.
///
/// # Errors
/// The store's; `grade.code` when the code is taken.
pub fn insert_grade(tx: &Tx<'_>, grade: &GradeRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": grade.id, ":code": grade.code, ":name_zh": grade.name.zh, ":name_en": grade.name.en,
        ":money_percent": grade.money_percent, ":accepted": grade.accepted, ":disposition": grade.disposition,
        ":position": grade.position, ":active": grade.active,
    };
    tx.exec(sql!(include_str!("reference/grade_insert.sql")), params).map(|_| ())
}

/// Replaces a grade's values when its version is still `grade.version`; false when it is not.
///
/// # Errors
/// The store's; `grade.code` when the code is taken.
pub fn update_grade(tx: &Tx<'_>, grade: &GradeRow) -> Result<bool, Error> {
    let params = named_params! {
        ":code": grade.code, ":name_zh": grade.name.zh, ":name_en": grade.name.en,
        ":money_percent": grade.money_percent, ":accepted": grade.accepted, ":disposition": grade.disposition,
        ":position": grade.position, ":active": grade.active, ":id": grade.id, ":version": grade.version,
    };
    Ok(tx.exec(sql!(include_str!("reference/grade_update.sql")), params)? == 1)
}
