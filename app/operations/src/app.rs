//! The application: the store, the clock, ids, the documents and master data in force, and the topics of open browsers.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, RwLock};

use domain::Timestamp;
use store::{Conn, Store};
use tokio::sync::broadcast;

use crate::clock::Clock;
use crate::definitions::{Changed, Definitions};
use crate::error::Error;
use crate::ids::IdMaker;
use crate::seal::Sealer;
use crate::session::Sessions;

/// How long a list or a page may read before it is cut off.
pub const READ_DEADLINE_MS: u32 = 5_000;
/// Topics a slow browser may lag behind before it must fetch everything anew.
const MAX_TOPICS_BEHIND: usize = 1_024;

/// Cheap to clone: everything inside is shared.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    clock: Arc<dyn Clock>,
    ids: IdMaker,
    definitions: RwLock<Arc<Definitions>>,
    sessions: Sessions,
    topics: broadcast::Sender<Arc<Vec<String>>>,
    sealer: OnceLock<Sealer>,
    catching: AtomicBool,
}

impl App {
    /// Takes an open store; reads the documents and master data in force.
    ///
    /// # Errors
    /// When what is stored cannot be read.
    pub fn start(store: Store, clock: Arc<dyn Clock>) -> Result<Self, Error> {
        let largest = store.read(READ_DEADLINE_MS, store::largest_id)?;
        let definitions = store.read(READ_DEADLINE_MS, |conn| Ok(Definitions::load(conn, clock.now())))??;
        let (topics, _) = broadcast::channel(MAX_TOPICS_BEHIND);
        let definitions = RwLock::new(Arc::new(definitions));
        let sessions = Sessions::default();
        let ids = IdMaker::after(largest);
        Ok(Self {
            inner: Arc::new(Inner {
                store,
                clock,
                ids,
                definitions,
                sessions,
                topics,
                sealer: OnceLock::new(),
                catching: AtomicBool::new(false),
            }),
        })
    }

    /// Reads on a pooled connection, on the calling thread.
    ///
    /// # Errors
    /// What `query` returns, `Deadline`, `Busy`.
    pub fn read<T>(&self, query: impl FnOnce(&Conn) -> Result<T, Error>) -> Result<T, Error> {
        self.inner.store.read(READ_DEADLINE_MS, |conn| Ok(query(conn)))?
    }

    /// The documents and master data in force now.
    #[must_use]
    pub fn definitions(&self) -> Arc<Definitions> {
        let guard = self.inner.definitions.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(&guard)
    }

    /// Hears topics of committed changes.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Vec<String>>> {
        self.inner.topics.subscribe()
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// The store, for backup and facts.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The signed-in callers of late.
    #[must_use]
    pub fn sessions(&self) -> &Sessions {
        &self.inner.sessions
    }

    /// Says that messages are caught here instead of being sent.
    pub fn set_catching(&self) {
        self.inner.catching.store(true, Ordering::Relaxed);
    }

    /// Whether messages are caught here instead of being sent.
    #[must_use]
    pub fn is_catching(&self) -> bool {
        self.inner.catching.load(Ordering::Relaxed)
    }

    /// Seals and opens secrets that must be read again; its key is made when first asked for.
    ///
    /// # Errors
    /// `Internal` when the key cannot be read or written.
    pub fn sealer(&self) -> Result<&Sealer, Error> {
        if let Some(sealer) = self.inner.sealer.get() {
            return Ok(sealer);
        }
        let sealer = Sealer::of(self.inner.store.dir())?;
        Ok(self.inner.sealer.get_or_init(|| sealer))
    }

    pub(crate) fn ids(&self) -> &IdMaker {
        &self.inner.ids
    }

    pub(crate) fn put_in_force(&self, changed: Changed) {
        let mut guard = self.inner.definitions.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        *guard = Arc::new(guard.with(changed));
        drop(guard);
        // What roles mean may have changed.
        self.inner.sessions.clear();
    }

    pub(crate) fn announce(&self, topics: Vec<String>) {
        if !topics.is_empty() {
            // Nobody listening is no error.
            let _ = self.inner.topics.send(Arc::new(topics));
        }
    }
}
