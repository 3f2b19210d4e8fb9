//! Steps whose clock stands still while the customer is asked, as intervals.

use domain::{ClockPauseId, RmaId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// What a clock showed when it stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// Since when.
    pub from_at: Timestamp,
    /// The deadline as it stood.
    pub due_at: Timestamp,
    /// The warning as it stood.
    pub warn_at: Option<Timestamp>,
    /// When the warning fell due, if it was given before.
    pub warned_at: Option<Timestamp>,
    /// When the deadline passed, if it did before.
    pub breached_at: Option<Timestamp>,
}

/// Stops a step's clock; nothing when it stands still already.
///
/// # Errors
/// The store's.
pub fn stop(tx: &Tx<'_>, id: ClockPauseId, rma: RmaId, node: &str, clock: &Stopped) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO clock_pause (id, rma_id, node, from_at, due_at, warn_at, warned_at, breached_at)
         VALUES (:id, :rma_id, :node, :from_at, :due_at, :warn_at, :warned_at, :breached_at) ON CONFLICT DO NOTHING"
    );
    let params = named_params! {
        ":id": id, ":rma_id": rma, ":node": node, ":from_at": clock.from_at, ":due_at": clock.due_at,
        ":warn_at": clock.warn_at, ":warned_at": clock.warned_at, ":breached_at": clock.breached_at,
    };
    tx.exec(sql, params).map(|_| ())
}

/// The clock of a step that stands still, if it does.
///
/// # Errors
/// The store's.
pub fn stopped(conn: &Conn, rma: RmaId, node: &str) -> Result<Option<Stopped>, Error> {
    let sql = sql!(
        "SELECT from_at, due_at, warn_at, warned_at, breached_at FROM clock_pause
         WHERE rma_id = :rma_id AND node = :node AND until_at IS NULL"
    );
    conn.one(sql, named_params! { ":rma_id": rma, ":node": node }, |row| {
        Ok(Stopped {
            from_at: row.get("from_at")?,
            due_at: row.get("due_at")?,
            warn_at: row.get("warn_at")?,
            warned_at: row.get("warned_at")?,
            breached_at: row.get("breached_at")?,
        })
    })
}

/// Lets a step's clock go on.
///
/// # Errors
/// The store's.
pub fn resume(tx: &Tx<'_>, rma: RmaId, node: &str, at: Timestamp) -> Result<(), Error> {
    // The machine's clock may have gone back meanwhile.
    let sql = sql!(
        "UPDATE clock_pause SET until_at = max(:at, from_at)
         WHERE rma_id = :rma_id AND node = :node AND until_at IS NULL"
    );
    tx.exec(sql, named_params! { ":rma_id": rma, ":node": node, ":at": at }).map(|_| ())
}
