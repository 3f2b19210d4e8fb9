//! To-dos: what waits, what was done, what one filed oneself.

use domain::state::CaseState;
use domain::{CopyId, InboxFilterId, LineKind, Money, RmaId, ShopId, TaskId, Text, Timestamp};
use serde::{Deserialize, Serialize};

use crate::rma::PersonName;
use crate::route::{Access, Route};

/// A page of to-dos.
pub const LIST: Route = Route::get("/api/inbox", "list_inbox", Access::SignedIn, "Lists a person's to-dos.");
/// How many wait.
pub const COUNT: Route = Route::get(
    "/api/inbox/count",
    "count_inbox",
    Access::SignedIn,
    "Counts a person's open to-dos, unread messages and unread copies.",
);
/// Cases one filed.
pub const STARTED: Route =
    Route::get("/api/inbox/started", "list_started", Access::SignedIn, "Lists the cases a person filed, newest first.");
/// Steps one is told of.
pub const COPIES: Route = Route::get(
    "/api/inbox/copies",
    "list_copies",
    Access::SignedIn,
    "Lists the steps a person is told of (copies), newest first.",
);
/// Marks copies as read.
pub const READ_COPIES: Route =
    Route::post("/api/inbox/copies/reading", "read_copies", Access::SignedIn, "Marks one copy, or all, as read.");
/// Filters one keeps.
pub const FILTERS: Route = Route::get(
    "/api/inbox/filters",
    "list_inbox_filters",
    Access::SignedIn,
    "Lists the filters a person keeps, each with how many to-dos fit.",
);
/// Keeps a filter.
pub const KEEP_FILTER: Route =
    Route::post("/api/inbox/filters", "keep_inbox_filter", Access::SignedIn, "Keeps a filter of the inbox.");
/// Changes a kept filter.
pub const CHANGE_FILTER: Route = Route::put(
    "/api/inbox/filters/{id}",
    "change_inbox_filter",
    Access::SignedIn,
    "Renames or changes a kept filter, or makes it the default.",
);
/// Drops a kept filter.
pub const DROP_FILTER: Route =
    Route::delete("/api/inbox/filters/{id}", "drop_inbox_filter", Access::SignedIn, "Drops a kept filter.");
/// Takes a decision or message back.
pub const UNDO: Route = Route::post(
    "/api/rmas/{id}/undo",
    "undo_on_case",
    Access::Needs(domain::Permission::RmaView),
    "Takes one's own decision or message back within the undo window, while nothing has come of it.",
);
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
pub const ROUTES: &[Route] = &[
    LIST,
    COUNT,
    STARTED,
    COPIES,
    READ_COPIES,
    FILTERS,
    KEEP_FILTER,
    CHANGE_FILTER,
    DROP_FILTER,
    UNDO,
    CLAIM,
    NOTICES,
    READ_NOTICES,
];

/// Which to-dos; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[serde(deny_unknown_fields, default)]
pub struct InboxQuery {
    /// open (default) or done.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tab: String,
    /// Cases with a line of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<LineKind>,
    /// To-dos of this kind: approve, work, info, rule or conflict.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub task: String,
    /// Only of this shop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop: Option<ShopId>,
    /// Only at this step, by node id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub stage: String,
    /// overdue, near (warned of) or day (within 24 hours), by the earlier of both clocks.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub due: String,
    /// mine or pool.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub whose: String,
    /// Words that all occur in the number, the goods or the to-do.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
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
    /// From when on that is near.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_at: Option<Timestamp>,
    /// When its deadline passed, once that was found.
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

/// What a list of to-dos is narrowed to, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct InboxNarrow {
    /// Cases with a line of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<LineKind>,
    /// To-dos of this kind: approve, work, info, rule or conflict.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub task: String,
    /// Only of this shop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop: Option<ShopId>,
    /// Only at this step, by node id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub stage: String,
    /// overdue, near (warned of) or day (within 24 hours), by the earlier of both clocks.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub due: String,
    /// mine or pool.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub whose: String,
    /// Words that all occur in the number, the goods or the to-do.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
}

impl InboxNarrow {
    /// The question for a page of a tab.
    #[must_use]
    pub fn query(self, tab: &str, after: Option<String>, limit: u32) -> InboxQuery {
        let Self { kind, task, shop, stage, due, whose, q } = self;
        InboxQuery { tab: tab.to_owned(), kind, task, shop, stage, due, whose, q, after, limit: Some(limit) }
    }
}

impl InboxQuery {
    /// What it narrows to.
    #[must_use]
    pub fn narrow(&self) -> InboxNarrow {
        InboxNarrow {
            kind: self.kind,
            task: self.task.clone(),
            shop: self.shop,
            stage: self.stage.clone(),
            due: self.due.clone(),
            whose: self.whose.clone(),
            q: self.q.clone(),
        }
    }
}

/// A case in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InboxCase {
    /// Its id.
    pub id: RmaId,
    /// Its number.
    pub number: String,
    /// Whose.
    pub shop: ShopId,
    /// What is asked for, each kind once.
    pub kinds: Vec<LineKind>,
    /// The customer's name, as the reader may see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// What of.
    pub summary: String,
    /// Why; absent when it was not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// Inner lifecycle.
    pub state: CaseState,
    /// The name of the step it stands at; empty before the first and after the last.
    pub stage_title: Text,
    /// What would be refunded; absent for those who see no prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<Money>,
    /// When it was filed.
    pub filed_at: Timestamp,
    /// Our earliest deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// From when on that is near.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_at: Option<Timestamp>,
    /// The platform's deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_due_at: Option<Timestamp>,
}

/// A step one is told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CopyItem {
    /// Its id.
    pub id: CopyId,
    /// The step that was passed.
    pub title: Text,
    /// When.
    pub at: Timestamp,
    /// Whether it was read.
    pub read: bool,
    /// Its case.
    pub rma: InboxCase,
}

/// Which copies were read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ReadCopiesRequest {
    /// This one; all without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy: Option<CopyId>,
}

/// A filter that a person keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptFilter {
    /// Its id.
    pub id: InboxFilterId,
    /// What its owner calls it.
    pub name: String,
    /// What it narrows to.
    pub filter: InboxNarrow,
    /// Whether the inbox opens with it.
    pub is_default: bool,
    /// How many open to-dos fit, counted to 1,000.
    pub count: u32,
}

/// A filter to keep.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KeepFilterRequest {
    /// 1 to 30 characters, unique for its owner.
    pub name: String,
    /// What it narrows to.
    pub filter: InboxNarrow,
    /// Whether the inbox opens with it.
    #[serde(default)]
    pub is_default: bool,
}

/// What is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UndoRequest {
    /// decision or message.
    pub what: String,
    /// The step of a decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<String>,
    /// Its round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<u32>,
}

/// How many to-dos wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InboxCount {
    /// Open to-dos, counted to 1,000.
    pub open: u32,
    /// Unread messages, counted to 100.
    pub unread: u32,
    /// Unread copies, counted to 100.
    pub copies: u32,
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
    /// The to-do that it opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskId>,
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
