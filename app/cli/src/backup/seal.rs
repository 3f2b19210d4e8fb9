//! Sealing and opening: to recipients' keys, with a passphrase, or not at all. What is sealed is filled up to whole
//! chunks, so that a file that was cut can be told from one that was changed.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::iter;
use std::path::Path;
use std::rc::Rc;
use std::str::FromStr as _;

use age::secrecy::SecretString;
use age::stream::StreamWriter;
use age::{DecryptError, Decryptor, Encryptor, Identity, IdentityFile, Recipient};
use serde::{Deserialize, Serialize};

use crate::fault::{Exit, Fault};

/// What a sealed archive begins with.
const SEALED: &[u8] = b"age-encryption.org/";
/// Fewest characters of a passphrase.
const MIN_PASSPHRASE_CHARS: usize = 12;
/// What age seals at once, in bytes.
const CHUNK_BYTES: u64 = 65_536;
/// What it adds to each, in bytes.
const TAG_BYTES: u64 = 16;
/// What begins a frame that zstd skips; its length follows in four bytes, little end first.
const SKIPPED: [u8; 4] = 0x184D_2A50_u32.to_le_bytes();
/// `SKIPPED` and the length.
const SKIPPED_HEAD_BYTES: u64 = 8;

/// Who can open an archive.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Lock {
    /// The holders of the keys to these recipients (`age1…`).
    Recipients(Vec<String>),
    /// Whoever knows the passphrase.
    Passphrase(String),
    /// Anybody.
    Open,
}

/// What opens an archive.
pub(crate) enum Keys {
    /// A file of `AGE-SECRET-KEY-…` lines.
    Identities(Vec<Box<dyn Identity + Send + Sync>>),
    /// The passphrase.
    Passphrase(String),
    /// Nothing: only an open archive.
    None,
}

/// Where an archive is written to.
pub(super) struct Sealing {
    out: Out,
    written_bytes: u64,
}

enum Out {
    Sealed(Box<StreamWriter<BufWriter<File>>>),
    Open(BufWriter<File>),
}

/// The content of an archive, opened.
pub(super) struct Opened {
    /// The content.
    pub(super) content: Box<dyn Read>,
    /// Whether the file does not end where a sealed one ends.
    pub(super) is_cut: bool,
}

impl Sealing {
    pub(super) fn begin(file: File, lock: &Lock) -> Result<Self, Fault> {
        let out = BufWriter::new(file);
        let begun = |error: io::Error| Fault::io("the backup", &error);
        let encryptor = match lock {
            Lock::Open => return Ok(Self { out: Out::Open(out), written_bytes: 0 }),
            Lock::Passphrase(passphrase) => Encryptor::with_user_passphrase(SecretString::from(passphrase.clone())),
            Lock::Recipients(keys) => to_recipients(keys)?,
        };
        let out = Out::Sealed(Box::new(encryptor.wrap_output(out).map_err(begun)?));
        Ok(Self { out, written_bytes: 0 })
    }

    /// Ends the seal; the file with everything in it, not yet synced.
    pub(super) fn finish(mut self) -> io::Result<File> {
        self.fill_up()?;
        let out = match self.out {
            Out::Sealed(writer) => writer.finish()?,
            Out::Open(out) => out,
        };
        out.into_inner().map_err(io::IntoInnerError::into_error)
    }

    /// Ends the last chunk with a frame that zstd skips.
    fn fill_up(&mut self) -> io::Result<()> {
        let bytes = filling(self.written_bytes);
        let Some(length) = bytes.checked_sub(SKIPPED_HEAD_BYTES) else { return Ok(()) };
        self.write_all(&SKIPPED)?;
        self.write_all(&u32::try_from(length).map_err(io::Error::other)?.to_le_bytes())?;
        io::copy(&mut io::repeat(0).take(length), self).map(drop)
    }
}

/// How many bytes make whole chunks of so many: none, or at least the head of a skipped frame.
fn filling(written_bytes: u64) -> u64 {
    let missing = (CHUNK_BYTES - written_bytes % CHUNK_BYTES) % CHUNK_BYTES;
    if (1..SKIPPED_HEAD_BYTES).contains(&missing) { missing + CHUNK_BYTES } else { missing }
}

impl Write for Sealing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match &mut self.out {
            Out::Sealed(writer) => writer.write(bytes),
            Out::Open(out) => out.write(bytes),
        }?;
        self.written_bytes += u64::try_from(written).unwrap_or(0);
        Ok(written)
    }
    fn flush(&mut self) -> io::Result<()> {
        match &mut self.out {
            Out::Sealed(writer) => writer.flush(),
            Out::Open(out) => out.flush(),
        }
    }
}

impl Lock {
    /// Refuses what would seal nothing.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        match self {
            Self::Open => Ok(()),
            Self::Recipients(keys) => to_recipients(keys).map(drop),
            Self::Passphrase(passphrase) if passphrase.chars().count() >= MIN_PASSPHRASE_CHARS => Ok(()),
            Self::Passphrase(_) => {
                let message = format!("a passphrase has at least {MIN_PASSPHRASE_CHARS} characters");
                Err(Fault::usage("passphrase_too_short", message))
            }
        }
    }
}

