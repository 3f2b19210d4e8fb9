//! A copy of the database while it is in use. The writer's own connection copies, in slices between commits: a copy by
//! another connection would begin again at each commit, and one in a single step would stop the writer for its whole time.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rusqlite::backup::{Backup, Progress, StepResult};

use crate::batch::BULK_SLICE;
use crate::error::Error;
use crate::pragma;

/// Pages copied at once: half a megabyte, a fraction of a millisecond.
const PAGES_PER_STEP: i32 = 128;
const SYNC_EVERY: Duration = Duration::from_millis(50);

/// How far a backup is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackupProgress {
    /// Pages copied.
    pub copied_pages: u64,
    /// Pages in all; grows when the database does.
    pub total_pages: u64,
}

/// What a finished backup holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackupReport {
    /// The copy's size in bytes.
    pub bytes: u64,
    /// The last group commit in the copy (see `Outcome::Committed`). Everything up to it is there, nothing after it.
    pub commit_seq: u64,
}

pub(crate) struct BackupRequest {
    pub(crate) path: PathBuf,
    pub(crate) progress: Box<dyn FnMut(BackupProgress) + Send>,
    pub(crate) answer: SyncSender<Result<u64, Error>>,
}

/// What the writer does between two slices.
pub(crate) trait Meanwhile {
    /// Answers requests and runs one batch.
    fn turn(&mut self);
    /// The last commit's number.
    fn commit_seq(&self) -> u64;
    /// Whether interactive jobs are queued.
    fn somebody_waits(&self) -> bool;
    /// Whether the store is closing.
    fn is_closing(&self) -> bool;
}

/// Makes the copy's file, readable by its owner only. It must not exist: a backup never overwrites.
// INVARIANT: the handle is kept until the copying connection is closed; closing it earlier would drop that one's locks.
pub(crate) fn create(path: &Path) -> Result<File, Error> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(|error| io_error(path, &error))
}

/// Waits for the writer to finish the copy and syncs what it has written meanwhile: all at the end would make the
/// commits of that moment wait for hundreds of megabytes.
pub(crate) fn wait(copied: &Receiver<Result<u64, Error>>, file: &File) -> Result<u64, Error> {
    loop {
        match copied.recv_timeout(SYNC_EVERY) {
            Ok(result) => return result,
            Err(RecvTimeoutError::Disconnected) => return Err(Error::ShuttingDown),
            // A failure shows again in `seal`, which counts.
            Err(RecvTimeoutError::Timeout) => drop(file.sync_data()),
        }
    }
}

/// Syncs the finished copy and its folder entry; its size in bytes.
pub(crate) fn seal(path: &Path, file: &File) -> Result<u64, Error> {
    let sync = || -> io::Result<u64> {
        file.sync_all()?;
        if let Some(dir) = path.parent().filter(|dir| !dir.as_os_str().is_empty()) {
            File::open(dir)?.sync_all()?;
        }
        Ok(file.metadata()?.len())
    };
    sync().map_err(|error| io_error(path, &error))
}

/// Takes an unfinished copy away.
pub(crate) fn discard(path: &Path) {
    if let Err(error) = fs::remove_file(path) {
        tracing::warn!(%error, "an unfinished backup copy could not be removed");
    }
}

/// Copies, letting the writer work between slices, and sends the number of the last commit in the copy.
pub(crate) fn run(source: &Connection, mut request: BackupRequest, meanwhile: &mut dyn Meanwhile) {
    let result = copy(source, &mut request, meanwhile);
    // Whoever asked may have gone; the copy's file is theirs either way.
    drop(request.answer.send(result));
}

fn copy(source: &Connection, request: &mut BackupRequest, meanwhile: &mut dyn Meanwhile) -> Result<u64, Error> {
    let mut target = open_target(&request.path)?;
    let backup = Backup::new(source, &mut target)?;
    loop {
        let slice = Instant::now();
        loop {
            match backup.step(PAGES_PER_STEP)? {
                StepResult::Done => return Ok(meanwhile.commit_seq()),
                StepResult::More => {}
                // Another program holds the file for the moment.
                _ => break,
            }
            if slice.elapsed() >= BULK_SLICE || meanwhile.somebody_waits() {
                break;
            }
        }
        (request.progress)(progress(backup.progress()));
        meanwhile.turn();
        if meanwhile.is_closing() {
            return Err(Error::ShuttingDown);
        }
    }
}

fn open_target(path: &Path) -> Result<Connection, Error> {
    let target = Connection::open_with_flags(path, pragma::flags())?;
    // A copy that is interrupted is thrown away, and a finished one is synced once by `seal`.
    target.query_row("PRAGMA journal_mode = OFF", (), |_| Ok(()))?;
    target.pragma_update(None, "synchronous", "OFF")?;
    target.pragma_update(None, "cache_size", -2_048)?;
    Ok(target)
}

fn progress(progress: Progress) -> BackupProgress {
    let pages = |count: i32| u64::try_from(count).unwrap_or(0);
    let total_pages = pages(progress.pagecount);
    BackupProgress { copied_pages: total_pages.saturating_sub(pages(progress.remaining)), total_pages }
}

fn io_error(path: &Path, error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskFull,
        _ => Error::Io(format!("`{}`: {error}", path.display())),
    }
}
