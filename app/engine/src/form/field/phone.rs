//! A phone number, kept without blanks and dashes.

use super::{Attribute, Behaviour, PLAIN, half_width, judge_length, judge_pattern, read_text};
use crate::form::Preset;
use crate::form::problem::Problem;
use crate::value::Value;

/// Most characters of a phone number.
const USUAL_CHARS: u32 = 40;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    title: ("电话", "a phone number"),
    attributes: &[Attribute::Preset, Attribute::Pattern],
    read: |_, value, _| read(value),
    judge: |field, value, _, problems| {
        judge_length(field, value, USUAL_CHARS, problems);
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
