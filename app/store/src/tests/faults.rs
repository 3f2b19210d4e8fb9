//! A full disk: clear errors, reads go on, writing resumes without a restart.

use std::sync::mpsc::sync_channel;

use super::*;

const LOAD: &str = "INSERT INTO probe (id, load) VALUES (:id, zeroblob(1000000))";

fn insert_load(tx: &Tx<'_>, id: i64) -> Result<usize, Error> {
    tx.exec(&BuiltSql::new(LOAD.to_owned()), named_params! { ":id": id })
}

#[test]
fn a_full_disk_is_said_and_survived() {
    let probe = Probe::new();
    write(&probe.store, |tx| insert(tx, 1)).unwrap();
    write(&probe.store, |tx| {
        let pages = pragma(tx, "page_count")?;
        pragma(tx, &format!("max_page_count = {}", pages + 4))
    })
    .unwrap();
    // One group: what fits is kept, what does not is refused, also when its command swallows the error.
    let (go, gate) = sync_channel::<()>(0);
    let first = submit(&probe.store, Lane::Interactive, move |tx| {
        // Runs twice: once in the group that the full disk takes down, once alone.
        let _ = gate.recv();
        keep(insert(tx, 2))
    });
    let refused = submit(&probe.store, Lane::Interactive, |tx| keep(insert_load(tx, 3)));
    let swallowed = submit(&probe.store, Lane::Interactive, |tx| {
        let _ = insert_load(tx, 4);
        Verdict::Commit
    });
    let last = submit(&probe.store, Lane::Interactive, |tx| keep(insert(tx, 5)));
    go.send(()).unwrap();
    drop(go);
    assert!(matches!(first.recv().unwrap(), Outcome::Committed { .. }));
    assert_eq!(refused.recv().unwrap(), Outcome::Failed(Error::DiskFull));
    assert_eq!(swallowed.recv().unwrap(), Outcome::Failed(Error::DiskFull));
    assert!(matches!(last.recv().unwrap(), Outcome::Committed { .. }));
    assert_eq!(probe.ids(), [1, 2, 5]);

    write(&probe.store, |tx| pragma(tx, "max_page_count = 1000000")).unwrap();
    write(&probe.store, |tx| insert_load(tx, 6)).unwrap();
    assert_eq!(probe.ids(), [1, 2, 5, 6]);
}
