//! Customers' links: opaque, for one case, until they end.

use domain::{RmaId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// Writes a link's hash.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, token_hash: &[u8; 32], rma: RmaId, at: Timestamp, until: Timestamp) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO portal_token (token_hash, rma_id, created_at, expires_at)
         VALUES (:token_hash, :rma_id, :created_at, :expires_at)"
    );
    let params = named_params! {
        ":token_hash": token_hash, ":rma_id": rma, ":created_at": at, ":expires_at": until,
    };
    tx.exec(sql, params).map(|_| ())
}

/// The case that a link opens now, and until when it does.
///
/// # Errors
/// The store's.
pub fn case(conn: &Conn, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<(RmaId, Timestamp)>, Error> {
    let sql = sql!(
        "SELECT rma_id, expires_at FROM portal_token
         WHERE token_hash = :token_hash AND expires_at > :now AND revoked_at IS NULL"
    );
    let params = named_params! { ":token_hash": token_hash, ":now": now };
    conn.one(sql, params, |row| Ok((row.get("rma_id")?, row.get("expires_at")?)))
}

/// The cases of an order, newest first: number, when, goods, state.
///
/// # Errors
/// The store's.
pub fn cases_of_order(conn: &Conn, order: domain::OrderId) -> Result<Vec<crate::rma::RmaRow>, Error> {
    let ids = conn.all(
        sql!("SELECT id FROM rma WHERE order_id = :order_id ORDER BY id DESC LIMIT 50"),
        named_params! { ":order_id": order },
        |row| row.get::<RmaId>(0),
    )?;
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        rows.extend(crate::rma::find(conn, id)?);
    }
    Ok(rows)
}
