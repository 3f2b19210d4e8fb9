//! Firings of rules with their traces: why something went out is a query.

use domain::{EventId, FiringId, ReleaseId, RmaId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A row of `firing`.
#[derive(Clone, Debug)]
pub struct FiringRow {
    /// Its id.
    pub id: FiringId,
    /// What triggered it.
    pub event_id: EventId,
    /// The rule's id.
    pub rule: String,
    /// The release whose rule it is.
    pub release_id: ReleaseId,
    /// The case.
    pub rma_id: Option<RmaId>,
    /// Whether its condition held.
    pub matched: bool,
    /// Facts read and actions taken, JSON.
    pub trace: String,
    /// When.
    pub at: Timestamp,
}

/// Writes a firing.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, row: &FiringRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO firing (id, event_id, rule, release_id, rma_id, matched, trace, at)
         VALUES (:id, :event_id, :rule, :release_id, :rma_id, :matched, :trace, :at)"
    );
    let params = named_params! {
        ":id": row.id, ":event_id": row.event_id, ":rule": row.rule, ":release_id": row.release_id,
        ":rma_id": row.rma_id, ":matched": row.matched, ":trace": row.trace, ":at": row.at,
    };
    tx.exec(sql, params).map(|_| ())
}

/// A case's firings, newest first.
///
/// # Errors
/// The store's.
pub fn of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<FiringRow>, Error> {
    let sql = sql!(
        "SELECT id, event_id, rule, release_id, rma_id, matched, trace, at FROM firing
         WHERE rma_id = :rma_id ORDER BY id DESC"
    );
    conn.all(sql, named_params! { ":rma_id": rma }, |row| {
        Ok(FiringRow {
            id: row.get("id")?,
            event_id: row.get("event_id")?,
            rule: row.get("rule")?,
            release_id: row.get("release_id")?,
            rma_id: row.get("rma_id")?,
            matched: row.get("matched")?,
            trace: row.get("trace")?,
            at: row.get("at")?,
        })
    })
}
