//! Opening a data folder, and the handle through which everybody else uses it.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;

use crate::backup::{self, BackupProgress, BackupReport, BackupRequest};
use crate::conn::Conn;
use crate::error::{Error, OpenError};
use crate::filesystem;
use crate::job::{Full, Job, Lane};
use crate::lock::FolderLock;
use crate::migrate;
use crate::pragma;
use crate::queue::{Queue, Request};
use crate::readers::Readers;
use crate::writer::{StoreFacts, Writer};

/// The database's name in the data folder.
pub const DATABASE_FILE: &str = "returndesk.db";

/// How a data folder is opened.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// Connections that read; by default one more than there are processors.
    pub readers: usize,
    /// Interactive jobs that may wait.
    pub queue_interactive: usize,
    /// Bulk jobs that may wait.
    pub queue_bulk: usize,
    /// What a commit waits for.
    pub synchronous: Synchronous,
    /// Whether folder and database are made when they do not exist.
    pub create: bool,
    /// Whether a FUSE file system is taken for a local disk.
    pub allow_fuse: bool,
}

/// What a commit waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Synchronous {
    /// The disk: an answered command survives a power cut.
    #[default]
    Full,
    /// Nothing: only for the proof that the power-cut test finds lost commits.
    Normal,
}

/// An open data folder. Cloning gives another handle to the same one.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    dir: PathBuf,
    queue: Arc<Queue>,
    readers: Readers,
    writer: Mutex<Option<JoinHandle<()>>>,
}

/// The linked SQLite's version.
#[must_use]
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self {
            readers: thread::available_parallelism().map_or(2, usize::from) + 1,
            queue_interactive: 1_024,
            queue_bulk: 256,
            synchronous: Synchronous::Full,
            create: false,
            allow_fuse: false,
        }
    }
}

impl Store {
    /// Takes the folder's lock, brings the database to this binary's schema, and starts the writer.
    ///
    /// # Errors
    /// See `OpenError`; the folder is left as it was, except that migrations before a failed one stay applied.
    pub fn open(dir: &Path, options: &OpenOptions) -> Result<Self, OpenError> {
        pragma::check_sqlite()?;
        let file = dir.join(DATABASE_FILE);
        prepare_folder(dir, &file, options)?;
        let lock = FolderLock::take(dir)?;
        let raw = open_database(&file, options)?;
        migrate::migrate(&raw, migrate::MIGRATIONS)?;
        pragma::optimize(&raw).map_err(OpenError::Database)?;
        let readers = Readers::open(&file, options.readers).map_err(OpenError::Database)?;
        let queue = Arc::new(Queue::new(options.queue_interactive, options.queue_bulk));
        let writer = Writer::new(Conn::new(raw), Arc::clone(&queue), lock).map_err(OpenError::Database)?;
        let thread = thread::Builder::new().name("store-writer".to_owned()).spawn(move || writer.run());
        let thread = thread.map_err(|source| OpenError::Folder { path: dir.to_owned(), source })?;
        let dir = dir.to_owned();
        Ok(Self { inner: Arc::new(Inner { dir, queue, readers, writer: Mutex::new(Some(thread)) }) })
    }
}

