//! What all workers share.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::web::{Bytes, Data};
use operations::App;
use tokio::sync::watch;

use crate::assets::Source;
use crate::event::Streams;
use crate::hashing::Hashing;
use crate::health::Pulse;
use crate::limit::Limits;
use crate::registry::Routes;
use crate::server::Settings;

/// Shared by all workers; handlers take `Server`.
pub(crate) struct State {
    pub(crate) app: App,
    pub(crate) settings: Settings,
    pub(crate) routes: Routes,
    pub(crate) openapi: Bytes,
    pub(crate) assets: Source,
    pub(crate) hashing: Hashing,
    pub(crate) limits: Limits,
    pub(crate) streams: Arc<Streams>,
    pub(crate) pulse: Pulse,
    pub(crate) uploads: operations::upload::Lanes,
    /// Turns true when the server begins to stop.
    pub(crate) closing: watch::Receiver<bool>,
    /// Tells this run's request ids from another's.
    pub(crate) run_id: String,
    pub(crate) requests: AtomicU64,
}

/// What handlers take first.
pub(crate) type Server = Data<State>;

impl State {
    /// An id for a request that came without one.
    pub(crate) fn next_request_id(&self) -> String {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        format!("{}-{number:x}", self.run_id)
    }
}
