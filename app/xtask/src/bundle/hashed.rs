//! The growing bundle: files under names that carry their content's hash, and which source became which file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;

use crate::compress;
use crate::manifest::File;

/// An app's folder in `frontend/dist` while it is being filled.
pub(crate) struct Dist {
    root: PathBuf,
    files: Vec<Entry>,
    names: BTreeMap<String, String>,
    preloads: Vec<String>,
}

struct Entry {
    path: String,
    lazy: bool,
}

impl Dist {
    pub(crate) fn new(root: PathBuf) -> Dist {
        Dist { root, files: Vec::new(), names: BTreeMap::new(), preloads: Vec::new() }
    }

    /// Adds `bytes` as `assets/STEM-HASH.EXTENSION` under the logical name `source`; returns the file name.
    pub(crate) fn add_hashed(&mut self, source: &str, bytes: &[u8], lazy: bool) -> Result<String> {
        let (stem, extension) = source.rsplit_once('.').unwrap_or((source, "bin"));
        let file = format!("{stem}-{}.{extension}", hash(bytes));
        self.add_named(&format!("assets/{file}"), bytes, lazy)?;
        self.names.insert(source.to_owned(), file.clone());
        Ok(file)
    }

    /// Adds `bytes` at `path`, which carries its hash already or, like the page, has a fixed name.
    pub(crate) fn add_named(&mut self, path: &str, bytes: &[u8], lazy: bool) -> Result<()> {
        let place = self.root.join(path);
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(place, bytes)?;
        self.files.push(Entry { path: path.to_owned(), lazy });
        Ok(())
    }

    /// Says that the logical name `source` became the file `file` of `assets/`.
    pub(crate) fn name(&mut self, source: &str, file: &str) {
        self.names.insert(source.to_owned(), file.to_owned());
    }

    /// Says that the script `file` of `assets/` is imported by the first one.
    pub(crate) fn preload(&mut self, file: &str) {
        self.preloads.push(file.to_owned());
    }

    /// Scripts that the first one imports.
    pub(crate) fn preloads(&self) -> &[String] {
        &self.preloads
    }

    /// Logical names and the files that they became.
    pub(crate) fn names(&self) -> &BTreeMap<String, String> {
        &self.names
    }

    /// Compresses every file and lists them all, what the first page needs first.
    pub(crate) fn finish(mut self, quick: bool) -> Result<Vec<File>> {
        self.files.sort_by(|a, b| (a.lazy, &a.path).cmp(&(b.lazy, &b.path)));
        let workers = std::thread::available_parallelism().map_or(1, |n| n.get());
        let share = self.files.len().div_ceil(workers).max(1);
        let listed: Vec<Result<Vec<File>>> = std::thread::scope(|scope| {
            let jobs: Vec<_> = deal(&self.files, share)
                .into_iter()
                .map(|entries| scope.spawn(|| entries.into_iter().map(|entry| self.compressed(entry, quick)).collect()))
                .collect();
            jobs.into_iter().map(|job| job.join().unwrap_or_else(|_| anyhow::bail!("a compressor panicked"))).collect()
        });
        let mut files: Vec<File> = listed.into_iter().collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
        files.sort_by(|a, b| (a.lazy, &a.path).cmp(&(b.lazy, &b.path)));
        Ok(files)
    }

    fn compressed(&self, entry: &Entry, quick: bool) -> Result<File> {
        let place = self.root.join(&entry.path);
        let bytes = std::fs::read(&place)?;
        let (br_bytes, gz_bytes) = compress::beside(&place, &bytes, quick)?;
        Ok(File {
            path: entry.path.clone(),
            hash: hash(&bytes),
            lazy: entry.lazy,
            raw_bytes: bytes.len(),
            br_bytes,
            gz_bytes,
        })
    }
}

/// Deals the entries round so that large neighbours land on different workers.
fn deal(entries: &[Entry], share: usize) -> Vec<Vec<&Entry>> {
    let hands = entries.len().div_ceil(share.max(1));
    (0..hands).map(|hand| entries.iter().skip(hand).step_by(hands).collect()).collect()
}

/// First 16 hex digits of the BLAKE3 hash.
pub(crate) fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().chars().take(16).collect()
}
