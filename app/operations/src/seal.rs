//! Secrets that must be read again, such as a mail account's password: sealed with a key that stands beside the database.
//!
//! Backups take the key along, so that a restored server sends as before: a backup that leaves the house wants sealing.

use std::fs::{self, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::error::Error;

/// The key's file in the data folder.
pub const KEY_FILE: &str = "channel.key";
/// Its length in bytes.
const KEY_BYTES: usize = 32;

/// Seals and opens.
pub struct Sealer {
    key: LessSafeKey,
}

impl Sealer {
    /// Reads the folder's key; makes it when there is none.
    ///
    /// # Errors
    /// `Internal` when the file cannot be read or written, or is not a key.
    pub fn of(dir: &Path) -> Result<Self, Error> {
        let bytes =
            read_or_make(&dir.join(KEY_FILE)).map_err(|error| Error::internal(format!("{KEY_FILE}: {error}")))?;
        Self::new(&bytes)
    }

    fn new(bytes: &[u8]) -> Result<Self, Error> {
        let key = UnboundKey::new(&CHACHA20_POLY1305, bytes).map_err(|_| Error::internal("not a sealing key"))?;
        Ok(Self { key: LessSafeKey::new(key) })
    }

    /// Seals a text for a purpose; it opens for no other.
    ///
    /// # Errors
    /// `Internal` when the system has no randomness.
    pub fn seal(&self, purpose: &str, text: &str) -> Result<Vec<u8>, Error> {
        let mut nonce = [0_u8; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|error| Error::internal(format!("no randomness: {error}")))?;
        let mut sealed = text.as_bytes().to_vec();
        let aad = Aad::from(purpose.as_bytes());
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut sealed)
            .map_err(|_| Error::internal("cannot seal"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed for a purpose; `None` when it was sealed with another key, or was changed.
    #[must_use]
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Option<String> {
        let (nonce, rest) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut rest = rest.to_vec();
        let text = self.key.open_in_place(nonce, Aad::from(purpose.as_bytes()), &mut rest).ok()?;
        String::from_utf8(text.to_vec()).ok()
    }
}

fn read_or_make(path: &Path) -> io::Result<Vec<u8>> {
    match fs::File::open(path) {
        Ok(file) => {
            let mut bytes = Vec::with_capacity(KEY_BYTES);
            file.take(KEY_BYTES as u64 + 1).read_to_end(&mut bytes)?;
            Ok(bytes)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(path),
        Err(error) => Err(error),
    }
}

// Written whole under another name first: half a key would lock every secret that follows.
fn make(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0_u8; KEY_BYTES];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    let partial = path.with_extension("new");
    let _ = fs::remove_file(&partial);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&partial)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    match fs::hard_link(&partial, path) {
        Ok(()) => fs::remove_file(&partial)?,
        // Another thread was first: its key stands.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(&partial)?;
            return fs::read(path);
        }
        Err(error) => return Err(error),
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_purpose_and_key_only() {
        let dir = tempfile::tempdir().unwrap();
        let sealer = Sealer::of(dir.path()).unwrap();
        let sealed = sealer.seal("email", "授权码").unwrap();
        assert_ne!(sealed, sealer.seal("email", "授权码").unwrap());
        assert_eq!(Sealer::of(dir.path()).unwrap().open("email", &sealed).as_deref(), Some("授权码"));
        assert_eq!(sealer.open("sms", &sealed), None);
        let mut changed = sealed.clone();
        changed[NONCE_LEN] ^= 1;
        assert_eq!(sealer.open("email", &changed), None);
        assert_eq!(sealer.open("email", &sealed[..5]), None);
        let other = tempfile::tempdir().unwrap();
        assert_eq!(Sealer::of(other.path()).unwrap().open("email", &sealed), None);
    }

    #[test]
    fn the_key_is_for_its_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        assert!(Sealer::of(dir.path()).is_ok());
        let mode = fs::metadata(dir.path().join(KEY_FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        fs::write(dir.path().join(KEY_FILE), b"short").unwrap();
        assert!(Sealer::of(dir.path()).is_err());
    }
}
