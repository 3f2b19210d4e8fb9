//! Files that arrive in pieces. The sender makes a token (32 to 128 characters nobody can guess), says how large the file is,
//! sends bytes from where the server is, and asks how far it is after a broken line, a reload or from another tab.
//!
//! The last byte makes it a file: its type is sniffed, what it says of the place is taken out, and what is not taken is
//! refused then. Invariant: types for customers are theirs alone, as in `portal`.

use domain::{AttachmentId, Permission, RmaId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

/// The header that says where a piece begins: as many bytes as the server has.
pub const UPLOAD_OFFSET: &str = "upload-offset";
/// Bytes of a piece: little enough for a bad line, enough for a good one.
pub const PIECE_BYTES: u64 = 2 * 1_048_576;

const WRITES: Access =
    Access::NeedsOne(&[Permission::RmaFile, Permission::RmaNote, Permission::Inspect, Permission::ParcelReceive]);

/// What can be uploaded.
pub const LIMITS: Route =
    Route::get("/api/upload-limits", "get_upload_limits", WRITES, "Reads what can be uploaded, and how much.");
/// Begins an upload, or finds the one that began under this token.
pub const BEGIN: Route =
    Route::put("/api/uploads/{token}", "begin_upload", WRITES, "Begins an upload under a token that the sender made.");
/// How far it is.
pub const READ: Route =
    Route::get("/api/uploads/{token}", "get_upload", WRITES, "Reads how much of a file has arrived.");
/// Sends a piece as the body.
pub const APPEND: Route = Route::patch(
    "/api/uploads/{token}",
    "append_upload",
    WRITES,
    "Takes the bytes that follow those that have arrived; the last make it a file.",
);
/// Takes it away.
pub const GIVE_UP: Route =
    Route::delete("/api/uploads/{token}", "give_up_upload", WRITES, "Takes an upload away that was begun.");
/// The same for customers. Needs an order proof or a case token.
pub const CUSTOMER_BEGIN: Route = Route::put(
    "/api/portal/uploads/{token}",
    "begin_customer_upload",
    Access::Customer,
    "Begins a customer's upload under a token that the browser made.",
);
/// How far it is. The token is proof enough, here and below.
pub const CUSTOMER_READ: Route = Route::get(
    "/api/portal/uploads/{token}",
    "get_customer_upload",
    Access::Customer,
    "Reads how much of a customer's file has arrived.",
);
/// Sends a piece as the body.
pub const CUSTOMER_APPEND: Route = Route::patch(
    "/api/portal/uploads/{token}",
    "append_customer_upload",
    Access::Customer,
    "Takes the bytes that follow those that have arrived; the last make it a file.",
);
/// Takes it away.
pub const CUSTOMER_GIVE_UP: Route = Route::delete(
    "/api/portal/uploads/{token}",
    "give_up_customer_upload",
    Access::Customer,
    "Takes a customer's upload away.",
);

/// Routes of this area.
pub const ROUTES: &[Route] =
    &[LIMITS, BEGIN, READ, APPEND, GIVE_UP, CUSTOMER_BEGIN, CUSTOMER_READ, CUSTOMER_APPEND, CUSTOMER_GIVE_UP];

/// What staff can upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadLimitsView {
    /// Most bytes of one file.
    pub max_bytes: u64,
    /// Most bytes of all files of a case, of the staff's.
    pub max_case_bytes: u64,
    /// Media types, such as `image/jpeg`.
    pub types: Vec<String>,
}

/// A file that will arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UploadRequest {
    /// The file's name.
    #[serde(default)]
    pub name: String,
    /// Bytes of the whole file.
    pub size_bytes: u64,
    /// The case it is meant for, when known: its limit counts then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rma: Option<RmaId>,
}

/// How far an upload is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadView {
    /// Bytes that have arrived: where the next piece begins.
    pub received_bytes: u64,
    /// Bytes of the whole file.
    pub size_bytes: u64,
    /// Bytes of a piece that suit the server.
    pub piece_bytes: u64,
    /// Until when it may arrive and be used.
    pub expires_at: Timestamp,
    /// The file it became, once it is whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<UploadedFile>,
}

/// What an upload became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadedFile {
    /// Its id.
    pub id: AttachmentId,
    /// Sniffed media type.
    pub media_type: String,
    /// Bytes as they are kept.
    pub size_bytes: i64,
}

/// A customer's file that will arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PortalUploadRequest {
    /// The file's name.
    #[serde(default)]
    pub name: String,
    /// Bytes of the whole file.
    pub size_bytes: u64,
}

/// How far a customer's upload is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalUploadView {
    /// Bytes that have arrived: where the next piece begins.
    pub received_bytes: u64,
    /// Bytes of the whole file.
    pub size_bytes: u64,
    /// Bytes of a piece that suit the server.
    pub piece_bytes: u64,
    /// Until when it may arrive and be used.
    pub expires_at: Timestamp,
    /// The file it became, once it is whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<PortalUploadedFile>,
}

/// What a customer's upload became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalUploadedFile {
    /// What to answer a photo field with.
    pub id: AttachmentId,
    /// Sniffed media type.
    pub media_type: String,
    /// Bytes as they are kept.
    pub size_bytes: i64,
}
