//! Sealing and opening: to recipients' keys, with a passphrase, or not at all.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::iter;
use std::path::Path;
use std::str::FromStr as _;

use age::secrecy::SecretString;
use age::stream::StreamWriter;
use age::{Decryptor, Encryptor, Identity, IdentityFile, Recipient};
use serde::{Deserialize, Serialize};

use crate::fault::{Exit, Fault};

/// What a sealed archive begins with.
const SEALED: &[u8] = b"age-encryption.org/";

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
pub(super) enum Sealing {
    Sealed(Box<StreamWriter<BufWriter<File>>>),
    Open(BufWriter<File>),
}

impl Sealing {
    pub(super) fn begin(file: File, lock: &Lock) -> Result<Self, Fault> {
        let out = BufWriter::new(file);
        let begun = |error: io::Error| Fault::io("the backup", &error);
        let encryptor = match lock {
            Lock::Open => return Ok(Self::Open(out)),
            Lock::Passphrase(passphrase) => Encryptor::with_user_passphrase(SecretString::from(passphrase.clone())),
            Lock::Recipients(keys) => to_recipients(keys)?,
        };
        Ok(Self::Sealed(Box::new(encryptor.wrap_output(out).map_err(begun)?)))
    }

    /// Ends the seal; the file with everything in it, not yet synced.
    pub(super) fn finish(self) -> io::Result<File> {
        let out = match self {
            Self::Sealed(writer) => writer.finish()?,
            Self::Open(out) => out,
        };
        out.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

impl Write for Sealing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Sealed(writer) => writer.write(bytes),
            Self::Open(out) => out.write(bytes),
        }
    }
    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Sealed(writer) => writer.flush(),
            Self::Open(out) => out.flush(),
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

/// The content of an archive, opened.
pub(super) fn open(path: &Path, keys: &Keys) -> Result<Box<dyn Read>, Fault> {
    let file = File::open(path).map_err(|error| Fault::io(&path.display().to_string(), &error))?;
    let mut source = BufReader::new(file);
    let start = source.fill_buf().map_err(|error| Fault::io(&path.display().to_string(), &error))?;
    if !start.starts_with(SEALED) {
        return Ok(Box::new(source));
    }
    let locked = |error: age::DecryptError| {
        Fault::new(Exit::Refused, "backup_locked", format!("the backup does not open: {error}"))
            .help("give the key with --identity FILE, or the passphrase with --passphrase-stdin")
    };
    let decryptor = Decryptor::new_buffered(source).map_err(locked)?;
    let opened = match keys {
        Keys::Identities(keys) => decryptor.decrypt(keys.iter().map(|key| &**key as &dyn Identity)),
        Keys::Passphrase(passphrase) => {
            let identity = age::scrypt::Identity::new(SecretString::from(passphrase.clone()));
            decryptor.decrypt(iter::once(&identity as &dyn Identity))
        }
        Keys::None => decryptor.decrypt(iter::empty()),
    };
    Ok(Box::new(opened.map_err(locked)?))
}
