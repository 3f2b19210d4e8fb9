//! A line of text.

use super::{Attribute, Behaviour, PLAIN, check_range, judge_length, judge_pattern, read_text};
use crate::form::MAX_TEXT_CHARS;

/// Most characters unless the field says otherwise.
const USUAL_CHARS: u32 = 200;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    title: ("单行文本", "text"),
    attributes: &[Attribute::Preset, Attribute::Pattern, Attribute::Length],
    check: |field, path, problems| check_range(field.min_length, field.max_length, MAX_TEXT_CHARS, path, problems),
    read: |_, value, _| read_text(value, false),
    judge: |field, value, _, problems| {
        judge_length(field, value, USUAL_CHARS, problems);
        judge_pattern(field, value, problems);
    },
    ..PLAIN
};
