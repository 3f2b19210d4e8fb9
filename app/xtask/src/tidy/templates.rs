//! The returns template is data: its roles, stages and thresholds occur in no code.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::Finding;
use super::source::{Source, line_of};

/// The application as it is delivered.
pub(crate) const TEMPLATE: &str = "app/templates/returns.yaml";
/// Code that runs any template and so may know none.
const TEMPLATE_FREE: &[&str] =
    &["app/engine", "app/domain", "app/store", "app/operations", "app/http", "app/jobs", "app/contract", "frontend"];
/// Sections whose entries' ids and titles are the template's own words, by how their names begin.
const SECTIONS: &[&str] = &["role", "flow", "stage", "step", "task"];
/// Keys that hold such a word, directly or one for each language.
const WORDS: &[&str] = &["id", "key", "name", "title", "label", "role", "stage"];
/// Smaller amounts are too common to mean the template's threshold.
const MIN_THRESHOLD: u64 = 1000;
/// The core's own words for its work and its people's machines, which a template shares but does not own.
const CORE_WORDS: &[&str] =
    &["receive", "inspect", "settle", "outbound", "收货", "质检", "结算", "退款金额", "Settlement", "Finance", "agent"];

/// String literals in code that repeat a word or a threshold of `template`.
pub(crate) fn check(template: &str, sources: &[Source]) -> Result<Vec<Finding>> {
    let document: Value = serde_saphyr::from_str(template).with_context(|| format!("cannot read `{TEMPLATE}`"))?;
    let mut words = BTreeSet::new();
    collect(&document, false, &mut words);
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| source.is_in(TEMPLATE_FREE) && !source.is_test()) {
        let Some(scan) = &source.rust else { continue };
        for range in scan.strings.iter().filter(|range| !scan.is_test(range.start)) {
            let literal = source.text.get(range.clone()).unwrap_or_default();
            if words.contains(literal) && !CORE_WORDS.contains(&literal) {
                let message = format!("`{literal}` is a word of {TEMPLATE}: read it from the definition");
                findings.push(Finding::new(&source.path, line_of(&source.text, range.start), message));
            }
        }
    }
    Ok(findings)
}

/// Gathers the words of the sections that matter, and every threshold.
fn collect(value: &Value, in_section: bool, words: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let in_section = in_section || SECTIONS.iter().any(|section| key.starts_with(section));
                if in_section && WORDS.contains(&key.as_str()) {
                    own_words(value, words);
                }
                collect(value, in_section, words);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, in_section, words)),
        Value::String(text) => thresholds(text, words),
        Value::Number(_) | Value::Bool(_) | Value::Null => {}
    }
}

/// A text, or the texts of a map from language to text.
fn own_words(value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if !text.is_empty() => {
            words.insert(text.clone());
        }
        Value::Object(map) => map.values().for_each(|value| own_words(value, words)),
        _ => {}
    }
}

/// The large amounts of `text`, such as the 5000 of `refund > money("5000", "CNY")`.
fn thresholds(text: &str, words: &mut BTreeSet<String>) {
    if !text.contains("money(") && !text.ends_with(" CNY") {
        return;
    }
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse::<u64>().ok());
    words.extend(numbers.filter(|number| *number >= MIN_THRESHOLD).map(|number| number.to_string()));
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "
roles:
  - id: finance_head
    title: { zh: 财务总监, en: Finance head }
flow:
  steps:
    - { id: first_review, when: 'refund > money(\"5000\", \"CNY\")' }
form:
  fields:
    - { id: reason }
";

    #[track_caller]
    fn check_code(path: &str, code: &str, found: usize) {
        let findings = check(SMALL, &[Source::new(path, code.to_owned())]);
        assert_eq!(findings.map(|findings| findings.len()).map_err(|error| error.to_string()), Ok(found), "{code}");
    }

    #[test]
    fn words_of_the_template_stay_out_of_code() {
        check_code("app/engine/src/a.rs", "const A: &str = \"finance_head\";", 1);
        check_code("app/http/src/a.rs", "const A: &str = \"财务总监\";", 1);
        check_code("frontend/desk/src/a.rs", "const A: [&str; 2] = [\"first_review\", \"5000\"];", 2);
        check_code("app/engine/src/a.rs", "// finance_head\nconst A: &str = \"reason\";", 0);
        check_code("app/cli/src/demo.rs", "const A: &str = \"finance_head\";", 0);
        check_code("app/engine/src/a.rs", "#[cfg(test)] mod t { const A: &str = \"first_review\"; }", 0);
        check_code("app/engine/src/flow/tests.rs", "const A: &str = \"first_review\";", 0);
    }
}
