//! Brings a file to this binary's schema: forward only, each migration in its own transaction, checksums recorded.

use rusqlite::{Connection, params};

use crate::error::{Error, OpenError};

/// One step of the schema. A released one is never edited.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Migration {
    pub(crate) version: u32,
    pub(crate) name: &'static str,
    pub(crate) sql: &'static str,
}

/// All steps in order: `migrations/NNNN_name.sql`, with rising numbers; a test compares the folder.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration { version: 1, name: "day_one", sql: include_str!("../migrations/0001_day_one.sql") },
    Migration { version: 2, name: "exceptions", sql: include_str!("../migrations/0002_exceptions.sql") },
    Migration { version: 3, name: "portal", sql: include_str!("../migrations/0003_portal.sql") },
    Migration {
        version: 4,
        name: "files_and_tracking",
        sql: include_str!("../migrations/0004_files_and_tracking.sql"),
    },
    Migration { version: 5, name: "backup_run", sql: include_str!("../migrations/0005_backup_run.sql") },
    Migration { version: 6, name: "station", sql: include_str!("../migrations/0006_station.sql") },
    Migration { version: 7, name: "carrier_signed", sql: include_str!("../migrations/0007_carrier_signed.sql") },
    Migration { version: 8, name: "clock", sql: include_str!("../migrations/0008_clock.sql") },
    Migration { version: 9, name: "messages", sql: include_str!("../migrations/0009_messages.sql") },
    Migration { version: 10, name: "red_invoices", sql: include_str!("../migrations/0010_red_invoices.sql") },
    Migration { version: 11, name: "inbox", sql: include_str!("../migrations/0011_inbox.sql") },
    Migration { version: 12, name: "statements", sql: include_str!("../migrations/0012_statements.sql") },
    Migration { version: 13, name: "canned_answers", sql: include_str!("../migrations/0013_canned_answers.sql") },
];

/// The schema version this binary makes and reads.
#[must_use]
pub fn schema_version() -> u32 {
    MIGRATIONS.last().map_or(0, |migration| migration.version)
}

const CREATE_LEDGER: &str = "
CREATE TABLE IF NOT EXISTS schema_migration (
  version INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  checksum BLOB NOT NULL, -- BLAKE3 of the file
  applied_at INTEGER NOT NULL -- UTC ms
) STRICT";

const RECORD: &str = "
INSERT INTO schema_migration (version, name, checksum, applied_at)
VALUES (?1, ?2, ?3, CAST(unixepoch('subsec') * 1000 AS INTEGER))";

struct Applied {
    version: u32,
    name: String,
    checksum: Vec<u8>,
}

/// Checks what the file has gone through and applies what is missing.
pub(crate) fn migrate(raw: &Connection, migrations: &[Migration]) -> Result<(), OpenError> {
    raw.execute_batch(CREATE_LEDGER).map_err(database)?;
    let applied = applied(raw).map_err(database)?;
    check_history(&applied, migrations)?;
    for migration in &migrations[applied.len()..] {
        apply(raw, migration).map_err(|error| OpenError::MigrationFailed {
            version: migration.version,
            name: migration.name.to_owned(),
            message: error.to_string(),
        })?;
        tracing::info!(version = migration.version, name = migration.name, "schema migrated");
    }
    Ok(())
}

fn applied(raw: &Connection) -> rusqlite::Result<Vec<Applied>> {
    let mut statement = raw.prepare("SELECT version, name, checksum FROM schema_migration ORDER BY version")?;
    let rows = statement
        .query_map((), |row| Ok(Applied { version: row.get(0)?, name: row.get(1)?, checksum: row.get(2)? }))?;
    rows.collect()
}

fn check_history(applied: &[Applied], migrations: &[Migration]) -> Result<(), OpenError> {
    let file = applied.last().map_or(0, |last| last.version);
    let binary = migrations.last().map_or(0, |last| last.version);
    if file > binary {
        return Err(OpenError::NewerThanBinary { file, binary });
    }
    for (step, migration) in applied.iter().zip(migrations) {
        let same =
            step.version == migration.version && step.checksum == blake3::hash(migration.sql.as_bytes()).as_bytes();
        if !same {
            return Err(OpenError::MigrationChanged { version: step.version, name: step.name.clone() });
        }
    }
    Ok(())
}

