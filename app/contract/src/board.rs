//! Boards: what a component shows, and the cases behind each figure.

use domain::{Permission, RmaId, Text, Timestamp};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

const VIEW: Access = Access::Needs(Permission::BoardView);

/// A board with its figures.
pub const GET: Route = Route::get("/api/boards/{id}", "get_board", VIEW, "Reads a board with its figures.");

/// The rows behind a figure.
pub const BEHIND: Route = Route::get(
    "/api/boards/{id}/components/{component}/rows",
    "list_board_rows",
    VIEW,
    "Lists the rows behind a figure of a board, with the figure over just these rows.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[GET, BEHIND];

/// Which row of a component, and which page; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct BehindQuery {
    /// The groups of the row, as the board gave them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub row: String,
    /// The currency of the row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Continue after this place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// At most so many, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// The rows behind a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BehindView {
    /// The component's name.
    pub title: Text,
    /// The row's groups.
    pub labels: Vec<Text>,
    /// Names of the measures, in order.
    pub measures: Vec<MeasureView>,
    /// Currency of money figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// How many rows there are.
    pub count: i64,
    /// The figures over all of them.
    pub figures: Vec<Option<f64>>,
    /// A page of them, newest first.
    pub items: Vec<BehindItem>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A row behind a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BehindItem {
    /// Its case; a parcel may have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rma: Option<RmaId>,
    /// The case's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// What it is.
    pub detail: Text,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// What it adds to each figure.
    pub figures: Vec<Option<f64>>,
}

/// A mean that is past its line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WarningView {
    /// What is measured.
    pub title: Text,
    /// The line, in ms.
    pub above_ms: i64,
    /// The mean when it crossed, in ms.
    pub mean_ms: i64,
    /// Of so many.
    pub counted: i64,
    /// Since when.
    pub since: Timestamp,
}

/// A board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// As of.
    pub as_of: Timestamp,
    /// Its components, in order.
    pub components: Vec<ComponentView>,
    /// Means that are past their lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<WarningView>,
}

/// A component with its figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComponentView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// number, bars, pie, line or table.
    pub shape: String,
    /// How many of a board's twelve columns it takes.
    pub width: u8,
    /// Names of the measures, in order.
    pub measures: Vec<MeasureView>,
    /// The rows: one for a number, one a group otherwise.
    pub rows: Vec<RowView>,
}

/// What a figure measures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasureView {
    /// Its name.
    pub title: Text,
    /// count, money, hours, percent or number.
    pub unit: String,
}

/// A row of figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RowView {
    /// Names of its groups, in both languages.
    pub labels: Vec<Text>,
    /// Currency of money figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The figures, in the order of the measures; absent where there is nothing to measure. Money in minor units.
    pub figures: Vec<Option<f64>>,
    /// Query of the case list behind the row, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drill: Option<String>,
    /// Query of the rows behind the row, for who may see every one of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behind: Option<String>,
}
