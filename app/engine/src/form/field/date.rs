//! A day of the shop.

use domain::LocalDate;

use super::{Attribute, Behaviour, PLAIN, half_width, judge_bounds, not_this};
use crate::expr::Type;
use crate::value::Value;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    title: ("日期", "a date"),
    attributes: &[Attribute::Bounds],
    value_type: |_| Type::Date,
    read: |_, value, _| match value {
        Value::Blank | Value::Date(_) => Ok(value.clone()),
        Value::Text(text) if text.trim().is_empty() => Ok(Value::Blank),
        Value::Text(text) => {
            let day = half_width(text, &[' ']).replace(['/', '.'], "-").parse::<LocalDate>();
            day.map(Value::Date).map_err(|_| not_this("日期，例如 2026-11-11", "a date such as 2026-11-11"))
        }
        _ => Err(not_this("日期", "a date")),
    },
    judge: |field, value, judging, problems| judge_bounds(field, value, judging, problems),
    ..PLAIN
};
