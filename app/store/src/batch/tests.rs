//! Batches without a thread: what is in the queue is one batch, and commits fail when the test says so.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use rusqlite::Connection;

use super::*;
use crate::conn::BuiltSql;
use crate::job::{Job, Lane};

type Heard = Arc<Mutex<Vec<(i64, Outcome)>>>;

struct Bench {
    conn: Conn,
    queue: Arc<Queue>,
    batches: Batches,
    heard: Heard,
}

struct Insert {
    id: i64,
    runs: Arc<AtomicU32>,
    verdict: Verdict,
    heard: Heard,
}

impl Job for Insert {
    fn run(&mut self, tx: &Tx<'_>) -> Verdict {
        self.runs.fetch_add(1, Ordering::Relaxed);
        tx.exec(&BuiltSql::new("INSERT INTO t (id) VALUES (?1)".to_owned()), [self.id].as_slice()).unwrap();
        self.verdict
    }
    fn done(self: Box<Self>, outcome: Outcome) {
        self.heard.lock().unwrap().push((self.id, outcome));
    }
}

/// Looks, and refuses.
struct Refuse {
    heard: Heard,
}

impl Job for Refuse {
    fn run(&mut self, tx: &Tx<'_>) -> Verdict {
        let found = tx.exists(&BuiltSql::new("SELECT 1 FROM t".to_owned()), ()).unwrap();
        if found { Verdict::Rollback } else { Verdict::Commit }
    }
    fn done(self: Box<Self>, outcome: Outcome) {
        self.heard.lock().unwrap().push((0, outcome));
    }
}

impl Bench {
    /// Whose next `failing` commits fail.
    fn new(failing: u32) -> Self {
        let mut raw = Connection::open_in_memory().unwrap();
        raw.execute_batch("CREATE TABLE t (id INTEGER PRIMARY KEY) STRICT").unwrap();
        let left = AtomicU32::new(failing);
        let fails = move || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok();
        raw.commit_hook(Some(fails)).unwrap();
        let queue = Arc::new(Queue::new(1_000, 1_000));
        let checkpoints = Checkpoints::install(&mut raw).unwrap();
        let batches = Batches::new(Arc::clone(&queue), checkpoints);
        Self { conn: Conn::new(raw), queue, batches, heard: Heard::default() }
    }

    fn submit(&self, lane: Lane, id: i64, verdict: Verdict) -> Arc<AtomicU32> {
        let runs = Arc::new(AtomicU32::new(0));
        let job = Insert { id, runs: Arc::clone(&runs), verdict, heard: Arc::clone(&self.heard) };
        self.queue.submit(lane, Box::new(job)).unwrap();
        runs
    }

    fn heard(&self) -> Vec<(i64, Outcome)> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }

    fn ids(&self) -> Vec<i64> {
        let sql = BuiltSql::new("SELECT id FROM t ORDER BY id".to_owned());
        self.conn.all(&sql, (), |row| row.get(0)).unwrap()
    }
}

fn committed(commit_seq: u64) -> Outcome {
    Outcome::Committed { commit_seq }
}

#[test]
fn what_is_queued_is_one_commit() {
    let mut bench = Bench::new(0);
    for id in 1..=3 {
        bench.submit(Lane::Interactive, id, Verdict::Commit);
    }
    bench.batches.run_one(&bench.conn);
    assert_eq!(bench.heard(), [(1, committed(1)), (2, committed(1)), (3, committed(1))]);
    bench.batches.run_one(&bench.conn);
    assert_eq!(bench.batches.commits, 1, "an empty batch commits nothing");
}

#[test]
fn a_failed_commit_runs_each_job_again_alone() {
    let mut bench = Bench::new(1);
    let runs = [
        bench.submit(Lane::Interactive, 1, Verdict::Commit),
        bench.submit(Lane::Interactive, 2, Verdict::Rollback),
        bench.submit(Lane::Interactive, 3, Verdict::Commit),
    ];
    bench.batches.run_one(&bench.conn);
    assert_eq!(bench.heard(), [(1, committed(1)), (2, Outcome::RolledBack), (3, committed(2))]);
    // In the batch, the first two again because the second had to be undone, then alone.
    assert_eq!(runs.map(|runs| runs.load(Ordering::Relaxed)), [3, 3, 2]);
    assert_eq!(bench.ids(), [1, 3]);
}

#[test]
fn a_job_whose_own_commit_fails_is_told_and_the_next_goes_on() {
    let mut bench = Bench::new(2);
    bench.submit(Lane::Interactive, 1, Verdict::Commit);
    bench.submit(Lane::Interactive, 2, Verdict::Commit);
    bench.batches.run_one(&bench.conn);
    let heard = bench.heard();
    assert!(matches!(heard[0], (1, Outcome::Failed(_))), "{heard:?}");
    assert_eq!(heard[1], (2, committed(1)));
    assert_eq!(bench.ids(), [2]);
}

