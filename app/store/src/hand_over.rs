//! Hand-over sheets (交接班) as they were kept.

use domain::{DeviceId, HandOverId, PersonId, ShiftId, Timestamp, WarehouseId};

use crate::col::Json;
use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;
use crate::scope::RowScope;

/// A row of `hand_over`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOverRow {
    /// Its id.
    pub id: HandOverId,
    /// At which station.
    pub device_id: DeviceId,
    /// Where that stood.
    pub warehouse_id: WarehouseId,
    /// Who handed over.
    pub from_id: PersonId,
    /// Who took over.
    pub to_id: PersonId,
    /// The shift that ended.
    pub shift_id: ShiftId,
    /// When.
    pub at: Timestamp,
    /// The sheet, JSON.
    pub sheet: String,
}

/// Which sheets a list shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct HandOverFilter {
    /// Only of this warehouse.
    pub warehouse: Option<WarehouseId>,
    /// Only of this station.
    pub device: Option<DeviceId>,
    /// Made then or later.
    pub from: Option<Timestamp>,
    /// Made before.
    pub until: Option<Timestamp>,
    /// Older than this one.
    pub before: Option<HandOverId>,
}

/// Keeps a sheet.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, row: &HandOverRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": row.id, ":device_id": row.device_id, ":warehouse_id": row.warehouse_id, ":from_id": row.from_id,
        ":to_id": row.to_id, ":shift_id": row.shift_id, ":at": row.at, ":sheet": row.sheet,
    };
    tx.exec(sql!(include_str!("hand_over/insert.sql")), params).map(|_| ())
}

/// One sheet.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: HandOverId) -> Result<Option<HandOverRow>, Error> {
    conn.one(sql!(include_str!("hand_over/find.sql")), named_params! { ":id": id }, read)
}

/// When a station was handed over last.
///
/// # Errors
/// The store's.
pub fn last_at(conn: &Conn, device: DeviceId) -> Result<Option<Timestamp>, Error> {
    let sql = sql!("SELECT at FROM hand_over WHERE device_id = :device_id ORDER BY id DESC LIMIT 1");
    conn.value(sql, named_params! { ":device_id": device })
}

/// A station's last sheet.
///
/// # Errors
/// The store's.
pub fn last(conn: &Conn, device: DeviceId) -> Result<Option<HandOverRow>, Error> {
    let sql = sql!(
        "SELECT id, device_id, warehouse_id, from_id, to_id, shift_id, at, sheet
         FROM hand_over WHERE device_id = :device_id ORDER BY id DESC LIMIT 1"
    );
    conn.one(sql, named_params! { ":device_id": device }, read)
}

/// Sheets of warehouses in scope, newest first, at most `limit`.
///
/// # Errors
/// The store's.
pub fn page(conn: &Conn, scope: &RowScope, filter: &HandOverFilter, limit: u32) -> Result<Vec<HandOverRow>, Error> {
    let scope = scope.pairs();
    let params = named_params! {
        ":warehouse_id": filter.warehouse, ":device_id": filter.device, ":from": filter.from, ":until": filter.until,
        ":before": filter.before.map_or(i64::MAX, HandOverId::get), ":scope": scope.as_ref().map(Json),
        ":limit": limit,
    };
    conn.all(sql!(include_str!("hand_over/page.sql")), params, read)
}

/// Stations that have sheets of warehouses in scope, with their names, by name.
///
/// # Errors
/// The store's.
pub fn stations(conn: &Conn, scope: &RowScope) -> Result<Vec<(DeviceId, String)>, Error> {
    let scope = scope.pairs();
    let params = named_params! { ":scope": scope.as_ref().map(Json) };
    conn.all(sql!(include_str!("hand_over/stations.sql")), params, |row| Ok((row.get("id")?, row.get("name")?)))
}

fn read(row: &Row<'_>) -> Result<HandOverRow, Error> {
    Ok(HandOverRow {
        id: row.get("id")?,
        device_id: row.get("device_id")?,
        warehouse_id: row.get("warehouse_id")?,
        from_id: row.get("from_id")?,
        to_id: row.get("to_id")?,
        shift_id: row.get("shift_id")?,
        at: row.get("at")?,
        sheet: row.get("sheet")?,
    })
}
