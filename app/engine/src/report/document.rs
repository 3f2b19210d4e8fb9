//! The board document.

use std::fmt;

use domain::Text;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Dataset;
use crate::expr::Formula;

/// A board: components on a 12-column grid, in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Board {
    /// Stable id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Roles that see it; empty: everybody who may see boards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// Its parts.
    pub components: Vec<Component>,
}

/// One number, chart or table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Stable id within the board.
    pub id: String,
    /// Heading.
    pub title: Text,
    /// How it is drawn.
    pub shape: Shape,
    /// What it counts.
    pub dataset: Dataset,
    /// The figures.
    pub measures: Vec<Measure>,
    /// The columns it is split by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<Dimension>,
    /// Which rows count. Columns, `today`, constants; see `filter_schema`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Formula>,
    /// The order of the rows.
    #[serde(default, skip_serializing_if = "Order::is_auto")]
    pub order: Order,
    /// At most so many rows; the rest is not shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Grid columns it takes, 1 to 12.
    #[serde(default = "quarter")]
    pub width: u8,
}

/// How a component is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// One figure on a card, or several side by side.
    Number,
    /// Bars, longest first.
    Bars,
    /// Shares of a whole.
    Pie,
    /// A figure over time.
    Line,
    /// Rows and columns.
    Table,
}

/// A figure. The named column decides what it can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Rows.
    Count,
    /// The sum of a number or money column.
    Sum(String),
    /// The mean of a number, money or hours column; blank rows do not count.
    Mean(String),
    /// The value that nine rows of ten do not exceed (nearest rank); blank rows do not count.
    P90(String),
    /// The share of rows in which a yes-or-no column is yes, percent; blank rows do not count.
    Share(String),
}

/// A column that rows are split by. Written as its name, or with `per` or `ranges`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// Column name.
    pub column: String,
    /// For days and instants.
    pub per: Option<Per>,
    /// For whole numbers: the upper bounds of ranges; `[30, 60]` gives 0-30, 31-60 and 61+.
    pub ranges: Vec<i64>,
}

/// A span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Shop-local day.
    Day,
    /// Shop-local month.
    Month,
}

/// The order of the rows of a component.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// By the groups when the first is a time or a range, else by the first figure.
    #[default]
    Auto,
    /// By the groups, ascending.
    Groups,
    /// By the first figure, largest first; equals by the groups.
    Largest,
}

impl Order {
    const fn is_auto(&self) -> bool {
        matches!(self, Self::Auto)
    }
}

impl Measure {
    /// The column it reads, if any.
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        match self {
            Self::Count => None,
            Self::Sum(column) | Self::Mean(column) | Self::P90(column) | Self::Share(column) => Some(column),
        }
    }
}

const fn quarter() -> u8 {
    3
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    column: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    per: Option<Per>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ranges: Vec<i64>,
}

impl Serialize for Dimension {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.per.is_none() && self.ranges.is_empty() {
            return serializer.serialize_str(&self.column);
        }
        Written { column: self.column.clone(), per: self.per, ranges: self.ranges.clone() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Dimension {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DimensionVisitor;
        impl<'de> Visitor<'de> for DimensionVisitor {
            type Value = Dimension;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a column name, or `column` with `per` or `ranges`")
            }
            fn visit_str<E: serde::de::Error>(self, column: &str) -> Result<Dimension, E> {
                Ok(Dimension { column: column.to_owned(), per: None, ranges: Vec::new() })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Dimension, A::Error> {
                let Written { column, per, ranges } = Written::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Dimension { column, per, ranges })
            }
        }
        deserializer.deserialize_any(DimensionVisitor)
    }
}
