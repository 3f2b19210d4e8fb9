//! One of its options.

use super::{Attribute, Behaviour, PLAIN, check_options, option_missing, read_text};
use crate::expr::Type;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    title: ("单选", "a choice"),
    attributes: &[Attribute::Options],
    value_type: |field| Type::choice(field.options.iter().map(|option| option.id.as_str())),
    check: check_options,
    read: |_, value, _| read_text(value, false),
    judge: |field, value, _, problems| {
        problems.extend(value.as_text().and_then(|code| option_missing(&field.options, code)));
    },
    ..PLAIN
};
