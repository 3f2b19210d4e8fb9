//! What the reader of documents says of a value that does not fit, in words for whoever wrote the text.

use domain::{Diagnostic, Text};

use crate::similar;

/// Says in words what serde says in its own, and which key below the place has to go.
pub(super) fn in_words(message: &str, place: &str) -> (Diagnostic, Option<String>) {
    let below = |key: &str| if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") };
    let quoted = quoted(message);
    let first = quoted.first().copied().unwrap_or_default();
    let known = quoted.get(1..).unwrap_or_default();
    if message.starts_with("unknown field") {
        // The path may or may not end with the unknown key already.
        let whole = if place.rsplit('.').next() == Some(first) { place.to_owned() } else { below(first) };
        let text = Text::new(format!("不认识的键“{first}”"), format!("the key `{first}` is not known"));
        let cut = (whole != place).then(|| first.to_owned());
        return (Diagnostic::error("unknown_field", whole, text).with_help(meant(first, known)), cut);
    }
    if message.starts_with("missing field") {
        let text = Text::new(format!("缺少“{first}”"), format!("`{first}` is missing"));
        let help = Text::new(format!("在这里添加 {first}:"), format!("add `{first}:` here"));
        return (Diagnostic::error("missing_field", below(first), text).with_help(help), None);
    }
    if message.starts_with("unknown variant") {
        let text = Text::new(format!("“{first}”不是可用的值"), format!("`{first}` is not one of the values"));
        return (Diagnostic::error("unknown_value", place, text).with_help(meant(first, known)), None);
    }
    (wrong_value(message, place), None)
}

fn wrong_value(message: &str, place: &str) -> Diagnostic {
    let kinds = message.split_once(", expected ").and_then(|(found, expected)| Some((kind(found)?, wanted(expected)?)));
    let text = match &kinds {
        Some((found, wanted)) => Text::new(
            format!("这里应为{}，却是{}", wanted.zh, found.zh),
            format!("expected {}, found {}", wanted.en, found.en),
        ),
        None => Text::new(format!("内容不正确：{message}"), format!("not right: {message}")),
    };
    let is_number = message.starts_with("invalid type: integer") || message.starts_with("invalid type: floating");
    let help = if is_number && message.contains("expected a string") {
        Text::new("给数字加上引号", "put the number in quotes")
    } else {
        Text::new("对照导出的模板修改", "compare with an exported template")
    };
    Diagnostic::error("wrong_value", place, text).with_help(help)
}

/// What stands in the text, as `invalid type: KIND` or `invalid length …` tells.
fn kind(found: &str) -> Option<Text> {
    let found = found.strip_prefix("invalid type: ").or_else(|| found.strip_prefix("invalid value: "))?;
    let value = quoted(found).first().copied().or_else(|| found.split('"').nth(1)).unwrap_or_default();
    let named = |zh: &str, en: &str| Some(Text::new(format!("{zh}“{value}”"), format!("the {en} `{value}`")));
    match found.split([' ', ',']).next()? {
        "null" | "unit" => Some(Text::new("空值", "nothing")),
        "map" => Some(Text::new("一组键", "keys with values")),
        "sequence" => Some(Text::new("列表", "a list")),
        "string" => named("文字", "text"),
        "integer" | "floating" => named("数字", "number"),
        "boolean" => named("", "value"),
        _ => None,
    }
}

/// What belongs there. `None` for what a document's own reader says in plain words already.
fn wanted(expected: &str) -> Option<Text> {
    let first = expected.split(' ').next()?;
    let is_integer = first.len() <= 5 && first.starts_with(['u', 'i']) && first.ends_with(|c: char| c.is_ascii_digit());
    match expected {
        "a sequence" => Some(Text::new("列表", "a list")),
        "a boolean" => Some(Text::new(" true 或 false", "true or false")),
        "a string" => Some(Text::new("文字", "text")),
        "a map" => Some(Text::new("一组键", "keys with values")),
        "a string or map" | "string or map" => Some(Text::new("名称或一组键", "a name or keys with values")),
        _ if is_integer || first == "usize" || first == "isize" => Some(Text::new("整数", "a whole number")),
        _ if first == "struct" || first == "map" => Some(Text::new("一组键", "keys with values")),
        _ if first == "enum" || first == "variant" => Some(Text::new("可选的名称之一", "one of the known names")),
        _ => None,
    }
}

fn quoted(message: &str) -> Vec<&str> {
    message.split('`').skip(1).step_by(2).collect()
}

fn meant(name: &str, known: &[&str]) -> Text {
    if let Some(meant) = similar::closest(name, known.iter().copied()) {
        return Text::new(format!("是不是“{meant}”？"), format!("did you mean `{meant}`?"));
    }
    Text::new(format!("可用：{}", known.join("、")), format!("known: {}", known.join(", ")))
}
