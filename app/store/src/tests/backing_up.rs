//! A copy under load is a consistent state of the database.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use rusqlite::{Connection, OpenFlags};

use super::*;

// Each command moves one unit between two rows and counts itself: in every commit the sum stays and the counter fits.
const MOVE: &str = "UPDATE probe SET load = NULL, name = CAST(name AS INTEGER) + :by WHERE id = :id";

fn set_up(probe: &Probe) {
    write(&probe.store, |tx| {
        tx.exec_batch(&BuiltSql::new(
            "INSERT INTO probe (id, name) VALUES (1, '0');
             INSERT INTO probe (id, name) VALUES (2, '1000000');
             WITH RECURSIVE n (x) AS (SELECT 10 UNION ALL SELECT x + 1 FROM n WHERE x < 3000)
             INSERT INTO probe (id, load) SELECT x, randomblob(3000) FROM n;"
                .to_owned(),
        ))
    })
    .unwrap();
}

fn transfer(tx: &Tx<'_>, touched: i64) -> Result<usize, Error> {
    let sql = BuiltSql::new(MOVE.to_owned());
    tx.exec(&sql, named_params! { ":by": 1_i64, ":id": 1_i64 })?;
    // A row somewhere in the file, so that pages already copied change again.
    let spread = BuiltSql::new("UPDATE probe SET load = randomblob(3000) WHERE id = :id".to_owned());
    tx.exec(&spread, named_params! { ":id": 10 + touched % 2_900 })?;
    tx.exec(&sql, named_params! { ":by": -1_i64, ":id": 2_i64 })
}

#[test]
fn a_copy_under_load_is_one_commit() {
    let probe = Probe::new();
    set_up(&probe);
    let first_seq = probe.store.facts().unwrap().commits;
    let stop = Arc::new(AtomicBool::new(false));
    let moved = Arc::new(AtomicU64::new(0));
    let writers: Vec<_> = (0..4)
        .map(|_| {
            let (store, stop, moved) = (probe.store.clone(), Arc::clone(&stop), Arc::clone(&moved));
            thread::spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let n = moved.fetch_add(1, Ordering::Relaxed).cast_signed();
                    write(&store, move |tx| transfer(tx, n * 37)).unwrap();
                }
            })
        })
        .collect();
    let path = probe.dir.path().join("copy.db");
    let last = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&last);
    let report =
        probe.store.backup_to(&path, move |progress| seen.store(progress.total_pages, Ordering::Relaxed)).unwrap();
    stop.store(true, Ordering::Relaxed);
    writers.into_iter().for_each(|writer| writer.join().unwrap());

    assert!(last.load(Ordering::Relaxed) > 1_000);
    assert!(report.commit_seq > first_seq && report.commit_seq <= probe.store.facts().unwrap().commits);
    assert_eq!(report.bytes, std::fs::metadata(&path).unwrap().len());
    let copy = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let text = |sql: &str| copy.query_row(sql, (), |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(text("PRAGMA integrity_check"), "ok");
    assert_eq!(text("SELECT CAST(sum(name) AS TEXT) FROM probe WHERE id < 10"), "1000000");
    let moves: i64 = text("SELECT name FROM probe WHERE id = 1").parse().unwrap();
    assert!(moves >= 0 && moves <= moved.load(Ordering::Relaxed).cast_signed());
}

#[test]
fn a_copy_opens_as_a_store() {
    let probe = Probe::new();
    write(&probe.store, |tx| insert(tx, 1)).unwrap();
    let other = tempfile::tempdir().unwrap();
    probe.store.backup_to(&other.path().join(crate::DATABASE_FILE), |_| {}).unwrap();
    write(&probe.store, |tx| insert(tx, 2)).unwrap();
    let restored = Probe { store: open(other.path()), dir: other };
    assert_eq!(restored.ids(), [1]);
    write(&restored.store, |tx| insert(tx, 3)).unwrap();
    assert_eq!(restored.ids(), [1, 3]);
}

#[test]
fn a_copy_never_overwrites() {
    let probe = Probe::new();
    let path = probe.dir.path().join("copy.db");
    std::fs::write(&path, "precious").unwrap();
    assert!(matches!(probe.store.backup_to(&path, |_| {}), Err(Error::Io(_))));
    assert_eq!(std::fs::read(&path).unwrap(), b"precious");
}
