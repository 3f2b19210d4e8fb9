//! Files beside the database: named by their content, written whole before any row names them.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The folder of files within the data folder.
const FOLDER: &str = "files";

/// Writes a content under its BLAKE3 name: a temporary file, synced, renamed, the folder synced. The name, in hex.
/// A content that is there already is not written again.
///
/// # Errors
/// The disk's.
pub fn put(data_dir: &Path, content: &[u8]) -> io::Result<String> {
    let hash = blake3::hash(content).to_hex().to_string();
    let path = path(data_dir, &hash).ok_or(io::ErrorKind::InvalidInput)?;
    if path.exists() {
        return Ok(hash);
    }
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    // Two uploads of one content may meet here: each has a name of its own until the rename.
    let temporary = folder.join(format!(".{hash}.{:?}", std::thread::current().id()));
    let mut file = File::create(&temporary)?;
    file.write_all(content)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&temporary, &path)?;
    File::open(folder)?.sync_all()?;
    Ok(hash)
}

/// The same with a file of the data folder, which is moved there: it is read once and never held whole.
///
/// # Errors
/// The disk's.
pub fn put_file(data_dir: &Path, file: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(file)?)?;
    let hash = hasher.finalize().to_hex().to_string();
    let path = path(data_dir, &hash).ok_or(io::ErrorKind::InvalidInput)?;
    if path.exists() {
        return Ok(hash);
    }
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    File::open(file)?.sync_all()?;
    fs::rename(file, &path)?;
    File::open(folder)?.sync_all()?;
    Ok(hash)
}

/// Where a content lies; `None` for what is no name of a content.
#[must_use]
pub fn path(data_dir: &Path, hash: &str) -> Option<PathBuf> {
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let front = hash.get(..2).filter(|_| is_hash)?;
    Some(data_dir.join(FOLDER).join(front).join(hash))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a broken expectation must fail the test")]
    use super::*;

    #[test]
    fn a_content_is_found_under_its_name_and_written_once() {
        let dir = tempfile::tempdir().unwrap();
        let name = put(dir.path(), b"photo").unwrap();
        assert_eq!(put(dir.path(), b"photo").unwrap(), name);
        assert_eq!(fs::read(path(dir.path(), &name).unwrap()).unwrap(), b"photo");
        assert_eq!(path(dir.path(), "../../etc/passwd"), None);
        assert_eq!(fs::read_dir(dir.path().join(FOLDER)).unwrap().count(), 1);
        let film = dir.path().join("film");
        fs::write(&film, b"photo").unwrap();
        assert_eq!(put_file(dir.path(), &film).unwrap(), name);
        fs::write(&film, b"film").unwrap();
        let moved = put_file(dir.path(), &film).unwrap();
        assert!(!film.exists());
        assert_eq!(fs::read(path(dir.path(), &moved).unwrap()).unwrap(), b"film");
    }
}
