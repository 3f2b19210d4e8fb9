//! One process owns the data folder. The kernel drops the lock when the process ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use crate::error::OpenError;

/// The lock file's name in the data folder. It stays there; only the lock on it counts.
pub(crate) const LOCK_FILE: &str = "returndesk.lock";

/// Held as long as it lives.
#[derive(Debug)]
pub(crate) struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Takes the lock and writes this process's id into the file, or says who has it.
    pub(crate) fn take(dir: &Path) -> Result<Self, OpenError> {
        let path = dir.join(LOCK_FILE);
        let folder = |source: io::Error| OpenError::Folder { path: path.clone(), source };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(folder)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OpenError::Locked { pid: holder(&mut file) }),
            Err(TryLockError::Error(source)) => return Err(folder(source)),
        }
        sign(&mut file).map_err(folder)?;
        Ok(Self { _file: file })
    }
}

fn sign(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(16).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_is_first() {
        let dir = tempfile::tempdir().unwrap();
        let first = FolderLock::take(dir.path()).unwrap();
        let second = FolderLock::take(dir.path()).unwrap_err();
        assert!(matches!(second, OpenError::Locked { pid } if pid == Some(std::process::id())), "{second}");
        drop(first);
        FolderLock::take(dir.path()).unwrap();
    }
}
