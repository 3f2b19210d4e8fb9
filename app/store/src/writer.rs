//! The writer thread: batches, checkpoints, backup slices, questions about itself. The only one that changes the file.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::backup::{self, BackupRequest};
use crate::batch::Batches;
use crate::checkpoint::{Checkpoints, IDLE_AFTER};
use crate::conn::Conn;
use crate::error::Error;
use crate::lock::FolderLock;
use crate::params::sql;
use crate::pragma;
use crate::queue::{Queue, Request, Wake};

/// What `doctor` and the metrics say about the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreFacts {
    /// The SQLite version.
    pub sqlite_version: &'static str,
    /// `full` or `normal`, as the writer's connection reports it.
    pub synchronous: &'static str,
    /// `wal`.
    pub journal_mode: String,
    /// The page size in bytes.
    pub page_size_bytes: u64,
    /// The database's size in bytes, what stands only in the WAL included.
    pub database_bytes: u64,
    /// The WAL's used length in bytes.
    pub wal_bytes: u64,
    /// The file's schema version.
    pub schema_version: u32,
    /// Jobs waiting in the interactive lane.
    pub queued_interactive: usize,
    /// Jobs waiting in the bulk lane.
    pub queued_bulk: usize,
    /// Group commits since the store was opened.
    pub commits: u64,
    /// Jobs committed since the store was opened.
    pub jobs_committed: u64,
    /// The slowest commit since the store was opened, in microseconds.
    pub slowest_commit_us: u64,
}

pub(crate) struct Writer {
    conn: Conn,
    state: State,
    // Let go after the connection, when the thread ends: nobody opens the folder before.
    _lock: FolderLock,
}

/// All of the writer but its connection, which a backup borrows for its whole life.
struct State {
    queue: Arc<Queue>,
    batches: Batches,
    backups: VecDeque<BackupRequest>,
}

impl Writer {
    pub(crate) fn new(mut conn: Conn, queue: Arc<Queue>, lock: FolderLock) -> Result<Self, Error> {
        let checkpoints = Checkpoints::install(&mut conn.raw)?;
        let batches = Batches::new(Arc::clone(&queue), checkpoints);
        let state = State { queue, batches, backups: VecDeque::new() };
        Ok(Self { conn, state, _lock: lock })
    }

    /// Works until the queue is closed and empty.
    pub(crate) fn run(mut self) {
        let Self { conn, state, .. } = &mut self;
        loop {
            match state.wait() {
                Wake::Work => state.turn(conn),
                Wake::Idle => state.batches.checkpoints.idle(&conn.raw),
                Wake::Close => break,
            }
            while let Some(request) = state.backups.pop_front() {
                backup::run(&conn.raw, request, &mut Pause { conn, state });
            }
        }
        state.batches.checkpoints.cut(&conn.raw);
    }
}

impl State {
    fn wait(&self) -> Wake {
        if self.batches.has_taken() {
            return Wake::Work;
        }
        self.queue.wait(self.batches.checkpoints.pending().then_some(IDLE_AFTER))
    }

    fn turn(&mut self, conn: &Conn) {
        for request in self.queue.take_requests() {
            match request {
                // Whoever asked may have gone; then nobody wants to know.
                Request::Facts(answer) => drop(answer.send(self.facts(conn))),
                Request::Optimize(answer) => drop(answer.send(pragma::optimize(&conn.raw))),
                Request::Backup(request) => self.backups.push_back(request),
            }
        }
        self.batches.run_one(conn);
    }

    fn facts(&self, conn: &Conn) -> Result<StoreFacts, Error> {
        let number = |sql: &'static str| conn.value::<u32>(sql, ()).map(|value| u64::from(value.unwrap_or_default()));
        let page_size_bytes = number("PRAGMA page_size")?;
        let (queued_interactive, queued_bulk) = self.queue.lengths();
        Ok(StoreFacts {
            sqlite_version: rusqlite::version(),
            synchronous: pragma::synchronous_word(number("PRAGMA synchronous")?),
            journal_mode: conn.value("PRAGMA journal_mode", ())?.unwrap_or_default(),
            page_size_bytes,
            database_bytes: number("PRAGMA page_count")? * page_size_bytes,
            wal_bytes: self.batches.checkpoints.wal_pages() * page_size_bytes,
            schema_version: conn.value(sql!("SELECT max(version) FROM schema_migration"), ())?.unwrap_or_default(),
            queued_interactive,
            queued_bulk,
            commits: self.batches.commits,
            jobs_committed: self.batches.jobs_committed,
            slowest_commit_us: u64::try_from(self.batches.slowest_commit.as_micros()).unwrap_or(u64::MAX),
        })
    }
}

/// What the writer goes on doing between the slices of a backup.
struct Pause<'w> {
    conn: &'w Conn,
    state: &'w mut State,
}

impl backup::Meanwhile for Pause<'_> {
    fn turn(&mut self) {
        self.state.turn(self.conn);
    }
    fn commit_seq(&self) -> u64 {
        self.state.batches.commits
    }
    fn somebody_waits(&self) -> bool {
        self.state.queue.somebody_waits()
    }
    fn is_closing(&self) -> bool {
        self.state.queue.is_closing()
    }
}
