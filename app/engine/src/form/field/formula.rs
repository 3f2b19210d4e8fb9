//! A computed value: an answer given for it is not looked at.

use domain::{Diagnostic, Text};

use super::{Attribute, Behaviour, PLAIN};
use crate::expr::Type;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    title: ("公式", "a formula"),
    attributes: &[Attribute::Formula],
    value_type: |field| field.result.map_or(Type::Any, |result| result.value_type()),
    check: |field, path, problems| {
        if field.formula.is_none() {
            let message = Text::new("公式字段需要 formula", "a formula field needs `formula`");
            problems.push(Diagnostic::error("formula_missing", format!("{path}.formula"), message));
        }
        if field.result.is_none() {
            let message = Text::new(
                "公式字段需要 result：text、number、money、bool 或 date",
                "a formula field needs `result`: text, number, money, bool or date",
            );
            problems.push(Diagnostic::error("result_missing", format!("{path}.result"), message));
        }
    },
    ..PLAIN
};
