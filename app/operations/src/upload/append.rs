//! Bytes onto a part file. The file's length is the truth of how much has arrived; whoever sends last goes on, and the one
//! before, whose line is dead or who is another tab, is told to look again.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::UploadId;

use super::{FOLDER, part};
use crate::app::App;
use crate::attachment::take::fault;
use crate::error::{Error, Refusal};

/// Who sends which upload now.
#[derive(Debug, Default)]
pub struct Lanes {
    lanes: Mutex<HashMap<UploadId, Arc<Mutex<u64>>>>,
}

/// The right to append to one upload, until somebody else takes it.
#[derive(Clone, Debug)]
pub struct Lane {
    id: UploadId,
    turn: Arc<Mutex<u64>>,
    own: u64,
}

impl Lanes {
    /// Takes over an upload: what another request still sends to it is refused from now on.
    #[must_use]
    pub fn enter(&self, id: UploadId) -> Lane {
        let mut lanes = lock(&self.lanes);
        // Lanes that nobody is in are forgotten; the turn of a new one cannot be confused with theirs.
        lanes.retain(|_, turn| Arc::strong_count(turn) > 1);
        let turn = Arc::clone(lanes.entry(id).or_default());
        drop(lanes);
        let own = {
            let mut last = lock(&turn);
            *last += 1;
            *last
        };
        Lane { id, turn, own }
    }
}

/// A part file that is being written.
#[derive(Debug)]
pub struct Part {
    lane: Lane,
    file: File,
    size_bytes: u64,
    at: u64,
}

impl Lane {
    /// Opens the part file at `offset`, which must be where it ends.
    ///
    /// # Errors
    /// `Conflict` at a wrong offset; `DiskFull`.
    pub fn open(&self, app: &App, size_bytes: u64, offset: u64) -> Result<Part, Error> {
        let turn = self.mine()?;
        fs::create_dir_all(app.store().dir().join(FOLDER)).map_err(|error| fault(&error))?;
        let mut options = OpenOptions::new();
        let file = options.create(true).truncate(false).write(true).open(part(app, self.id));
        let mut file = file.map_err(|error| fault(&error))?;
        let at = file.seek(SeekFrom::End(0)).map_err(|error| fault(&error))?;
        drop(turn);
        if at != offset {
            let refusal = Refusal::new(
                "wrong_offset",
                format!("服务器已收到 {at} 字节，应从那里继续"),
                format!("{at} bytes have arrived; go on from there"),
            );
            return Err(Error::conflict(refusal.at("upload-offset")));
        }
        Ok(Part { lane: self.clone(), file, size_bytes, at })
    }

    /// Runs what must not meet another request of the same upload.
    ///
    /// # Errors
    /// `Conflict` when somebody else sends it now; what `work` returns.
    pub fn alone<T>(&self, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        let _turn = self.mine()?;
        work()
    }

    fn mine(&self) -> Result<MutexGuard<'_, u64>, Error> {
        let turn = lock(&self.turn);
        if *turn == self.own {
            return Ok(turn);
        }
        let refusal = Refusal::new(
            "upload_taken_over",
            "这个文件正在另一个窗口上传",
            "this file is being sent from another window",
        )
        .help("请在那个窗口继续，或稍后重试", "go on there, or try again in a while");
        Err(Error::conflict(refusal))
    }
}

impl Part {
    /// Appends bytes.
    ///
    /// # Errors
    /// `Invalid` for more than was announced; `Conflict` when somebody else sends it now; `DiskFull`.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let _turn = self.lane.mine()?;
        if self.at + bytes.len() as u64 > self.size_bytes {
            let refusal = Refusal::new(
                "upload_too_long",
                "收到的内容比文件声明的大",
                "more has arrived than the file was to have",
            );
            return Err(Error::invalid(refusal.at("file")));
        }
        self.file.write_all(bytes).map_err(|error| fault(&error))?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    /// Puts what was written onto the disk. How much has arrived in all.
    ///
    /// # Errors
    /// `DiskFull`.
    pub fn sync(&self) -> Result<u64, Error> {
        self.file.sync_data().map_err(|error| fault(&error))?;
        Ok(self.at)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing is left half done in there.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
