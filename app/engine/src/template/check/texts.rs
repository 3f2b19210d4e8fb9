//! Texts in both languages, wherever they stand.

use domain::{Diagnostic, Severity, Text};
use serde_json::Value;

use super::Checker;

pub(super) fn check(checker: &mut Checker) {
    if let Ok(document) = serde_json::to_value(checker.template) {
        walk(&document, "", &mut checker.problems);
    }
}

/// A text is an object with nothing but `zh` and `en`. Optional texts that are empty are not written at all.
fn walk(node: &Value, path: &str, problems: &mut Vec<Diagnostic>) {
    match node {
        Value::Object(entries) if !entries.is_empty() && entries.keys().all(|key| key == "zh" || key == "en") => {
            let side = |key: &str| entries.get(key).and_then(Value::as_str).unwrap_or_default().trim();
            problems.extend(judge(side("zh"), side("en"), path));
        }
        Value::Object(entries) => {
            for (key, inner) in entries {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                walk(inner, &path, problems);
            }
        }
        Value::Array(items) => {
            for (number, inner) in items.iter().enumerate() {
                walk(inner, &format!("{path}[{number}]"), problems);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn judge(zh: &str, en: &str, path: &str) -> Option<Diagnostic> {
    let (severity, code, message, help) = match (zh.is_empty(), en.is_empty()) {
        (false, false) => return None,
        (true, true) => (
            Severity::Error,
            "missing_text",
            Text::new("没有文字", "there is no text"),
            Text::new("填写 zh 和 en", "fill in `zh` and `en`"),
        ),
        (false, true) => (
            Severity::Warning,
            "missing_translation",
            Text::new(format!("“{zh}”没有英文"), format!("`{zh}` has no English")),
            Text::new("填写 en，否则英文界面显示中文", "fill in `en`, or English readers see Chinese"),
        ),
        (true, false) => (
            Severity::Warning,
            "missing_translation",
            Text::new(format!("“{en}”没有中文"), format!("`{en}` has no Chinese")),
            Text::new("填写 zh，否则中文界面显示英文", "fill in `zh`, or Chinese readers see English"),
        ),
    };
    Some(Diagnostic { severity, ..Diagnostic::error(code, path, message) }.with_help(help))
}
