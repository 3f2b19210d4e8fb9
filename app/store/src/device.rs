//! Stations: enrolled browsers, known by the hash of their cookie.

use domain::{DeviceId, PersonId, Timestamp, WarehouseId};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `device`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRow {
    /// Its id.
    pub id: DeviceId,
    /// Its name, unique.
    pub name: String,
    /// Where it stands.
    pub warehouse_id: Option<WarehouseId>,
    /// Whether it may be used.
    pub active: bool,
    /// Gun and screen, JSON.
    pub settings: String,
    /// When it was enrolled last; the epoch for one that never was.
    pub enrolled_at: Timestamp,
    /// Who enrolled it last.
    pub enrolled_by: Option<PersonId>,
    /// Row version.
    pub version: i64,
}

/// Adds a station with the hash of its cookie.
///
/// # Errors
/// `device.name` when the name is taken.
pub fn insert(tx: &Tx<'_>, device: &DeviceRow, token_hash: &[u8; 32]) -> Result<(), Error> {
    let params = named_params! {
        ":id": device.id, ":name": device.name, ":warehouse_id": device.warehouse_id, ":active": device.active,
        ":settings": device.settings, ":enrolled_at": device.enrolled_at, ":enrolled_by": device.enrolled_by,
        ":token_hash": token_hash,
    };
    tx.exec(sql!(include_str!("device/insert.sql")), params).map(|_| ())
}

/// One station, revoked ones too.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: DeviceId) -> Result<Option<DeviceRow>, Error> {
    conn.one(sql!(include_str!("device/find.sql")), named_params! { ":id": id }, read)
}

/// The station that a cookie belongs to; revoked ones have none.
///
/// # Errors
/// The store's.
pub fn by_token(conn: &Conn, token_hash: &[u8; 32]) -> Result<Option<DeviceRow>, Error> {
    conn.one(sql!(include_str!("device/by_token.sql")), named_params! { ":token_hash": token_hash }, read)
}

/// The hash of a station's cookie.
///
/// # Errors
/// The store's.
pub fn token_hash(conn: &Conn, id: DeviceId) -> Result<Option<[u8; 32]>, Error> {
    let sql = sql!("SELECT token_hash FROM device WHERE id = :id AND active = 1");
    Ok(conn.value::<Option<[u8; 32]>>(sql, named_params! { ":id": id })?.flatten())
}

/// All stations by name, revoked ones last, at most `limit`.
///
/// # Errors
/// The store's.
pub fn all(conn: &Conn, limit: u32) -> Result<Vec<DeviceRow>, Error> {
    conn.all(sql!(include_str!("device/all.sql")), named_params! { ":limit": limit }, read)
}

/// Gives a station another cookie and makes it active: the browser that was it until now is it no more.
///
/// # Errors
/// The store's.
pub fn enrol(
    tx: &Tx<'_>,
    id: DeviceId,
    token_hash: &[u8; 32],
    at: Timestamp,
    by: Option<PersonId>,
) -> Result<(), Error> {
    let params = named_params! { ":id": id, ":token_hash": token_hash, ":at": at, ":by": by };
    tx.exec(sql!(include_str!("device/enrol.sql")), params).map(|_| ())
}

/// Takes a browser's old enrolment away when it becomes another station.
///
/// # Errors
/// The store's.
pub fn forget_token(tx: &Tx<'_>, token_hash: &[u8; 32]) -> Result<(), Error> {
    let sql = sql!("UPDATE device SET token_hash = NULL WHERE token_hash = :token_hash");
    tx.exec(sql, named_params! { ":token_hash": token_hash }).map(|_| ())
}

/// Renames, moves or sets a station at `row.version`; false when somebody was faster.
///
/// # Errors
/// `device.name` when the name is taken.
pub fn update(tx: &Tx<'_>, row: &DeviceRow) -> Result<bool, Error> {
    let params = named_params! {
        ":id": row.id, ":name": row.name, ":warehouse_id": row.warehouse_id, ":settings": row.settings,
        ":version": row.version,
    };
    Ok(tx.exec(sql!(include_str!("device/update.sql")), params)? == 1)
}

/// Ends a station; false when it was ended before.
///
/// # Errors
/// The store's.
pub fn revoke(tx: &Tx<'_>, id: DeviceId) -> Result<bool, Error> {
    let sql =
        sql!("UPDATE device SET active = 0, token_hash = NULL, version = version + 1 WHERE id = :id AND active = 1");
    Ok(tx.exec(sql, named_params! { ":id": id })? == 1)
}

fn read(row: &Row<'_>) -> Result<DeviceRow, Error> {
    Ok(DeviceRow {
        id: row.get("id")?,
        name: row.get("name")?,
        warehouse_id: row.get("warehouse_id")?,
        active: row.get("active")?,
        settings: row.get("settings")?,
        enrolled_at: row.get("enrolled_at")?,
        enrolled_by: row.get("enrolled_by")?,
        version: row.get("version")?,
    })
}
