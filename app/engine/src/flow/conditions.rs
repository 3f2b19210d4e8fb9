//! Who answers a flow's conditions: an expression scope, or a table in a test.

use crate::expr::{Condition, Formula, Scope};

/// Answers conditions. `None`: it cannot be said.
pub trait Conditions {
    /// Whether a condition holds. `place` is the node's id for auto-agreement, `condition.branch` for a branch.
    fn holds(&self, place: &str, when: &Formula) -> Option<bool>;
}

/// Answers by running the expression in a scope.
pub struct InScope<'s>(pub &'s dyn Scope);

impl Conditions for InScope<'_> {
    fn holds(&self, _place: &str, when: &Formula) -> Option<bool> {
        match when.condition(self.0) {
            Condition::True => Some(true),
            Condition::False => Some(false),
            Condition::Unclear(_) => None,
        }
    }
}
