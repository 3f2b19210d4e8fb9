//! What the doctor asks of a file is answered, whether it is whole or not.

use rusqlite::Connection;

use super::*;
use crate::check::{broken_references, integrity};

/// How many findings are asked for: a number that is no table's name.
const LIMIT: u32 = 20;

#[test]
fn a_whole_file_has_no_faults() {
    let probe = Probe::new();
    let faults = probe.store.read(60_000, |conn| integrity(conn, LIMIT)).unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    let broken = probe.store.read(60_000, |conn| broken_references(conn, LIMIT)).unwrap();
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn what_is_damaged_is_named_up_to_a_limit() {
    let Probe { store, dir } = Probe::new();
    store.close();
    // An index that says something else than its table, and rows that refer to nothing.
    let raw = Connection::open(dir.path().join(crate::DATABASE_FILE)).unwrap();
    raw.execute_batch(
        "PRAGMA foreign_keys = OFF;
         CREATE TABLE child (id INTEGER PRIMARY KEY, probe_id INTEGER REFERENCES probe (id)) STRICT;
         INSERT INTO child (id, probe_id) VALUES (1, 7), (2, 8), (3, 9);
         INSERT INTO probe (id, name) VALUES (1, 'a'), (2, 'b'), (3, 'c');
         PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = 'CREATE UNIQUE INDEX probe_name ON probe (load)' WHERE name = 'probe_name';
         PRAGMA writable_schema = OFF;",
    )
    .unwrap();
    drop(raw);
    let store = open(dir.path());
    let faults = |limit| store.read(60_000, move |conn| integrity(conn, limit)).unwrap();
    assert!(faults(LIMIT).iter().any(|fault| fault.contains("probe_name")), "{:?}", faults(LIMIT));
    assert_eq!(faults(2).len(), 2);
    let broken = store.read(60_000, |conn| broken_references(conn, 2)).unwrap();
    let broken: Vec<_> = broken.iter().map(|one| (one.table.as_str(), one.row, one.parent.as_str())).collect();
    assert_eq!(broken, [("child", 1, "probe"), ("child", 2, "probe")]);
    store.close();
}
