//! What does not fit about an answer.

use domain::{Diagnostic, Text};

use super::definition::{Field, text_is_empty};
use super::state::Place;

/// A problem of an answer, before it has a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) code: &'static str,
    pub(super) message: Text,
    /// Whether the field's own message stands in for this one.
    pub(super) replaceable: bool,
}

impl Problem {
    pub(super) fn new(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, message: Text::new(zh, en), replaceable: true }
    }
    /// With words that the field's own message does not replace.
    pub(super) fn fixed(code: &'static str, message: Text) -> Self {
        Self { code, message, replaceable: false }
    }
    pub(super) fn at(self, field: &Field, place: Place<'_>) -> Diagnostic {
        let own = self.replaceable && !text_is_empty(&field.message);
        Diagnostic::error(self.code, place.to_string(), if own { field.message.clone() } else { self.message })
    }
}

pub(super) fn required() -> Problem {
    Problem::fixed("required", Text::new("请填写", "please fill this in"))
}
