//! The writer's bounded queue: two lanes, and requests to the writer itself.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::backup::BackupRequest;
use crate::error::Error;
use crate::job::{Full, Job, Lane, Outcome};
use crate::writer::StoreFacts;

pub(crate) type BoxedJob = Box<dyn Job>;

/// What others ask of the writer besides running jobs.
pub(crate) enum Request {
    Facts(SyncSender<Result<StoreFacts, Error>>),
    Optimize(SyncSender<Result<(), Error>>),
    Backup(BackupRequest),
}

pub(crate) struct Queue {
    lanes: Mutex<Lanes>,
    work: Condvar,
    interactive_max: usize,
    bulk_max: usize,
    // Mirrors `!lanes.interactive.is_empty()`, so that a bulk slice can look without the lock.
    somebody_waits: AtomicBool,
}

#[derive(Default)]
struct Lanes {
    interactive: VecDeque<BoxedJob>,
    bulk: VecDeque<BoxedJob>,
    requests: Vec<Request>,
    closing: bool,
    writer_sleeps: bool,
}

/// Why the writer woke up.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wake {
    Work,
    /// Nothing came for the time given.
    Idle,
    /// Closing, and both lanes are empty.
    Close,
}

impl Queue {
    pub(crate) fn new(interactive_max: usize, bulk_max: usize) -> Self {
        Self {
            lanes: Mutex::default(),
            work: Condvar::new(),
            interactive_max,
            bulk_max,
            somebody_waits: AtomicBool::new(false),
        }
    }

    pub(crate) fn submit(&self, lane: Lane, job: BoxedJob) -> Result<(), Full> {
        let mut lanes = self.lock();
        if lanes.closing {
            drop(lanes);
            job.done(Outcome::Failed(Error::ShuttingDown));
            return Ok(());
        }
        let (queue, max) = match lane {
            Lane::Interactive => (&mut lanes.interactive, self.interactive_max),
            Lane::Bulk => (&mut lanes.bulk, self.bulk_max),
        };
        if queue.len() >= max {
            return Err(Full);
        }
        queue.push_back(job);
        if lane == Lane::Interactive {
            self.somebody_waits.store(true, Ordering::Relaxed);
        }
        self.wake(lanes);
        Ok(())
    }

    /// Hands the writer a request; `false` when it is closing.
    pub(crate) fn request(&self, request: Request) -> bool {
        let mut lanes = self.lock();
        if lanes.closing {
            return false;
        }
        lanes.requests.push(request);
        self.wake(lanes);
        true
    }

    pub(crate) fn close(&self) {
        let mut lanes = self.lock();
        lanes.closing = true;
        self.wake(lanes);
    }

    pub(crate) fn is_closing(&self) -> bool {
        self.lock().closing
    }

    pub(crate) fn somebody_waits(&self) -> bool {
        self.somebody_waits.load(Ordering::Relaxed)
    }

    /// Sleeps until there is something to do, for `idle` at most when that is given.
    pub(crate) fn wait(&self, idle: Option<Duration>) -> Wake {
        let mut lanes = self.lock();
        loop {
            if !(lanes.interactive.is_empty() && lanes.bulk.is_empty() && lanes.requests.is_empty()) {
                return Wake::Work;
            }
            if lanes.closing {
                return Wake::Close;
            }
            lanes.writer_sleeps = true;
            let timed_out;
            (lanes, timed_out) = match idle {
                Some(limit) => {
                    let (lanes, result) = self.work.wait_timeout(lanes, limit).unwrap_or_else(PoisonError::into_inner);
                    (lanes, result.timed_out())
                }
                None => (self.work.wait(lanes).unwrap_or_else(PoisonError::into_inner), false),
            };
            lanes.writer_sleeps = false;
            if timed_out && lanes.interactive.is_empty() && lanes.bulk.is_empty() && lanes.requests.is_empty() {
                return Wake::Idle;
            }
        }
    }

    /// Moves up to `limit` interactive jobs to the end of `into`.
    pub(crate) fn take_interactive(&self, limit: usize, into: &mut VecDeque<BoxedJob>) {
        if !self.somebody_waits() {
            return;
        }
        let mut lanes = self.lock();
        let count = limit.min(lanes.interactive.len());
        into.extend(lanes.interactive.drain(..count));
        self.somebody_waits.store(!lanes.interactive.is_empty(), Ordering::Relaxed);
    }

    pub(crate) fn take_bulk(&self) -> Option<BoxedJob> {
        self.lock().bulk.pop_front()
    }

    pub(crate) fn take_requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.lock().requests)
    }

    /// Jobs waiting in the interactive and in the bulk lane.
    pub(crate) fn lengths(&self) -> (usize, usize) {
        let lanes = self.lock();
        (lanes.interactive.len(), lanes.bulk.len())
    }

    fn wake(&self, lanes: MutexGuard<'_, Lanes>) {
        let sleeps = lanes.writer_sleeps;
        drop(lanes);
        if sleeps {
            self.work.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Lanes> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
