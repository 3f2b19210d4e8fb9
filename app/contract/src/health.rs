//! Whether the server lives, and the document that describes it.

use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

/// Whether the server lives.
pub const HEALTH: Route = Route::get("/api/health", "get_health", Access::Public, "Says whether the server lives.");
/// The OpenAPI document.
pub const OPENAPI: Route =
    Route::get("/api/openapi.json", "get_openapi", Access::Public, "Describes this API as an OpenAPI document.");

/// Routes of this area.
pub const ROUTES: &[Route] = &[HEALTH, OPENAPI];

/// How the server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum HealthStatus {
    /// All is well.
    Ok,
    /// It answers, but something needs a person.
    Degraded,
}

/// How the server is, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HealthView {
    /// Well or degraded.
    pub status: HealthStatus,
    /// The program's version.
    pub version: String,
    /// Stable codes of what needs a person; empty when all is well.
    pub reasons: Vec<String>,
}
