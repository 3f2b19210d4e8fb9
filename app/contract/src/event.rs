//! The live stream: what changed, never how. Who hears a topic fetches the data anew, through the gate.

use crate::route::{Access, Route};

/// The stream.
pub const STREAM: Route = Route::get(
    "/api/events",
    "stream_events",
    Access::SignedIn,
    "Streams topics of committed changes as server-sent events.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[STREAM];

/// The name of the event that carries topics: its data is a JSON list such as `["rma:17","board"]`.
pub const TOPICS: &str = "topics";
/// The name of the event that says that topics were missed: fetch everything shown anew.
pub const RESYNC: &str = "resync";
