//! A phone number, kept without blanks and dashes.

use super::{Attribute, Behaviour, PLAIN, half_width, judge_pattern, read_text};
use crate::form::Preset;
use crate::form::problem::Problem;
use crate::value::Value;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    title: ("电话", "a phone number"),
    attributes: &[Attribute::Preset, Attribute::Pattern],
    read: |_, value, _| read(value),
    judge: |field, value, _, problems| {
        if field.preset.is_none() && field.pattern.is_none() {
            problems.extend(value.as_text().and_then(|text| Preset::Phone.problem(text)));
        }
        judge_pattern(field, value, problems);
    },
    ..PLAIN
};

pub(super) fn read(value: &Value) -> Result<Value, Problem> {
    match value {
        Value::Text(text) => read_text(&Value::Text(half_width(text, &[' ', '-', '(', ')'])), false),
        other => read_text(other, false),
    }
}
