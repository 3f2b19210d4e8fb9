//! Files that wait to be imported: in the data folder, named by their hash, for a week.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use super::source::Source;
use crate::app::App;
use crate::error::{Error, Refusal};

/// Longest file taken, in bytes.
pub const FILE_BYTES_MAX: u64 = 4 << 30;
const FOLDER: &str = "imports";
const KEPT_FOR: Duration = Duration::from_secs(7 * 24 * 3_600);

/// A file that is being received. Taken away again unless it is finished.
#[derive(Debug)]
pub struct Incoming {
    folder: PathBuf,
    path: PathBuf,
    file: File,
    bytes: u64,
    finished: bool,
}

impl Incoming {
    /// Begins to receive a file; old ones are taken away first.
    ///
    /// # Errors
    /// `DiskFull`; `Internal` when the folder cannot be written.
    pub fn begin(app: &App) -> Result<Self, Error> {
        let folder = app.store().dir().join(FOLDER);
        fs::create_dir_all(&folder).map_err(|error| fault(&error))?;
        clean(&folder, app.now().ms());
        let path = folder.join(format!("{}.part", app.ids().next(app.now())));
        let file = File::create_new(&path).map_err(|error| fault(&error))?;
        Ok(Self { folder, path, file, bytes: 0, finished: false })
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// `Invalid` when the file is too long; `DiskFull`.
    pub fn write(&mut self, chunk: &[u8]) -> Result<(), Error> {
        self.bytes += chunk.len() as u64;
        if self.bytes > FILE_BYTES_MAX {
            return Err(too_large());
        }
        self.file.write_all(chunk).map_err(|error| fault(&error))
    }

    /// Looks at what was received and keeps it under its hash.
    ///
    /// # Errors
    /// As `Source::open`.
    pub fn finish(mut self) -> Result<Source, Error> {
        self.file.flush().map_err(|error| fault(&error))?;
        let source = Source::open(&self.path)?;
        let kept = self.folder.join(format!("{}.upload", source.hash));
        fs::rename(&self.path, &kept).map_err(|error| fault(&error))?;
        self.finished = true;
        Ok(source.at(&kept))
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if !self.finished
            && let Err(error) = fs::remove_file(&self.path)
        {
            tracing::warn!(%error, "a broken-off upload could not be taken away");
        }
    }
}

/// The file with a hash, looked at again.
///
/// # Errors
/// `NotFound` when it was never received or is gone; as `Source::open`.
pub fn open(app: &App, hash: &str) -> Result<Source, Error> {
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let path = app.store().dir().join(FOLDER).join(format!("{hash}.upload"));
    if !is_hash || !path.exists() {
        return Err(Error::NotFound("import_file"));
    }
    Source::open(&path)
}

/// The refusal of a file that is too long.
#[must_use]
pub fn too_large() -> Error {
    let gib = FILE_BYTES_MAX >> 30;
    let zh = format!("文件过大，最多 {gib} GiB，请拆分后导入");
    Error::invalid(Refusal::new("too_large", zh, format!("the file is too large: at most {gib} GiB, split it")))
}

fn fault(error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskFull,
        _ => Error::internal(format!("the import folder: {error}")),
    }
}

// Nothing depends on an old file being gone: what cannot be taken away now is next time.
fn clean(folder: &Path, now_ms: i64) {
    let now = Duration::from_millis(u64::try_from(now_ms).unwrap_or(0));
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let changed = entry.metadata().and_then(|facts| facts.modified()).ok();
        let age = changed.and_then(|at| at.duration_since(UNIX_EPOCH).ok()).and_then(|at| now.checked_sub(at));
        if age.is_some_and(|age| age > KEPT_FOR)
            && let Err(error) = fs::remove_file(entry.path())
        {
            tracing::debug!(%error, "an old import file stays for now");
        }
    }
}
