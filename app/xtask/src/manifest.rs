//! What a built front end consists of: `frontend/dist/APP/manifest.json`, written by `bundle`, read by `cargo xtask web`.

use serde::{Deserialize, Serialize};

/// One app's files.
#[derive(Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// `portal` or `desk`.
    pub(crate) app: String,
    /// Hash of everything it was built from.
    pub(crate) inputs: String,
    /// Every file, those that the first page needs first.
    pub(crate) files: Vec<File>,
}

/// One file of an app.
#[derive(Serialize, Deserialize)]
pub(crate) struct File {
    /// Path below the app's folder, content hash included.
    pub(crate) path: String,
    /// First 16 hex digits of the BLAKE3 hash of the file.
    pub(crate) hash: String,
    /// Fetched only when a part of the app is first opened.
    pub(crate) lazy: bool,
    /// Size as it is, in bytes.
    pub(crate) raw_bytes: usize,
    /// Size as Brotli, in bytes.
    pub(crate) br_bytes: usize,
    /// Size as gzip, in bytes.
    pub(crate) gz_bytes: usize,
}
