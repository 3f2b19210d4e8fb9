//! Expressions as conditions: three outcomes, because "cannot say" must not pass for "no".

use super::{EvalError, Expr, Scope, eval::root};
use crate::value::Value;

/// What a condition came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// It holds.
    True,
    /// It does not hold; a blank result does not hold either.
    False,
    /// It cannot be said, such as when currencies differ. Whoever asks takes the stricter branch: a condition that
    /// adds an approver counts as holding (`may_hold`), one that grants something does not (`holds`).
    Unclear(EvalError),
}

impl Condition {
    /// Whether it surely holds.
    #[must_use]
    pub const fn holds(&self) -> bool {
        matches!(self, Self::True)
    }
    /// Whether it holds or cannot be said.
    #[must_use]
    pub const fn may_hold(&self) -> bool {
        matches!(self, Self::True | Self::Unclear(_))
    }
}

impl From<Result<Value, EvalError>> for Condition {
    fn from(result: Result<Value, EvalError>) -> Self {
        match result {
            Ok(value) => Self::of(&value),
            Err(error) => Self::Unclear(error),
        }
    }
}

impl Condition {
    fn of(value: &Value) -> Self {
        match value {
            Value::Bool(true) => Self::True,
            Value::Bool(false) | Value::Blank => Self::False,
            other => Self::Unclear(EvalError::wrong("when", other)),
        }
    }
}

/// Runs an expression as a condition.
#[must_use]
pub fn eval_condition(expr: &Expr, scope: &dyn Scope) -> Condition {
    match root(expr, scope) {
        Ok(value) => Condition::of(&value),
        Err(error) => Condition::Unclear(error),
    }
}
