//! What became of each backup. Copying itself is in `backup`.

use domain::{BackupRunId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `backup_run`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupRunRow {
    /// Its id.
    pub id: BackupRunId,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Timestamp,
    /// Whether the schedule asked for it.
    pub scheduled: bool,
    /// The archive.
    pub file: String,
    /// Its size in bytes.
    pub bytes: i64,
    /// How many files it holds beside the database.
    pub files: i64,
    /// The last event in it.
    pub last_event_id: i64,
    /// Why it failed; empty when it did not.
    pub error: String,
}

/// Writes what became of a backup.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, row: &BackupRunRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": row.id, ":started_at": row.started_at, ":finished_at": row.finished_at, ":scheduled": row.scheduled,
        ":file": row.file.as_str(), ":bytes": row.bytes, ":files": row.files, ":last_event_id": row.last_event_id,
        ":error": row.error.as_str(),
    };
    tx.exec(sql!(include_str!("backup_run/insert.sql")), params).map(|_| ())
}

/// The last one, of those that succeeded only if `good`.
///
/// # Errors
/// The store's.
pub fn last(conn: &Conn, good: bool) -> Result<Option<BackupRunRow>, Error> {
    let sql =
        if good { sql!(include_str!("backup_run/last_good.sql")) } else { sql!(include_str!("backup_run/last.sql")) };
    conn.one(sql, (), read)
}

/// The last ones, newest first.
///
/// # Errors
/// The store's.
pub fn list(conn: &Conn, limit: u32) -> Result<Vec<BackupRunRow>, Error> {
    conn.all(sql!(include_str!("backup_run/list.sql")), named_params! { ":limit": limit }, read)
}

fn read(row: &Row<'_>) -> Result<BackupRunRow, Error> {
    Ok(BackupRunRow {
        id: row.get("id")?,
        started_at: row.get("started_at")?,
        finished_at: row.get("finished_at")?,
        scheduled: row.get("scheduled")?,
        file: row.get("file")?,
        bytes: row.get("bytes")?,
        files: row.get("files")?,
        last_event_id: row.get("last_event_id")?,
        error: row.get("error")?,
    })
}
