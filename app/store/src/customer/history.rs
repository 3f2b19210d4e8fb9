//! What a buyer bought and brought back, each query narrowed to what its reader may see.
//! `shops` limits orders to some shops; `None` is all.

use domain::{ContactId, Currency, CustomerId, NoteId, OrderId, RmaId, ShopId, Timestamp};

use crate::col::Json;
use crate::conn::Conn;
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::scope::RowScope;

/// A message between a buyer and the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// Its id.
    pub id: NoteId,
    /// The case it is about.
    pub rma_id: RmaId,
    /// The case's number.
    pub number: String,
    /// `person:<id>`, `customer` or `rule:<id>`.
    pub author: String,
    /// The text; empty once erased.
    pub body: String,
    /// When.
    pub at: Timestamp,
}

/// A buyer's orders, newest first.
///
/// # Errors
/// The store's.
pub fn orders(conn: &Conn, id: CustomerId, shops: Option<&[ShopId]>, limit: u32) -> Result<Vec<OrderId>, Error> {
    let sql = sql!(
        "SELECT id FROM sales_order
         WHERE customer_id = :id AND (:shops IS NULL OR shop_id IN (SELECT value FROM json_each(:shops)))
         ORDER BY ordered_at DESC, id DESC LIMIT :limit"
    );
    let shops = shops.map(raw);
    conn.all(sql, named_params! { ":id": id, ":shops": shops.as_ref().map(Json), ":limit": limit }, |row| row.get(0))
}

/// A buyer's cases, newest first.
///
/// # Errors
/// The store's.
pub fn cases(conn: &Conn, id: CustomerId, scope: &RowScope, limit: u32) -> Result<Vec<RmaId>, Error> {
    let scope = scope.pairs();
    let params = named_params! { ":id": id, ":scope": scope.as_ref().map(Json), ":limit": limit };
    conn.all(sql!(include_str!("cases.sql")), params, |row| row.get(0))
}

/// How many orders a buyer placed, and how many of them a case that was not turned down or withdrawn is about.
///
/// # Errors
/// The store's.
pub fn returned(conn: &Conn, id: CustomerId, shops: Option<&[ShopId]>, scope: &RowScope) -> Result<(i64, i64), Error> {
    let (shops, scope) = (shops.map(raw), scope.pairs());
    let params = named_params! {
        ":scope": scope.as_ref().map(Json), ":id": id, ":shops": shops.as_ref().map(Json),
    };
    let found = conn.one(sql!(include_str!("returned.sql")), params, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.unwrap_or_default())
}

/// How many cases a buyer has.
///
/// # Errors
/// The store's.
pub fn case_count(conn: &Conn, id: CustomerId, scope: &RowScope) -> Result<i64, Error> {
    let scope = scope.pairs();
    let params = named_params! { ":id": id, ":scope": scope.as_ref().map(Json) };
    Ok(conn.value(sql!(include_str!("case_count.sql")), params)?.unwrap_or(0))
}

/// What a buyer paid, by currency.
///
/// # Errors
/// The store's.
pub fn paid(conn: &Conn, id: CustomerId, shops: Option<&[ShopId]>) -> Result<Vec<(Currency, i64)>, Error> {
    let sql = sql!(
        "SELECT currency, sum(captured_minor) FROM sales_order
         WHERE customer_id = :id AND (:shops IS NULL OR shop_id IN (SELECT value FROM json_each(:shops)))
         GROUP BY currency ORDER BY currency"
    );
    let shops = shops.map(raw);
    let params = named_params! { ":id": id, ":shops": shops.as_ref().map(Json) };
    conn.all(sql, params, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// What a buyer got back, by currency: what was settled, and what cases brought from another system say.
///
/// # Errors
/// The store's.
pub fn refunded(conn: &Conn, id: CustomerId, scope: &RowScope) -> Result<Vec<(Currency, i64)>, Error> {
    let scope = scope.pairs();
    let params = named_params! { ":id": id, ":scope": scope.as_ref().map(Json) };
    conn.all(sql!(include_str!("refunded.sql")), params, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// What a buyer and the shop wrote to each other and was not taken back, newest first.
///
/// # Errors
/// The store's.
pub fn messages(conn: &Conn, id: CustomerId, scope: &RowScope, limit: u32) -> Result<Vec<MessageRow>, Error> {
    let scope = scope.pairs();
    let params = named_params! { ":id": id, ":scope": scope.as_ref().map(Json), ":limit": limit };
    conn.all(sql!(include_str!("messages.sql")), params, |row| {
        Ok(MessageRow {
            id: row.get("id")?,
            rma_id: row.get("rma_id")?,
            number: row.get("number")?,
            author: row.get("author")?,
            body: row.get("body")?,
            at: row.get("at")?,
        })
    })
}

/// Every contact a buyer is known by: their own, and those of their orders and cases.
///
/// # Errors
/// The store's.
pub fn contacts(conn: &Conn, id: CustomerId) -> Result<Vec<ContactId>, Error> {
    let sql = sql!(
        "SELECT contact_id FROM customer WHERE id = :id AND contact_id IS NOT NULL
         UNION SELECT contact_id FROM sales_order WHERE customer_id = :id AND contact_id IS NOT NULL
         UNION SELECT contact_id FROM rma WHERE customer_id = :id AND contact_id IS NOT NULL"
    );
    conn.all(sql, named_params! { ":id": id }, |row| row.get(0))
}

fn raw(shops: &[ShopId]) -> Vec<i64> {
    shops.iter().map(|shop| shop.get()).collect()
}
