//! Writing an archive: copy while work goes on, look the copy over, pack it, sync it, give it its name.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use store::{DATABASE_FILE, OpenOptions as StoreOptions, Store};
use tar::{Builder, Header};
use tempfile::TempDir;
use zstd::stream::write::Encoder;

use crate::admin::Place;
use crate::backup::archive::Entry;
use crate::backup::handed::COPY_PREFIX;
use crate::backup::seal::{Lock, Sealing};
use crate::backup::{FORMAT, KEPT, LOOK_MS, Manifest, Progress, look_over};
use crate::fault::{Exit, Fault};

/// How hard zstd tries: a good ratio at disk speed.
const LEVEL: i32 = 6;
/// Names of files read at once.
const NAMES_AT_ONCE: u32 = 1_000;

/// What was written.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// What it says about itself.
    pub(crate) manifest: Manifest,
    /// The archive's size in bytes.
    pub(crate) bytes: u64,
}

/// Writes a backup of the folder to `to`, which must not exist.
pub(crate) fn write(place: &Place, to: &Path, lock: &Lock) -> Result<Written, Fault> {
    exists(to)?;
    // On the same disk and as closed to others as the folder itself.
    let copy = tempfile::Builder::new().prefix(COPY_PREFIX).tempdir_in(&place.dir);
    let copy = copy.map_err(|error| Fault::io("the copy", &error))?;
    let progress = Arc::clone(&place.progress);
    let copied = place.app.store().backup_to(&copy.path().join(DATABASE_FILE), move |step| {
        progress(&Progress { doing: "copy".to_owned(), done: step.copied_pages, total: step.total_pages });
    });
    copied.map_err(|error| Fault::new(Exit::Failed, "backup_failed", error.to_string()))?;
    look_over(copy.path())?;
    let content = content(copy.path())?;
    let manifest = manifest(place, &copy, &content)?;
    let files = content.files;
    let partial = partial_name(to);
    let packed = pack(place, &copy, &files, &manifest, &partial, lock).and_then(|bytes| {
        fs::rename(&partial, to).and_then(|()| sync_folder(to)).map_err(|error| Fault::io("the backup", &error))?;
        Ok(bytes)
    });
    if packed.is_err() {
        // It may not have been made at all.
        let _ = fs::remove_file(&partial);
    }
    Ok(Written { bytes: packed?, manifest })
}

/// What the very commit that was copied holds.
struct Content {
    /// The files that it names: hash and bytes.
    files: Vec<(String, u64)>,
    last_event: i64,
}

fn content(copy: &Path) -> Result<Content, Fault> {
    let store = Store::open(copy, &StoreOptions { readers: 1, ..StoreOptions::default() })?;
    let mut named: Vec<(String, u64)> = Vec::new();
    let read = store.read(LOOK_MS, |conn| {
        loop {
            let after = named.last().map(|(hash, _)| hash.clone()).unwrap_or_default();
            let some = store::attachment::contents(conn, &after, NAMES_AT_ONCE)?;
            if some.is_empty() {
                return Ok(store::event::last_id(conn)?.unwrap_or_default());
            }
            named.extend(some.into_iter().map(|(hash, bytes)| (hash, u64::try_from(bytes).unwrap_or(0))));
        }
    });
    store.close();
    let last_event =
        read.map_err(|error: store::Error| Fault::new(Exit::Failed, "backup_failed", error.to_string()))?;
    Ok(Content { files: named, last_event })
}

fn manifest(place: &Place, copy: &TempDir, content: &Content) -> Result<Manifest, Fault> {
    let path = copy.path().join(DATABASE_FILE);
    let failed = |error: io::Error| Fault::io("the copy", &error);
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(&path).map_err(failed)?).map_err(failed)?;
    Ok(Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema: store::schema_version(),
        created_at: place.app.now().ms(),
        database_bytes: fs::metadata(&path).map_err(failed)?.len(),
        database_blake3: hasher.finalize().to_hex().to_string(),
        files: u64::try_from(content.files.len()).unwrap_or(u64::MAX),
        kept: kept(place).map_err(|error| Fault::io("the data folder", &error))?,
        last_event: content.last_event,
    })
}

/// What is there of what goes along, with its hash.
fn kept(place: &Place) -> io::Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for path in KEPT {
        match fs::read(place.dir.join(path)) {
            Ok(bytes) => found.insert((*path).to_owned(), blake3::hash(&bytes).to_hex().to_string()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
    }
    Ok(found)
}

fn pack(
    place: &Place,
    copy: &TempDir,
    files: &[(String, u64)],
    manifest: &Manifest,
    to: &Path,
    lock: &Lock,
) -> Result<u64, Fault> {
    let failed = |error: io::Error| Fault::io("the backup", &error);
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to).map_err(failed)?;
    let sealing = Sealing::begin(file, lock)?;
    let mut encoder = Encoder::new(sealing, LEVEL).map_err(failed)?;
    encoder.include_checksum(true).map_err(failed)?;
    let mut tar = Builder::new(encoder);
    let text = serde_json::to_vec_pretty(manifest).map_err(|error| failed(error.into()))?;
    append(&mut tar, &Entry::Manifest, text.len() as u64, manifest, text.as_slice()).map_err(failed)?;
    let total = manifest.database_bytes + files.iter().map(|(_, bytes)| bytes).sum::<u64>();
    let mut done = 0;
    let mut add = |entry: Entry, from: PathBuf| -> io::Result<()> {
        let content = File::open(from)?;
        let bytes = content.metadata()?.len();
        let counted = Counted { from: content, place, done, total };
        append(&mut tar, &entry, bytes, manifest, counted)?;
        done += bytes;
        Ok(())
    };
    add(Entry::Database, copy.path().join(DATABASE_FILE)).map_err(failed)?;
    for path in KEPT.iter().filter(|path| manifest.kept.contains_key(**path)) {
        add(Entry::Kept(path), place.dir.join(path)).map_err(failed)?;
    }
    for (hash, _) in files {
        let entry = Entry::File(hash.clone());
        let from = place.dir.join(entry.path());
        let missing = |error: io::Error| Fault::io(&format!("the file {hash}"), &error);
        add(entry, from).map_err(missing)?;
    }
    let file = tar.into_inner().and_then(Encoder::finish).and_then(Sealing::finish).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    Ok(file.metadata().map_err(failed)?.len())
}

fn append<W: io::Write>(
    tar: &mut Builder<W>,
    entry: &Entry,
    bytes: u64,
    manifest: &Manifest,
    content: impl Read,
) -> io::Result<()> {
    let mut header = Header::new_ustar();
    header.set_size(bytes);
    header.set_mode(0o600);
    header.set_mtime(u64::try_from(manifest.created_at / 1_000).unwrap_or(0));
    tar.append_data(&mut header, entry.path(), content)
}

/// Counts what is read, for the progress.
struct Counted<'p> {
    from: File,
    place: &'p Place,
    done: u64,
    total: u64,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        self.done += u64::try_from(read).unwrap_or(0);
        (self.place.progress)(&Progress { doing: "pack".to_owned(), done: self.done, total: self.total });
        Ok(read)
    }
}

/// Refuses what is there already.
pub(super) fn exists(to: &Path) -> Result<(), Fault> {
    if to.exists() {
        let message = format!("`{}` exists; a backup never overwrites", to.display());
        return Err(Fault::new(Exit::Refused, "backup_exists", message));
    }
    Ok(())
}

pub(super) fn partial_name(to: &Path) -> PathBuf {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    to.with_file_name(name)
}

pub(super) fn sync_folder(of: &Path) -> io::Result<()> {
    let folder = of.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
