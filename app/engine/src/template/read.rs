//! A template from its text. What does not fit the format is named all at once, each with its place and line.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Diagnostic, Text};
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use super::Template;
use super::tree::{Source, read};
use super::wording::in_words;

/// After so many mistakes of form nobody reads on.
const MAX_PROBLEMS: usize = 100;

/// A template and where its parts stand in the text.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The template, not checked yet.
    pub template: Template,
    /// Place → line.
    pub source: Source,
}

impl Parsed {
    /// Everything that is wrong with the template, each with its line.
    #[must_use]
    pub fn check(&self) -> Vec<Diagnostic> {
        let mut problems = super::check(&self.template);
        self.source.locate(&mut problems);
        problems.sort_by_key(|problem| problem.line);
        problems
    }
}

/// Reads a template.
///
/// # Errors
/// Mistakes of form: broken YAML, unknown and missing keys, wrong kinds of value.
pub fn parse_yaml(text: &str) -> Result<Parsed, Vec<Diagnostic>> {
    let (value, source) = read(text).map_err(|problem| vec![problem])?;
    if !value.is_object() {
        return Err(vec![no_template(&value)]);
    }
    let mut reader = Reader { value, gone: BTreeMap::new(), removed: BTreeSet::new(), problems: Vec::new() };
    match reader.run() {
        Some(template) if reader.problems.is_empty() => Ok(Parsed { template, source }),
        _ => {
            source.locate(&mut reader.problems);
            reader.problems.sort_by_key(|problem| problem.line);
            Err(reader.problems)
        }
    }
}

fn no_template(value: &Value) -> Diagnostic {
    let message = if value.is_null() {
        Text::new("文件是空的", "the file is empty")
    } else {
        Text::new(
            "文件里没有模板：最外层应为 format:、roles: 这样的键",
            "no template: its outermost level is keys such as format: and roles:",
        )
    };
    let help = Text::new("从导出的模板开始", "begin with an exported template");
    Diagnostic { line: Some(1), ..Diagnostic::error("no_template", "", message).with_help(help) }
}

/// Reads and checks a template: everything that is wrong with it, each with its line. The template is there when it
/// can be read at all.
#[must_use]
pub fn check_yaml(text: &str) -> (Option<Template>, Vec<Diagnostic>) {
    match parse_yaml(text) {
        Err(problems) => (None, problems),
        Ok(parsed) => {
            let problems = parsed.check();
            (Some(parsed.template), problems)
        }
    }
}

/// Reads again and again, each time without the part that was wrong, so that one mistake does not hide the next.
struct Reader {
    value: Value,
    /// List → original places of items taken out, so that later places are named as in the text.
    gone: BTreeMap<String, BTreeSet<usize>>,
    /// Keys taken out: what misses them now was complete before.
    removed: BTreeSet<String>,
    problems: Vec<Diagnostic>,
}

impl Reader {
    fn run(&mut self) -> Option<Template> {
        for _ in 0..MAX_PROBLEMS {
            let error = match serde_path_to_error::deserialize::<_, Template>(&self.value) {
                Ok(template) => return Some(template),
                Err(error) => error,
            };
            let place = self.original(error.path());
            let (problem, cut) = in_words(&error.inner().to_string(), &place);
            let missing = problem.code == "missing_field";
            if !(missing && self.removed.contains(&problem.path)) {
                self.problems.push(problem);
            }
            if !self.cut(error.path(), cut.as_deref(), missing) {
                return None;
            }
        }
        None
    }

    /// The place as in the text.
    fn original(&self, path: &Path) -> String {
        let mut place = String::new();
        for segment in path.iter() {
            match segment {
                Segment::Seq { index } => {
                    let index = original_index(&self.gone, &place, *index);
                    place.push_str(&format!("[{index}]"));
                }
                Segment::Map { key } => push_key(&mut place, key),
                Segment::Enum { variant } => push_key(&mut place, variant),
                Segment::Unknown => {}
            }
        }
        place
    }

    /// Takes the wrong part out: the key `below` the path, the list item around it (`item`), or what the path points
    /// at. False: there is nothing to take.
    fn cut(&mut self, path: &Path, below: Option<&str>, item: bool) -> bool {
        let mut segments: Vec<Segment> =
            path.iter().filter(|segment| !matches!(segment, Segment::Unknown)).cloned().collect();
        if item {
            let last = segments.iter().rposition(|segment| matches!(segment, Segment::Seq { .. }));
            segments.truncate(last.map_or(segments.len(), |last| last + 1));
        }
        if let Some(key) = below {
            segments.push(Segment::Map { key: key.to_owned() });
        }
        let Some(last) = segments.pop() else { return false };
        let mut place = String::new();
        let mut at = &mut self.value;
        for segment in &segments {
            let next = match segment {
                Segment::Seq { index } => {
                    let original = original_index(&self.gone, &place, *index);
                    place.push_str(&format!("[{original}]"));
                    at.get_mut(*index)
                }
                Segment::Map { key } | Segment::Enum { variant: key } => {
                    push_key(&mut place, key);
                    at.get_mut(key)
                }
                Segment::Unknown => None,
            };
            let Some(next) = next else { return false };
            at = next;
        }
        match (&last, at) {
            (Segment::Seq { index }, Value::Array(items)) if *index < items.len() => {
                let original = original_index(&self.gone, &place, *index);
                items.remove(*index);
                self.gone.entry(place).or_default().insert(original);
                true
            }
            (Segment::Map { key } | Segment::Enum { variant: key }, Value::Object(entries)) => {
                let found = entries.remove(key).is_some();
                push_key(&mut place, key);
                self.removed.insert(place);
                found
            }
            _ => false,
        }
    }
}

/// The place in the text of what stands at `index` now that some items are gone.
fn original_index(gone: &BTreeMap<String, BTreeSet<usize>>, list: &str, index: usize) -> usize {
    let Some(gone) = gone.get(list) else { return index };
    (0..).filter(|place| !gone.contains(place)).nth(index).unwrap_or(index)
}

fn push_key(place: &mut String, key: &str) {
    if !place.is_empty() {
        place.push('.');
    }
    place.push_str(key);
}
