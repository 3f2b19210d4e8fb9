//! The shape of a filter: what of an expression a table can answer without running it row by row.

use domain::{Diagnostic, Text};

use super::Expr;
use super::node::{Kind, Node, Operator};
use super::parse::diagnostic;
use crate::value::Value;

/// A condition over names, comparisons with constants and with moving days.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Always or never.
    Constant(bool),
    /// A yes-or-no name.
    Name(String),
    /// All hold.
    All(Vec<Shape>),
    /// At least one holds.
    Any(Vec<Shape>),
    /// Does not hold.
    Not(Box<Shape>),
    /// A name against an operand; the name always stands on the left.
    Compare(String, Comparison, Operand),
    /// A name among constants.
    Among(String, Vec<Value>),
    /// A name without a value.
    Blank(String),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// The same.
    Equal,
    /// Not the same.
    NotEqual,
    /// Below.
    Less,
    /// Below or the same.
    LessOrEqual,
    /// Above.
    Greater,
    /// Above or the same.
    GreaterOrEqual,
}

/// What a name is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A constant.
    Value(Value),
    /// Another name, so many days later: `today - 29`.
    Name(String, i64),
}

impl Expr {
    /// The shape of this expression as a filter.
    ///
    /// # Errors
    /// The first part that only a full evaluation could answer.
    pub fn shape(&self) -> Result<Shape, Diagnostic> {
        shape(&self.root)
    }
}

fn shape(node: &Node) -> Result<Shape, Diagnostic> {
    match &node.kind {
        Kind::Constant(Value::Bool(yes)) => Ok(Shape::Constant(*yes)),
        Kind::Name(path) => Ok(Shape::Name(path.text.clone())),
        Kind::And(parts) => parts.iter().map(shape).collect::<Result<_, _>>().map(Shape::All),
        Kind::Or(parts) => parts.iter().map(shape).collect::<Result<_, _>>().map(Shape::Any),
        Kind::Not(inner) => shape(inner).map(|inner| Shape::Not(Box::new(inner))),
        Kind::Binary(Operator::In, left, right) => match (&left.kind, &right.kind) {
            (Kind::Name(path), Kind::Constant(Value::List(values))) => {
                Ok(Shape::Among(path.text.clone(), values.clone()))
            }
            _ => Err(unsupported(node)),
        },
        Kind::Binary(operator, left, right) => {
            let comparison = comparison(*operator).ok_or_else(|| unsupported(node))?;
            match (name(left), operand(right)) {
                (Some(name), Some(operand)) => Ok(Shape::Compare(name, comparison, operand)),
                _ => match (name(right), operand(left)) {
                    (Some(name), Some(operand)) => Ok(Shape::Compare(name, comparison.turned(), operand)),
                    _ => Err(unsupported(node)),
                },
            }
        }
        Kind::Call(call) if call.function.name == "blank" => match call.args.as_slice() {
            [argument] => name(argument).map(Shape::Blank).ok_or_else(|| unsupported(node)),
            _ => Err(unsupported(node)),
        },
        Kind::Constant(_) | Kind::Item(_) | Kind::List(_) | Kind::Negate(_) | Kind::Call(_) => Err(unsupported(node)),
    }
}

fn name(node: &Node) -> Option<String> {
    if let Kind::Name(path) = &node.kind { Some(path.text.clone()) } else { None }
}

/// A constant, or a name moved by whole days.
fn operand(node: &Node) -> Option<Operand> {
    let days = |node: &Node| if let Kind::Constant(value) = &node.kind { value.as_integer() } else { None };
    match &node.kind {
        Kind::Constant(value) => Some(Operand::Value(value.clone())),
        Kind::Name(path) => Some(Operand::Name(path.text.clone(), 0)),
        Kind::Binary(Operator::Add, left, right) => Some(Operand::Name(name(left)?, days(right)?)),
        Kind::Binary(Operator::Subtract, left, right) => Some(Operand::Name(name(left)?, days(right)?.checked_neg()?)),
        Kind::Call(call) if call.function.name == "add_days" => match call.args.as_slice() {
            [date, by] => Some(Operand::Name(name(date)?, days(by)?)),
            _ => None,
        },
        _ => None,
    }
}

const fn comparison(operator: Operator) -> Option<Comparison> {
    match operator {
        Operator::Equal => Some(Comparison::Equal),
        Operator::NotEqual => Some(Comparison::NotEqual),
        Operator::Less => Some(Comparison::Less),
        Operator::LessOrEqual => Some(Comparison::LessOrEqual),
        Operator::Greater => Some(Comparison::Greater),
        Operator::GreaterOrEqual => Some(Comparison::GreaterOrEqual),
        Operator::In | Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide => None,
    }
}

impl Comparison {
    /// The same comparison with its sides swapped.
    const fn turned(self) -> Self {
        match self {
            Self::Equal | Self::NotEqual => self,
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
        }
    }
}

fn unsupported(node: &Node) -> Diagnostic {
    let message = Text::new(
        "筛选只能比较列与固定值，或使用 blank、in、and、or、not",
        "a filter compares columns with constants, or uses blank, in, and, or, not",
    );
    diagnostic("filter_shape", node.at, message)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a broken expectation must fail the test")]
    use crate::expr::parse;

    #[track_caller]
    fn check(source: &str, expect: &str) {
        let shape = parse(source).unwrap().shape();
        assert_eq!(shape.map_or_else(|problem| problem.code, |shape| format!("{shape:?}")), expect, "{source}");
    }

    #[test]
    fn filters_have_a_shape() {
        check("true", "Constant(true)");
        check("breached", "Name(\"breached\")");
        check("not breached", "Not(Name(\"breached\"))");
        check("state = \"open\"", "Compare(\"state\", Equal, Value(Text(\"open\")))");
        check("3 < quantity", "Compare(\"quantity\", Greater, Value(Number(3)))");
        check("filed_date >= today - 29", "Compare(\"filed_date\", GreaterOrEqual, Name(\"today\", -29))");
        check("filed_date < add_days(today, 1)", "Compare(\"filed_date\", Less, Name(\"today\", 1))");
        check("kind in [\"exchange\"]", "Among(\"kind\", [Text(\"exchange\")])");
        check("blank(reason) or a and b", "Any([Blank(\"reason\"), All([Name(\"a\"), Name(\"b\")])])");
        check("lower(kind) = \"x\"", "filter_shape");
        check("quantity * 2 > 3", "filter_shape");
        check("kind in kinds", "filter_shape");
    }
}
