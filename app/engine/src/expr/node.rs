//! The tree of an expression: a closed vocabulary.

use super::function::Function;
use super::pattern::Pattern;
use crate::value::Value;

/// A node and where it stands. Equality ignores the place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// 1-based character in the source.
    pub(super) at: u32,
    /// Nodes from here down to the deepest leaf.
    pub(super) height: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Constant(Value),
    Name(Path),
    /// `it` or a field of it, inside `any(list: …)`.
    Item(Option<Path>),
    List(Vec<Node>),
    Not(Box<Node>),
    Negate(Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
    Binary(Operator, Box<Node>, Box<Node>),
    Call(Box<Call>),
}

/// A dotted name; `dots` are the byte places of its dots.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Path {
    pub(super) text: String,
    pub(super) dots: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) function: &'static Function,
    pub(super) args: Vec<Node>,
    /// What stands behind the colon: computed for each item of the first argument.
    pub(super) each: Option<Node>,
    pub(super) pattern: Option<Pattern>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl Operator {
    pub(super) const fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "<>",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::In => "in",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        }
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl PartialEq for Call {
    fn eq(&self, other: &Self) -> bool {
        self.function.name == other.function.name && self.args == other.args && self.each == other.each
    }
}

impl Path {
    pub(super) fn new(text: String) -> Self {
        let dots = text.match_indices('.').map(|(at, _)| at).collect();
        Self { text, dots }
    }
}

impl Kind {
    pub(super) fn children(&self) -> Vec<&Node> {
        match self {
            Self::Constant(_) | Self::Name(_) | Self::Item(_) => Vec::new(),
            Self::List(items) | Self::And(items) | Self::Or(items) => items.iter().collect(),
            Self::Not(inner) | Self::Negate(inner) => vec![inner],
            Self::Binary(_, left, right) => vec![left, right],
            Self::Call(call) => call.args.iter().chain(&call.each).collect(),
        }
    }
}
