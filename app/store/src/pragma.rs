//! How connections are set up, each setting with its reason.

use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::{Error, OpenError};
use crate::open::Synchronous;

/// SQLite before this release can corrupt a database when a checkpoint meets a write (the WAL-reset bug).
/// STRICT tables are older (3.37), so one check covers both.
const SQLITE_MIN: i32 = 3_051_003;
/// `RDK1` in the file's header tells our files from others'.
pub(crate) const APPLICATION_ID: i32 = 0x5244_4B31;
/// How long a connection waits for another program (a backup tool, a shell) that holds the file.
pub(crate) const BUSY_MS: u64 = 5_000;
const STATEMENTS_CACHED: usize = 256;
pub(crate) const WRITER_CACHE_KIB: i64 = 24 * 1024;
const READER_CACHE_KIB: i64 = 6 * 1024;

pub(crate) fn check_sqlite() -> Result<(), OpenError> {
    if rusqlite::version_number() < SQLITE_MIN {
        return Err(OpenError::SqliteTooOld { found: rusqlite::version() });
    }
    Ok(())
}

pub(crate) const fn flags() -> OpenFlags {
    // NO_MUTEX: a connection is only ever used by one thread at a time, which `Conn` not being `Sync` holds.
    OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX)
}

pub(crate) fn set_up_writer(raw: &Connection, synchronous: Synchronous) -> Result<(), Error> {
    // First of all, so that the switch to WAL waits for another program instead of failing.
    raw.busy_timeout(Duration::from_millis(BUSY_MS))?;
    let mode: String = raw.query_row("PRAGMA journal_mode = WAL", (), |row| row.get(0))?;
    if mode != "wal" {
        return Err(Error::Io(format!("the journal mode stays `{mode}`, WAL is needed")));
    }
    // FULL syncs the WAL at each commit; with NORMAL the last commits can vanish in a power cut.
    raw.pragma_update(None, "synchronous", synchronous.word())?;
    // Guards in triggers must also see the rows that REPLACE deletes.
    raw.pragma_update(None, "recursive_triggers", true)?;
    // Erased personal values are overwritten in pages that are written anyway.
    raw.pragma_update(None, "secure_delete", "FAST")?;
    // Checkpoints are taken by the writer between commits, when it chooses.
    raw.pragma_update(None, "wal_autocheckpoint", 0)?;
    raw.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
    set_up_both(raw)
}

pub(crate) fn set_up_reader(raw: &Connection) -> Result<(), Error> {
    raw.busy_timeout(Duration::from_millis(BUSY_MS))?;
    raw.pragma_update(None, "wal_autocheckpoint", 0)?;
    raw.pragma_update(None, "cache_size", -READER_CACHE_KIB)?;
    set_up_both(raw)?;
    // Last, because it forbids whatever changes the file.
    raw.pragma_update(None, "query_only", true)?;
    Ok(())
}

fn set_up_both(raw: &Connection) -> Result<(), Error> {
    raw.pragma_update(None, "foreign_keys", true)?;
    // A crafted file must not run functions from its schema.
    raw.pragma_update(None, "trusted_schema", false)?;
    // Sorting spills into memory: no temporary files with customers' data.
    raw.pragma_update(None, "temp_store", "MEMORY")?;
    // An I/O error in mapped memory is a signal that kills the process, and a stray pointer could write the file.
    raw.pragma_update(None, "mmap_size", 0)?;
    // A misspelt column in double quotes is an error, not a text.
    raw.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    raw.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    // No statement may edit the schema table behind SQLite's back.
    raw.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Plans do not depend on the values bound: else SQLite prepares most statements anew for most values.
    raw.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    raw.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    Ok(())
}

/// Refreshes the planner's statistics where they are stale: cheap, bounded, and 0x10000 looks at all tables.
pub(crate) fn optimize(raw: &Connection) -> Result<(), Error> {
    raw.execute_batch("PRAGMA optimize = 0x10002").map_err(Error::from_sqlite)
}

/// What `PRAGMA synchronous` answers, in words.
pub(crate) const fn synchronous_word(level: u64) -> &'static str {
    match level {
        0 => "off",
        1 => "normal",
        2 => "full",
        _ => "extra",
    }
}
