//! What tells of the case that an unknown parcel belongs to: waybills that are awaited, phones, goods scanned in it.

use domain::{LineKind, OrderId, ParcelId, RmaId, ShopId, SkuId};

use crate::col::Json;
use crate::conn::Conn;
use crate::error::Error;
use crate::params::{named_params, sql};

/// A waybill that a case waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// The case.
    pub rma_id: RmaId,
    /// As it was given.
    pub waybill: String,
}

/// Goods that a case waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AwaitedGoods {
    /// The case.
    pub rma_id: RmaId,
    /// The article.
    pub sku_id: SkuId,
    /// How many units are still to come.
    pub quantity: i64,
}

/// An open case in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCase {
    /// The case.
    pub rma_id: RmaId,
    /// Its human number.
    pub number: String,
    /// Whose.
    pub shop_id: ShopId,
}

/// The waybills that are awaited, newest first, at most `limit`.
///
/// # Errors
/// The store's.
pub fn awaited(conn: &Conn, limit: u32) -> Result<Vec<Awaited>, Error> {
    conn.all(sql!(include_str!("parcel_match/awaited.sql")), named_params! { ":limit": limit }, |row| {
        Ok(Awaited { rma_id: row.get("rma_id")?, waybill: row.get("waybill")? })
    })
}

/// Open cases of buyers whose phone ends in four digits, with the phone where it is kept; at most `limit`.
///
/// # Errors
/// The store's.
pub fn by_phone_tail(conn: &Conn, tail: &str, limit: u32) -> Result<Vec<(RmaId, Option<String>)>, Error> {
    let params = named_params! { ":tail": tail, ":limit": limit };
    conn.all(sql!(include_str!("parcel_match/by_phone_tail.sql")), params, |row| {
        Ok((row.get("rma_id")?, row.get("phone")?))
    })
}

/// What open cases wait for of some articles, newest cases first, at most `limit` lines.
///
/// # Errors
/// The store's.
pub fn by_goods(conn: &Conn, skus: &[SkuId], limit: u32) -> Result<Vec<AwaitedGoods>, Error> {
    let skus: Vec<i64> = skus.iter().map(|sku| sku.get()).collect();
    let kinds = kinds();
    let params = named_params! { ":skus": Json(&skus), ":kinds": Json(&kinds), ":limit": limit };
    conn.all(sql!(include_str!("parcel_match/by_goods.sql")), params, |row| {
        Ok(AwaitedGoods { rma_id: row.get("rma_id")?, sku_id: row.get("sku_id")?, quantity: row.get("quantity")? })
    })
}

// Lines whose goods come back.
fn kinds() -> Vec<&'static str> {
    LineKind::ALL.iter().filter(|kind| kind.expects_goods()).map(|kind| kind.as_str()).collect()
}

/// The articles that a case waits for, with their names.
///
/// # Errors
/// The store's.
pub fn awaited_skus(conn: &Conn, rma: RmaId) -> Result<Vec<(SkuId, String)>, Error> {
    let kinds = kinds();
    let params = named_params! { ":rma_id": rma, ":kinds": Json(&kinds) };
    conn.all(sql!(include_str!("parcel_match/awaited_skus.sql")), params, |row| {
        Ok((row.get("sku_id")?, row.get("name")?))
    })
}

/// The articles scanned on the bench for a parcel.
///
/// # Errors
/// The store's.
pub fn scanned_skus(conn: &Conn, parcel: ParcelId) -> Result<Vec<SkuId>, Error> {
    conn.all(sql!(include_str!("parcel_match/scanned_skus.sql")), named_params! { ":parcel_id": parcel }, |row| {
        row.get(0)
    })
}

/// An open case by id; none for one that is over.
///
/// # Errors
/// The store's.
pub fn open_case(conn: &Conn, rma: RmaId) -> Result<Option<OpenCase>, Error> {
    let sql = sql!(
        "SELECT id, number, shop_id FROM rma
         WHERE id = :rma_id AND state IN ('submitted', 'needs_info', 'in_progress')"
    );
    conn.one(sql, named_params! { ":rma_id": rma }, |row| {
        Ok(OpenCase { rma_id: row.get("id")?, number: row.get("number")?, shop_id: row.get("shop_id")? })
    })
}

/// The open cases of an order, newest first.
///
/// # Errors
/// The store's.
pub fn open_cases_of_order(conn: &Conn, order: OrderId) -> Result<Vec<RmaId>, Error> {
    let params = named_params! { ":order_id": order };
    conn.all(sql!(include_str!("parcel_match/open_cases_of_order.sql")), params, |row| row.get(0))
}
