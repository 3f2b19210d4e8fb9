//! An e-mail address.

use super::{Behaviour, PLAIN, half_width, read_text};
use crate::form::Preset;
use crate::form::problem::Problem;
use crate::value::Value;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    title: ("邮箱", "an e-mail address"),
    read: |_, value, _| read(value),
    judge: |_, value, _, problems| {
        problems.extend(value.as_text().and_then(|text| Preset::Email.problem(text)));
    },
    ..PLAIN
};

pub(super) fn read(value: &Value) -> Result<Value, Problem> {
    match value {
        Value::Text(text) => read_text(&Value::Text(half_width(text, &[' '])), false),
        other => read_text(other, false),
    }
}
