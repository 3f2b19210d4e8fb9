//! The expression language: parse → check → eval. Conditions, formulas, validators and templates all speak it.
//!
//! Total: named limits bound the source, the tree, the steps and the lists; nothing panics. The reference is
//! app/docs/expressions.md.

mod check;
mod condition;
mod error;
mod eval;
mod formula;
mod function;
mod node;
mod operate;
mod parse;
mod pattern;
mod print;
#[cfg(test)]
mod properties;
mod scope;
mod shape;
#[cfg(test)]
mod tests;
mod token;
mod types;

use std::fmt;

pub use check::check;
pub use condition::{Condition, eval_condition};
pub use error::EvalError;
pub use eval::eval;
pub use formula::{Formula, Toggle};
pub use function::{Function, Group, functions};
pub use parse::parse;
pub use pattern::{MAX_PATTERN_CHARS, Pattern, PatternError};
pub use scope::{Layered, Nothing, Scope};
pub use shape::{Comparison, Operand, Shape};
pub use token::is_reserved;
pub use types::{Schema, Type};

use node::Node;

/// Longest source, in characters.
pub const MAX_SOURCE_CHARS: usize = 4_000;
/// Deepest nesting of brackets and operators.
pub const MAX_DEPTH: u32 = 64;
/// Most operators, names, constants and calls in one expression.
pub const MAX_NODES: u32 = 1_000;
/// Most steps of one evaluation: one a node, one a list item, and one per 64 characters handled.
pub const MAX_STEPS: u32 = 200_000;
/// Longest list that an expression makes or walks.
pub const MAX_LIST_ITEMS: usize = 10_000;
/// Longest text that an expression makes, in bytes.
pub const MAX_TEXT_BYTES: usize = 100_000;

/// A parsed expression: constants built, patterns compiled, names listed.
#[derive(Clone, Debug)]
pub struct Expr {
    root: Node,
    references: Vec<String>,
}

impl Expr {
    /// The names it reads, sorted, each once; dotted as written.
    #[must_use]
    pub fn references(&self) -> &[String] {
        &self.references
    }
}

impl Expr {
    /// The name, when the whole expression is one.
    #[must_use]
    pub fn as_name(&self) -> Option<&str> {
        if let node::Kind::Name(path) = &self.root.kind { Some(&path.text) } else { None }
    }
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.root == other.root
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print::write(f, &self.root)
    }
}