#[test]
fn a_batch_has_an_end() {
    let mut bench = Bench::new(0);
    for id in 0..400 {
        bench.submit(Lane::Interactive, id, Verdict::Commit);
    }
    bench.batches.run_one(&bench.conn);
    assert!(bench.heard().len() <= BATCH_JOBS_MAX);
    while bench.ids().len() < 400 {
        let before = bench.batches.jobs_committed;
        bench.batches.run_one(&bench.conn);
        assert!(bench.batches.jobs_committed > before);
    }
    assert!(bench.batches.commits >= 2);
}

#[test]
fn people_come_before_bulk_work() {
    let mut bench = Bench::new(0);
    bench.submit(Lane::Bulk, 1, Verdict::Commit);
    bench.submit(Lane::Interactive, 2, Verdict::Commit);
    bench.batches.run_one(&bench.conn);
    assert_eq!(bench.heard().first(), Some(&(2, committed(1))));
    bench.batches.run_one(&bench.conn);
    assert_eq!(bench.ids(), [1, 2]);
}

#[test]
fn bulk_work_runs_for_a_slice_and_rests_where_people_wait() {
    let start = Instant::now();
    let at = |ms| start + Duration::from_millis(ms);
    let mut pace = BulkPace::default();
    let mut quiet = Batch { bulk_began: Some(at(0)), ..Batch::default() };
    pace.note_end(&mut quiet, at(3));
    assert!(pace.may_run(&mut quiet, at(3)), "the slice is not over");
    quiet.bulk_began = Some(at(3));
    pace.note_end(&mut quiet, at(6));
    assert!(!pace.may_run(&mut quiet, at(6)), "the slice is over");
    let busy = || Batch { interactive: 1, ..Batch::default() };
    assert!(!pace.may_run(&mut busy(), at(29)), "6 ms of work rest for 24");
    let mut rested = busy();
    assert!(pace.may_run(&mut rested, at(30)));
    rested.bulk_began = Some(at(30));
    pace.note_end(&mut rested, at(32));
    assert!(pace.may_run(&mut rested, at(32)), "a slice that was granted is used up");
    assert!(pace.may_run(&mut Batch::default(), at(32)), "nobody waits");
}

#[test]
fn a_job_that_wrote_and_refused_leaves_nothing_and_takes_nobody_along() {
    let mut bench = Bench::new(0);
    let runs = [
        bench.submit(Lane::Interactive, 1, Verdict::Commit),
        bench.submit(Lane::Interactive, 2, Verdict::Rollback),
        bench.submit(Lane::Interactive, 3, Verdict::Commit),
        bench.submit(Lane::Interactive, 4, Verdict::Rollback),
    ];
    bench.batches.run_one(&bench.conn);
    let undone = Outcome::RolledBack;
    assert_eq!(bench.heard(), [(1, committed(1)), (2, undone.clone()), (3, committed(1)), (4, undone)]);
    // The second was undone with the first, and both ran again in savepoints; from then on a savepoint undoes one alone.
    assert_eq!(runs.map(|runs| runs.load(Ordering::Relaxed)), [2, 2, 1, 1]);
    assert_eq!(bench.ids(), [1, 3]);
}

#[test]
fn a_job_that_refused_before_it_wrote_costs_nobody_a_second_run() {
    let mut bench = Bench::new(0);
    let first = bench.submit(Lane::Interactive, 1, Verdict::Commit);
    bench.queue.submit(Lane::Interactive, Box::new(Refuse { heard: Arc::clone(&bench.heard) })).unwrap();
    bench.submit(Lane::Interactive, 3, Verdict::Commit);
    bench.batches.run_one(&bench.conn);
    assert_eq!(bench.heard(), [(1, committed(1)), (0, Outcome::RolledBack), (3, committed(1))]);
    assert_eq!(first.load(Ordering::Relaxed), 1);
    assert_eq!(bench.ids(), [1, 3]);
}

#[test]
fn a_job_that_panics_takes_nobody_along() {
    let mut bench = Bench::new(0);
    bench.submit(Lane::Interactive, 1, Verdict::Commit);
    let again = bench.submit(Lane::Interactive, 1, Verdict::Commit);
    bench.batches.run_one(&bench.conn);
    let heard = bench.heard();
    assert_eq!(heard[0], (1, committed(1)));
    assert!(matches!(heard[1], (1, Outcome::Failed(_))), "{heard:?}");
    assert_eq!(again.load(Ordering::Relaxed), 1, "a job that panicked has had its turn");
    assert_eq!(bench.ids(), [1]);
}
