//! When the WAL is copied back into the database file: by the writer, between commits.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rusqlite::wal::CheckpointMode;
use rusqlite::{Connection, MAIN_DB};

use crate::error::Error;
use crate::pragma;

/// Pages in the WAL (4 KiB each) after which a commit is followed by a checkpoint. A larger limit writes hot pages back
/// less often; a smaller one makes the pause shorter.
pub(crate) const WAL_PAGES_MAX: u64 = 2_000;
/// A WAL this long, kept from restarting by readers that never pause together, is worth waiting for them a little.
const WAL_PAGES_WORTH_WAITING: u64 = 8 * WAL_PAGES_MAX;
const WAIT_MS: u64 = 20;
/// A WAL file larger than this is cut when the writer is idle. Below, it is kept: overwriting costs less than growing.
pub(crate) const WAL_PAGES_KEPT: u64 = 4 * WAL_PAGES_MAX;
/// A shorter WAL is left as it is when the writer is idle.
const WAL_PAGES_WORTH_COPYING: u64 = WAL_PAGES_MAX / 4;
/// How long the writer has nothing to do before it tidies up.
pub(crate) const IDLE_AFTER: Duration = Duration::from_millis(300);

pub(crate) struct Checkpoints {
    // Set by SQLite's hook after each commit.
    wal_pages: Arc<AtomicU64>,
    next_at: u64,
    last_seen: u64,
    longest: u64,
    copied: bool,
}

impl Checkpoints {
    pub(crate) fn install(raw: &mut Connection) -> Result<Self, Error> {
        let wal_pages = Arc::new(AtomicU64::new(0));
        let seen = Arc::clone(&wal_pages);
        raw.wal_hook(Some(move |_: &mut rusqlite::hooks::Wal, pages: i32| {
            seen.store(u64::try_from(pages).unwrap_or(0), Ordering::Relaxed);
            Ok(())
        }))?;
        Ok(Self { wal_pages, next_at: WAL_PAGES_MAX, last_seen: 0, longest: 0, copied: true })
    }

    pub(crate) fn wal_pages(&self) -> u64 {
        self.wal_pages.load(Ordering::Relaxed)
    }

    /// Whether something is left to tidy up when idle.
    pub(crate) fn pending(&self) -> bool {
        self.worth_copying() || self.longest > WAL_PAGES_KEPT
    }

    fn worth_copying(&self) -> bool {
        !self.copied && self.wal_pages() >= WAL_PAGES_WORTH_COPYING
    }

    /// Called after each commit that changed something.
    pub(crate) fn after_commit(&mut self, raw: &Connection) {
        let pages = self.wal_pages();
        if pages < self.last_seen {
            // The WAL began again from its start.
            self.next_at = WAL_PAGES_MAX;
        }
        self.last_seen = pages;
        self.longest = self.longest.max(pages);
        self.copied = false;
        if pages >= self.next_at {
            self.run(raw, CheckpointMode::PASSIVE);
            // Until the WAL begins again, only what came since is worth another look.
            self.next_at = pages + WAL_PAGES_MAX / 4;
            if pages >= WAL_PAGES_WORTH_WAITING {
                self.cut(raw);
            }
        }
    }

    /// Called when nothing has come for a while.
    pub(crate) fn idle(&mut self, raw: &Connection) {
        if self.worth_copying() {
            self.run(raw, CheckpointMode::PASSIVE);
            // A reader may have held some pages back; the next commit or the closing copies them.
            self.copied = true;
        }
        if self.longest > WAL_PAGES_KEPT {
            self.cut(raw);
            // When readers stood in the way, the next long WAL is the next occasion.
            self.longest = 0;
        }
    }

    /// Called when the disk is full.
    pub(crate) fn make_room(&mut self, raw: &Connection) {
        self.run(raw, CheckpointMode::PASSIVE);
    }

    /// Copies everything and empties the WAL, if no reader stands in the way for more than a moment.
    pub(crate) fn cut(&mut self, raw: &Connection) {
        let waited = raw.busy_timeout(Duration::from_millis(WAIT_MS));
        self.run(raw, CheckpointMode::TRUNCATE);
        let restored = raw.busy_timeout(Duration::from_millis(pragma::BUSY_MS));
        if let Err(error) = waited.and(restored) {
            tracing::warn!(%error, "the busy timeout could not be set");
        }
    }

    fn run(&mut self, raw: &Connection, mode: CheckpointMode) {
        // A failed checkpoint loses nothing: the commits are in the WAL.
        match raw.wal_checkpoint_v2(Some(MAIN_DB), mode) {
            Ok((in_wal, copied)) => {
                self.copied = in_wal == copied;
                if in_wal == 0 {
                    self.wal_pages.store(0, Ordering::Relaxed);
                }
            }
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => {}
            Err(error) => tracing::warn!(%error, "checkpoint failed, the WAL keeps the commits"),
        }
    }
}
