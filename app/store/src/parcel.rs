//! Parcels that come back: announced by a waybill, signed at the dock, opened at the bench; n–m with cases.

use domain::state::{CaseState, ParcelState};
use domain::{CarrierId, OrderId, ParcelId, PersonId, RmaId, ShopId, Timestamp, WarehouseId};

use crate::col::Json;
use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;
use crate::scope::RowScope;

/// A row of `parcel`.
#[derive(Clone, Debug)]
pub struct ParcelRow {
    /// Its id.
    pub id: ParcelId,
    /// Where it goes or lies.
    pub warehouse_id: Option<WarehouseId>,
    /// Who brings it.
    pub carrier_id: Option<CarrierId>,
    /// As on its label, in capitals without spaces.
    pub waybill: String,
    /// return, outbound_back or unknown.
    pub direction: String,
    /// Announced, signed or opened.
    pub state: ParcelState,
    /// When its waybill was given.
    pub announced_at: Option<Timestamp>,
    /// When the dock took it.
    pub signed_at: Option<Timestamp>,
    /// Who took it.
    pub signed_by: Option<PersonId>,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
    /// Who opened it.
    pub opened_by: Option<PersonId>,
    /// Who looks after it.
    pub owner_id: Option<PersonId>,
    /// When somebody wants to look again.
    pub next_follow_up_at: Option<Timestamp>,
    /// Weighed at the dock.
    pub weight_grams: Option<i64>,
    /// What somebody wrote on it.
    pub note: String,
    /// Whether another parcel had this waybill before.
    pub reused: bool,
    /// Last digits of the phone on its label, or empty.
    pub phone_tail: String,
    /// Whether it arrived damaged.
    pub damaged: bool,
    /// When it was put to those nobody can place.
    pub parked_at: Option<Timestamp>,
    /// Row version.
    pub version: i64,
}

/// A case that a parcel belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParcelCase {
    /// The case.
    pub rma_id: RmaId,
    /// Its human number.
    pub number: String,
    /// Its inner state.
    pub state: CaseState,
    /// Whose.
    pub shop_id: ShopId,
}

/// Writes a new parcel.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, parcel: &ParcelRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": parcel.id, ":warehouse_id": parcel.warehouse_id, ":carrier_id": parcel.carrier_id,
        ":waybill": parcel.waybill, ":direction": parcel.direction, ":state": parcel.state,
        ":announced_at": parcel.announced_at, ":signed_at": parcel.signed_at, ":signed_by": parcel.signed_by,
        ":note": parcel.note, ":weight_grams": parcel.weight_grams, ":reused": parcel.reused,
    };
    tx.exec(sql!(include_str!("parcel/insert.sql")), params).map(|_| ())
}

/// One parcel, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: ParcelId) -> Result<Option<ParcelRow>, Error> {
    conn.one(sql!(include_str!("parcel/find.sql")), named_params! { ":id": id }, read)
}

/// The parcels under a waybill, newest first: a reused waybill has several.
///
/// # Errors
/// The store's.
pub fn by_waybill(conn: &Conn, waybill: &str) -> Result<Vec<ParcelRow>, Error> {
    conn.all(sql!(include_str!("parcel/by_waybill.sql")), named_params! { ":waybill": waybill }, read)
}

/// The parcels of a case, oldest first.
///
/// # Errors
/// The store's.
pub fn of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<ParcelRow>, Error> {
    conn.all(sql!(include_str!("parcel/of_rma.sql")), named_params! { ":rma_id": rma }, read)
}

/// Which parcels a list shows.
#[derive(Clone, Debug, Default)]
pub struct ParcelFilter {
    /// Only in this state.
    pub state: Option<ParcelState>,
    /// Only at this warehouse.
    pub warehouse: Option<WarehouseId>,
    /// Only parcels that belong to no case.
    pub without_case: bool,
    /// Only parked parcels.
    pub parked: bool,
    /// Older than this one.
    pub before: Option<ParcelId>,
}

