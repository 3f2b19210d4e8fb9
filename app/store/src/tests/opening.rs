//! Folders that open, and folders that are refused by name.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use rusqlite::Connection;

use super::*;
use crate::{DATABASE_FILE, OpenError, Synchronous};

#[test]
fn a_new_folder_is_made_private_and_migrated() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("data");
    let store = open(&dir);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&dir), 0o700);
    assert_eq!(mode(&dir.join(DATABASE_FILE)), 0o600);
    assert_eq!(version(&store), crate::schema_version());
}

#[test]
fn the_facts_are_the_writers_own() {
    let dir = tempfile::tempdir().unwrap();
    let facts = |synchronous| {
        let options = OpenOptions { create: true, synchronous, ..OpenOptions::default() };
        Store::open(dir.path(), &options).unwrap().facts().unwrap()
    };
    let full = facts(Synchronous::Full);
    assert_eq!((full.synchronous, full.journal_mode.as_str()), ("full", "wal"));
    assert_eq!(full.schema_version, crate::schema_version());
    assert_eq!((full.queued_interactive, full.queued_bulk), (0, 0));
    assert!(full.database_bytes >= full.page_size_bytes && full.page_size_bytes >= 4_096);
    assert_eq!(facts(Synchronous::Normal).synchronous, "normal");
}

#[test]
fn a_folder_without_a_database_is_only_made_on_request() {
    let dir = tempfile::tempdir().unwrap();
    let refused = Store::open(dir.path(), &OpenOptions::default()).err().unwrap();
    assert!(matches!(refused, OpenError::Missing(_)), "{refused}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_second_process_is_told_who_is_first() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let refused = Store::open(dir.path(), &OpenOptions::default()).err().unwrap();
    assert!(matches!(refused, OpenError::Locked { pid } if pid == Some(std::process::id())), "{refused}");
    store.close();
    Store::open(dir.path(), &OpenOptions::default()).unwrap();
}

#[test]
fn another_programs_database_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join(DATABASE_FILE);
    Connection::open(&file).unwrap().execute_batch("CREATE TABLE theirs (id INTEGER)").unwrap();
    let before = fs::read(&file).unwrap();
    let refused = Store::open(dir.path(), &OpenOptions::default()).err().unwrap();
    assert!(matches!(refused, OpenError::NotOurs(_)), "{refused}");
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn a_file_that_is_no_database_is_said_to_be_damaged() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(DATABASE_FILE), "x".repeat(8_192)).unwrap();
    let refused = Store::open(dir.path(), &OpenOptions::default()).err().unwrap();
    assert!(matches!(refused, OpenError::Database(Error::Corrupt(_))), "{refused:?}");
}

#[test]
fn a_newer_file_and_a_changed_history_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    open(dir.path()).close();
    let tamper = |sql: &str| {
        Connection::open(dir.path().join(DATABASE_FILE)).unwrap().execute_batch(sql).unwrap();
        Store::open(dir.path(), &OpenOptions::default()).err()
    };
    let newer = tamper("INSERT INTO schema_migration VALUES (9999, 'from_the_future', x'00', 0)");
    assert!(
        matches!(newer, Some(OpenError::NewerThanBinary { file: 9_999, binary }) if binary == crate::schema_version())
    );
    let changed = tamper(
        "DELETE FROM schema_migration WHERE version = 9999; UPDATE schema_migration SET checksum = x'00' WHERE version = 1",
    );
    assert!(matches!(changed, Some(OpenError::MigrationChanged { version: 1, name }) if name == "day_one"));
}
