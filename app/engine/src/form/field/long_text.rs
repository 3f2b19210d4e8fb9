//! Several lines of text.

use super::{Attribute, Behaviour, PLAIN, check_range, judge_length, read_text};
use crate::form::MAX_TEXT_CHARS;

/// Most characters unless the field says otherwise.
const USUAL_CHARS: u32 = 5_000;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    title: ("多行文本", "long text"),
    attributes: &[Attribute::Length],
    check: |field, path, problems| check_range(field.min_length, field.max_length, MAX_TEXT_CHARS, path, problems),
    read: |_, value, _| read_text(value, true),
    judge: |field, value, _, problems| judge_length(field, value, USUAL_CHARS, problems),
    ..PLAIN
};
