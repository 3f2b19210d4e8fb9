//! From the running server to whoever asked. The service may write to its own folder alone, the caller wherever it likes:
//! so the server writes beside its data, and the caller brings the archive to its place.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use crate::backup::write::{exists, partial_name, sync_folder};
use crate::fault::{Exit, Fault};

/// How names of archives on their way begin.
const PREFIX: &str = ".handed-";
/// How names of copies begin that an archive is made of.
pub(super) const COPY_PREFIX: &str = ".backup-";

/// Where the server leaves the archive that is to become `to`.
pub(crate) fn beside(dir: &Path, now_ms: i64, to: &Path) -> PathBuf {
    let name = blake3::hash(to.as_os_str().as_encoded_bytes()).to_hex();
    dir.join(format!("{PREFIX}{now_ms}-{}", &name[..16]))
}

/// Whether an archive can be written at `to`: asked before hours of work.
///
/// # Errors
/// When it exists, or its folder does not take files.
pub(crate) fn can_write(to: &Path) -> Result<(), Fault> {
    exists(to)?;
    let partial = partial_name(to);
    let tried = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&partial);
    tried.and_then(|_| fs::remove_file(&partial)).map_err(|error| Fault::io("--to", &error))
}

/// Brings the archive from beside the data to its place.
///
/// # Errors
/// When it cannot be brought; it then stays where it is, and the message says where.
pub(crate) fn bring(from: &Path, to: &Path) -> Result<(), Fault> {
    exists(to)?;
    let partial = partial_name(to);
    let brought = fs::rename(from, to).or_else(|_| {
        copy(from, &partial).and_then(|()| fs::rename(&partial, to)).and_then(|()| fs::remove_file(from)).inspect_err(
            // It may not have been made at all.
            |_| drop(fs::remove_file(&partial)),
        )
    });
    brought.and_then(|()| sync_folder(to)).map_err(|error| {
        let message = format!("the backup is whole but could not be brought to `{}`: {error}", to.display());
        let help = format!("it lies at `{}`; move it before the server starts again", from.display());
        Fault::new(Exit::Failed, "backup_not_brought", message).help(help)
    })
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut copy = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
    io::copy(&mut File::open(from)?, &mut copy)?;
    copy.sync_all()
}

/// Takes away what a server that was killed left half made. The caller holds the folder's lock.
///
/// # Errors
/// When the folder cannot be read.
pub(crate) fn clear(dir: &Path) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let path = entry.path();
        if name.starts_with(COPY_PREFIX) && path.is_dir() {
            fs::remove_dir_all(&path)?;
        } else if name.starts_with(PREFIX) && path.is_file() {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}
