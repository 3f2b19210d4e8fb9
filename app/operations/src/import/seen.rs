//! Remembers the keys of a file's rows to name repeated ones, within a fixed amount of memory.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

/// Keys remembered at most: 8 bytes each, about 16 MiB with the table's slack. Beyond, repeats are found where rows of
/// one key stand together, and by what the run itself wrote.
const KEYS_MAX: usize = 1_000_000;

/// The keys seen so far.
pub(super) struct Seen {
    hasher: RandomState,
    keys: HashSet<u64>,
}

impl Seen {
    pub(super) fn new() -> Self {
        Self { hasher: RandomState::new(), keys: HashSet::new() }
    }

    /// Whether this is the first row with the key, as far as is remembered.
    pub(super) fn first(&mut self, key: impl std::hash::Hash) -> bool {
        let hash = self.hasher.hash_one(key);
        if self.keys.len() >= KEYS_MAX {
            return !self.keys.contains(&hash);
        }
        self.keys.insert(hash)
    }
}
