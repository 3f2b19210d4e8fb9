//! A template as text: keys in the order of the documents, short things on one line, a comment over each part.

use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::Template;

/// Widest line of something written on one line.
const MAX_LINE_CHARS: usize = 116;

/// Part → what stands over it.
const PARTS: &[(&str, &str)] = &[
    ("settings", "Limits and habits of the business. Money is written with its currency, time with its unit."),
    ("case", "Which form, flow and policy a case runs on."),
    ("roles", "Roles are sets of permissions; shops and warehouses are given person by person."),
    ("reasons", "Why goods come back, two levels. `platforms` lists the platforms' own codes."),
    ("grades", "Grades of inspected goods: how much is refunded, where the goods go."),
    ("checklists", "What an inspector looks at, by category; the list without categories serves the rest."),
    ("canned_answers", "Canned answers: ready texts. {case} and the like are filled from the case."),
    ("forms", "Forms. Conditions and formulas read fields by their id."),
    ("flows", "Flows: a tree of steps. Conditions read the facts of the case."),
    ("policies", "Policies: the first rule that fits decides."),
    ("rules", "Rules: when something happened and a condition holds, then effects."),
    ("boards", "Boards."),
    ("messages", "Message templates. {{name}} is replaced by a fact of the case."),
    ("prints", "Print templates: blocks from top to bottom."),
];

enum Node {
    Scalar(serde_json::Value),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// Writes a template as YAML that `parse_yaml` reads back to the same template.
///
/// # Errors
/// A value that JSON cannot hold, which no document has.
pub fn to_yaml(template: &Template) -> Result<String, serde_json::Error> {
    // Through JSON text, which keeps the order of the fields.
    let node = serde_json::to_string(template).and_then(|json| serde_json::from_str(&json))?;
    let mut out = String::new();
    if let Node::Map(parts) = node {
        for (key, part) in &parts {
            if let Some((_, comment)) = PARTS.iter().find(|(part, _)| part == key) {
                out.push_str("\n# ");
                out.push_str(comment);
                out.push('\n');
            }
            entry(&mut out, key, part, 0);
        }
    }
    Ok(out)
}

fn entry(out: &mut String, key: &str, node: &Node, indent: usize) {
    out.push_str(&scalar_text(key));
    out.push(':');
    if let Some(line) = one_line(node)
        && indent + key.chars().count() + line.chars().count() + 2 <= MAX_LINE_CHARS
    {
        out.push(' ');
        out.push_str(&line);
        out.push('\n');
        return;
    }
    match node {
        Node::Scalar(value) => {
            out.push(' ');
            long_scalar(out, value, indent + 2);
        }
        Node::List(items) => {
            out.push('\n');
            list(out, items, indent + 2);
        }
        Node::Map(entries) => {
            out.push('\n');
            for (key, node) in entries {
                pad(out, indent + 2);
                entry(out, key, node, indent + 2);
            }
        }
    }
}

fn list(out: &mut String, items: &[Node], indent: usize) {
    for item in items {
        pad(out, indent);
        out.push_str("- ");
        match item {
            Node::Map(entries) if one_line(item).is_none() => {
                for (number, (key, node)) in entries.iter().enumerate() {
                    if number > 0 {
                        pad(out, indent + 2);
                    }
                    entry(out, key, node, indent + 2);
                }
            }
            Node::Scalar(value) if one_line(item).is_none() => long_scalar(out, value, indent + 2),
            other => {
                out.push_str(&one_line(other).unwrap_or_else(|| flow(other)));
                out.push('\n');
            }
        }
    }
}

fn pad(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

/// What is short enough for one line: scalars, lists of scalars, texts in two languages, small maps of scalars.
fn one_line(node: &Node) -> Option<String> {
    let scalar = |node: &Node| matches!(node, Node::Scalar(value) if !is_block(value));
    let fits = match node {
        Node::Scalar(value) => !is_block(value),
        Node::List(items) => items.iter().all(scalar),
        Node::Map(entries) => {
            let small = entries.len() <= 3 && !entries.iter().any(|(key, _)| key == "id");
            small
                && entries.iter().all(|(_, node)| scalar(node) || matches!(node, Node::List(items) if items.is_empty()))
        }
    };
    let line = fits.then(|| flow(node))?;
    let short = matches!(node, Node::Scalar(_)) || line.chars().count() <= MAX_LINE_CHARS - 24;
    short.then_some(line)
}

fn flow(node: &Node) -> String {
    match node {
        Node::Scalar(serde_json::Value::String(text)) => scalar_text(text),
        Node::Scalar(other) => other.to_string(),
        Node::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Node::Map(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, node)| format!("{}: {}", scalar_text(key), flow(node))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// Texts of several lines are written as a block.
fn is_block(value: &serde_json::Value) -> bool {
    value.as_str().is_some_and(|text| text.contains('\n'))
}

fn long_scalar(out: &mut String, value: &serde_json::Value, indent: usize) {
    let text = value.as_str().unwrap_or_default();
    let odd =
        |line: &str| line.starts_with([' ', '\t']) || line.ends_with([' ', '\t']) || line.chars().any(is_unprintable);
    if !is_block(value) || text.starts_with('\n') || text.ends_with('\n') || text.split('\n').any(odd) {
        out.push_str(&flow(&Node::Scalar(value.clone())));
        out.push('\n');
        return;
    }
    out.push_str("|-\n");
    for line in text.split('\n') {
        if !line.is_empty() {
            pad(out, indent);
        }
        out.push_str(line);
        out.push('\n');
    }
}

/// Plain where YAML reads it as the same text, else quoted; expressions in single quotes because they hold double ones.
fn scalar_text(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else if text.contains('"') && !text.chars().any(is_unprintable) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        double_quoted(text)
    }
}

/// What YAML allows only as an escape.
fn is_unprintable(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn double_quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            odd if is_unprintable(odd) => quoted.push_str(&format!("\\u{:04X}", u32::from(odd))),
            plain => quoted.push(plain),
        }
    }
    quoted.push('"');
    quoted
}

fn is_plain(text: &str) -> bool {
    const RESERVED: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"];
    let Some(first) = text.chars().next() else { return false };
    let letters = text.contains(' ') && text.chars().any(|letter| letter.is_ascii_alphabetic());
    let begins = first.is_alphabetic() || first == '_' || (first.is_ascii_digit() && letters);
    let fine = |letter: char| letter.is_alphanumeric() || " _-./+（）()，。、：；？！“”《》·→".contains(letter);
    begins && text.chars().all(fine) && !text.ends_with(' ') && !RESERVED.contains(&text.to_ascii_lowercase().as_str())
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NodeVisitor;
        impl<'de> Visitor<'de> for NodeVisitor {
            type Value = Node;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }
            fn visit_unit<E: Error>(self) -> Result<Node, E> {
                Ok(Node::Scalar(serde_json::Value::Null))
            }
            fn visit_bool<E: Error>(self, yes: bool) -> Result<Node, E> {
                Ok(Node::Scalar(yes.into()))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Node, E> {
                Ok(Node::Scalar(number.into()))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Node, E> {
                Ok(Node::Scalar(number.into()))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Node, E> {
                Ok(Node::Scalar(number.into()))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
                Ok(Node::Scalar(text.into()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Node::List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Node::Map(entries))
            }
        }
        deserializer.deserialize_any(NodeVisitor)
    }
}
