//! Records what became of a backup.

use domain::{BackupRunId, Permission, Timestamp};
use store::Tx;
use store::backup_run::BackupRunRow;

use crate::context::{Ctx, Place};
use crate::error::Error;

/// A backup that succeeded or failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// When it began.
    pub started_at: Timestamp,
    /// Whether the schedule asked for it.
    pub scheduled: bool,
    /// The archive.
    pub file: String,
    /// What was written, or why it failed.
    pub outcome: Result<Written, String>,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The archive's size in bytes.
    pub bytes: u64,
    /// How many files it holds beside the database.
    pub files: u64,
    /// The last event in it.
    pub last_event_id: i64,
}

/// Records it.
///
/// # Errors
/// `Forbidden` for anybody but the program itself and whoever looks after it; the store's.
pub fn record(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Record) -> Result<BackupRunId, Error> {
    ctx.require(Permission::SystemView, Place::default())?;
    let (written, error) = match &cmd.outcome {
        Ok(written) => (*written, String::new()),
        Err(error) => (Written::default(), error.clone()),
    };
    let row = BackupRunRow {
        id: BackupRunId::from_raw(ctx.id()),
        started_at: cmd.started_at,
        finished_at: ctx.now,
        scheduled: cmd.scheduled,
        file: cmd.file.clone(),
        bytes: i64::try_from(written.bytes).unwrap_or(i64::MAX),
        files: i64::try_from(written.files).unwrap_or(i64::MAX),
        last_event_id: written.last_event_id,
        error,
    };
    store::backup_run::insert(tx, &row)?;
    ctx.topic("backups");
    Ok(row.id)
}