impl Store {
    /// The data folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.inner.dir
    }

    /// Queues a job.
    ///
    /// # Errors
    /// `Full`: the lane has no room. While the store is closing, the job hears `ShuttingDown` instead.
    pub fn submit(&self, lane: Lane, job: Box<dyn Job>) -> Result<(), Full> {
        self.inner.queue.submit(lane, job)
    }

    /// Whether interactive jobs wait: a long bulk job looks now and then, and ends early for them.
    #[must_use]
    pub fn somebody_waits(&self) -> bool {
        self.inner.queue.somebody_waits()
    }

    /// Runs `read` on this thread with a pooled connection; each of its statements sees the last commit before it.
    /// `deadline_ms` covers the wait for a connection too.
    ///
    /// # Errors
    /// What `read` returns; `Deadline`; `Busy` when no connection became free.
    pub fn read<T>(&self, deadline_ms: u32, read: impl FnOnce(&Conn) -> Result<T, Error>) -> Result<T, Error> {
        self.inner.readers.read(deadline_ms, read)
    }

    /// Like `read`, but all statements see the same commit. Long ones keep the WAL from restarting.
    ///
    /// # Errors
    /// As `read`.
    pub fn read_snapshot<T>(&self, deadline_ms: u32, read: impl FnOnce(&Conn) -> Result<T, Error>) -> Result<T, Error> {
        self.inner.readers.read_snapshot(deadline_ms, read)
    }

    /// What the store says about itself, asked of the writer.
    ///
    /// # Errors
    /// `ShuttingDown`, or what the writer's questions to SQLite failed with.
    pub fn facts(&self) -> Result<StoreFacts, Error> {
        let (answer, asked) = sync_channel(1);
        self.ask(Request::Facts(answer), &asked)?
    }

    /// Refreshes stale planner statistics; for once a day.
    ///
    /// # Errors
    /// `ShuttingDown`, or what SQLite failed with.
    pub fn optimize(&self) -> Result<(), Error> {
        let (answer, asked) = sync_channel(1);
        self.ask(Request::Optimize(answer), &asked)?
    }

    /// Copies the database to `path`, which must not exist, while work goes on; returns when the copy is synced.
    /// `progress` is called on the writer's thread and must be quick. A copy that fails is taken away.
    ///
    /// # Errors
    /// `DiskFull`, `Io`, `ShuttingDown`, or what SQLite failed with.
    pub fn backup_to(
        &self,
        path: &Path,
        progress: impl FnMut(BackupProgress) + Send + 'static,
    ) -> Result<BackupReport, Error> {
        let file = backup::create(path)?;
        let (answer, copied) = sync_channel(1);
        let request = BackupRequest { path: path.to_owned(), progress: Box::new(progress), answer };
        let commit_seq = match self.inner.queue.request(Request::Backup(request)) {
            true => backup::wait(&copied, &file),
            false => Err(Error::ShuttingDown),
        };
        let report =
            commit_seq.and_then(|commit_seq| Ok(BackupReport { bytes: backup::seal(path, &file)?, commit_seq }));
        if report.is_err() {
            backup::discard(path);
        }
        report
    }

    /// Whether it was told to close: what is refused from now on will not be taken later.
    #[must_use]
    pub fn is_closing(&self) -> bool {
        self.inner.queue.is_closing()
    }

    /// Runs what is queued, empties the WAL and lets go of the folder. Other handles answer `ShuttingDown` from now on.
    pub fn close(self) {
        self.inner.close();
    }

    fn ask<T>(&self, request: Request, asked: &Receiver<T>) -> Result<T, Error> {
        if !self.inner.queue.request(request) {
            return Err(Error::ShuttingDown);
        }
        asked.recv().map_err(|_| Error::ShuttingDown)
    }
}

impl Inner {
    fn close(&self) {
        // The readers first, so that none stands in the way of emptying the WAL.
        self.readers.close();
        self.queue.close();
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        // The last handle may go away on the writer's own thread, in a job that is being answered.
        if let Some(writer) = writer.filter(|writer| writer.thread().id() != thread::current().id())
            && writer.join().is_err()
        {
            tracing::error!("the writer thread panicked");
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}

impl Synchronous {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Full => "FULL",
            Self::Normal => "NORMAL",
        }
    }
}

fn prepare_folder(dir: &Path, file: &Path, options: &OpenOptions) -> Result<(), OpenError> {
    let folder = |path: &Path| {
        let path = path.to_owned();
        move |source: io::Error| OpenError::Folder { path, source }
    };
    if options.create {
        DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(folder(dir))?;
    }
    if !options.create && !file.exists() {
        return Err(OpenError::Missing(dir.to_owned()));
    }
    filesystem::check(dir, options.allow_fuse)?;
    if !file.exists() {
        // SQLite gives the WAL the same rights as the database.
        let made = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
        made.map(drop).map_err(folder(file))?;
        // The first commit must not vanish with the names of its file and folder.
        let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty());
        for folder_path in [Some(dir), parent].into_iter().flatten() {
            File::open(folder_path).and_then(|opened| opened.sync_all()).map_err(folder(folder_path))?;
        }
    }
    Ok(())
}

fn open_database(file: &Path, options: &OpenOptions) -> Result<Connection, OpenError> {
    let database = |error: rusqlite::Error| OpenError::Database(Error::from_sqlite(error));
    let raw = Connection::open_with_flags(file, pragma::flags()).map_err(database)?;
    let application: i32 = raw.query_row("PRAGMA application_id", (), |row| row.get(0)).map_err(database)?;
    let tables: i64 = raw.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0)).map_err(database)?;
    match (application, tables) {
        (pragma::APPLICATION_ID, _) => {}
        (0, 0) => raw.pragma_update(None, "application_id", pragma::APPLICATION_ID).map_err(database)?,
        _ => return Err(OpenError::NotOurs(file.to_owned())),
    }
    pragma::set_up_writer(&raw, options.synchronous).map_err(OpenError::Database)?;
    Ok(raw)
}
