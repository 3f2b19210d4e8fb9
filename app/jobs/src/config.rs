//! Which outside systems are there.

use std::sync::Arc;

use connectors::Endpoint;

/// Which outside systems are there; none of them needs to be. Message channels are set up on a page, not here.
#[derive(Clone, Default)]
pub struct Config {
    /// The payment gateway. Without one, refunds to the original payment wait, and say so.
    pub payments: Option<Endpoint>,
    /// Whether messages are caught instead of being sent: for development.
    pub catch_messages: bool,
    /// Done each minute on a thread of its own, never twice at once: what the program itself keeps a schedule of.
    pub each_minute: Option<EachMinute>,
}

/// Work that the program itself schedules.
pub type EachMinute = Arc<dyn Fn() + Send + Sync>;
