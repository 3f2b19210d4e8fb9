//! Groups, savepoints, panics, lanes, closing.

use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::{Duration, Instant};

use super::*;
use crate::{ConstraintKind, Full};

#[test]
fn jobs_share_commits_and_all_are_kept() {
    let probe = Probe::new();
    let before = probe.store.facts().unwrap();
    let clients: Vec<_> = (0..16)
        .map(|client| {
            let store = probe.store.clone();
            thread::spawn(move || {
                let heard: Vec<_> = (0..50)
                    .map(|n| submit(&store, Lane::Interactive, move |tx| keep(insert(tx, client * 100 + n))))
                    .collect();
                heard.into_iter().all(|heard| matches!(heard.recv().unwrap(), Outcome::Committed { .. }))
            })
        })
        .collect();
    assert!(clients.into_iter().all(|client| client.join().unwrap()));
    let after = probe.store.facts().unwrap();
    assert_eq!(probe.ids().len(), 800);
    assert_eq!(after.jobs_committed - before.jobs_committed, 800);
    assert!(after.commits - before.commits < 800, "no two jobs shared a commit");
}

#[test]
fn one_bad_job_does_not_sink_the_others() {
    let probe = Probe::new();
    // The first job holds the writer until all are queued, so that the rest are one group.
    let (go, gate) = sync_channel::<()>(0);
    let first = submit(&probe.store, Lane::Interactive, move |tx| {
        // A job may run twice; the second time nobody holds it.
        let _ = gate.recv();
        keep(insert(tx, 1))
    });
    let undone = submit(&probe.store, Lane::Interactive, |tx| {
        insert(tx, 2).unwrap();
        Verdict::Rollback
    });
    let panics = submit(&probe.store, Lane::Interactive, |tx| {
        insert(tx, 3).unwrap();
        panic!("out of cheese");
    });
    let refused = submit(&probe.store, Lane::Interactive, |tx| {
        insert(tx, 4).unwrap();
        keep(insert(tx, 1))
    });
    let last = submit(&probe.store, Lane::Interactive, |tx| keep(insert(tx, 5)));
    go.send(()).unwrap();
    drop(go);
    assert!(matches!(first.recv().unwrap(), Outcome::Committed { .. }));
    assert_eq!(undone.recv().unwrap(), Outcome::RolledBack);
    assert_eq!(panics.recv().unwrap(), Outcome::Failed(Error::Panicked("out of cheese".to_owned())));
    assert_eq!(refused.recv().unwrap(), Outcome::RolledBack);
    assert!(matches!(last.recv().unwrap(), Outcome::Committed { .. }));
    assert_eq!(probe.ids(), [1, 5]);
}

#[test]
fn a_job_alone_is_undone_too() {
    let probe = Probe::new();
    let alone = |run: fn(&Tx<'_>) -> Verdict| submit(&probe.store, Lane::Interactive, run).recv().unwrap();
    let undone = alone(|tx| {
        insert(tx, 2).unwrap();
        Verdict::Rollback
    });
    let panicked = alone(|tx| {
        insert(tx, 3).unwrap();
        panic!("alone");
    });
    assert_eq!(undone, Outcome::RolledBack);
    assert_eq!(panicked, Outcome::Failed(Error::Panicked("alone".to_owned())));
    assert_eq!(probe.ids(), [0_i64; 0]);
    write(&probe.store, |tx| insert(tx, 4)).unwrap();
    assert_eq!(probe.ids(), [4]);
}

#[test]
fn guards_are_told_by_name() {
    let probe = Probe::new();
    let refuse =
        |sql: &'static str| write(&probe.store, move |tx| tx.exec(&BuiltSql::new(sql.to_owned()), ())).unwrap_err();
    let guard = |kind, name: &str| Error::Constraint { kind, name: name.to_owned() };
    write(&probe.store, |tx| insert(tx, 1)).unwrap();
    assert_eq!(
        refuse("INSERT INTO probe (id, name) VALUES (2, 'a name that is much too long')"),
        guard(ConstraintKind::Check, "probe_name_is_short")
    );
    assert_eq!(refuse("INSERT INTO probe (id, name) VALUES (2, 'row 1')"), guard(ConstraintKind::Unique, "probe.name"));
    assert_eq!(refuse("INSERT INTO probe (id) VALUES (1)"), guard(ConstraintKind::Unique, "probe.id"));
    assert_eq!(refuse("INSERT INTO shop (id, code) VALUES (1, 'x')"), guard(ConstraintKind::NotNull, "shop.name_zh"));
    assert_eq!(
        refuse("INSERT INTO event_payload (event_id, body) VALUES (7, '')"),
        guard(ConstraintKind::ForeignKey, "")
    );
    assert!(matches!(refuse("INSERT INTO probe (id) VALUES ('x')"), Error::Sql(_)));
}

#[test]
fn a_trigger_is_told_by_its_text() {
    let probe = Probe::new();
    write(&probe.store, |tx| {
        tx.exec_batch(&BuiltSql::new(
            "CREATE TRIGGER probe_is_kept BEFORE DELETE ON probe BEGIN SELECT RAISE(ABORT, 'probe_is_kept'); END"
                .into(),
        ))?;
        insert(tx, 1)
    })
    .unwrap();
    let delete = || BuiltSql::new("DELETE FROM probe".to_owned());
    let refused = write(&probe.store, move |tx| tx.exec(&delete(), ())).unwrap_err();
    assert_eq!(refused, Error::Constraint { kind: ConstraintKind::Trigger, name: "probe_is_kept".to_owned() });
}

#[test]
fn a_part_is_undone_and_the_command_goes_on() {
    let probe = Probe::new();
    write(&probe.store, |tx| {
        insert(tx, 1)?;
        let part: Result<(), Error> = tx.nested(|tx| {
            insert(tx, 2)?;
            tx.nested(|tx| insert(tx, 3))?;
            Err(Error::TooBig)
        });
        assert_eq!(part, Err(Error::TooBig));
        tx.nested(|tx| insert(tx, 4))
    })
    .unwrap();
    assert_eq!(probe.ids(), [1, 4]);
}

#[test]
fn a_full_lane_says_so_and_the_other_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let options = OpenOptions { create: true, queue_interactive: 2, queue_bulk: 1, ..OpenOptions::default() };
    let store = Store::open(dir.path(), &options).unwrap();
    let (go, gate) = sync_channel::<()>(0);
    let (begun, begins) = sync_channel::<()>(0);
    let first = submit(&store, Lane::Interactive, move |_| {
        begun.send(()).unwrap();
        gate.recv().unwrap();
        Verdict::Commit
    });
    begins.recv().unwrap();
    let mut heard = vec![first];
    for lane in [Lane::Interactive, Lane::Interactive, Lane::Bulk] {
        heard.push(submit(&store, lane, |_| Verdict::Commit));
    }
    for lane in [Lane::Interactive, Lane::Bulk] {
        let (job, _) = call(|_| Verdict::Commit);
        assert_eq!(store.submit(lane, job), Err(Full));
    }
    go.send(()).unwrap();
    assert!(heard.into_iter().all(|heard| matches!(heard.recv().unwrap(), Outcome::Committed { .. })));
}

