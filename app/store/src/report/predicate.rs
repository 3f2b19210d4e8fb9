//! A plan's conditions as SQL. A comparison with a blank column does not hold, and its negation does.

use engine::expr::Comparison;
use engine::report::{Column, ColumnKind, Literal, Predicate};
use engine::value::Value;
use rusqlite::types::Value as Col;

use super::build::Builder;

impl Builder<'_> {
    /// The condition, in brackets where it needs them.
    pub(super) fn condition(&mut self, predicate: &Predicate) -> String {
        match predicate {
            Predicate::Constant(yes) => i32::from(*yes).to_string(),
            Predicate::All(parts) => self.joined(parts, " AND ", "1"),
            Predicate::Any(parts) => self.joined(parts, " OR ", "0"),
            Predicate::Not(inner) => format!("({} IS NOT TRUE)", self.condition(inner)),
            Predicate::Compare { column, comparison, with } => self.comparison(*column, *comparison, with),
            Predicate::Among { column, values } => {
                let equal = |value: &Literal| self.comparison(*column, Comparison::Equal, value);
                let parts: Vec<String> = values.iter().map(equal).collect();
                if parts.is_empty() { "0".to_owned() } else { format!("({})", parts.join(" OR ")) }
            }
            Predicate::Blank(column) => format!("({} IS NULL)", self.column(*column)),
            Predicate::InMonth { column, month } => {
                let value = self.month(*column);
                format!("({value} = {})", self.bind(Col::Text(month.clone())))
            }
        }
    }

    fn joined(&mut self, parts: &[Predicate], word: &str, empty: &str) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.condition(part)).collect();
        if parts.is_empty() { empty.to_owned() } else { format!("({})", parts.join(word)) }
    }

    fn comparison(&mut self, column: Column, comparison: Comparison, with: &Literal) -> String {
        let sign = sign(comparison);
        let instant = column.kind() == ColumnKind::Instant;
        match with {
            Literal::Now if instant => {
                let value = self.column(column);
                let now = self.bind(Col::Integer(self.asked.now.ms()));
                format!("({value} {sign} {now})")
            }
            // An instant is compared with a day by the day it falls on.
            Literal::Now => self.with_today(column, sign, 0),
            Literal::Today { plus_days } => self.with_today(column, sign, *plus_days),
            Literal::Value(Value::Text(text)) if text.is_empty() => match comparison {
                Comparison::Equal => format!("({} IS NULL)", self.column(column)),
                Comparison::NotEqual => format!("({} IS NOT NULL)", self.column(column)),
                _ => "0".to_owned(),
            },
            Literal::Value(Value::Money(money)) => {
                let value = self.column(column);
                let minor = self.bind(Col::Integer(money.minor));
                let Some(currency) = column.dataset().currency() else { return "0".to_owned() };
                let currency = self.column(currency);
                let code = self.bind(Col::Text(money.currency.code().to_owned()));
                format!("({value} {sign} {minor} AND {currency} = {code})")
            }
            Literal::Value(value) => {
                let by_day = instant && matches!(value, Value::Date(_));
                let Some(constant) = constant(value) else { return "0".to_owned() };
                let stored = if by_day { self.day(column) } else { self.column(column) };
                format!("({stored} {sign} {})", self.bind(constant))
            }
        }
    }

    fn with_today(&mut self, column: Column, sign: &str, plus_days: i64) -> String {
        let day = self.day(column);
        format!("({day} {sign} {})", self.today(plus_days))
    }
}

const fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "=",
        Comparison::NotEqual => "<>",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

/// A constant as SQLite compares it; `None` for values that no column holds.
fn constant(value: &Value) -> Option<Col> {
    match value {
        Value::Text(text) => Some(Col::Text(text.clone())),
        Value::Number(number) => match value.as_integer() {
            Some(whole) => Some(Col::Integer(whole)),
            None => number.to_string().parse().ok().map(Col::Real),
        },
        Value::Bool(yes) => Some(Col::Integer(i64::from(*yes))),
        Value::Date(date) => Some(Col::Text(date.to_string())),
        Value::DateTime(at) => Some(Col::Integer(at.ms())),
        Value::Blank | Value::Money(_) | Value::Duration(_) | Value::List(_) | Value::Record(_) => None,
    }
}
