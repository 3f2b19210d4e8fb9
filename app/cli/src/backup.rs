//! A backup is one file: the database as of one commit and the files it names, packed, compressed and sealed. It opens
//! with `age`, `zstd` and `tar` as well. What is written was looked over before, and is looked over when restored.

mod archive;
mod handed;
mod read;
mod record;
mod schedule;
mod seal;
mod write;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::Error;

pub(crate) use handed::{beside, bring, can_write, clear};
pub(crate) use read::restore;
pub(crate) use record::record;
pub(crate) use schedule::Schedule;
pub(crate) use seal::{Keys, Lock};
pub(crate) use write::{Written, write};

use crate::fault::{Exit, Fault};

/// The form of the archive. 2: with what is kept beside the database.
const FORMAT: u32 = 2;
/// The manifest's name in the archive: its first entry.
const MANIFEST: &str = "manifest.json";
/// The folder of files in the archive and in the data folder.
const FILES: &str = "files";
/// What else of the data folder goes along when it is there: devices trust the authority once, so a restored server must
/// still be it, and what channels sign in with is sealed with the key. Certificates under the authority are made anew.
const KEPT: &[&str] = &["tls/ca.pem", "tls/ca.key", operations::seal::KEY_FILE];
/// How long a copy may be read for looking it over.
const LOOK_MS: u32 = 3_600_000;

/// What an archive says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The form of the archive.
    pub(crate) format: u32,
    /// The program that wrote it.
    pub(crate) program: String,
    /// The database's schema.
    pub(crate) schema: u32,
    /// When, in UTC milliseconds.
    pub(crate) created_at: i64,
    /// The database's size in bytes.
    pub(crate) database_bytes: u64,
    /// BLAKE3 of the database, hex.
    pub(crate) database_blake3: String,
    /// How many files follow it.
    pub(crate) files: u64,
    /// What is kept beside the database: path in the data folder, and BLAKE3, hex. Archives of the first form have none.
    #[serde(default)]
    pub(crate) kept: BTreeMap<String, String>,
    /// The last event in it; archives of the first form do not say it.
    #[serde(default)]
    pub(crate) last_event: i64,
}

/// How far a backup is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    /// What is being done.
    pub(crate) doing: String,
    /// How much is done.
    pub(crate) done: u64,
    /// Of how much.
    pub(crate) total: u64,
}

/// Looks a copy over: damage, references, the chain of events. Opens it as a folder of its own.
fn look_over(dir: &std::path::Path) -> Result<(), Fault> {
    let store = store::Store::open(dir, &store::OpenOptions { readers: 1, ..store::OpenOptions::default() })?;
    let found = store.read(LOOK_MS, |conn| {
        let mut found = store::check::integrity(conn, 5)?;
        let broken = store::check::broken_references(conn, 5)?;
        found.extend(broken.iter().map(|one| format!("{} {} refers to nothing", one.table, one.row)));
        if let (_, Some(broken)) = store::event::verify_chain(conn)? {
            found.push(format!("the chain of events breaks at {}", broken.event_id));
        }
        Ok(found)
    });
    store.close();
    let found = found.map_err(|error: Error| Fault::new(Exit::Failed, "backup_unreadable", error.to_string()))?;
    if found.is_empty() {
        return Ok(());
    }
    Err(Fault::new(Exit::Failed, "backup_damaged", format!("the copy is damaged: {}", found.join("; ")))
        .help("see `returndesk doctor --deep`"))
}
