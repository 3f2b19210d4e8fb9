//! To-dos: what waits, what was done, what one filed oneself.

use domain::state::CaseState;
use domain::{Money, RmaId, ShopId, TaskId, Text, Timestamp};
use serde::{Deserialize, Serialize};

use crate::rma::PersonName;
use crate::route::{Access, Route};

/// A page of to-dos.
pub const LIST: Route = Route::get("/api/inbox", "list_inbox", Access::SignedIn, "Lists a person's to-dos.");
/// How many wait.
pub const COUNT: Route =
    Route::get("/api/inbox/count", "count_inbox", Access::SignedIn, "Counts a person's open to-dos, to 1,000.");
/// Takes a to-do or puts it back.
pub const CLAIM: Route =
    Route::put("/api/tasks/{id}/assignee", "claim_task", Access::SignedIn, "Takes a to-do from the pool.");
/// Messages to oneself.
pub const NOTICES: Route =
    Route::get("/api/notices", "list_notices", Access::SignedIn, "Lists a person's in-app messages.");
/// Marks messages as read.
pub const READ_NOTICES: Route =
    Route::post("/api/notices/reading", "read_notices", Access::SignedIn, "Marks in-app messages as read.");

/// Routes of this area.
pub const ROUTES: &[Route] = &[LIST, COUNT, CLAIM, NOTICES, READ_NOTICES];

/// Which to-dos; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct InboxQuery {
    /// open (default) or done.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tab: String,
    /// Continue after this place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// At most so many, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A to-do in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InboxItem {
    /// Its id.
    pub id: TaskId,
    /// approve, work, info, rule or conflict.
    pub kind: String,
    /// The flow node.
    pub node: String,
    /// The node's round.
    pub round: u32,
    /// What to do.
    pub title: Text,
    /// Who has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<PersonName>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// When it was found late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breached_at: Option<Timestamp>,
    /// Since when.
    pub opened_at: Timestamp,
    /// When it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Timestamp>,
    /// Its case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rma: Option<InboxCase>,
}

/// The case of a to-do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InboxCase {
    /// Its id.
    pub id: RmaId,
    /// Its number.
    pub number: String,
    /// Whose.
    pub shop: ShopId,
    /// What of.
    pub summary: String,
    /// Inner lifecycle.
    pub state: CaseState,
    /// What would be refunded; absent for those who see no prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<Money>,
    /// The platform's deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_due_at: Option<Timestamp>,
}

/// How many to-dos wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InboxCount {
    /// Open to-dos, counted to 1,000.
    pub open: u32,
    /// Unread messages, counted to 100.
    pub unread: u32,
}

/// Takes or gives back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClaimRequest {
    /// False puts it back to the pool.
    pub take: bool,
}

/// An in-app message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeView {
    /// Its id.
    pub id: domain::NoticeId,
    /// The case it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rma: Option<RmaId>,
    /// What it says.
    pub text: Text,
    /// When.
    pub at: Timestamp,
    /// Whether it was read.
    pub read: bool,
}

/// Up to which message was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReadRequest {
    /// The newest that was read.
    pub upto: domain::NoticeId,
}
