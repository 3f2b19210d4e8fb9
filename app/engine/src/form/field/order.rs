//! An order number; the look-up happens outside and arrives as the context's lines.

use super::{Attribute, Behaviour, PLAIN, half_width, judge_length, judge_pattern, read_text};
use crate::value::Value;

/// Most characters of an order number.
const USUAL_CHARS: u32 = 64;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    title: ("订单号", "an order number"),
    attributes: &[Attribute::Preset, Attribute::Pattern, Attribute::Length],
    in_rows: false,
    read: |_, value, _| match value {
        Value::Text(text) => read_text(&Value::Text(half_width(text, &[])), false),
        other => read_text(other, false),
    },
    judge: |field, value, _, problems| {
        judge_length(field, value, USUAL_CHARS, problems);
        judge_pattern(field, value, problems);
    },
    ..PLAIN
};
