//! What stands still or does not fit, oldest first: each list walks an index that holds nothing else, so that the lists and
//! their counts cost what is in them and not what is stored.

mod source;

#[cfg(test)]
mod tests;

pub use source::{Kind, Source, Subject};

use domain::{ParcelId, PersonId, RmaId, ShopId, Timestamp, WarehouseId};

use crate::col::Json;
use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::scope::RowScope;

/// What a list or a count is narrowed to. Rows since `from` (not included) until `until`.
#[derive(Clone, Debug)]
pub struct Narrowed<'s> {
    /// The reader's places.
    pub scope: &'s RowScope,
    /// Only at this warehouse.
    pub warehouse: Option<WarehouseId>,
    /// Only of this shop.
    pub shop: Option<ShopId>,
    /// Only of this person; `Some(None)` is nobody's.
    pub owner: Option<Option<PersonId>>,
    /// Only what has stood for less long.
    pub from: Timestamp,
    /// Only what has stood for at least as long.
    pub until: Timestamp,
}

/// One thing in a list: what it is, by the id of its row, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The row's id.
    pub id: i64,
    /// Since when it stands like this.
    pub since: Timestamp,
}

/// A page of a list, oldest first, after a place in it.
///
/// # Errors
/// The store's.
pub fn page(
    conn: &Conn,
    source: Source,
    narrowed: &Narrowed<'_>,
    after: Option<Found>,
    limit: u32,
) -> Result<Vec<Found>, Error> {
    // Without a place the page begins behind everything that is as old as `from`.
    let start = Found { id: i64::MAX, since: narrowed.from };
    let after = after.filter(|after| after.since >= narrowed.from).unwrap_or(start);
    let scope = narrowed.scope.pairs();
    let params = named_params! {
        ":scope": scope.as_ref().map(Json), ":warehouse": narrowed.warehouse, ":shop": narrowed.shop,
        ":owner": owner(narrowed), ":until": narrowed.until, ":after_since": after.since, ":after_id": after.id,
        ":limit": limit,
    };
    conn.all(&source.page_sql(), params, |row| Ok(Found { id: row.get("id")?, since: row.get("since")? }))
}

/// How many a list has; exact.
///
/// # Errors
/// The store's.
pub fn count(conn: &Conn, source: Source, narrowed: &Narrowed<'_>) -> Result<i64, Error> {
    let scope = narrowed.scope.pairs();
    let params = named_params! {
        ":scope": scope.as_ref().map(Json), ":warehouse": narrowed.warehouse, ":shop": narrowed.shop,
        ":owner": owner(narrowed), ":until": narrowed.until, ":from": narrowed.from,
    };
    Ok(conn.value(&source.count_sql(), params)?.unwrap_or(0))
}

// Nobody is 0; anybody is NULL.
fn owner(narrowed: &Narrowed<'_>) -> Option<i64> {
    narrowed.owner.map(|owner| owner.map_or(0, PersonId::get))
}

/// What a parcel should weigh, as far as that was told, and when the carrier says it was handed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ParcelFacts {
    /// What its goods should weigh, in grams.
    pub expected_grams: Option<i64>,
    /// Whether what was weighed is too far from it.
    pub weight_gap: bool,
    /// When the carrier says that it was handed over here.
    pub carrier_signed_at: Option<Timestamp>,
    /// When somebody said that nothing more is to be done about it.
    pub set_aside_at: Option<Timestamp>,
}

/// What the desk knows of a parcel beyond its row.
///
/// # Errors
/// The store's.
pub fn facts(conn: &Conn, id: ParcelId) -> Result<ParcelFacts, Error> {
    let sql = sql!("SELECT expected_grams, weight_gap, carrier_signed_at, set_aside_at FROM parcel WHERE id = :id");
    let found = conn.one(sql, named_params! { ":id": id }, |row| {
        Ok(ParcelFacts {
            expected_grams: row.get("expected_grams")?,
            weight_gap: row.get("weight_gap")?,
            carrier_signed_at: row.get("carrier_signed_at")?,
            set_aside_at: row.get("set_aside_at")?,
        })
    })?;
    Ok(found.unwrap_or_default())
}

/// Writes what a parcel weighs, what it should weigh, and whether the two are too far apart. What was set aside before is
/// looked at anew.
///
/// # Errors
/// The store's.
pub fn weigh(
    tx: &Tx<'_>,
    id: ParcelId,
    weight_grams: Option<i64>,
    expected_grams: Option<i64>,
    gap: bool,
) -> Result<(), Error> {
    let sql = sql!(
        "UPDATE parcel SET weight_grams = :weight_grams, expected_grams = :expected_grams, weight_gap = :gap,
             set_aside_at = CASE WHEN weight_gap = :gap THEN set_aside_at END, version = version + 1
         WHERE id = :id"
    );
    let params =
        named_params! { ":id": id, ":weight_grams": weight_grams, ":expected_grams": expected_grams, ":gap": gap };
    tx.exec(sql, params).map(|_| ())
}

/// Says that nothing more is to be done about a parcel as it stands; false when somebody has said so.
///
/// # Errors
/// The store's.
pub fn set_aside(tx: &Tx<'_>, id: ParcelId, at: Timestamp) -> Result<bool, Error> {
    let sql =
        sql!("UPDATE parcel SET set_aside_at = :at, version = version + 1 WHERE id = :id AND set_aside_at IS NULL");
    Ok(tx.exec(sql, named_params! { ":id": id, ":at": at })? == 1)
}

/// How many parcels a case has.
///
/// # Errors
/// The store's.
pub fn parcels_of(conn: &Conn, rma: RmaId) -> Result<i64, Error> {
    let sql = sql!("SELECT count(*) FROM parcel_rma WHERE rma_id = :rma_id");
    Ok(conn.value(sql, named_params! { ":rma_id": rma })?.unwrap_or(0))
}

/// Active persons with one of these roles at a place that the reader reaches, by name: whom something can be given to.
///
/// # Errors
/// The store's.
pub fn colleagues(conn: &Conn, scope: &RowScope, roles: &[&str]) -> Result<Vec<(PersonId, String)>, Error> {
    let scope = scope.pairs();
    let params = named_params! { ":scope": scope.as_ref().map(Json), ":roles": Json(&roles) };
    conn.all(sql!(include_str!("exception/colleagues.sql")), params, |row| {
        Ok((row.get("id")?, row.get("display_name")?))
    })
}