fn apply(raw: &Connection, migration: &Migration) -> Result<(), Error> {
    // Rebuilding a table drops the one that others point to; the check before the commit makes up for it.
    raw.pragma_update(None, "foreign_keys", false)?;
    let result = apply_in_transaction(raw, migration);
    if !raw.is_autocommit() {
        raw.execute_batch("ROLLBACK")?;
    }
    raw.pragma_update(None, "foreign_keys", true)?;
    result
}

fn apply_in_transaction(raw: &Connection, migration: &Migration) -> Result<(), Error> {
    raw.execute_batch("BEGIN IMMEDIATE")?;
    raw.execute_batch(migration.sql)?;
    if raw.is_autocommit() {
        return Err(Error::Sql("a migration must not begin or end transactions".to_owned()));
    }
    let orphan: Option<String> = first_orphan(raw)?;
    if let Some(table) = orphan {
        return Err(Error::Sql(format!("rows of `{table}` point to rows that do not exist")));
    }
    let checksum = blake3::hash(migration.sql.as_bytes());
    raw.execute(RECORD, params![migration.version, migration.name, checksum.as_bytes()])?;
    raw.execute_batch("COMMIT")?;
    Ok(())
}

fn first_orphan(raw: &Connection) -> rusqlite::Result<Option<String>> {
    let mut statement = raw.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query(())?;
    rows.next()?.map(|row| row.get(0)).transpose()
}

fn database(error: rusqlite::Error) -> OpenError {
    OpenError::Database(Error::from_sqlite(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Migration =
        Migration { version: 1, name: "first", sql: "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT" };
    const SECOND: Migration = Migration {
        version: 2,
        name: "second",
        sql: "CREATE TABLE b (a_id INTEGER NOT NULL REFERENCES a (id)) STRICT; INSERT INTO a (id) VALUES (7)",
    };

    fn second(sql: &'static str) -> Migration {
        Migration { sql, ..SECOND }
    }

    fn at_first() -> Connection {
        let raw = Connection::open_in_memory().unwrap();
        migrate(&raw, &[FIRST]).unwrap();
        raw
    }

    fn number(raw: &Connection, sql: &str) -> i64 {
        raw.query_row(sql, (), |row| row.get(0)).unwrap()
    }

    #[test]
    fn only_what_is_missing_is_applied() {
        let raw = at_first();
        migrate(&raw, &[FIRST, SECOND]).unwrap();
        migrate(&raw, &[FIRST, SECOND]).unwrap();
        assert_eq!(number(&raw, "SELECT count(*) FROM a"), 1);
        assert_eq!(number(&raw, "SELECT count(*) FROM schema_migration"), 2);
        assert!(number(&raw, "SELECT min(applied_at) FROM schema_migration") > 1_700_000_000_000);
        assert_eq!(number(&raw, "PRAGMA foreign_keys"), 1);
    }

    #[track_caller]
    fn check_failed(sql: &'static str, expect: &str) {
        let raw = at_first();
        let failed = migrate(&raw, &[FIRST, second(sql)]).unwrap_err();
        assert!(
            matches!(&failed, OpenError::MigrationFailed { version: 2, message, .. } if message.contains(expect)),
            "{failed}"
        );
        assert_eq!(number(&raw, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"), 2);
        assert_eq!(number(&raw, "SELECT max(version) FROM schema_migration"), 1);
        migrate(&raw, &[FIRST, SECOND]).unwrap();
    }

    #[test]
    fn a_failed_migration_leaves_nothing() {
        check_failed("CREATE TABLE b (id INTEGER) STRICT; CREATE TABLE a (id INTEGER) STRICT", "already exists");
        check_failed(
            "CREATE TABLE b (a_id INTEGER REFERENCES a (id)) STRICT; INSERT INTO b VALUES (1)",
            "rows of `b` point to rows that do not exist",
        );
        check_failed("CREATE TABLE b (id INTEGER) STRICT; ROLLBACK", "must not begin or end transactions");
    }

    #[test]
    fn a_changed_or_newer_history_is_refused() {
        let raw = at_first();
        let changed = Migration { sql: "CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT) STRICT", ..FIRST };
        let refused = migrate(&raw, &[changed]).unwrap_err();
        assert!(matches!(refused, OpenError::MigrationChanged { version: 1, .. }), "{refused}");
        migrate(&raw, &[FIRST, SECOND]).unwrap();
        let refused = migrate(&raw, &[FIRST]).unwrap_err();
        assert!(matches!(refused, OpenError::NewerThanBinary { file: 2, binary: 1 }), "{refused}");
    }
}
