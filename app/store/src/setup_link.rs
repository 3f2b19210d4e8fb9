//! The one-time link that makes the first account.

use domain::Timestamp;

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// Makes a link the only one: those offered before and not used are gone.
///
/// # Errors
/// The store's.
pub fn replace(tx: &Tx<'_>, token_hash: &[u8; 32], now: Timestamp, expires_at: Timestamp) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM setup_link WHERE used_at IS NULL"), ())?;
    let sql = sql!(
        "INSERT INTO setup_link (token_hash, created_at, expires_at) VALUES (:token_hash, :created_at, :expires_at)"
    );
    let params = named_params! { ":token_hash": *token_hash, ":created_at": now, ":expires_at": expires_at };
    tx.exec(sql, params).map(|_| ())
}

/// Whether the link is good at `now`.
///
/// # Errors
/// The store's.
pub fn is_open(conn: &Conn, token_hash: &[u8; 32], now: Timestamp) -> Result<bool, Error> {
    let sql = sql!("SELECT 1 FROM setup_link WHERE token_hash = :token_hash AND used_at IS NULL AND expires_at > :now");
    conn.exists(sql, named_params! { ":token_hash": *token_hash, ":now": now })
}

/// Uses the link up; `false` when there is none that is good at `now`.
///
/// # Errors
/// The store's.
pub fn redeem(tx: &Tx<'_>, token_hash: &[u8; 32], now: Timestamp) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE setup_link SET used_at = :now
         WHERE token_hash = :token_hash AND used_at IS NULL AND expires_at > :now"
    );
    Ok(tx.exec(sql, named_params! { ":now": now, ":token_hash": *token_hash })? == 1)
}
