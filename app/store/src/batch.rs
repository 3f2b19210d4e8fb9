//! Group commit: many jobs in one transaction, one synced commit, then the answers.
//!
//! A job that refuses before it has written anything, as nearly all that refuse do, leaves nothing to undo. Only when one
//! has written first, the transaction is rolled back and its jobs run again, each in a savepoint, and so do the jobs of
//! the next batches: savepoints in every batch cost a tenth of the writer's time, mostly copies of pages.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::checkpoint::Checkpoints;
use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::job::{Outcome, Verdict};
use crate::params::sql;
use crate::queue::{BoxedJob, Queue};

/// Jobs in one commit at most.
const BATCH_JOBS_MAX: usize = 256;
/// Batches that go on with savepoints after a job had to be undone from between others.
const CAREFUL_BATCHES: u32 = 32;
/// No job joins a commit that has been filling for this long, so that the first in it does not wait for ever.
const BATCH_FILL: Duration = Duration::from_millis(8);
/// How long bulk jobs may run in one commit.
pub(crate) const BULK_SLICE: Duration = Duration::from_millis(5);
/// While people wait, bulk work rests this many times as long as its last slice took.
const BULK_REST: u32 = 4;

/// Runs batches and counts them.
pub(crate) struct Batches {
    queue: Arc<Queue>,
    pub(crate) checkpoints: Checkpoints,
    // Interactive jobs taken from the queue, not yet run.
    taken: VecDeque<BoxedJob>,
    bulk: BulkPace,
    // Batches still to run with savepoints.
    careful: u32,
    /// Commits since the store was opened; the last one's number.
    pub(crate) commits: u64,
    /// Jobs in them.
    pub(crate) jobs_committed: u64,
    /// The slowest of them.
    pub(crate) slowest_commit: Duration,
}

#[derive(Default)]
struct Batch {
    ran: Vec<Ran>,
    // Whether a transaction is open, and how many jobs' changes are in it.
    open: bool,
    kept: usize,
    interactive: usize,
    bulk_began: Option<Instant>,
    bulk_took: Duration,
    bulk_rested: bool,
}

/// A job that ran in the open transaction, and how that ended.
struct Ran {
    job: BoxedJob,
    end: End,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// What the batch's earlier jobs did is still in the transaction.
    Whole,
    /// The job had to be undone, and with it all the others.
    Spoilt,
}

enum End {
    Kept,
    Undone,
    Panicked(Error),
}

#[derive(Default)]
struct BulkPace {
    last_end: Option<Instant>,
    last_took: Duration,
}

impl Batches {
    pub(crate) fn new(queue: Arc<Queue>, checkpoints: Checkpoints) -> Self {
        Self {
            queue,
            checkpoints,
            taken: VecDeque::new(),
            bulk: BulkPace::default(),
            careful: 0,
            commits: 0,
            jobs_committed: 0,
            slowest_commit: Duration::ZERO,
        }
    }

    /// Whether jobs were taken from the queue that the last batch had no room or time for.
    pub(crate) fn has_taken(&self) -> bool {
        !self.taken.is_empty()
    }

    /// Runs what is queued as one batch and answers it, then copies the WAL back when it has grown long.
    pub(crate) fn run_one(&mut self, conn: &Conn) {
        let before = self.commits;
        let mut batch = Batch::default();
        match self.fill(conn, &mut batch).and_then(|()| self.commit(conn, &batch)) {
            Ok(()) => self.answer(batch),
            Err(fault) => self.run_one_by_one(conn, batch, &fault),
        }
        if self.commits > before {
            self.checkpoints.after_commit(&conn.raw);
        }
    }

