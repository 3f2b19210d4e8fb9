//! What the customer of a case says: messages while it is open, a rating once it is settled.

use domain::{AttachmentId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

/// Writes to the shop.
pub const SAY: Route = Route::post(
    "/api/portal/case/messages",
    "write_for_customer",
    Access::Customer,
    "Writes a message to the shop while the case is open.",
);
/// Rates the case.
pub const RATE: Route = Route::put(
    "/api/portal/case/rating",
    "rate_for_customer",
    Access::Customer,
    "Rates a settled case from 1 to 5; can be changed for seven days.",
);

/// A message between shop and customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalMessage {
    /// Whether the customer wrote it.
    pub from_customer: bool,
    /// The words.
    pub body: String,
    /// How many files came with it.
    #[serde(default)]
    pub files: u32,
    /// When.
    pub at: Timestamp,
}

/// A message to the shop: plain text, at most 2,000 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PortalMessageRequest {
    /// The words.
    #[serde(default)]
    pub text: String,
    /// Files.
    #[serde(default)]
    pub attachments: Vec<AttachmentId>,
}

/// What the customer said of a settled case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalRating {
    /// 1 to 5.
    pub score: i64,
    /// In their words; may be empty.
    pub comment: String,
    /// Until when it can be changed.
    pub changeable_until: Timestamp,
}

/// A rating to be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PortalRateRequest {
    /// 1 to 5.
    pub score: i64,
    /// At most 500 characters.
    #[serde(default)]
    pub comment: String,
}
