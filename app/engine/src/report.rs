//! Boards: what an admin counts, planned for a store that knows nothing of documents. A plan holds columns from a
//! closed list, never text that a database would run.

mod column;
mod document;
mod line;
mod plan;
mod predicate;
#[cfg(test)]
mod tests;

pub use column::{Column, ColumnKind, Dataset};
pub use document::{Board, Component, Dimension, Measure, Order, Per, Shape};
pub use line::MeanLine;
pub use plan::{Bucket, Group, GroupKey, MAX_ROWS, OrderBy, Plan, Planned, check, plan};
pub use predicate::{Literal, Predicate, filter_schema};
