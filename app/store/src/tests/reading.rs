//! The pool: read-only, deadlines, snapshots, panics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::sync_channel;
use std::thread;

use super::*;

#[test]
fn a_reader_cannot_write() {
    let probe = Probe::new();
    let sql = BuiltSql::new("INSERT INTO probe (id) VALUES (1)".to_owned());
    let refused = probe.store.read(1_000, |conn| conn.prepare(&sql)?.exec(()));
    assert!(matches!(&refused, Err(Error::Sql(text)) if text.contains("readonly")), "{refused:?}");
    assert_eq!(probe.ids(), [0_i64; 0]);
}

#[test]
fn an_endless_read_ends_at_its_deadline() {
    let probe = Probe::new();
    let endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n".to_owned();
    let sql = BuiltSql::new(endless);
    let result = probe.store.read(20, |conn| conn.value::<i64>(&sql, ()));
    assert_eq!(result, Err(Error::Deadline));
    // The connection is as good as before.
    for _ in 0..8 {
        assert_eq!(probe.ids(), [0_i64; 0]);
    }
}

#[test]
fn a_snapshot_sees_one_commit() {
    let probe = Probe::new();
    write(&probe.store, |tx| insert(tx, 1)).unwrap();
    let count = BuiltSql::new("SELECT count(*) FROM probe".to_owned());
    let writer = probe.store.clone();
    let counts = probe.store.read_snapshot(5_000, |conn| {
        let before = conn.value::<i64>(&count, ())?;
        write(&writer, |tx| insert(tx, 2))?;
        Ok((before, conn.value::<i64>(&count, ())?))
    });
    assert_eq!(counts, Ok((Some(1), Some(1))));
    assert_eq!(probe.ids(), [1, 2]);
}

#[test]
fn a_failed_snapshot_leaves_no_transaction_behind() {
    let probe = Probe::new();
    for _ in 0..8 {
        let failed: Result<(), Error> = probe.store.read_snapshot(1_000, |_| Err(Error::TooBig));
        assert_eq!(failed, Err(Error::TooBig));
    }
    assert_eq!(probe.store.read_snapshot(1_000, |_| Ok(7)), Ok(7));
}

#[test]
fn a_panicking_read_gives_its_connection_back() {
    let dir = tempfile::tempdir().unwrap();
    let options = OpenOptions { create: true, readers: 1, ..OpenOptions::default() };
    let store = Store::open(dir.path(), &options).unwrap();
    let panics = catch_unwind(AssertUnwindSafe(|| store.read(1_000, |_| -> Result<(), Error> { panic!("reading") })));
    assert!(panics.is_err());
    assert_eq!(version(&store), crate::schema_version());
}

#[test]
fn whoever_finds_no_free_reader_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let options = OpenOptions { create: true, readers: 1, ..OpenOptions::default() };
    let store = Store::open(dir.path(), &options).unwrap();
    let (begun, begins) = sync_channel::<()>(0);
    let (go, gate) = sync_channel::<()>(0);
    let other = store.clone();
    let long = thread::spawn(move || {
        other.read(60_000, |_| {
            begun.send(()).unwrap();
            gate.recv().unwrap();
            Ok(())
        })
    });
    begins.recv().unwrap();
    assert_eq!(store.read(10, |_| Ok(())), Err(Error::Busy));
    go.send(()).unwrap();
    assert_eq!(long.join().unwrap(), Ok(()));
    assert_eq!(store.read(1_000, |_| Ok(())), Ok(()));
}