fn to_recipients(keys: &[String]) -> Result<Encryptor, Fault> {
    let parse = |key: &String| {
        let malformed = |why: &str| {
            Fault::usage("recipient_malformed", format!("`{key}` is no recipient: {why}"))
                .help("a recipient begins with age1; `age-keygen` makes one with its key")
        };
        age::x25519::Recipient::from_str(key.trim()).map_err(malformed)
    };
    let recipients: Vec<_> = keys.iter().map(parse).collect::<Result<_, _>>()?;
    let refused = |error: age::EncryptError| Fault::usage("recipient_malformed", error.to_string());
    Encryptor::with_recipients(recipients.iter().map(|one| one as &dyn Recipient)).map_err(refused)
}

impl Keys {
    /// Reads a file of keys.
    pub(crate) fn from_file(path: &Path) -> Result<Self, Fault> {
        let unreadable = |error: &dyn std::fmt::Display| {
            Fault::usage("identity_unreadable", format!("`{}`: {error}", path.display()))
        };
        let file = File::open(path).map_err(|error| unreadable(&error))?;
        let file = IdentityFile::from_buffer(BufReader::new(file)).map_err(|error| unreadable(&error))?;
        file.into_identities().map(Self::Identities).map_err(|error| unreadable(&error))
    }
}

/// Opens an archive.
pub(super) fn open(path: &Path, keys: &Keys) -> Result<Opened, Fault> {
    let unreadable = |error: &io::Error| Fault::io(&path.display().to_string(), error);
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    let file_bytes = file.metadata().map_err(|error| unreadable(&error))?.len();
    let mut source = Counted { from: BufReader::new(file), read_bytes: Rc::new(Cell::new(0)) };
    let start = source.fill_buf().map_err(|error| unreadable(&error))?;
    if !start.starts_with(SEALED) {
        // The beginning of a sealed one, no more.
        let is_cut = SEALED.starts_with(start);
        return Ok(Opened { content: Box::new(source), is_cut });
    }
    let head_bytes = Rc::clone(&source.read_bytes);
    let decryptor = Decryptor::new_buffered(source).map_err(locked)?;
    let opened = match keys {
        Keys::Identities(keys) => decryptor.decrypt(keys.iter().map(|key| &**key as &dyn Identity)),
        Keys::Passphrase(passphrase) => {
            let identity = age::scrypt::Identity::new(SecretString::from(passphrase.clone()));
            decryptor.decrypt(iter::once(&identity as &dyn Identity))
        }
        Keys::None => decryptor.decrypt(iter::empty()),
    };
    let content = opened.map_err(locked)?;
    let sealed_bytes = file_bytes.saturating_sub(head_bytes.get());
    let is_cut = sealed_bytes == 0 || !sealed_bytes.is_multiple_of(CHUNK_BYTES + TAG_BYTES);
    Ok(Opened { content: Box::new(content), is_cut })
}

/// Why a sealed archive does not open: its head is spoilt, or the key is another's.
fn locked(error: DecryptError) -> Fault {
    match error {
        DecryptError::Io(error) => spoilt(&error, false),
        DecryptError::InvalidHeader | DecryptError::InvalidMac | DecryptError::UnknownFormat => {
            damaged(&error.to_string())
        }
        error => Fault::new(Exit::Refused, "backup_locked", format!("this key does not open the backup: {error}"))
            .help("give the key with --identity FILE, or the passphrase with --passphrase-stdin"),
    }
}

/// Why an archive could not be read to its end; `is_cut` as `Opened` says it.
pub(super) fn spoilt(error: &io::Error, is_cut: bool) -> Fault {
    if is_cut || error.kind() == io::ErrorKind::UnexpectedEof {
        let message = format!("the backup is cut off: a part of the file is missing at its end ({error})");
        return Fault::new(Exit::Failed, "backup_truncated", message)
            .help("copy it again from where it was written, or take another backup");
    }
    damaged(&error.to_string())
}

/// An archive whose content is not what was written.
pub(super) fn damaged(what: &str) -> Fault {
    Fault::new(Exit::Failed, "backup_damaged", format!("the backup is damaged: {what}"))
        .help("copy it again from where it was written, or take another backup")
}

/// Counts what was taken, so that the head's length is known.
struct Counted<R> {
    from: R,
    read_bytes: Rc<Cell<u64>>,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        self.count(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.from.fill_buf()
    }
    fn consume(&mut self, bytes: usize) {
        self.from.consume(bytes);
        self.count(bytes);
    }
}

impl<R> Counted<R> {
    fn count(&self, bytes: usize) {
        self.read_bytes.set(self.read_bytes.get() + u64::try_from(bytes).unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_ends_with_a_whole_chunk() {
        for written in [0, 1, 100, CHUNK_BYTES - 9, CHUNK_BYTES - 8, CHUNK_BYTES - 7, CHUNK_BYTES - 1, CHUNK_BYTES] {
            let more = filling(written);
            assert_eq!((written + more) % CHUNK_BYTES, 0, "{written}");
            assert!(more == 0 || more >= SKIPPED_HEAD_BYTES, "{written} {more}");
        }
    }
}
