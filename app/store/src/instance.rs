//! What is set once for the whole data folder: small documents by key.

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// The value under a key, if it was ever set.
///
/// # Errors
/// The store's.
pub fn get(conn: &Conn, key: &str) -> Result<Option<String>, Error> {
    conn.value(sql!("SELECT value FROM instance WHERE key = :key"), named_params! { ":key": key })
}

/// Sets the value under a key.
///
/// # Errors
/// The store's.
pub fn put(tx: &Tx<'_>, key: &str, value: &str) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO instance (key, value) VALUES (:key, :value) ON CONFLICT DO UPDATE SET value = excluded.value"
    );
    tx.exec(sql, named_params! { ":key": key, ":value": value }).map(|_| ())
}