/// A page of parcels in scope, newest first. A parcel that belongs to no case, or lies nowhere yet, is in every scope
/// that its other half fits.
///
/// # Errors
/// The store's.
pub fn page(conn: &Conn, scope: &RowScope, filter: &ParcelFilter, limit: u32) -> Result<Vec<ParcelRow>, Error> {
    let scope = scope.pairs();
    let params = named_params! {
        ":state": filter.state, ":before": filter.before.map_or(i64::MAX, ParcelId::get),
        ":warehouse_id": filter.warehouse, ":without_case": filter.without_case,
        ":parked": filter.parked,
        ":scope": scope.as_ref().map(Json), ":limit": limit,
    };
    // Few parcels wait and many were opened: the few are found by state, the many by walking back in time.
    if filter.state.is_some_and(|state| state != ParcelState::Opened) {
        return conn.all(sql!(include_str!("parcel/page_waiting.sql")), params, read);
    }
    conn.all(sql!(include_str!("parcel/page.sql")), params, read)
}

/// The cases that a parcel belongs to.
///
/// # Errors
/// The store's.
pub fn cases(conn: &Conn, id: ParcelId) -> Result<Vec<ParcelCase>, Error> {
    conn.all(sql!(include_str!("parcel/cases.sql")), named_params! { ":parcel_id": id }, read_case)
}

/// Ties a parcel to a case; false when it was tied before.
///
/// # Errors
/// The store's.
pub fn link(tx: &Tx<'_>, id: ParcelId, rma: RmaId) -> Result<bool, Error> {
    let sql = sql!("INSERT INTO parcel_rma (parcel_id, rma_id) VALUES (:parcel_id, :rma_id) ON CONFLICT DO NOTHING");
    Ok(tx.exec(sql, named_params! { ":parcel_id": id, ":rma_id": rma })? == 1)
}

/// Unties a parcel from a case; false when it was not tied.
///
/// # Errors
/// The store's.
pub fn unlink(tx: &Tx<'_>, id: ParcelId, rma: RmaId) -> Result<bool, Error> {
    let sql = sql!("DELETE FROM parcel_rma WHERE parcel_id = :parcel_id AND rma_id = :rma_id");
    Ok(tx.exec(sql, named_params! { ":parcel_id": id, ":rma_id": rma })? == 1)
}

/// Records that the dock took a parcel; false when it was taken before.
///
/// # Errors
/// The store's.
pub fn sign(
    tx: &Tx<'_>,
    id: ParcelId,
    at: Timestamp,
    by: Option<PersonId>,
    warehouse: WarehouseId,
    carrier: Option<CarrierId>,
) -> Result<bool, Error> {
    let params = named_params! {
        ":id": id, ":at": at, ":by": by, ":warehouse_id": warehouse, ":carrier_id": carrier,
    };
    Ok(tx.exec(sql!(include_str!("parcel/sign.sql")), params)? == 1)
}

/// Records that a parcel was opened; false when it was opened before.
///
/// # Errors
/// `parcel_opened_after_signed`.
pub fn open(tx: &Tx<'_>, id: ParcelId, at: Timestamp, by: Option<PersonId>) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE parcel SET state = 'opened', opened_at = :at, opened_by = :by, version = version + 1
         WHERE id = :id AND opened_at IS NULL"
    );
    Ok(tx.exec(sql, named_params! { ":id": id, ":at": at, ":by": by })? == 1)
}

/// Says which way a parcel travels.
///
/// # Errors
/// The store's.
pub fn set_direction(tx: &Tx<'_>, id: ParcelId, direction: &str) -> Result<(), Error> {
    let sql = sql!("UPDATE parcel SET direction = :direction, version = version + 1 WHERE id = :id");
    tx.exec(sql, named_params! { ":id": id, ":direction": direction }).map(|_| ())
}

/// What is seen of a parcel; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Last digits of the phone on its label.
    pub phone_tail: Option<String>,
    /// What else was seen.
    pub note: Option<String>,
    /// Whether it arrived damaged.
    pub damaged: Option<bool>,
    /// Weighed.
    pub weight_grams: Option<i64>,
}

/// Notes what is seen of a parcel.
///
/// # Errors
/// The store's.
pub fn note_seen(tx: &Tx<'_>, id: ParcelId, seen: &Seen) -> Result<(), Error> {
    let params = named_params! {
        ":id": id, ":phone_tail": seen.phone_tail, ":note": seen.note, ":damaged": seen.damaged,
        ":weight_grams": seen.weight_grams,
    };
    tx.exec(sql!(include_str!("parcel/note_seen.sql")), params).map(|_| ())
}

