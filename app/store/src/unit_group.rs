//! Unit groups: like units counted together, split at the first difference.

use domain::state::{Bearer, Reception};
use domain::{GradeId, LocalDate, OrderLineId, ParcelId, RmaId, RmaLineId, SkuId, Timestamp, UnitGroupId, WarehouseId};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `unit_group`.
#[derive(Clone, Debug)]
pub struct UnitGroupRow {
    /// Its id.
    pub id: UnitGroupId,
    /// Its case.
    pub rma_id: RmaId,
    /// The case line it was counted on.
    pub rma_line_id: RmaLineId,
    /// The parcel it came in.
    pub parcel_id: Option<ParcelId>,
    /// Where it lies.
    pub warehouse_id: WarehouseId,
    /// The article.
    pub sku_id: Option<SkuId>,
    /// Like units.
    pub quantity: i64,
    /// How it arrived.
    pub reception: Reception,
    /// The serial of the one unit.
    pub serial: Option<String>,
    /// The lot.
    pub lot: Option<String>,
    /// Best before.
    pub expires_on: Option<LocalDate>,
    /// The serial is not one that was shipped: another unit came back.
    pub swapped: bool,
    /// The inspection's grade.
    pub grade_id: Option<GradeId>,
    /// Who is liable.
    pub liability: Option<Bearer>,
    /// When it was inspected.
    pub inspected_at: Option<Timestamp>,
    /// When it was disposed of.
    pub dispositioned_at: Option<Timestamp>,
    /// When it was counted.
    pub counted_at: Timestamp,
    /// Row version.
    pub version: i64,
}

/// Writes a new group.
///
/// # Errors
/// `unit_group_serial_is_one`, `unit_group_serial_open`.
pub fn insert(tx: &Tx<'_>, group: &UnitGroupRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": group.id, ":rma_id": group.rma_id, ":rma_line_id": group.rma_line_id, ":parcel_id": group.parcel_id,
        ":warehouse_id": group.warehouse_id, ":sku_id": group.sku_id, ":quantity": group.quantity,
        ":reception": group.reception, ":serial": group.serial, ":lot": group.lot, ":expires_on": group.expires_on,
        ":swapped": group.swapped, ":grade_id": group.grade_id, ":liability": group.liability,
        ":inspected_at": group.inspected_at, ":dispositioned_at": group.dispositioned_at,
        ":counted_at": group.counted_at,
    };
    tx.exec(sql!(include_str!("unit_group/insert.sql")), params).map(|_| ())
}

/// One group, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: UnitGroupId) -> Result<Option<UnitGroupRow>, Error> {
    conn.one(sql!(include_str!("unit_group/find.sql")), named_params! { ":id": id }, read)
}

/// The groups of a case, oldest first.
///
/// # Errors
/// The store's.
pub fn of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<UnitGroupRow>, Error> {
    conn.all(sql!(include_str!("unit_group/of_rma.sql")), named_params! { ":rma_id": rma }, read)
}

/// Whether a parcel has brought goods of a case.
///
/// # Errors
/// The store's.
pub fn came_in(conn: &Conn, parcel: ParcelId, rma: RmaId) -> Result<bool, Error> {
    let sql = sql!("SELECT 1 FROM unit_group WHERE rma_id = :rma_id AND parcel_id = :parcel_id LIMIT 1");
    conn.exists(sql, named_params! { ":rma_id": rma, ":parcel_id": parcel })
}

/// Changes how many units a group has.
///
/// # Errors
/// The store's.
pub fn set_quantity(tx: &Tx<'_>, id: UnitGroupId, quantity: i64) -> Result<(), Error> {
    let sql = sql!("UPDATE unit_group SET quantity = :quantity, version = version + 1 WHERE id = :id");
    tx.exec(sql, named_params! { ":id": id, ":quantity": quantity }).map(|_| ())
}

/// Writes an inspection's outcome on a group.
///
/// # Errors
/// The store's.
pub fn set_inspected(
    tx: &Tx<'_>,
    id: UnitGroupId,
    grade: GradeId,
    liability: Bearer,
    at: Timestamp,
) -> Result<(), Error> {
    let sql = sql!(
        "UPDATE unit_group SET grade_id = :grade_id, liability = :liability, inspected_at = :at, version = version + 1
         WHERE id = :id"
    );
    tx.exec(sql, named_params! { ":id": id, ":grade_id": grade, ":liability": liability, ":at": at }).map(|_| ())
}

/// Marks a group as disposed of.
///
/// # Errors
/// The store's.
pub fn set_dispositioned(tx: &Tx<'_>, id: UnitGroupId, at: Timestamp) -> Result<(), Error> {
    let sql = sql!("UPDATE unit_group SET dispositioned_at = :at, version = version + 1 WHERE id = :id");
    tx.exec(sql, named_params! { ":id": id, ":at": at }).map(|_| ())
}

/// Turns a miscount into what it was: goods that are not there. Nothing is left to do on them.
///
/// # Errors
/// The store's.
pub fn set_missing(tx: &Tx<'_>, id: UnitGroupId, at: Timestamp) -> Result<(), Error> {
    let sql = sql!(
        "UPDATE unit_group SET reception = 'missing', inspected_at = :at, dispositioned_at = :at, version = version + 1
         WHERE id = :id"
    );
    tx.exec(sql, named_params! { ":id": id, ":at": at }).map(|_| ())
}

/// Whether a serial was shipped on an order line.
///
/// # Errors
/// The store's.
pub fn serial_was_shipped(conn: &Conn, serial: &str, order_line: OrderLineId) -> Result<bool, Error> {
    let sql = sql!("SELECT 1 FROM shipped_serial WHERE serial = :serial AND order_line_id = :order_line_id");
    conn.exists(sql, named_params! { ":serial": serial, ":order_line_id": order_line })
}

fn read(row: &Row<'_>) -> Result<UnitGroupRow, Error> {
    Ok(UnitGroupRow {
        id: row.get("id")?,
        rma_id: row.get("rma_id")?,
        rma_line_id: row.get("rma_line_id")?,
        parcel_id: row.get("parcel_id")?,
        warehouse_id: row.get("warehouse_id")?,
        sku_id: row.get("sku_id")?,
        quantity: row.get("quantity")?,
        reception: row.get("reception")?,
        serial: row.get("serial")?,
        lot: row.get("lot")?,
        expires_on: row.get("expires_on")?,
        swapped: row.get("swapped")?,
        grade_id: row.get("grade_id")?,
        liability: row.get("liability")?,
        inspected_at: row.get("inspected_at")?,
        dispositioned_at: row.get("dispositioned_at")?,
        counted_at: row.get("counted_at")?,
        version: row.get("version")?,
    })
}
