//! The groups of a row as a text that an address can carry, and back. What comes back is a value to compare with, never
//! part of a statement.

use domain::LocalDate;
use engine::report::GroupKey;
use engine::value::Value;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Written {
    Blank,
    Text(String),
    Bool(bool),
    Date(LocalDate),
    Label(String),
}

/// The groups as a text.
pub(super) fn write(keys: &[GroupKey]) -> String {
    let written = keys.iter().map(|key| match key {
        GroupKey::Label(label) => Written::Label(label.clone()),
        GroupKey::Value(Value::Bool(yes)) => Written::Bool(*yes),
        GroupKey::Value(Value::Date(day)) => Written::Date(*day),
        GroupKey::Value(value) => value.as_text().map_or(Written::Blank, |text| Written::Text(text.to_owned())),
        GroupKey::Blank => Written::Blank,
    });
    serde_json::to_string(&written.collect::<Vec<_>>()).unwrap_or_default()
}

/// The groups of a text; `None` when it is not one.
pub(super) fn read(text: &str) -> Option<Vec<GroupKey>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let written: Vec<Written> = serde_json::from_str(text).ok()?;
    let keys = written.into_iter().map(|key| match key {
        Written::Blank => GroupKey::Blank,
        Written::Text(text) => GroupKey::Value(Value::Text(text)),
        Written::Bool(yes) => GroupKey::Value(Value::Bool(yes)),
        Written::Date(day) => GroupKey::Value(Value::Date(day)),
        Written::Label(label) => GroupKey::Label(label),
    });
    Some(keys.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_keep_their_kind() {
        let keys = [
            GroupKey::Blank,
            GroupKey::Value(Value::text("质量 \"a\"")),
            GroupKey::Value(Value::Bool(false)),
            GroupKey::Value(Value::Date(LocalDate::from_days(20_000))),
            GroupKey::Label("2026-03".to_owned()),
        ];
        assert_eq!(read(&write(&keys)).as_deref(), Some(&keys[..]));
        assert_eq!(read(""), Some(Vec::new()));
        assert_eq!(read("[1]"), None);
    }
}