#[test]
fn a_slow_job_does_not_strand_the_next() {
    let probe = Probe::new();
    let (go, gate) = sync_channel::<()>(0);
    let first = submit(&probe.store, Lane::Interactive, move |_| {
        gate.recv().unwrap();
        Verdict::Commit
    });
    // Taken together with the next one, and alone too slow for a batch.
    let slow = submit(&probe.store, Lane::Interactive, |_| {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_millis(20) {
            std::hint::spin_loop();
        }
        Verdict::Commit
    });
    let last = submit(&probe.store, Lane::Interactive, |_| Verdict::Commit);
    go.send(()).unwrap();
    for heard in [first, slow, last] {
        let outcome = heard.recv_timeout(Duration::from_secs(30));
        assert!(matches!(outcome, Ok(Outcome::Committed { .. })), "{outcome:?}");
    }
}

#[test]
fn bulk_work_gets_done_beside_people() {
    let probe = Probe::new();
    let bulk: Vec<_> =
        (0..100).map(|n| submit(&probe.store, Lane::Bulk, move |tx| keep(insert(tx, 1_000 + n)))).collect();
    let people: Vec<_> =
        (0..100).map(|n| submit(&probe.store, Lane::Interactive, move |tx| keep(insert(tx, n)))).collect();
    for heard in people.into_iter().chain(bulk) {
        assert!(matches!(heard.recv().unwrap(), Outcome::Committed { .. }));
    }
    assert_eq!(probe.ids().len(), 200);
}

#[test]
fn closing_runs_what_is_queued_and_refuses_the_rest() {
    let probe = Probe::new();
    let (go, gate) = sync_channel::<()>(0);
    let first = submit(&probe.store, Lane::Interactive, move |tx| {
        gate.recv().unwrap();
        keep(insert(tx, 1))
    });
    let second = submit(&probe.store, Lane::Bulk, |tx| keep(insert(tx, 2)));
    let store = probe.store.clone();
    let closing = thread::spawn(move || probe.store.close());
    go.send(()).unwrap();
    closing.join().unwrap();
    assert!(matches!(first.recv().unwrap(), Outcome::Committed { .. }));
    assert!(matches!(second.recv().unwrap(), Outcome::Committed { .. }));
    let late = submit(&store, Lane::Interactive, |_| Verdict::Commit);
    assert_eq!(late.recv().unwrap(), Outcome::Failed(Error::ShuttingDown));
    assert_eq!(store.read(100, |_| Ok(())), Err(Error::ShuttingDown));
    assert_eq!(store.facts(), Err(Error::ShuttingDown));
    // The folder is free, the WAL is empty, the rows are there.
    let again = open(probe.dir.path());
    let sql = BuiltSql::new("SELECT count(*) FROM probe".to_owned());
    assert_eq!(again.read(1_000, |conn| conn.value::<i64>(&sql, ())).unwrap(), Some(2));
}

#[test]
fn the_last_handle_may_go_away_in_a_job() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let own = Arc::new(store.clone());
    let (job, heard) = call(move |_| {
        let _ = &own;
        Verdict::Commit
    });
    store.submit(Lane::Interactive, job).unwrap();
    drop(store);
    assert!(matches!(heard.recv().unwrap(), Outcome::Committed { .. }));
}
