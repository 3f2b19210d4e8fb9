//! A tree to its canonical source: English words, no needless brackets. Parsing it again gives the same tree.

use std::fmt::{self, Write};

use super::node::{Kind, Node, Operator};
use crate::value::Value;

pub(super) fn write(f: &mut fmt::Formatter<'_>, node: &Node) -> fmt::Result {
    node_at(f, node, Level::Or)
}

/// How tightly a form binds; a looser one inside a tighter one needs brackets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    And,
    Not,
    Compare,
    Sum,
    Product,
    Unary,
    Primary,
}

fn level(kind: &Kind) -> Level {
    match kind {
        Kind::Or(_) => Level::Or,
        Kind::And(_) => Level::And,
        Kind::Not(_) => Level::Not,
        Kind::Binary(Operator::Add | Operator::Subtract, ..) => Level::Sum,
        Kind::Binary(Operator::Multiply | Operator::Divide, ..) => Level::Product,
        Kind::Binary(..) => Level::Compare,
        Kind::Negate(_) => Level::Unary,
        Kind::Constant(Value::Number(number)) if number.is_sign_negative() => Level::Unary,
        _ => Level::Primary,
    }
}

fn node_at(f: &mut fmt::Formatter<'_>, node: &Node, least: Level) -> fmt::Result {
    if level(&node.kind) >= least {
        return bare(f, node);
    }
    f.write_char('(')?;
    bare(f, node)?;
    f.write_char(')')
}

fn bare(f: &mut fmt::Formatter<'_>, node: &Node) -> fmt::Result {
    match &node.kind {
        Kind::Constant(value) => constant(f, value),
        Kind::Name(path) => f.write_str(&path.text),
        Kind::Item(None) => f.write_str("it"),
        Kind::Item(Some(path)) => write!(f, "it.{}", path.text),
        Kind::List(items) => {
            f.write_char('[')?;
            separated(f, items, ", ", Level::Or)?;
            f.write_char(']')
        }
        Kind::Not(inner) => {
            f.write_str("not ")?;
            node_at(f, inner, Level::Not)
        }
        Kind::Negate(inner) => {
            f.write_char('-')?;
            node_at(f, inner, Level::Unary)
        }
        Kind::And(parts) => separated(f, parts, " and ", Level::Not),
        Kind::Or(parts) => separated(f, parts, " or ", Level::And),
        Kind::Binary(operator, left, right) => {
            let (left_least, right_least) = match level(&node.kind) {
                Level::Sum => (Level::Sum, Level::Product),
                Level::Product => (Level::Product, Level::Unary),
                _ => (Level::Sum, Level::Sum),
            };
            node_at(f, left, left_least)?;
            write!(f, " {} ", operator.symbol())?;
            node_at(f, right, right_least)
        }
        Kind::Call(call) => {
            write!(f, "{}(", call.function.name)?;
            separated(f, &call.args, ", ", Level::Or)?;
            if let Some(each) = &call.each {
                f.write_str(": ")?;
                node_at(f, each, Level::Or)?;
            }
            f.write_char(')')
        }
    }
}

fn separated(f: &mut fmt::Formatter<'_>, nodes: &[Node], separator: &str, least: Level) -> fmt::Result {
    for (index, node) in nodes.iter().enumerate() {
        if index > 0 {
            f.write_str(separator)?;
        }
        node_at(f, node, least)?;
    }
    Ok(())
}

fn constant(f: &mut fmt::Formatter<'_>, value: &Value) -> fmt::Result {
    match value {
        Value::Blank | Value::DateTime(_) | Value::Record(_) => f.write_str("blank"),
        Value::Text(text) => quoted(f, text),
        Value::Number(number) => write!(f, "{number}"),
        Value::Money(money) => write!(f, "money(\"{}\", \"{}\")", money.to_decimal_text(), money.currency),
        Value::Bool(yes) => write!(f, "{yes}"),
        Value::Date(date) => write!(f, "date(\"{date}\")"),
        Value::Duration(duration) => write!(f, "duration({}, \"{}\")", duration.amount, duration.unit.as_str()),
        Value::List(items) => {
            f.write_char('[')?;
            for (index, item) in items.iter().enumerate() {
                f.write_str(if index > 0 { ", " } else { "" })?;
                constant(f, item)?;
            }
            f.write_char(']')
        }
    }
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for letter in text.chars() {
        match letter {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            other => f.write_char(other)?,
        }
    }
    f.write_char('"')
}
