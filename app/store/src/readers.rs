//! The fixed pool of read-only connections. A read borrows one, runs on the caller's thread and has a deadline.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::conn::Conn;
use crate::error::Error;
use crate::pragma;

/// How long a read waits for a free connection at most, whatever its deadline.
const WAIT_MS_MAX: u64 = 2_000;
/// Virtual machine steps between looks at the clock: about ten microseconds.
const STEPS_PER_LOOK: i32 = 1_000;

pub(crate) struct Readers {
    // The last one used is taken first: its cache is warm.
    idle: Mutex<Idle>,
    freed: Condvar,
    epoch: Instant,
}

#[derive(Default)]
struct Idle {
    readers: Vec<Reader>,
    closed: bool,
}

struct Reader {
    conn: Conn,
    // Microseconds after the epoch at which the running read is interrupted.
    deadline_us: Arc<AtomicU64>,
}

/// Gives the reader back, also when the read panics.
struct Borrowed<'p> {
    pool: &'p Readers,
    reader: Option<Reader>,
}

impl Readers {
    pub(crate) fn open(file: &Path, count: usize) -> Result<Self, Error> {
        let epoch = Instant::now();
        let readers = (0..count.max(1)).map(|_| Reader::open(file, epoch)).collect::<Result<_, _>>()?;
        Ok(Self { idle: Mutex::new(Idle { readers, closed: false }), freed: Condvar::new(), epoch })
    }

    /// Runs `read` on a free connection. Each statement sees the last commit before it.
    pub(crate) fn read<T>(&self, deadline_ms: u32, read: impl FnOnce(&Conn) -> Result<T, Error>) -> Result<T, Error> {
        let started = Instant::now();
        let deadline = Duration::from_millis(deadline_ms.into());
        let borrowed = self.borrow(started, deadline)?;
        let Some(reader) = &borrowed.reader else { return Err(Error::ShuttingDown) };
        let end_us = (started + deadline).duration_since(self.epoch).as_micros();
        reader.deadline_us.store(u64::try_from(end_us).unwrap_or(u64::MAX), Ordering::Relaxed);
        read(&reader.conn)
    }

    /// Like `read`, but all statements see the same commit.
    pub(crate) fn read_snapshot<T>(
        &self,
        deadline_ms: u32,
        read: impl FnOnce(&Conn) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.read(deadline_ms, |conn| {
            conn.raw.prepare_cached("BEGIN DEFERRED")?.execute(())?;
            // Given back, an open transaction is rolled back.
            let result = read(conn)?;
            conn.raw.prepare_cached("COMMIT")?.execute(())?;
            Ok(result)
        })
    }

    /// Closes the idle connections now and the borrowed ones when they come back.
    pub(crate) fn close(&self) {
        let mut idle = self.lock();
        idle.closed = true;
        idle.readers.clear();
        drop(idle);
        self.freed.notify_all();
    }

    fn borrow(&self, started: Instant, deadline: Duration) -> Result<Borrowed<'_>, Error> {
        let wait = deadline.min(Duration::from_millis(WAIT_MS_MAX));
        let mut idle = self.lock();
        loop {
            if idle.closed {
                return Err(Error::ShuttingDown);
            }
            if let Some(reader) = idle.readers.pop() {
                return Ok(Borrowed { pool: self, reader: Some(reader) });
            }
            let left = wait.checked_sub(started.elapsed()).ok_or(Error::Busy)?;
            idle = self.freed.wait_timeout(idle, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reader {
    fn open(file: &Path, epoch: Instant) -> Result<Self, Error> {
        let raw = Connection::open_with_flags(file, pragma::flags())?;
        pragma::set_up_reader(&raw)?;
        let deadline_us = Arc::new(AtomicU64::new(u64::MAX));
        let seen = Arc::clone(&deadline_us);
        let overdue = move || epoch.elapsed().as_micros() >= u128::from(seen.load(Ordering::Relaxed));
        let mut raw = raw;
        raw.progress_handler(STEPS_PER_LOOK, Some(overdue))?;
        Ok(Self { conn: Conn::new(raw), deadline_us })
    }

    /// Ends a snapshot that an error or a panic left open.
    fn tidy(&self) {
        self.deadline_us.store(u64::MAX, Ordering::Relaxed);
        self.conn.take_fault();
        if !self.conn.raw.is_autocommit()
            && let Err(error) = self.conn.raw.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "a reader's snapshot could not be ended");
        }
    }
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        let Some(reader) = self.reader.take() else { return };
        reader.tidy();
        let mut idle = self.pool.lock();
        if !idle.closed {
            idle.readers.push(reader);
        }
        drop(idle);
        self.pool.freed.notify_one();
    }
}
