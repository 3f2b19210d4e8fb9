//! Deadlines, warnings, lines of means and who is told.

use domain::{Permission, ReleaseId, Text};
use engine::value::Duration;
use serde::{Deserialize, Serialize};

use super::StageView;
use crate::route::{Access, Route};

const MANAGE: Access = Access::Needs(Permission::TemplateManage);

/// Reads deadlines and lines.
pub const CLOCKS: Route = Route::get(
    "/api/template/clocks",
    "get_clocks",
    MANAGE,
    "Reads the deadlines of steps, the lines of means, and who is told.",
);
/// Puts deadlines and lines in force.
pub const SAVE_CLOCKS: Route = Route::put(
    "/api/template/clocks",
    "save_clocks",
    MANAGE,
    "Puts deadlines, lines of means and who is told in force, as a release of the template.",
);

/// A deadline with its warning. Durations are written `4 working_hours`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StepClockView {
    /// The flow's step, `@parcel` or `@settlement`.
    pub id: String,
    /// Its name; not read.
    #[serde(default)]
    pub title: Text,
    /// How long it may take; absent: it is not watched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub deadline: Option<Duration>,
    /// How long before that somebody is warned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub warn_before: Option<Duration>,
}

/// A line that a mean must not pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LineView {
    /// Its id; empty for a new one.
    #[serde(default)]
    pub id: String,
    /// Its name; not read.
    #[serde(default)]
    pub title: Text,
    /// The step that a new one watches.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub node: String,
    /// The mean must not be above this; natural time.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub above: Duration,
    /// Rows of this long back count; natural time.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub window: Duration,
    /// Fewer rows say nothing.
    pub at_least: u32,
    /// Roles that are told.
    pub tell: Vec<String>,
}

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClockSettings {
    /// The release it was read from.
    pub release: ReleaseId,
    /// Deadlines, in the order of the flow.
    pub steps: Vec<StepClockView>,
    /// Lines of means.
    pub lines: Vec<LineView>,
    /// Who is told that a deadline is near: `assignee` and roles.
    pub near: Vec<String>,
    /// Who is told that a deadline passed.
    pub late: Vec<String>,
    /// The roles there are; not read.
    #[serde(default)]
    pub roles: Vec<StageView>,
}
