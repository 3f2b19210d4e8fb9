//! Expressions inside documents: read as text, parsed once while the document is read.

use std::fmt;
use std::sync::Arc;

use domain::{Diagnostic, Text};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Condition, EvalError, Expr, Schema, Scope, Type, check, eval, eval_condition, parse};
use crate::value::Value;

/// An expression as a document holds it: its source, and the parsed form or what is wrong with it. A document with a
/// mistake can thus be read whole and checked whole; running the mistake is `EvalError::NotParsed`.
#[derive(Clone)]
pub struct Formula {
    source: String,
    parsed: Arc<Result<Expr, Vec<Diagnostic>>>,
}

impl Formula {
    /// Parses a source.
    #[must_use]
    pub fn new(source: impl Into<String>) -> Self {
        let source = source.into();
        let parsed = Arc::new(parse(&source));
        Self { source, parsed }
    }
    /// As written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
    /// The parsed expression, when the source has no mistake.
    #[must_use]
    pub fn expr(&self) -> Option<&Expr> {
        self.parsed.as_ref().as_ref().ok()
    }
    /// The names it reads; none when it has mistakes.
    #[must_use]
    pub fn references(&self) -> &[String] {
        self.expr().map_or(&[], Expr::references)
    }
    /// Its value.
    ///
    /// # Errors
    /// What `eval` says, and `NotParsed`.
    pub fn eval(&self, scope: &dyn Scope) -> Result<Value, EvalError> {
        self.expr().map_or(Err(EvalError::NotParsed), |expr| eval(expr, scope))
    }
    /// Its outcome as a condition.
    #[must_use]
    pub fn condition(&self, scope: &dyn Scope) -> Condition {
        self.expr().map_or(Condition::Unclear(EvalError::NotParsed), |expr| eval_condition(expr, scope))
    }
    /// Its type and every problem, each placed under `path`.
    #[must_use]
    pub fn check(&self, schema: &Schema, path: &str) -> (Type, Vec<Diagnostic>) {
        let (found, mut problems) = match self.parsed.as_ref() {
            Ok(expr) => check(expr, schema),
            Err(problems) => (Type::Any, problems.clone()),
        };
        for problem in &mut problems {
            path.clone_into(&mut problem.path);
        }
        (found, problems)
    }
    /// Every problem of using it as a condition.
    #[must_use]
    pub fn check_condition(&self, schema: &Schema, path: &str) -> Vec<Diagnostic> {
        let (found, mut problems) = self.check(schema, path);
        if !matches!(found, Type::Bool | Type::Any | Type::Blank) {
            let title = found.title();
            let message = Text::new(
                format!("条件的结果应为是/否，而不是{}", title.zh),
                format!("a condition is yes or no, not {}", title.en),
            );
            problems.push(Diagnostic::error("condition_type", path, message));
        }
        problems
    }
}

impl PartialEq for Formula {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Formula {}

impl fmt::Debug for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Formula({:?})", self.source)
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

impl From<&str> for Formula {
    fn from(source: &str) -> Self {
        Self::new(source)
    }
}

impl Serialize for Formula {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.source)
    }
}

impl<'de> Deserialize<'de> for Formula {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FormulaVisitor)
    }
}

/// Reads texts; numbers and booleans too, which people write bare in YAML.
struct FormulaVisitor;

impl Visitor<'_> for FormulaVisitor {
    type Value = Formula;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an expression")
    }
    fn visit_str<E: Error>(self, source: &str) -> Result<Formula, E> {
        Ok(Formula::new(source))
    }
    fn visit_bool<E: Error>(self, yes: bool) -> Result<Formula, E> {
        Ok(Formula::new(yes.to_string()))
    }
    fn visit_i64<E: Error>(self, number: i64) -> Result<Formula, E> {
        Ok(Formula::new(number.to_string()))
    }
    fn visit_u64<E: Error>(self, number: u64) -> Result<Formula, E> {
        Ok(Formula::new(number.to_string()))
    }
    fn visit_f64<E: Error>(self, number: f64) -> Result<Formula, E> {
        Ok(Formula::new(number.to_string()))
    }
}

/// Yes, no, or a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Toggle {
    /// Always so.
    Always(bool),
    /// When the condition holds.
    When(Formula),
}

impl Default for Toggle {
    fn default() -> Self {
        Self::Always(false)
    }
}

impl Toggle {
    /// Whether it is the plain `false` that need not be written.
    #[must_use]
    pub fn is_never(&self) -> bool {
        *self == Self::Always(false)
    }
    /// The condition, if it is one.
    #[must_use]
    pub const fn formula(&self) -> Option<&Formula> {
        if let Self::When(formula) = self { Some(formula) } else { None }
    }
    /// The outcome.
    #[must_use]
    pub fn condition(&self, scope: &dyn Scope) -> Condition {
        match self {
            Self::Always(true) => Condition::True,
            Self::Always(false) => Condition::False,
            Self::When(formula) => formula.condition(scope),
        }
    }
}

impl Serialize for Toggle {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Always(yes) => serializer.serialize_bool(*yes),
            Self::When(formula) => formula.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Toggle {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ToggleVisitor;
        impl Visitor<'_> for ToggleVisitor {
            type Value = Toggle;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, false or a condition")
            }
            fn visit_bool<E: Error>(self, yes: bool) -> Result<Toggle, E> {
                Ok(Toggle::Always(yes))
            }
            fn visit_str<E: Error>(self, source: &str) -> Result<Toggle, E> {
                Ok(Toggle::When(Formula::new(source)))
            }
        }
        deserializer.deserialize_any(ToggleVisitor)
    }
}
