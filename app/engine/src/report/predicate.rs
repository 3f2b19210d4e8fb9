//! Which rows count: typed conditions over columns, from a filter expression or from a number somebody clicked.

use domain::{
    Diagnostic, LineKind, Text,
    settlement::Basis,
    state::{CaseState, GoodsState, MoneyState, Origin, ParcelState, SettlementState, Verdict},
};
use serde::{Deserialize, Serialize};

use super::{Column, ColumnKind, Dataset};
use crate::expr::{Comparison, Formula, Operand, Schema, Shape, Type};
use crate::value::Value;

/// A condition over the columns of one dataset. A comparison with a blank column does not hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Predicate {
    /// Every row, or none.
    Constant(bool),
    /// All hold; an empty list holds.
    All(Vec<Predicate>),
    /// At least one holds.
    Any(Vec<Predicate>),
    /// Does not hold: true for rows where the inner condition is false and where it compares a blank.
    Not(Box<Predicate>),
    /// A column against a value of its kind.
    Compare {
        /// The column.
        column: Column,
        /// How.
        comparison: Comparison,
        /// With what.
        with: Literal,
    },
    /// A column among values of its kind.
    Among {
        /// The column.
        column: Column,
        /// The values.
        values: Vec<Literal>,
    },
    /// A column without a value.
    Blank(Column),
    /// A time column within one month, `2026-03`.
    InMonth {
        /// The column.
        column: Column,
        /// Year and month.
        month: String,
    },
}

/// A value, or a day that moves with the reader's clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Literal {
    /// A constant: text for text and code columns, number for integers and hours, money, yes or no, date, instant.
    Value(Value),
    /// The shop-local day of asking, so many days later.
    Today {
        /// Negative: earlier.
        plus_days: i64,
    },
    /// The moment of asking.
    Now,
}

/// The names a filter of this dataset may use. `stages` are the flow's node ids.
#[must_use]
pub fn filter_schema(dataset: Dataset, stages: &[String]) -> Schema {
    let mut schema = Schema::new().with("today", Type::Date).with("now", Type::DateTime);
    for column in dataset.columns() {
        schema.insert(column.name(), column_type(column, stages));
    }
    schema
}

fn column_type(column: Column, stages: &[String]) -> Type {
    match column.kind() {
        ColumnKind::Text => Type::Text,
        ColumnKind::Integer | ColumnKind::Hours => Type::Number,
        ColumnKind::Money => Type::Money,
        ColumnKind::Bool => Type::Bool,
        ColumnKind::Date => Type::Date,
        ColumnKind::Instant => Type::DateTime,
        ColumnKind::Code("node") => Type::choice(stages.iter().map(String::as_str).chain([""])),
        ColumnKind::Code(what) => codes(what).map_or(Type::Text, Type::choice::<&str>),
    }
}

/// The codes of the closed enums; open lists (reasons, shops, people) are plain text.
fn codes(what: &str) -> Option<Vec<&'static str>> {
    macro_rules! all {
        ($list:expr) => {
            Some($list.iter().map(|code| code.as_str()).collect())
        };
    }
    match what {
        "case_state" => all!(CaseState::ALL),
        "goods_state" => all!(GoodsState::ALL),
        "money_state" => all!(MoneyState::ALL),
        "origin" => all!(Origin::ALL),
        "verdict" => all!(Verdict::ALL),
        "kind" => all!(LineKind::ALL),
        "basis" => all!(Basis::ALL),
        "settlement_state" => all!(SettlementState::ALL),
        "parcel_state" => all!(ParcelState::ALL),
        "task_kind" => Some(vec!["approve", "work", "info", "rule", "conflict"]),
        "task_state" => Some(vec!["open", "done", "cancelled"]),
        _ => None,
    }
}

