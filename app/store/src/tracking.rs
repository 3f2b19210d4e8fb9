//! What carriers say of parcels, the latest of it, and corrections of waybills.

use domain::state::ParcelState;
use domain::tracking::TrackingState;
use domain::{CarrierId, ParcelId, RmaId, Timestamp, TrackingEventId, WaybillChangeId};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `tracking_event`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackingEventRow {
    /// Its id.
    pub id: TrackingEventId,
    /// Of which parcel.
    pub parcel_id: ParcelId,
    /// Under which number.
    pub waybill: String,
    /// When it happened.
    pub at: Timestamp,
    /// Where the parcel is.
    pub state: TrackingState,
    /// The town or depot.
    pub place: String,
    /// In the carrier's words.
    pub text: String,
    /// `person:<id>` or `token:<id>`.
    pub source: String,
    /// The source's own key, or a hash of what it said.
    pub source_key: String,
    /// When we heard.
    pub received_at: Timestamp,
}

/// A row of `waybill_change`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaybillChangeRow {
    /// Its id.
    pub id: WaybillChangeId,
    /// Of which parcel.
    pub parcel_id: ParcelId,
    /// When.
    pub at: Timestamp,
    /// `person:<id>`, `token:<id>` or `customer`.
    pub changed_by: String,
    /// Waybill before and after.
    pub waybills: (String, String),
    /// Carrier before and after.
    pub carriers: (Option<CarrierId>, Option<CarrierId>),
    /// Why.
    pub reason: String,
}

/// Writes what was said; false when the same was said before.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, row: &TrackingEventRow) -> Result<bool, Error> {
    let params = named_params! {
        ":id": row.id, ":parcel_id": row.parcel_id, ":waybill": row.waybill, ":at": row.at, ":state": row.state,
        ":place": row.place, ":text": row.text, ":source": row.source, ":source_key": row.source_key, ":received_at": row.received_at,
    };
    let is_new = tx.exec(sql!(include_str!("tracking/insert.sql")), params)? == 1;
    if is_new {
        let params = named_params! { ":id": row.id, ":parcel_id": row.parcel_id, ":at": row.at, ":state": row.state };
        tx.exec(sql!(include_str!("tracking/now.sql")), params)?;
        carrier_signed(tx, row.parcel_id)?;
    }
    Ok(is_new)
}

/// Keeps on the parcel since when its carrier says that it was handed over here, which the exceptions desk goes by; nothing
/// once the carrier says otherwise.
fn carrier_signed(tx: &Tx<'_>, parcel: ParcelId) -> Result<(), Error> {
    let sql = sql!(
        "UPDATE parcel
         SET carrier_signed_at = (SELECT at FROM tracking_now WHERE parcel_id = :parcel_id AND state = 'signed')
         WHERE id = :parcel_id"
    );
    tx.exec(sql, named_params! { ":parcel_id": parcel }).map(|_| ())
}

/// What was said of a parcel, oldest first.
///
/// # Errors
/// The store's.
pub fn of_parcel(conn: &Conn, parcel: ParcelId) -> Result<Vec<TrackingEventRow>, Error> {
    conn.all(sql!(include_str!("tracking/of_parcel.sql")), named_params! { ":parcel_id": parcel }, read)
}

/// Where a parcel is, by the latest that was said.
///
/// # Errors
/// The store's.
pub fn now(conn: &Conn, parcel: ParcelId) -> Result<Option<(TrackingState, Timestamp)>, Error> {
    let sql = sql!("SELECT state, at FROM tracking_now WHERE parcel_id = :parcel_id");
    conn.one(sql, named_params! { ":parcel_id": parcel }, |row| Ok((row.get("state")?, row.get("at")?)))
}

/// Gives a parcel another waybill and carrier; where it is now is what was said of that number.
///
/// # Errors
/// The store's.
pub fn correct(
    tx: &Tx<'_>,
    parcel: ParcelId,
    waybill: &str,
    carrier: Option<CarrierId>,
    reused: bool,
) -> Result<(), Error> {
    let sql = sql!(
        "UPDATE parcel SET waybill = :waybill, carrier_id = :carrier_id, reused = :reused, version = version + 1
         WHERE id = :id"
    );
    let params = named_params! { ":id": parcel, ":waybill": waybill, ":carrier_id": carrier, ":reused": reused };
    tx.exec(sql, params)?;
    // What was said of the number that was wrong is not where this parcel is.
    let one = named_params! { ":parcel_id": parcel };
    tx.exec(sql!("DELETE FROM tracking_now WHERE parcel_id = :parcel_id"), one)?;
    tx.exec(sql!(include_str!("tracking/now_anew.sql")), named_params! { ":parcel_id": parcel })?;
    carrier_signed(tx, parcel)
}

/// Keeps a correction.
///
/// # Errors
/// The store's.
pub fn insert_change(tx: &Tx<'_>, row: &WaybillChangeRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": row.id, ":parcel_id": row.parcel_id, ":at": row.at, ":changed_by": row.changed_by,
        ":old_waybill": row.waybills.0, ":new_waybill": row.waybills.1, ":old_carrier_id": row.carriers.0,
        ":new_carrier_id": row.carriers.1, ":reason": row.reason,
    };
    tx.exec(sql!(include_str!("tracking/insert_change.sql")), params).map(|_| ())
}

/// The corrections of a parcel's waybill, oldest first.
///
/// # Errors
/// The store's.
pub fn changes(conn: &Conn, parcel: ParcelId) -> Result<Vec<WaybillChangeRow>, Error> {
    let sql = sql!(include_str!("tracking/changes.sql"));
    conn.all(sql, named_params! { ":parcel_id": parcel }, |row| {
        Ok(WaybillChangeRow {
            id: row.get("id")?,
            parcel_id: row.get("parcel_id")?,
            at: row.get("at")?,
            changed_by: row.get("changed_by")?,
            waybills: (row.get("old_waybill")?, row.get("new_waybill")?),
            carriers: (row.get("old_carrier_id")?, row.get("new_carrier_id")?),
            reason: row.get("reason")?,
        })
    })
}

/// Other parcels under a waybill: which, how far they are, and the cases they belong to.
///
/// # Errors
/// The store's.
pub fn others_under(
    conn: &Conn,
    waybill: &str,
    parcel: Option<ParcelId>,
) -> Result<Vec<(ParcelId, ParcelState, Option<RmaId>)>, Error> {
    let params = named_params! { ":waybill": waybill, ":parcel_id": parcel.map_or(0, ParcelId::get) };
    conn.all(sql!(include_str!("tracking/others_under.sql")), params, |row| {
        Ok((row.get("id")?, row.get("state")?, row.get("rma_id")?))
    })
}

fn read(row: &Row<'_>) -> Result<TrackingEventRow, Error> {
    Ok(TrackingEventRow {
        id: row.get("id")?,
        parcel_id: row.get("parcel_id")?,
        waybill: row.get("waybill")?,
        at: row.get("at")?,
        state: row.get("state")?,
        place: row.get("place")?,
        text: row.get("text")?,
        source: row.get("source")?,
        source_key: row.get("source_key")?,
        received_at: row.get("received_at")?,
    })
}