    /// Runs jobs in one transaction until the queue is empty or the batch is full. An error is the whole batch's.
    fn fill(&mut self, conn: &Conn, batch: &mut Batch) -> Result<(), Error> {
        let started = Instant::now();
        let mut savepoints = self.careful > 0;
        self.careful = self.careful.saturating_sub(1);
        while let Some(job) = self.next(batch, started) {
            batch.ran.push(Ran { job, end: End::Undone });
            let last = batch.ran.len() - 1;
            if run_in(conn, batch, last, savepoints)? == Place::Spoilt {
                savepoints = true;
                self.careful = CAREFUL_BATCHES;
                run_again(conn, batch)?;
            }
        }
        Ok(())
    }

    /// The next job of this batch: people first, then bulk work as far as its slice goes.
    fn next(&mut self, batch: &mut Batch, started: Instant) -> Option<BoxedJob> {
        let now = Instant::now();
        self.bulk.note_end(batch, now);
        let room = BATCH_JOBS_MAX.saturating_sub(batch.ran.len());
        if room == 0 || now - started >= BATCH_FILL {
            return None;
        }
        if self.taken.is_empty() {
            self.queue.take_interactive(room, &mut self.taken);
        }
        if let Some(job) = self.taken.pop_front() {
            batch.interactive += 1;
            return Some(job);
        }
        if !self.bulk.may_run(batch, now) {
            return None;
        }
        let job = self.queue.take_bulk()?;
        batch.bulk_began = Some(now);
        Some(job)
    }

    fn commit(&mut self, conn: &Conn, batch: &Batch) -> Result<(), Error> {
        if batch.open {
            self.commit_jobs(conn, batch.kept)?;
        }
        Ok(())
    }

    fn commit_jobs(&mut self, conn: &Conn, jobs: usize) -> Result<(), Error> {
        let started = Instant::now();
        step(conn, sql!("COMMIT"))?;
        self.slowest_commit = self.slowest_commit.max(started.elapsed());
        self.commits += 1;
        self.jobs_committed += jobs as u64;
        Ok(())
    }

    fn answer(&self, batch: Batch) {
        for Ran { job, end } in batch.ran {
            let outcome = match end {
                End::Kept => Outcome::Committed { commit_seq: self.commits },
                End::Undone => Outcome::RolledBack,
                End::Panicked(error) => Outcome::Failed(error),
            };
            tell(job, outcome);
        }
    }

    /// After a fault has taken the batch: what jobs saw of each other is gone, so each runs again in its own transaction.
    fn run_one_by_one(&mut self, conn: &Conn, batch: Batch, fault: &Error) {
        abandon(conn);
        tracing::error!(%fault, jobs = batch.ran.len(), "a batch was rolled back, its jobs are tried again one by one");
        if *fault == Error::DiskFull {
            // What the WAL holds can often be copied into pages the file already has; then the WAL begins again.
            self.checkpoints.make_room(&conn.raw);
        }
        for Ran { mut job, end } in batch.ran {
            let outcome = match end {
                End::Panicked(error) => Outcome::Failed(error),
                // Another program holds the file; asking again for each job would take for ever.
                _ if *fault == Error::Busy => Outcome::Failed(Error::Busy),
                End::Kept | End::Undone => self.run_alone(conn, &mut job),
            };
            tell(job, outcome);
        }
    }

    fn run_alone(&mut self, conn: &Conn, job: &mut BoxedJob) -> Outcome {
        self.try_alone(conn, job).unwrap_or_else(|error| {
            abandon(conn);
            Outcome::Failed(error)
        })
    }

    fn try_alone(&mut self, conn: &Conn, job: &mut BoxedJob) -> Result<Outcome, Error> {
        step(conn, sql!("BEGIN IMMEDIATE"))?;
        let end = run(job, conn);
        check_transaction(conn)?;
        match end {
            End::Kept => {
                self.commit_jobs(conn, 1)?;
                Ok(Outcome::Committed { commit_seq: self.commits })
            }
            End::Undone => step(conn, sql!("ROLLBACK")).map(|()| Outcome::RolledBack),
            End::Panicked(error) => step(conn, sql!("ROLLBACK")).map(|()| Outcome::Failed(error)),
        }
    }
}

