//! Restoring an archive: taken out beside its place, looked over, and only then put there.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use store::{DATABASE_FILE, OpenError, OpenOptions as StoreOptions, Store};
use tar::Archive;
use tempfile::TempDir;
use zstd::stream::read::Decoder;

use crate::backup::archive::Entry;
use crate::backup::seal::{Keys, Opened, damaged, open, spoilt};
use crate::backup::{FORMAT, Manifest, look_over};
use crate::fault::{Exit, Fault};

/// Longest manifest, in bytes.
const MAX_MANIFEST_BYTES: u64 = 64 * 1_024;

/// What was restored.
#[derive(Clone, Debug)]
pub(crate) struct Restored {
    /// What the archive says about itself.
    pub(crate) manifest: Manifest,
    /// Where the folder went that was there before.
    pub(crate) before: Option<PathBuf>,
}

/// Restores an archive to the folder `dir`: missing, empty, or with `replace` put aside as a whole. `stamp` names what
/// is put aside.
pub(crate) fn restore(from: &Path, dir: &Path, keys: &Keys, replace: bool, stamp: i64) -> Result<Restored, Fault> {
    let occupied = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if occupied && !replace {
        let message = format!("`{}` is not empty", dir.display());
        return Err(Fault::new(Exit::Refused, "folder_not_empty", message)
            .help("restore to another folder, or put this one aside with --replace"));
    }
    if occupied {
        require_idle(dir)?;
    }
    let failed = |error: io::Error| Fault::io("the data folder", &error);
    let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    DirBuilder::new().recursive(true).create(parent).map_err(failed)?;
    let mut builder = tempfile::Builder::new();
    // As every data folder: its owner's alone.
    builder.prefix(".restoring-").permissions(Permissions::from_mode(0o700));
    let made = builder.tempdir_in(parent).map_err(failed)?;
    let manifest = take_out(from, made.path(), keys)?;
    look_over(made.path())?;
    let before = put(made, dir, parent, occupied, stamp).map_err(failed)?;
    Ok(Restored { manifest, before })
}

/// A folder that a process works on is not put aside under it.
fn require_idle(dir: &Path) -> Result<(), Fault> {
    match Store::open(dir, &StoreOptions { readers: 1, ..StoreOptions::default() }) {
        Ok(store) => store.close(),
        Err(error @ OpenError::Locked { .. }) => return Err(error.into()),
        // A folder that does not open any more is why somebody restores.
        Err(_) => {}
    }
    Ok(())
}

/// Puts the new folder in its place; where the old one went.
fn put(made: TempDir, dir: &Path, parent: &Path, occupied: bool, stamp: i64) -> io::Result<Option<PathBuf>> {
    let before = occupied.then(|| {
        let mut name = dir.file_name().unwrap_or_default().to_owned();
        name.push(format!(".before-restore-{stamp}"));
        parent.join(name)
    });
    match &before {
        Some(before) => fs::rename(dir, before)?,
        None if dir.exists() => fs::remove_dir(dir)?,
        None => {}
    }
    fs::rename(made.keep(), dir)?;
    File::open(parent)?.sync_all()?;
    Ok(before)
}

fn take_out(from: &Path, dir: &Path, keys: &Keys) -> Result<Manifest, Fault> {
    let Opened { content, is_cut } = open(from, keys)?;
    let failed = |error: io::Error| spoilt(&error, is_cut);
    let source = Decoder::new(content).map_err(failed)?;
    let mut archive = Archive::new(source);
    let mut entries = archive.entries().map_err(failed)?;
    let first = entries.next().ok_or_else(|| spoilt(&io::ErrorKind::UnexpectedEof.into(), is_cut))?.map_err(failed)?;
    let manifest = read_manifest(first)?;
    let (mut databases, mut files, mut kept) = (0, 0, 0);
    for entry in entries {
        let mut entry = entry.map_err(failed)?;
        let path = entry.path().map_err(failed)?.into_owned();
        match Entry::of(&path) {
            Some(Entry::Database) => {
                check(&write(dir, &Entry::Database, &mut entry).map_err(failed)?, &manifest.database_blake3)?;
                databases += 1;
            }
            Some(Entry::File(hash)) => {
                check(&write(dir, &Entry::File(hash.clone()), &mut entry).map_err(failed)?, &hash)?;
                files += 1;
            }
            Some(Entry::Kept(path)) => {
                let expected = manifest.kept.get(path).ok_or_else(|| wrong(&format!("`{path}` is not announced")))?;
                check(&write(dir, &Entry::Kept(path), &mut entry).map_err(failed)?, expected)?;
                kept += 1;
            }
            Some(Entry::Manifest) | None => return Err(wrong(&format!("`{}` does not belong there", path.display()))),
        }
    }
    // The seal tells at its end whether everything was there.
    io::copy(&mut archive.into_inner(), &mut io::sink()).map_err(failed)?;
    if databases != 1 || files != manifest.files || kept != manifest.kept.len() {
        let all = manifest.files + manifest.kept.len() as u64;
        return Err(wrong(&format!("{databases} databases and {} of {all} files", files + kept as u64)));
    }
    Ok(manifest)
}

fn read_manifest(entry: tar::Entry<'_, impl Read>) -> Result<Manifest, Fault> {
    if entry.path().ok().and_then(|path| Entry::of(&path)) != Some(Entry::Manifest) {
        return Err(wrong("it does not begin with a manifest"));
    }
    let manifest: Manifest = serde_json::from_reader(entry.take(MAX_MANIFEST_BYTES))
        .map_err(|error| wrong(&format!("its manifest cannot be read: {error}")))?;
    if manifest.format > FORMAT || manifest.schema > store::schema_version() {
        let message = format!("the backup was written by {}, a newer release", manifest.program);
        return Err(Fault::new(Exit::Folder, "backup_newer", message));
    }
    Ok(manifest)
}

/// Writes an entry to its place; the hash of what was written.
fn write(dir: &Path, entry: &Entry, mut content: impl Read) -> io::Result<String> {
    let path = dir.join(entry.path());
    if let Some(folder) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
    io::copy(&mut content, &mut file)?;
    file.sync_all()?;
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(&path)?)?;
    Ok(hasher.finalize().to_hex().to_string())
}

fn check(found: &str, expected: &str) -> Result<(), Fault> {
    if found == expected { Ok(()) } else { Err(wrong(&format!("a part of it is {found} and should be {expected}"))) }
}

fn wrong(what: &str) -> Fault {
    damaged(&format!("this is no whole backup of a `{DATABASE_FILE}`: {what}"))
}
