//! A line that a mean must not pass, and the plan that measures it as a board would.

use domain::{Diagnostic, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::document::{Component, Measure, Order, Shape};
use super::plan::{Plan, plan};
use super::predicate::{Literal, Predicate};
use super::{ColumnKind, Dataset};
use crate::expr::{Comparison, Formula};
use crate::value::{Duration, Value};

/// A line that a mean must not pass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeanLine {
    /// Stable id.
    pub id: String,
    /// What is measured, in words.
    pub title: Text,
    /// Whose rows.
    pub dataset: Dataset,
    /// The hours column that is averaged.
    pub mean: String,
    /// The instant column by which a row falls into the window.
    pub at: String,
    /// Which rows count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Formula>,
    /// The mean must not be above this; natural time.
    pub above: Duration,
    /// Rows of this long back count; natural time.
    pub window: Duration,
    /// Fewer rows say nothing.
    pub at_least: u32,
    /// Roles that are told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tell: Vec<String>,
}

impl MeanLine {
    /// The plan that counts and averages the rows of the window that ends at `now`: the figures are the count and the
    /// mean in hours.
    ///
    /// # Errors
    /// Everything that is wrong with the line, placed under `path`.
    pub fn plan(&self, stages: &[String], path: &str, now: Timestamp) -> Result<Plan, Vec<Diagnostic>> {
        let component = Component {
            id: self.id.clone(),
            title: self.title.clone(),
            shape: Shape::Number,
            dataset: self.dataset,
            measures: vec![Measure::Count, Measure::Mean(self.mean.clone())],
            by: Vec::new(),
            filter: self.filter.clone(),
            order: Order::default(),
            limit: None,
            width: 12,
        };
        let mut plan = plan(&component, stages, path)?;
        let mean = self.dataset.column(&self.mean).filter(|column| column.kind() == ColumnKind::Hours);
        let at = self.dataset.column(&self.at).filter(|column| column.kind() == ColumnKind::Instant);
        let wrong = |code: &str, field: &str, zh: &str, en: &str, help: (&str, &str)| {
            let problem = Diagnostic::error(code, format!("{path}.{field}"), Text::new(zh, en));
            vec![problem.with_help(Text::new(help.0, help.1))]
        };
        let Some(mean) = mean else {
            let help = ("例如 hours", "such as hours");
            return Err(wrong("mean_of_hours", "mean", "预警线只用于用时", "a line is for hours", help));
        };
        let Some(at) = at else {
            let help = ("例如 done_at", "such as done_at");
            return Err(wrong("window_column", "at", "窗口按时间列计算", "a window goes by an instant", help));
        };
        let (Some(above_ms), Some(window_ms)) = (natural_ms(self.above), natural_ms(self.window)) else {
            let (zh, en) = ("预警线与窗口使用大于零的自然时间", "a line and its window are natural time above zero");
            return Err(wrong("duration_unit", "above", zh, en, ("例如 4 hours", "such as 4 hours")));
        };
        if above_ms <= 0 || window_ms <= 0 {
            let (zh, en) = ("预警线与窗口必须大于零", "a line and its window are above zero");
            return Err(wrong("duration_range", "above", zh, en, ("例如 4 hours", "such as 4 hours")));
        }
        let since = Literal::Value(Value::DateTime(now.plus_ms(-window_ms)));
        plan.filter = Predicate::All(vec![
            plan.filter,
            Predicate::Not(Box::new(Predicate::Blank(mean))),
            Predicate::Compare { column: at, comparison: Comparison::GreaterOrEqual, with: since },
        ]);
        Ok(plan)
    }

    /// Everything that is wrong with it, placed under `path`.
    #[must_use]
    pub fn check(&self, stages: &[String], path: &str) -> Vec<Diagnostic> {
        self.plan(stages, path, Timestamp::from_ms(0)).err().unwrap_or_default()
    }

    /// The line in ms.
    #[must_use]
    pub fn above_ms(&self) -> i64 {
        natural_ms(self.above).unwrap_or(i64::MAX)
    }
}

fn natural_ms(duration: Duration) -> Option<i64> {
    duration.unit.natural_minutes().map(|minutes| minutes.saturating_mul(duration.amount).saturating_mul(60_000))
}
