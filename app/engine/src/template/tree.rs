//! YAML as a plain tree with the line of every value, and the way from a place in a document to its line.

use std::collections::BTreeMap;
use std::fmt;

use domain::{Diagnostic, Text};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_saphyr::Spanned;

/// Longest text that is read, in bytes.
pub const MAX_TEXT_BYTES: usize = 4_000_000;

/// Place → line, 1-based.
#[derive(Clone, Debug, Default)]
pub struct Source {
    lines: BTreeMap<String, u32>,
}

impl Source {
    /// The line of a place, or of the nearest thing around it.
    #[must_use]
    pub fn line(&self, path: &str) -> Option<u32> {
        let mut path = path;
        loop {
            if let Some(line) = self.lines.get(path) {
                return Some(*line);
            }
            path = path.get(..path.rfind(['.', '['])?)?;
        }
    }
    /// Gives every problem its line.
    pub fn locate(&self, problems: &mut [Diagnostic]) {
        for problem in problems {
            problem.line = problem.line.or_else(|| self.line(&problem.path));
        }
    }
}

enum Node {
    Scalar(serde_json::Value),
    List(Vec<Spanned<Node>>),
    Map(Vec<(Spanned<String>, Node)>),
}

/// Reads YAML into JSON and remembers the lines.
pub(super) fn read(text: &str) -> Result<(serde_json::Value, Source), Diagnostic> {
    if text.len() > MAX_TEXT_BYTES {
        let message = Text::new(
            format!("文件超过 {MAX_TEXT_BYTES} 字节"),
            format!("the text is longer than {MAX_TEXT_BYTES} bytes"),
        );
        return Err(Diagnostic::error("too_large", "", message).with_help(Text::new("拆分模板", "split the template")));
    }
    let options = serde_saphyr::options! { with_snippet: false };
    let node = serde_saphyr::from_str_with_options::<Node>(text, options).map_err(|error| syntax(&error))?;
    let mut source = Source::default();
    let value = unfold(node, String::new(), &mut source);
    Ok((value, source))
}

fn syntax(error: &serde_saphyr::Error) -> Diagnostic {
    let line = error.location().and_then(|place| u32::try_from(place.line()).ok()).filter(|line| *line > 0);
    let message = Text::new(format!("YAML 格式有误：{error}"), format!("not well-formed YAML: {error}"));
    let help = Text::new(
        "检查缩进、引号和冒号后的空格；同一层不能有相同的键",
        "look at the indentation, the quotes and the space after the colon; no key twice on one level",
    );
    Diagnostic { line, ..Diagnostic::error("yaml", "", message).with_help(help) }
}

fn unfold(node: Node, path: String, source: &mut Source) -> serde_json::Value {
    match node {
        Node::Scalar(value) => value,
        Node::List(items) => {
            let items = items.into_iter().enumerate().map(|(index, item)| {
                let path = format!("{path}[{index}]");
                source.note(&path, item.referenced.line());
                unfold(item.value, path, source)
            });
            serde_json::Value::Array(items.collect())
        }
        Node::Map(entries) => {
            let entries = entries.into_iter().map(|(key, node)| {
                let path = if path.is_empty() { key.value.clone() } else { format!("{path}.{}", key.value) };
                source.note(&path, key.referenced.line());
                (key.value, unfold(node, path, source))
            });
            serde_json::Value::Object(entries.collect())
        }
    }
}

impl Source {
    fn note(&mut self, path: &str, line: u64) {
        if let Ok(line) = u32::try_from(line)
            && line > 0
        {
            self.lines.insert(path.to_owned(), line);
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NodeVisitor;
        impl<'de> Visitor<'de> for NodeVisitor {
            type Value = Node;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number, yes or no, a list or a map")
            }
            fn visit_unit<E: Error>(self) -> Result<Node, E> {
                Ok(Node::Scalar(serde_json::Value::Null))
            }
            fn visit_none<E: Error>(self) -> Result<Node, E> {
                self.visit_unit()
            }
            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
                Node::deserialize(deserializer)
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
                while let Some(key) = map.next_key()? {
                    entries.push((key, map.next_value()?));
                }
                Ok(Node::Map(entries))
            }
        }
        deserializer.deserialize_any(NodeVisitor)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a broken expectation must fail the test")]
    use super::*;

    #[test]
    fn every_place_has_a_line() {
        let text = "id: a\nblocks:\n  - approve:\n      id: review\n      title: {zh: 审核, en: Review}\n  - x\n";
        let (value, source) = read(text).unwrap();
        assert_eq!(value.pointer("/blocks/0/approve/title/zh").unwrap(), "审核");
        let lines = ["id", "blocks", "blocks[0]", "blocks[0].approve.id", "blocks[0].approve.title.zh", "blocks[1]"];
        assert_eq!(lines.map(|path| source.line(path).unwrap()), [1, 2, 3, 4, 5, 6]);
        assert_eq!(source.line("blocks[0].approve.deadline"), Some(3));
        assert_eq!(source.line("nothing"), None);
    }

    #[test]
    fn broken_text_has_a_line() {
        for (text, line) in [("a: 1\nb: [1\n", 2), ("a: 1\na: 2\n", 2), ("a:\n\t- b\n", 2)] {
            let problem = read(text).unwrap_err();
            assert!(problem.line.is_some_and(|found| found >= line), "{text:?} {problem:?}");
            assert!(problem.help.is_some());
        }
    }
}
