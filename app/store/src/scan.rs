//! Scans: facts from the station, always kept; what followed from each stands beside it.

use domain::{DeviceId, OrderLineId, ParcelId, PersonId, RmaId, ScanId, ShiftId, SkuId, Timestamp, WarehouseId};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `scan`.
#[derive(Clone, Debug)]
pub struct ScanRow {
    /// Its id.
    pub id: ScanId,
    /// The station's own key; the same key is the same scan.
    pub client_key: String,
    /// Which station.
    pub device_id: Option<DeviceId>,
    /// Who held the gun.
    pub operator_id: Option<PersonId>,
    /// In which shift.
    pub shift: String,
    /// Where.
    pub warehouse_id: Option<WarehouseId>,
    /// What the gun read, untouched.
    pub raw: String,
    /// How many like units.
    pub quantity: i64,
    /// The station's clock.
    pub scanned_at: Timestamp,
    /// Ours.
    pub received_at: Timestamp,
    /// What followed, JSON.
    pub result: String,
    /// The parcel it is about.
    pub parcel_id: Option<ParcelId>,
    /// The case it is about.
    pub rma_id: Option<RmaId>,
    /// The shift it was made in.
    pub shift_id: Option<ShiftId>,
    /// Who sent it, when that was somebody else than who held the gun.
    pub sent_by: Option<PersonId>,
    /// What is doubtful about it: a word, or empty.
    pub doubt: String,
}

/// An article that a code stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScannedSku {
    /// The article.
    pub sku_id: SkuId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Base units in the package that carries the code.
    pub quantity: i64,
    /// Whether each unit has a serial.
    pub has_serial: bool,
}

/// Stores a scan.
///
/// # Errors
/// `scan.client_key` when the key is stored already.
pub fn insert(tx: &Tx<'_>, scan: &ScanRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": scan.id, ":client_key": scan.client_key, ":device_id": scan.device_id,
        ":operator_id": scan.operator_id, ":shift": scan.shift, ":warehouse_id": scan.warehouse_id, ":raw": scan.raw,
        ":quantity": scan.quantity, ":scanned_at": scan.scanned_at, ":received_at": scan.received_at,
        ":result": scan.result, ":parcel_id": scan.parcel_id, ":rma_id": scan.rma_id,
        ":shift_id": scan.shift_id, ":sent_by": scan.sent_by, ":doubt": scan.doubt,
    };
    tx.exec(sql!(include_str!("scan/insert.sql")), params).map(|_| ())
}

/// The scan with this key, if it is stored.
///
/// # Errors
/// The store's.
pub fn by_key(conn: &Conn, client_key: &str) -> Result<Option<ScanRow>, Error> {
    conn.one(sql!(include_str!("scan/by_key.sql")), named_params! { ":client_key": client_key }, read)
}

/// The article under a barcode, or under its own code.
///
/// # Errors
/// The store's.
pub fn sku(conn: &Conn, code: &str) -> Result<Option<ScannedSku>, Error> {
    conn.one(sql!(include_str!("scan/sku.sql")), named_params! { ":code": code }, |row| {
        Ok(ScannedSku {
            sku_id: row.get("id")?,
            code: row.get("code")?,
            name: row.get("name")?,
            quantity: row.get("quantity")?,
            has_serial: row.get("has_serial")?,
        })
    })
}

/// The order lines a serial was shipped on, newest first.
///
/// # Errors
/// The store's.
pub fn serial(conn: &Conn, serial: &str) -> Result<Vec<(OrderLineId, SkuId)>, Error> {
    conn.all(sql!(include_str!("scan/serial.sql")), named_params! { ":serial": serial }, |row| {
        Ok((row.get("order_line_id")?, row.get("sku_id")?))
    })
}

fn read(row: &Row<'_>) -> Result<ScanRow, Error> {
    Ok(ScanRow {
        id: row.get("id")?,
        client_key: row.get("client_key")?,
        device_id: row.get("device_id")?,
        operator_id: row.get("operator_id")?,
        shift: row.get("shift")?,
        warehouse_id: row.get("warehouse_id")?,
        raw: row.get("raw")?,
        quantity: row.get("quantity")?,
        scanned_at: row.get("scanned_at")?,
        received_at: row.get("received_at")?,
        result: row.get("result")?,
        parcel_id: row.get("parcel_id")?,
        rma_id: row.get("rma_id")?,
        shift_id: row.get("shift_id")?,
        sent_by: row.get("sent_by")?,
        doubt: row.get("doubt")?,
    })
}