/// Turns a filter into a condition over columns.
pub(super) fn compile(filter: &Formula, dataset: Dataset, path: &str) -> Result<Predicate, Diagnostic> {
    let Some(expr) = filter.expr() else {
        let message = Text::new("筛选条件有错误", "the filter has mistakes");
        return Err(Diagnostic::error("not_parsed", path, message));
    };
    let shape = expr.shape().map_err(|mut problem| {
        path.clone_into(&mut problem.path);
        problem.with_help(Text::new(
            "例如 state = \"submitted\" and filed_date >= today - 29",
            "such as state = \"submitted\" and filed_date >= today - 29",
        ))
    })?;
    translate(&shape, dataset, path)
}

fn translate(shape: &Shape, dataset: Dataset, path: &str) -> Result<Predicate, Diagnostic> {
    let column = |name: &str| dataset.column(name).ok_or_else(|| not_a_column(name, dataset, path));
    let several = |parts: &[Shape]| parts.iter().map(|part| translate(part, dataset, path)).collect::<Result<_, _>>();
    match shape {
        Shape::Constant(yes) => Ok(Predicate::Constant(*yes)),
        Shape::All(parts) => several(parts).map(Predicate::All),
        Shape::Any(parts) => several(parts).map(Predicate::Any),
        Shape::Not(inner) => Ok(Predicate::Not(Box::new(translate(inner, dataset, path)?))),
        Shape::Name(name) => {
            let with = Literal::Value(Value::Bool(true));
            Ok(Predicate::Compare { column: column(name)?, comparison: Comparison::Equal, with })
        }
        Shape::Blank(name) => column(name).map(Predicate::Blank),
        Shape::Among(name, values) => {
            let column = column(name)?;
            let values = values.iter().map(|value| literal(column, value, path)).collect::<Result<_, _>>()?;
            Ok(Predicate::Among { column, values })
        }
        Shape::Compare(name, comparison, operand) => {
            let column = column(name)?;
            let with = match operand {
                Operand::Value(value) => literal(column, value, path)?,
                Operand::Name(name, days) if name == "today" => Literal::Today { plus_days: *days },
                Operand::Name(name, 0) if name == "now" => Literal::Now,
                Operand::Name(name, _) => return Err(not_constant(name, path)),
            };
            Ok(Predicate::Compare { column, comparison: *comparison, with })
        }
    }
}

/// A constant of the column's kind; the type check has named the mistake already, this keeps the plan honest.
fn literal(column: Column, value: &Value, path: &str) -> Result<Literal, Diagnostic> {
    let fits = match column.kind() {
        ColumnKind::Text | ColumnKind::Code(_) => matches!(value, Value::Text(_)),
        ColumnKind::Integer | ColumnKind::Hours => matches!(value, Value::Number(_)),
        ColumnKind::Money => matches!(value, Value::Money(_)),
        ColumnKind::Bool => matches!(value, Value::Bool(_)),
        ColumnKind::Date => matches!(value, Value::Date(_)),
        ColumnKind::Instant => matches!(value, Value::DateTime(_) | Value::Date(_)),
    };
    if fits {
        return Ok(Literal::Value(value.clone()));
    }
    let found = value.kind_title();
    let message = Text::new(
        format!("列“{}”不能与{}比较", column.name(), found.zh),
        format!("the column `{}` cannot be compared with {}", column.name(), found.en),
    );
    Err(Diagnostic::error("filter_type", path, message))
}

fn not_a_column(name: &str, dataset: Dataset, path: &str) -> Diagnostic {
    let message = Text::new(
        format!("数据集 {} 没有列“{name}”", dataset.as_str()),
        format!("the dataset {} has no column `{name}`", dataset.as_str()),
    );
    Diagnostic::error("unknown_column", path, message)
}

fn not_constant(name: &str, path: &str) -> Diagnostic {
    let message = Text::new(
        format!("筛选不能与另一列“{name}”比较"),
        format!("a filter cannot compare with another column, `{name}`"),
    );
    let help = Text::new("改用固定值，或 today", "use a constant, or `today`");
    Diagnostic::error("filter_shape", path, message).with_help(help)
}
