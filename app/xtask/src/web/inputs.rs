//! What an app's bundle is made from, as one hash: the crates that it is compiled from with their features, their
//! sources, the styles, the npm lock file, the compiler, and the tool that makes the bundle.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::process::{cargo, output};
use crate::root::root;
use crate::wasm::TARGET;

/// Folders that hold no sources.
const SKIPPED: &[&str] = &["node_modules", "dist", "target"];

/// The hash of everything that `app`'s bundle depends on.
pub(crate) fn hash(app: &str, compiler: &str) -> Result<String> {
    let crates = ["--prefix", "none", "--format", "{p} {f}", "--edges", "normal,build"];
    let tree = output(cargo().args(["tree", "--quiet", "--package", app, "--target", TARGET]).args(crates))?;
    let mut places: Vec<PathBuf> = tree.lines().filter_map(own_folder).collect();
    let root = root();
    // Styles apply whether or not an app's Rust uses the crate.
    places.extend(
        [
            "frontend/ui",
            "frontend/parts",
            "app/xtask/src/bundle",
            "app/xtask/src/web.rs",
            "frontend/package-lock.json",
            ".cargo/config.toml",
        ]
        .map(|path| root.join(path)),
    );
    places.sort();
    places.dedup();

    let mut hasher = blake3::Hasher::new();
    let profile = wasm_profile(&std::fs::read_to_string(root.join("Cargo.toml"))?).to_owned();
    for text in [compiler, &tree, &profile] {
        add(&mut hasher, text.as_bytes());
    }
    for place in places {
        add_path(&mut hasher, &place)?;
    }
    Ok(hasher.finalize().to_hex().to_string())
}

/// The folder of a crate of this repository: `desk v0.1.0 (/somewhere/frontend/desk) …`.
fn own_folder(line: &str) -> Option<PathBuf> {
    let (_, rest) = line.split_once(" (/")?;
    let (folder, _) = rest.split_once(')')?;
    Some(Path::new("/").join(folder))
}

/// The lines of `[profile.wasm]` and of what it inherits.
fn wasm_profile(manifest: &str) -> &str {
    manifest.find("[profile.release]").map_or("", |start| &manifest[start..])
}

fn add_path(hasher: &mut blake3::Hasher, path: &Path) -> Result<()> {
    if path.is_file() {
        add(hasher, path.to_string_lossy().as_bytes());
        add(hasher, &std::fs::read(path)?);
        return Ok(());
    }
    let list = std::fs::read_dir(path).with_context(|| format!("cannot list `{}`", path.display()))?;
    let mut entries = list.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    entries.sort();
    for entry in entries {
        let name = entry.file_name().unwrap_or_default().to_string_lossy();
        if !SKIPPED.contains(&name.as_ref()) {
            add_path(hasher, &entry)?;
        }
    }
    Ok(())
}

/// With its length, so that no two lists of inputs read the same.
fn add(hasher: &mut blake3::Hasher, bytes: &[u8]) {
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_crates_are_told_from_those_of_the_registry() {
        assert_eq!(own_folder("desk v0.1.0 (/a/frontend/desk) default"), Some(PathBuf::from("/a/frontend/desk")));
        assert_eq!(own_folder("serde v1.0.0 default,derive"), None);
        assert_eq!(own_folder("serde_derive v1.0.0 (proc-macro) default"), None);
    }
}
