//! Tries of badge and PIN, counted before they are judged, so that many at once are counted too.

use domain::Timestamp;

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// The tries under a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PinTries {
    /// How many within the window.
    pub tries: i64,
    /// When the window began.
    pub since: Timestamp,
    /// Until when no more are taken.
    pub blocked_until: Timestamp,
}

/// The tries under a key.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, key: &[u8; 32]) -> Result<Option<PinTries>, Error> {
    let sql = sql!("SELECT tries, since, blocked_until FROM pin_try WHERE key = :key");
    conn.one(sql, named_params! { ":key": key }, |row| {
        Ok(PinTries { tries: row.get("tries")?, since: row.get("since")?, blocked_until: row.get("blocked_until")? })
    })
}

/// Notes the tries under a key.
///
/// # Errors
/// The store's.
pub fn put(tx: &Tx<'_>, key: &[u8; 32], tries: PinTries) -> Result<(), Error> {
    let params = named_params! {
        ":key": key, ":tries": tries.tries, ":since": tries.since, ":blocked_until": tries.blocked_until,
    };
    tx.exec(sql!(include_str!("pin_try/put.sql")), params).map(|_| ())
}

/// Forgets the tries under a key.
///
/// # Errors
/// The store's.
pub fn clear(tx: &Tx<'_>, key: &[u8; 32]) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM pin_try WHERE key = :key"), named_params! { ":key": key }).map(|_| ())
}

/// Forgets what began before `before`, at most `limit`: a station scanned with made-up badges leaves nothing for ever.
///
/// # Errors
/// The store's.
pub fn forget(tx: &Tx<'_>, before: Timestamp, limit: u32) -> Result<usize, Error> {
    let sql = sql!(
        "DELETE FROM pin_try WHERE key IN
         (SELECT key FROM pin_try WHERE since < :before AND blocked_until < :before ORDER BY since LIMIT :limit)"
    );
    tx.exec(sql, named_params! { ":before": before, ":limit": limit })
}
