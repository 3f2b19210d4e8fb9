//! Finding orders: by number prefix, contact, article or waybill, each page after the last hit of the one before.
//! `shops` limits the hits to some shops; `None` is all.

use domain::{ContactId, OrderId, OrderLineId, ShopId, SkuId};

use crate::col::Json;
use crate::conn::Conn;
use crate::error::Error;
use crate::params::{named_params, sql};

/// Orders, newest first, below `after`.
///
/// # Errors
/// The store's.
pub fn newest(
    conn: &Conn,
    shops: Option<&[ShopId]>,
    after: Option<OrderId>,
    limit: u32,
) -> Result<Vec<OrderId>, Error> {
    let sql = sql!(
        "SELECT id FROM sales_order
         WHERE id < coalesce(:after, 9223372036854775807)
             AND (:shops IS NULL OR shop_id IN (SELECT value FROM json_each(:shops)))
         ORDER BY id DESC LIMIT :limit"
    );
    let shops = shops.map(raw_shops);
    let params = named_params! { ":after": after, ":shops": shops.as_ref().map(Json), ":limit": limit };
    conn.all(sql, params, |row| row.get(0))
}

/// Orders whose number begins so, by number, after a number and id.
///
/// # Errors
/// The store's.
pub fn by_number(
    conn: &Conn,
    shops: Option<&[ShopId]>,
    prefix: &str,
    after: (&str, i64),
    limit: u32,
) -> Result<Vec<(OrderId, String)>, Error> {
    let end = format!("{prefix}\u{10FFFF}");
    let shops = shops.map(raw_shops);
    let params = named_params! {
        ":prefix": prefix, ":end": end, ":after_number": after.0, ":after_id": after.1,
        ":shops": shops.as_ref().map(Json), ":limit": limit,
    };
    conn.all(sql!(include_str!("by_number_prefix.sql")), params, |row| Ok((row.get("id")?, row.get("number")?)))
}

/// Orders sent to, or bought by, one of these contacts, newest first, below `after`.
///
/// # Errors
/// The store's.
pub fn by_contacts(
    conn: &Conn,
    shops: Option<&[ShopId]>,
    contacts: &[ContactId],
    after: Option<OrderId>,
    limit: u32,
) -> Result<Vec<OrderId>, Error> {
    let contacts: Vec<i64> = contacts.iter().map(|contact| contact.get()).collect();
    let shops = shops.map(raw_shops);
    let params = named_params! {
        ":contacts": Json(&contacts), ":after": after, ":shops": shops.as_ref().map(Json), ":limit": limit,
    };
    conn.all(sql!(include_str!("by_contacts.sql")), params, |row| row.get(0))
}

/// Order lines of an article, newest first, below `after`, with their orders.
///
/// # Errors
/// The store's.
pub fn by_sku(
    conn: &Conn,
    shops: Option<&[ShopId]>,
    sku: SkuId,
    after: Option<OrderLineId>,
    limit: u32,
) -> Result<Vec<(OrderLineId, OrderId)>, Error> {
    let shops = shops.map(raw_shops);
    let params = named_params! {
        ":sku_id": sku, ":after": after, ":shops": shops.as_ref().map(Json), ":limit": limit,
    };
    conn.all(sql!(include_str!("by_sku.sql")), params, |row| Ok((row.get(0)?, row.get(1)?)))
}

fn raw_shops(shops: &[ShopId]) -> Vec<i64> {
    shops.iter().map(|shop| shop.get()).collect()
}