/// Puts a parcel to those nobody can place; false when it is there.
///
/// # Errors
/// The store's.
pub fn park(tx: &Tx<'_>, id: ParcelId, at: Timestamp, by: Option<PersonId>) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE parcel SET parked_at = :at, parked_by = :by, version = version + 1
         WHERE id = :id AND parked_at IS NULL"
    );
    Ok(tx.exec(sql, named_params! { ":id": id, ":at": at, ":by": by })? == 1)
}

/// Takes a parcel from those nobody can place.
///
/// # Errors
/// The store's.
pub fn unpark(tx: &Tx<'_>, id: ParcelId) -> Result<(), Error> {
    let sql = sql!("UPDATE parcel SET parked_at = NULL, parked_by = NULL WHERE id = :id AND parked_at IS NOT NULL");
    tx.exec(sql, named_params! { ":id": id }).map(|_| ())
}

/// Gives a parcel an owner, a day to look again and a note.
///
/// # Errors
/// The store's.
pub fn follow_up(
    tx: &Tx<'_>,
    id: ParcelId,
    owner: Option<PersonId>,
    at: Option<Timestamp>,
    note: &str,
) -> Result<(), Error> {
    let sql = sql!(
        "UPDATE parcel SET owner_id = :owner_id, next_follow_up_at = :at, note = :note, version = version + 1
         WHERE id = :id"
    );
    tx.exec(sql, named_params! { ":id": id, ":owner_id": owner, ":at": at, ":note": note }).map(|_| ())
}

/// The cases whose own outbound order left under a waybill, newest first.
///
/// # Errors
/// The store's.
pub fn cases_by_outbound_waybill(conn: &Conn, waybill: &str) -> Result<Vec<RmaId>, Error> {
    let sql = sql!("SELECT rma_id FROM outbound_order WHERE waybill = :waybill AND waybill <> '' ORDER BY id DESC");
    conn.all(sql, named_params! { ":waybill": waybill }, |row| row.get(0))
}

/// The open cases of an order whose goods come back under the waybill they left with.
///
/// # Errors
/// The store's.
pub fn cases_expecting_refused(conn: &Conn, order: OrderId) -> Result<Vec<RmaId>, Error> {
    conn.all(sql!(include_str!("parcel/expecting_refused.sql")), named_params! { ":order_id": order }, |row| row.get(0))
}

/// When the goods of a case first left the merchant: of its order lines' shipments, the earliest. `None` when none is known.
///
/// # Errors
/// The store's.
pub fn first_dispatch(conn: &Conn, rma: RmaId) -> Result<Option<Timestamp>, Error> {
    conn.value(sql!(include_str!("parcel/first_dispatch.sql")), named_params! { ":rma_id": rma }).map(Option::flatten)
}

fn read_case(row: &Row<'_>) -> Result<ParcelCase, Error> {
    Ok(ParcelCase {
        rma_id: row.get("rma_id")?,
        number: row.get("number")?,
        state: row.get("state")?,
        shop_id: row.get("shop_id")?,
    })
}

fn read(row: &Row<'_>) -> Result<ParcelRow, Error> {
    Ok(ParcelRow {
        id: row.get("id")?,
        warehouse_id: row.get("warehouse_id")?,
        carrier_id: row.get("carrier_id")?,
        waybill: row.get("waybill")?,
        direction: row.get("direction")?,
        state: row.get("state")?,
        announced_at: row.get("announced_at")?,
        signed_at: row.get("signed_at")?,
        signed_by: row.get("signed_by")?,
        opened_at: row.get("opened_at")?,
        opened_by: row.get("opened_by")?,
        owner_id: row.get("owner_id")?,
        next_follow_up_at: row.get("next_follow_up_at")?,
        weight_grams: row.get("weight_grams")?,
        note: row.get("note")?,
        reused: row.get("reused")?,
        phone_tail: row.get("phone_tail")?,
        damaged: row.get("damaged")?,
        parked_at: row.get("parked_at")?,
        version: row.get("version")?,
    })
}
