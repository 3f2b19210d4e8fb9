//! The returns application as text, and what of it every page needs.

use domain::{CarrierId, Diagnostic, GradeId, LineKind, Permission, ReleaseId, Text, Timestamp, WarehouseId};
use serde::{Deserialize, Serialize};

use crate::filing::{ReasonView, ShopBrief};
use crate::route::{Access, Route};

mod clocks;

pub use clocks::{CLOCKS, ClockSettings, LineView, SAVE_CLOCKS, StepClockView};

const MANAGE: Access = Access::Needs(Permission::TemplateManage);

/// What every page of the desk needs.
pub const META: Route =
    Route::get("/api/meta", "get_meta", Access::SignedIn, "Reads names of shops, stages, reasons and so on.");
/// The template in force as text.
pub const EXPORT: Route = Route::get(
    "/api/template",
    "export_template",
    MANAGE,
    "Writes the template in force, or an older release of it, as text.",
);
/// Checks a text.
pub const CHECK: Route =
    Route::post("/api/template/check", "check_template", MANAGE, "Checks a template text; changes nothing.");
/// Applies a text.
pub const APPLY: Route =
    Route::put("/api/template", "apply_template", MANAGE, "Puts a template in force for new cases.");
/// Releases.
pub const RELEASES: Route =
    Route::get("/api/template/releases", "list_releases", MANAGE, "Lists the releases of the template.");
/// Rules.
pub const RULES: Route = Route::get("/api/template/rules", "list_rules", MANAGE, "Lists the rules in force.");
/// Switches a rule.
pub const SWITCH_RULE: Route =
    Route::put("/api/template/rules/{id}", "switch_rule", MANAGE, "Switches a rule on or off.");

/// Routes of this area.
pub const ROUTES: &[Route] = &[META, EXPORT, CHECK, APPLY, RELEASES, RULES, SWITCH_RULE, CLOCKS, SAVE_CLOCKS];

/// What every page of the desk needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MetaView {
    /// The release in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<ReleaseId>,
    /// The application's name.
    pub title: Text,
    /// Now, by the server.
    pub now: Timestamp,
    /// Shops in the reader's scope.
    pub shops: Vec<ShopBrief>,
    /// Warehouses.
    pub warehouses: Vec<NamedView<WarehouseId>>,
    /// Carriers.
    pub carriers: Vec<NamedView<CarrierId>>,
    /// Grades.
    pub grades: Vec<GradeView>,
    /// The stages of the flow in force, in order.
    pub stages: Vec<StageView>,
    /// Kinds of lines with names.
    pub kinds: Vec<KindView>,
    /// The reason tree.
    pub reasons: Vec<ReasonView>,
    /// Boards the reader may open.
    pub boards: Vec<StageView>,
    /// Inspection checklists by category; the one without categories serves the rest.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub checklists: Vec<ChecklistView>,
    /// The window in which a decision can be undone, in seconds.
    pub undo_seconds: u32,
}

/// A row with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedView<Id> {
    /// Its id.
    pub id: Id,
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: Text,
}

/// A grade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GradeView {
    /// Its id.
    pub id: GradeId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: Text,
    /// Share of the money, percent.
    pub money_percent: i64,
    /// Whether its units are accepted.
    pub accepted: bool,
    /// What is mostly done with them.
    pub disposition: String,
}

/// A stage or board: id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StageView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Text,
}

/// A kind of line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KindView {
    /// The kind.
    pub kind: LineKind,
    /// Its name.
    pub title: Text,
}

/// A checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecklistView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// The categories it serves.
    pub categories: Vec<String>,
    /// Its questions, as the template has them.
    pub items: Vec<engine::template::ChecklistItem>,
}

/// A template text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TemplateText {
    /// The text.
    pub text: String,
    /// What the person writes about the change.
    #[serde(default)]
    pub note: String,
}

/// Which release's text; query parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct ExportQuery {
    /// An older release; the one in force when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<ReleaseId>,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckView {
    /// Whether it can be applied.
    pub applicable: bool,
    /// Everything that is wrong or worth a look.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub problems: Vec<Diagnostic>,
}

/// What was put in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppliedView {
    /// The release that new cases start on.
    pub release: ReleaseId,
    /// False when nothing changed.
    pub changed: bool,
}

/// A release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReleaseView {
    /// Its id.
    pub id: ReleaseId,
    /// Content hash.
    pub hash: String,
    /// When.
    pub applied_at: Timestamp,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied_by: Option<crate::rma::PersonName>,
    /// What was written about it.
    pub note: String,
    /// Whether new cases start on it.
    pub current: bool,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// What it listens to.
    pub on: String,
    /// What it listens to, in words.
    pub trigger: Text,
    /// Whether it acts.
    pub enabled: bool,
}

/// On or off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SwitchRequest {
    /// Whether it acts.
    pub enabled: bool,
}
