//! Client keys and the answers they were given: the same key gets the same answer.

use domain::Timestamp;

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A remembered answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// Which verb it was.
    pub verb: String,
    /// Hash of the request it answered.
    pub request_hash: Vec<u8>,
    /// The answer as JSON.
    pub answer: String,
}

/// The answer given to this actor's key, if any.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, actor: &str, key: &str) -> Result<Option<Remembered>, Error> {
    let sql = sql!("SELECT verb, request_hash, answer FROM idempotency WHERE actor = :actor AND key = :key");
    conn.one(sql, named_params! { ":actor": actor, ":key": key }, |row| {
        Ok(Remembered { verb: row.get("verb")?, request_hash: row.get("request_hash")?, answer: row.get("answer")? })
    })
}

/// Remembers an answer.
///
/// # Errors
/// The store's.
pub fn remember(tx: &Tx<'_>, actor: &str, key: &str, at: Timestamp, answer: &Remembered) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO idempotency (actor, key, verb, request_hash, answer, at)
         VALUES (:actor, :key, :verb, :request_hash, :answer, :at)"
    );
    let params = named_params! {
        ":actor": actor, ":key": key, ":verb": answer.verb, ":request_hash": answer.request_hash,
        ":answer": answer.answer, ":at": at,
    };
    tx.exec(sql, params).map(|_| ())
}

/// Forgets answers older than `before`, at most `limit` of them; how many.
///
/// # Errors
/// The store's.
pub fn forget(tx: &Tx<'_>, before: Timestamp, limit: u32) -> Result<usize, Error> {
    let sql = sql!(
        "DELETE FROM idempotency WHERE (actor, key) IN
         (SELECT actor, key FROM idempotency WHERE at < :before ORDER BY at LIMIT :limit)"
    );
    tx.exec(sql, named_params! { ":before": before, ":limit": limit })
}
