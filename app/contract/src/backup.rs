//! What became of backups.

use domain::{BackupRunId, Permission, Timestamp};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

/// The last backups.
pub const LIST: Route = Route::get(
    "/api/backups",
    "list_backups",
    Access::Needs(Permission::SystemView),
    "Lists what became of the last backups, newest first.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[LIST];

/// A backup that was written or failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BackupView {
    /// Its id.
    pub id: BackupRunId,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Timestamp,
    /// Whether the schedule asked for it.
    pub scheduled: bool,
    /// The archive, on the server.
    pub file: String,
    /// Its size in bytes; 0 when it failed.
    pub bytes: i64,
    /// How many files it holds beside the database.
    pub files: i64,
    /// Why it failed, in the program's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}
