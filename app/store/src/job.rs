//! What the writer runs: a job, its verdict, its outcome.

use crate::conn::Tx;
use crate::error::Error;

/// Where a job queues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Somebody waits for it.
    Interactive,
    /// Imports, back-fills, timers. Each job is to take at most 5 ms; larger work is many jobs.
    Bulk,
}

/// What a job wants done with its changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Keep them.
    Commit,
    /// Undo them.
    Rollback,
}

/// What became of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its changes are on the disk.
    Committed {
        /// The number of the group commit since the store was opened; jobs of one group share it.
        commit_seq: u64,
    },
    /// It asked for a rollback, and nothing of it remains. What it saw is on the disk.
    RolledBack,
    /// Nothing of it remains: a disk fault twice in a row, a panic, or the store is closing.
    Failed(Error),
}

/// A unit of work. It may run more than once: a disk fault rolls back the whole group, and each job is tried again alone;
/// so does a job of the group that refuses after it has written.
pub trait Job: Send {
    /// Does the work inside the writer's transaction, from the start each time it is called. Never waits for anything.
    fn run(&mut self, tx: &Tx<'_>) -> Verdict;
    /// Hears what became of it, exactly once, on the writer's thread (on the submitter's when the store is closing).
    /// Returns quickly: everybody waits for it.
    fn done(self: Box<Self>, outcome: Outcome);
}

/// The lane is full; the caller answers 503 with Retry-After.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the queue is full")]
pub struct Full;
