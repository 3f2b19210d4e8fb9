//! Boards: what a component shows, and the cases behind each figure.

use domain::{Permission, Text, Timestamp};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

const VIEW: Access = Access::Needs(Permission::BoardView);

/// A board with its figures.
pub const GET: Route = Route::get("/api/boards/{id}", "get_board", VIEW, "Reads a board with its figures.");

/// Routes of this area.
pub const ROUTES: &[Route] = &[GET];

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
    /// count, money, hours or number.
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
}
