//! Answers a board's plan: compiles it to one statement and reads typed rows. Kept totals answer where they suffice.

mod behind;
mod build;
mod column;
mod predicate;
mod read;
#[cfg(test)]
mod tests;
mod total;

use domain::{ShopId, Timestamp};
use engine::report::{GroupKey, Plan};

use crate::conn::Conn;
use crate::error::Error;
use crate::scope::RowScope;

pub use behind::{BehindRow, behind};

/// When a plan is asked, and which day it is where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Now.
    pub now: Timestamp,
    /// Zones of shops, each shop in one at most.
    pub zones: Vec<Zone>,
    /// Offset from UTC of rows that belong to no shop of `zones`, in minutes.
    pub offset_minutes: i32,
}

/// Shops that keep the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// The shops.
    pub shops: Vec<ShopId>,
    /// From when on which offset from UTC, in minutes, ascending; the first also holds before. Never empty.
    pub spans: Vec<(Timestamp, i32)>,
}

/// A figure of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// Nothing to measure.
    Blank,
    /// Rows, quantities, minor units.
    Whole(i64),
    /// Means and hours.
    Decimal(f64),
}

/// An answered row.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportRow {
    /// One key a group of the plan.
    pub keys: Vec<GroupKey>,
    /// Of its money figures; set when the plan has a currency.
    pub currency: Option<String>,
    /// One figure a measure of the plan.
    pub figures: Vec<Figure>,
}

/// The rows of a plan within a reader's scope, in the plan's order.
///
/// # Errors
/// The store's; `Deadline` when it took too long.
pub fn run(conn: &Conn, plan: &Plan, scope: &RowScope, asked: &Asked) -> Result<Vec<ReportRow>, Error> {
    let source = total::source(plan, scope);
    answer(conn, plan, scope, asked, source)
}

fn answer(
    conn: &Conn,
    plan: &Plan,
    scope: &RowScope,
    asked: &Asked,
    source: column::Source,
) -> Result<Vec<ReportRow>, Error> {
    let (sql, params) = build::statement(plan, scope, asked, source);
    conn.all(&sql, params.as_slice(), |row| read::row(plan, row))
}

impl Figure {
    /// As a number, when there is one.
    #[must_use]
    pub const fn number(self) -> Option<f64> {
        match self {
            Self::Blank => None,
            Self::Whole(number) => Some(number as f64),
            Self::Decimal(number) => Some(number),
        }
    }
}
