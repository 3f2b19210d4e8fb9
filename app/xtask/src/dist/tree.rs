//! Folders as they will stand on the machine, before they are packed.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::process::{command, run};

/// A folder that is filled, then packed.
pub(super) struct Tree {
    root: PathBuf,
}

impl Tree {
    /// An empty one.
    pub(super) fn new(root: PathBuf) -> Result<Self> {
        if root.exists() {
            std::fs::remove_dir_all(&root)?;
        }
        std::fs::create_dir_all(&root)?;
        std::fs::set_permissions(&root, std::fs::Permissions::from_mode(0o755))?;
        Ok(Self { root })
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Copies a file to `place`, a path from the top without the first slash.
    pub(super) fn copy(&self, from: &Path, place: &str, mode: u32) -> Result<()> {
        let bytes = std::fs::read(from).with_context(|| format!("cannot read `{}`", from.display()))?;
        self.write(place, &bytes, mode)
    }

    /// Writes a file.
    pub(super) fn write(&self, place: &str, bytes: &[u8], mode: u32) -> Result<()> {
        let path = self.root.join(place);
        self.folder(path.parent().unwrap_or(&self.root))?;
        std::fs::write(&path, bytes)?;
        Ok(std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode))?)
    }

    /// Packs a file that is there with gzip, as documentation lies on Debian.
    pub(super) fn gzip(&self, place: &str) -> Result<()> {
        run(command("gzip").args(["-9", "--no-name"]).arg(self.root.join(place)))
    }

    fn folder(&self, path: &Path) -> Result<()> {
        if path.exists() {
            return Ok(());
        }
        if let Some(parent) = path.parent() {
            self.folder(parent)?;
        }
        std::fs::create_dir(path)?;
        Ok(std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))?)
    }

    /// The size of all files in kB, as packages say it.
    pub(super) fn size_kb(&self) -> Result<u64> {
        fn sum(path: &Path) -> Result<u64> {
            let about = std::fs::symlink_metadata(path)?;
            if !about.is_dir() {
                return Ok(about.len().div_ceil(1_024));
            }
            std::fs::read_dir(path)?.map(|entry| sum(&entry?.path())).sum::<Result<u64>>().map(|kb| kb + 1)
        }
        sum(&self.root)
    }
}
