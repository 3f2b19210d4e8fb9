//! Signed-in callers in memory, so that an authenticated read costs no SQL.
//!
//! Invariant: whatever changes what a caller may do forgets the caller after its commit and before it is answered.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use domain::{DeviceId, PersonId, SessionId, TokenId};

use crate::session::authenticate::SignedIn;

/// Callers kept; with more, all are looked up anew.
const MAX_KEPT: usize = 10_000;

/// Whom to look up anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgotten {
    /// All sessions of a person: their rights or the person changed.
    Person(PersonId),
    /// One session.
    Session(SessionId),
    /// Operators at a station.
    Station(DeviceId),
    /// A token.
    Token(TokenId),
}

/// The callers of late, by the hash of what they prove themselves with.
#[derive(Debug, Default)]
pub struct Sessions {
    known: RwLock<HashMap<[u8; 32], Arc<SignedIn>>>,
    /// Rises with each forgetting, so that what was read before one is not kept after it.
    forgettings: AtomicU64,
}

impl Sessions {
    /// The caller, if known.
    #[must_use]
    pub fn find(&self, hash: &[u8; 32]) -> Option<Arc<SignedIn>> {
        self.read().get(hash).cloned()
    }

    /// To be asked before a caller is read from the store, and given to `keep`.
    #[must_use]
    pub(crate) fn mark(&self) -> u64 {
        self.forgettings.load(Ordering::SeqCst)
    }

    /// Keeps a caller read since `mark`, unless anything was forgotten meanwhile.
    pub(crate) fn keep(&self, mark: u64, hash: [u8; 32], caller: &Arc<SignedIn>) {
        let mut known = self.write();
        if self.mark() != mark {
            return;
        }
        if known.len() >= MAX_KEPT {
            known.clear();
        }
        known.insert(hash, Arc::clone(caller));
    }

    /// Forgets callers.
    pub(crate) fn forget(&self, whom: &[Forgotten]) {
        if whom.is_empty() {
            return;
        }
        let mut known = self.write();
        self.forgettings.fetch_add(1, Ordering::SeqCst);
        known.retain(|_, caller| !whom.iter().any(|one| caller.is(*one)));
    }

    /// Forgets all callers: what roles mean changed.
    pub(crate) fn clear(&self) {
        let mut known = self.write();
        self.forgettings.fetch_add(1, Ordering::SeqCst);
        known.clear();
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<[u8; 32], Arc<SignedIn>>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<[u8; 32], Arc<SignedIn>>> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_before_a_forgetting_is_not_kept_after_it() {
        let sessions = Sessions::default();
        let caller = Arc::new(SignedIn::system());
        let mark = sessions.mark();
        sessions.forget(&[Forgotten::Person(PersonId::from_raw(1))]);
        sessions.keep(mark, [1; 32], &caller);
        assert!(sessions.find(&[1; 32]).is_none());
        sessions.keep(sessions.mark(), [1; 32], &caller);
        assert!(sessions.find(&[1; 32]).is_some());
        sessions.clear();
        assert!(sessions.find(&[1; 32]).is_none());
    }

    #[test]
    fn the_number_kept_is_bounded() {
        let sessions = Sessions::default();
        let caller = Arc::new(SignedIn::system());
        for number in 0..=MAX_KEPT {
            let mut hash = [0; 32];
            hash[..8].copy_from_slice(&number.to_le_bytes());
            sessions.keep(sessions.mark(), hash, &caller);
        }
        assert_eq!(sessions.read().len(), 1);
    }
}
