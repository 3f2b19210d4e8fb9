//! The WAL stays short, also when a reader holds it back for a while, and is cut when there is time.

use std::fs;
use std::sync::mpsc::sync_channel;
use std::thread;

use rusqlite::Connection;

use super::*;
use crate::checkpoint::{Checkpoints, WAL_PAGES_KEPT, WAL_PAGES_MAX};
use crate::pragma;

const PAGE_BYTES: u64 = 4_096;
/// A commit of `load` is about 250 pages.
const COMMIT_BYTES: u64 = 300 * PAGE_BYTES;

fn load(store: &Store, ids: std::ops::Range<i64>) {
    for id in ids {
        write(store, move |tx| {
            let sql = BuiltSql::new("INSERT INTO probe (id, load) VALUES (:id, randomblob(1000000))".to_owned());
            tx.exec(&sql, named_params! { ":id": id })
        })
        .unwrap();
    }
}

#[test]
fn the_wal_begins_again_when_it_is_long() {
    let probe = Probe::new();
    load(&probe.store, 0..40);
    let wal_bytes = probe.store.facts().unwrap().wal_bytes;
    assert!(wal_bytes <= WAL_PAGES_MAX * PAGE_BYTES + COMMIT_BYTES, "{wal_bytes}");
    probe.store.close();
    assert!(!probe.dir.path().join("returndesk.db-wal").exists());
}

#[test]
fn a_long_read_holds_the_wal_back_and_lets_go() {
    let probe = Probe::new();
    let store = probe.store.clone();
    let (begun, begins) = sync_channel::<()>(0);
    let (go, gate) = sync_channel::<()>(0);
    let reader = thread::spawn(move || {
        store.read_snapshot(60_000, |conn| {
            let rows = BuiltSql::new("SELECT count(*) FROM probe".to_owned());
            let before = conn.value::<i64>(&rows, ())?;
            begun.send(()).unwrap();
            gate.recv().unwrap();
            Ok((before, conn.value::<i64>(&rows, ())?))
        })
    });
    begins.recv().unwrap();
    load(&probe.store, 0..20);
    let held_back = probe.store.facts().unwrap().wal_bytes;
    assert!(held_back > WAL_PAGES_MAX * PAGE_BYTES + COMMIT_BYTES, "{held_back}");
    go.send(()).unwrap();
    assert_eq!(reader.join().unwrap(), Ok((Some(0), Some(0))));
    load(&probe.store, 20..30);
    let let_go = probe.store.facts().unwrap().wal_bytes;
    assert!(let_go < held_back, "{let_go}");
    assert_eq!(probe.ids().len(), 30);
}

#[test]
fn an_idle_writer_cuts_a_long_wal() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("t.db");
    let mut raw = Connection::open(&file).unwrap();
    pragma::set_up_writer(&raw, crate::Synchronous::Full).unwrap();
    let mut checkpoints = Checkpoints::install(&mut raw).unwrap();
    assert!(!checkpoints.pending());
    raw.execute_batch("CREATE TABLE t (load BLOB) STRICT").unwrap();
    let bytes = (WAL_PAGES_KEPT + 100) * PAGE_BYTES;
    raw.execute("INSERT INTO t (load) VALUES (randomblob(?1))", [bytes.cast_signed()]).unwrap();
    checkpoints.after_commit(&raw);
    assert!(checkpoints.pending());
    checkpoints.idle(&raw);
    assert!(!checkpoints.pending());
    assert_eq!(fs::metadata(dir.path().join("t.db-wal")).unwrap().len(), 0);
    assert!(fs::metadata(&file).unwrap().len() > bytes);
}