impl BulkPace {
    // Bulk work has the writer to itself for a slice; where people are served, it rests between slices.
    fn may_run(&self, batch: &mut Batch, now: Instant) -> bool {
        if batch.bulk_took >= BULK_SLICE {
            return false;
        }
        batch.bulk_rested |= self.last_end.is_none_or(|end| now - end >= self.last_took * BULK_REST);
        batch.interactive == 0 || batch.bulk_rested
    }

    fn note_end(&mut self, batch: &mut Batch, now: Instant) {
        let Some(began) = batch.bulk_began.take() else { return };
        batch.bulk_took += now - began;
        self.last_end = Some(now);
        self.last_took = batch.bulk_took;
    }
}

/// Runs a job of the batch in its transaction, which is begun where none is open.
fn run_in(conn: &Conn, batch: &mut Batch, at: usize, savepoints: bool) -> Result<Place, Error> {
    if !batch.open {
        step(conn, sql!("BEGIN IMMEDIATE"))?;
        batch.open = true;
    }
    // The only job of a transaction is undone with it.
    let alone = batch.kept == 0;
    let savepoint = savepoints && !alone;
    if savepoint {
        step(conn, sql!("SAVEPOINT job"))?;
    }
    conn.take_wrote();
    let ran = &mut batch.ran[at];
    ran.end = run(&mut ran.job, conn);
    let (kept, untouched) = (matches!(ran.end, End::Kept), matches!(ran.end, End::Undone) && !conn.take_wrote());
    check_transaction(conn)?;
    batch.kept += usize::from(kept);
    if savepoint {
        if !kept {
            step(conn, sql!("ROLLBACK TO job"))?;
        }
        step(conn, sql!("RELEASE job"))?;
    } else if !kept && (alone || !untouched) {
        step(conn, sql!("ROLLBACK"))?;
        batch.open = false;
        batch.kept = 0;
        return Ok(if alone { Place::Whole } else { Place::Spoilt });
    }
    Ok(Place::Whole)
}

/// Runs the jobs so far once more, each in a savepoint; only those that panicked have had their turn.
fn run_again(conn: &Conn, batch: &mut Batch) -> Result<(), Error> {
    for at in 0..batch.ran.len() {
        if !matches!(batch.ran[at].end, End::Panicked(_)) {
            run_in(conn, batch, at, true)?;
        }
    }
    Ok(())
}

fn run(job: &mut BoxedJob, conn: &Conn) -> End {
    match catch_unwind(AssertUnwindSafe(|| job.run(&Tx::new(conn)))) {
        Ok(Verdict::Commit) => End::Kept,
        Ok(Verdict::Rollback) => End::Undone,
        Err(panic) => End::Panicked(panicked(panic.as_ref())),
    }
}

fn tell(job: BoxedJob, outcome: Outcome) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| job.done(outcome))) {
        tracing::error!(error = %panicked(panic.as_ref()), "a job panicked while hearing its outcome");
    }
}

fn panicked(panic: &(dyn Any + Send)) -> Error {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Error::Panicked(text.unwrap_or("no message").to_owned())
}

fn step(conn: &Conn, sql: &'static str) -> Result<(), Error> {
    conn.prepare(sql)?.exec(()).map(drop)
}

/// Fails when the job met a disk fault, swallowed or not, or when SQLite has ended the transaction.
fn check_transaction(conn: &Conn) -> Result<(), Error> {
    match conn.take_fault() {
        Some(fault) => Err(fault),
        None if conn.raw.is_autocommit() => Err(Error::Sql("a statement ended the transaction".to_owned())),
        None => Ok(()),
    }
}

/// Rolls back whatever is open, so that the writer can begin again.
fn abandon(conn: &Conn) {
    if !conn.raw.is_autocommit()
        && let Err(error) = step(conn, sql!("ROLLBACK"))
    {
        tracing::error!(%error, "a rollback failed");
    }
    conn.take_fault();
}

#[cfg(test)]
mod tests;
