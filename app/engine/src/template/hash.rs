//! Content hashes: the name of an immutable document version.

use serde::Serialize;

/// BLAKE3 over the document's JSON, 64 hex digits. Two documents with the same meaning have the same hash, because the
/// JSON is written from the typed form: key order and defaults do not matter.
#[must_use]
pub fn content_hash<T: Serialize + ?Sized>(document: &T) -> String {
    let mut hasher = blake3::Hasher::new();
    // Writing into a hasher cannot fail, and documents hold no map with keys that are not texts.
    drop(serde_json::to_writer(&mut hasher, document));
    hasher.finalize().to_hex().to_string()
}
