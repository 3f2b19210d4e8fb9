//! What stands in an archive, and what may.

use std::path::{Component, Path, PathBuf};

use store::DATABASE_FILE;

use crate::backup::{FILES, KEPT, MANIFEST};

/// An entry of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// The manifest.
    Manifest,
    /// The database.
    Database,
    /// A file, by the BLAKE3 of its content.
    File(String),
    /// One of what is kept beside the database.
    Kept(&'static str),
}

impl Entry {
    /// Its path in the archive and in the data folder.
    pub(super) fn path(&self) -> PathBuf {
        match self {
            Self::Manifest => PathBuf::from(MANIFEST),
            Self::Database => PathBuf::from(DATABASE_FILE),
            Self::Kept(path) => PathBuf::from(path),
            Self::File(hash) => Path::new(FILES).join(hash.get(..2).unwrap_or_default()).join(hash),
        }
    }

    /// What a path stands for; nothing but these may be in an archive.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let mut parts = Vec::new();
        for part in path.components() {
            match part {
                Component::Normal(name) => parts.push(name.to_str()?),
                _ => return None,
            }
        }
        match parts.as_slice() {
            [MANIFEST] => Some(Self::Manifest),
            [DATABASE_FILE] => Some(Self::Database),
            [FILES, front, hash] if is_hash(hash) && hash.get(..2) == Some(front) => {
                Some(Self::File((*hash).to_owned()))
            }
            parts => KEPT.iter().find(|kept| kept.split('/').eq(parts.iter().copied())).map(|kept| Self::Kept(kept)),
        }
    }
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_belongs_there_is_taken_out() {
        let hash = "ab".repeat(32);
        for entry in [Entry::Manifest, Entry::Database, Entry::File(hash.clone()), Entry::Kept(KEPT[0])] {
            assert_eq!(Entry::of(&entry.path()), Some(entry));
        }
        for path in [
            "/etc/passwd",
            "../returndesk.db",
            "files/ab/../../x",
            "files/ab",
            "other",
            "files/cd/",
            "tls/server.key",
            "tls",
            "",
        ] {
            assert_eq!(Entry::of(Path::new(path)), None, "{path}");
        }
        assert_eq!(Entry::of(Path::new(&format!("files/cd/{hash}"))), None);
    }
}
