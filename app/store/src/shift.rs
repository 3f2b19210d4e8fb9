//! Shifts: operators' stays at stations, and what was done in each.

use domain::{DeviceId, ParcelId, PersonId, ShiftId, Timestamp, WarehouseId};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `shift`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShiftRow {
    /// Its id.
    pub id: ShiftId,
    /// At which station.
    pub device_id: DeviceId,
    /// Where that stood.
    pub warehouse_id: WarehouseId,
    /// Who.
    pub person_id: PersonId,
    /// Since when.
    pub started_at: Timestamp,
    /// Until when; open without.
    pub ended_at: Option<Timestamp>,
}

/// What was done at a station.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShiftCounts {
    /// Pulls of the trigger.
    pub scans: i64,
    /// Parcels signed.
    pub signed: i64,
    /// Parcels opened.
    pub opened: i64,
    /// Units counted.
    pub units_counted: i64,
    /// Units inspected.
    pub units_inspected: i64,
    /// Units disposed of.
    pub units_dispositioned: i64,
    /// Parcels parked.
    pub parked: i64,
    /// Facts that a person must look at.
    pub conflicts: i64,
}

/// A parcel that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftRow {
    /// The parcel.
    pub id: ParcelId,
    /// As on its label.
    pub waybill: String,
    /// Since when.
    pub since: Timestamp,
    /// Whether it is parked.
    pub parked: bool,
}

/// Begins a shift.
///
/// # Errors
/// `shift_one_open` when somebody else is at the station.
pub fn start(tx: &Tx<'_>, shift: &ShiftRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": shift.id, ":device_id": shift.device_id, ":warehouse_id": shift.warehouse_id,
        ":person_id": shift.person_id, ":started_at": shift.started_at,
    };
    tx.exec(sql!(include_str!("shift/start.sql")), params).map(|_| ())
}

/// One shift.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: ShiftId) -> Result<Option<ShiftRow>, Error> {
    conn.one(sql!(include_str!("shift/find.sql")), named_params! { ":id": id }, read)
}

/// The open shift of a station.
///
/// # Errors
/// The store's.
pub fn open_at(conn: &Conn, device: DeviceId) -> Result<Option<ShiftRow>, Error> {
    conn.one(sql!(include_str!("shift/open_at.sql")), named_params! { ":device_id": device }, read)
}

/// Ends the open shift of a station, if there is one.
///
/// # Errors
/// The store's.
pub fn end_at(tx: &Tx<'_>, device: DeviceId, at: Timestamp) -> Result<(), Error> {
    let sql =
        sql!("UPDATE shift SET ended_at = max(:at, started_at) WHERE device_id = :device_id AND ended_at IS NULL");
    tx.exec(sql, named_params! { ":at": at, ":device_id": device }).map(|_| ())
}

/// Notes work done in a shift; the same subject counts once.
///
/// # Errors
/// The store's.
pub fn note_work(
    tx: &Tx<'_>,
    id: ShiftId,
    kind: &str,
    subject: i64,
    quantity: i64,
    at: Timestamp,
) -> Result<(), Error> {
    let params = named_params! {
        ":shift_id": id, ":kind": kind, ":subject_id": subject, ":quantity": quantity, ":at": at,
    };
    tx.exec(sql!(include_str!("shift/note_work.sql")), params).map(|_| ())
}

/// What was done at a station in shifts from `first` on, later than `since`.
///
/// # Errors
/// The store's.
pub fn counts(conn: &Conn, device: DeviceId, since: Timestamp) -> Result<ShiftCounts, Error> {
    let params = named_params! { ":device_id": device, ":since": since };
    let found = conn.one(sql!(include_str!("shift/counts.sql")), params, |row| {
        Ok(ShiftCounts {
            scans: row.get("scans")?,
            signed: row.get("signed")?,
            opened: row.get("opened")?,
            units_counted: row.get("units_counted")?,
            units_inspected: row.get("units_inspected")?,
            units_dispositioned: row.get("units_dispositioned")?,
            parked: row.get("parked")?,
            conflicts: row.get("conflicts")?,
        })
    })?;
    Ok(found.unwrap_or_default())
}

/// Who worked at a station later than `since`, in the order of their first shift.
///
/// # Errors
/// The store's.
pub fn operators(conn: &Conn, device: DeviceId, since: Timestamp) -> Result<Vec<PersonId>, Error> {
    let params = named_params! { ":device_id": device, ":since": since };
    conn.all(sql!(include_str!("shift/operators.sql")), params, |row| row.get("person_id"))
}

/// Parcels signed and not opened at a warehouse, oldest first, at most `limit`, and how many there are.
///
/// # Errors
/// The store's.
pub fn unopened(conn: &Conn, warehouse: WarehouseId, limit: u32) -> Result<(i64, Vec<LeftRow>), Error> {
    let sql = sql!("SELECT count(*) FROM parcel WHERE state = 'signed' AND warehouse_id = :warehouse_id");
    let total = conn.value(sql, named_params! { ":warehouse_id": warehouse })?.unwrap_or(0);
    let params = named_params! { ":warehouse_id": warehouse, ":limit": limit };
    Ok((total, conn.all(sql!(include_str!("shift/unopened.sql")), params, read_left)?))
}

/// Parcels opened at a warehouse, announced or signed after `newer_than`, with goods that are not disposed of, or with
/// none counted though a case waits; oldest first, at most `limit`.
///
/// # Errors
/// The store's.
pub fn unfinished(
    conn: &Conn,
    warehouse: WarehouseId,
    newer_than: ParcelId,
    limit: u32,
) -> Result<Vec<LeftRow>, Error> {
    let params = named_params! { ":warehouse_id": warehouse, ":newer_than": newer_than, ":limit": limit };
    conn.all(sql!(include_str!("shift/unfinished.sql")), params, read_left)
}

fn read_left(row: &Row<'_>) -> Result<LeftRow, Error> {
    Ok(LeftRow {
        id: row.get("id")?,
        waybill: row.get("waybill")?,
        since: row.get("since")?,
        parked: row.get("parked")?,
    })
}

fn read(row: &Row<'_>) -> Result<ShiftRow, Error> {
    Ok(ShiftRow {
        id: row.get("id")?,
        device_id: row.get("device_id")?,
        warehouse_id: row.get("warehouse_id")?,
        person_id: row.get("person_id")?,
        started_at: row.get("started_at")?,
        ended_at: row.get("ended_at")?,
    })
}
