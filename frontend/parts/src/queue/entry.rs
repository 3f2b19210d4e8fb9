//! One thing that was done here and that the server is to hear of, and what becomes of it. Pure, so that it can be tested.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Marks a text that stands for a part of an earlier entry's answer.
const MARK: char = '@';

/// Why the server refused an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// HTTP status; 0 when an earlier entry that this one builds on was refused.
    pub status: u16,
    /// In the reader's words.
    pub words: String,
}

/// Something that was done here, as the server is to be told of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its own name, unique for ever: the server does what it says once.
    pub key: String,
    /// The route's operation id.
    pub operation: String,
    /// The variable segments of the address, in order.
    pub path: Vec<String>,
    /// The body.
    pub body: Value,
    /// What a person knows it by: the code that was scanned.
    pub about: String,
    /// The id of who did it.
    pub person: String,
    /// Their name.
    pub person_name: String,
    /// Their stay at the station, so that it stays theirs whoever sends it.
    pub shift: String,
    /// When, by this page's clock.
    pub at_ms: i64,
    /// The server said no; a person must look at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
}

/// A text that stands for a part of the answer to the entry `key`, by its JSON pointer, until that answer is there.
#[must_use]
pub fn answer_of(key: &str, pointer: &str) -> String {
    format!("{MARK}{key}{pointer}")
}

/// What is to become of an entry that was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Told again later: nothing clear came back, or too much was told at once.
    Later,
    /// Waits until somebody signs in.
    SignIn,
    /// A person must look at it.
    Refused,
}

impl Fate {
    /// By the answer's status and code.
    #[must_use]
    pub fn of(status: u16, code: &str) -> Self {
        match status {
            401 => Self::SignIn,
            403 if code == "csrf" => Self::SignIn,
            408 | 425 | 429 => Self::Later,
            400..500 => Self::Refused,
            _ => Self::Later,
        }
    }
}

/// How long to wait before the next attempt after so many that failed in a row, in ms.
#[must_use]
pub fn pause_ms(failed: u32) -> u64 {
    const FIRST_MS: u64 = 500;
    const MOST_MS: u64 = 15_000;
    FIRST_MS.saturating_mul(1 << failed.min(10)).min(MOST_MS)
}

impl Entry {
    /// Whether it builds on the answer to the entry `key`.
    #[must_use]
    pub fn builds_on(&self, key: &str) -> bool {
        let mark = answer_of(key, "/");
        self.path.iter().any(|part| part.starts_with(&mark)) || mentions(&self.body, &mark)
    }

    /// Whether it still waits for some answer.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let is_mark = |text: &str| text.starts_with(MARK) && text.contains('/');
        self.path.iter().any(|part| is_mark(part)) || mentions(&self.body, &MARK.to_string())
    }

    /// Puts the answer to the entry `key` in. False when the answer lacks what it builds on.
    pub fn fill(&mut self, key: &str, answer: &Value) -> bool {
        let mark = answer_of(key, "");
        let found = |text: &str| {
            let pointer = text.strip_prefix(&mark).filter(|rest| rest.starts_with('/'))?;
            Some(answer.pointer(pointer).filter(|value| !value.is_null()).cloned())
        };
        let mut whole = true;
        for part in &mut self.path {
            match found(part) {
                Some(Some(Value::String(text))) => *part = text,
                Some(Some(other)) => *part = other.to_string(),
                Some(None) => whole = false,
                None => {}
            }
        }
        fill_value(&mut self.body, &found, &mut whole);
        whole
    }
}

fn mentions(value: &Value, start: &str) -> bool {
    match value {
        Value::String(text) => text.starts_with(start) && text.contains('/'),
        Value::Array(all) => all.iter().any(|one| mentions(one, start)),
        Value::Object(all) => all.values().any(|one| mentions(one, start)),
        _ => false,
    }
}

fn fill_value(value: &mut Value, found: &impl Fn(&str) -> Option<Option<Value>>, whole: &mut bool) {
    match value {
        Value::String(text) => match found(text) {
            Some(Some(own)) => *value = own,
            Some(None) => *whole = false,
            None => {}
        },
        Value::Array(all) => all.iter_mut().for_each(|one| fill_value(one, found, whole)),
        Value::Object(all) => all.values_mut().for_each(|one| fill_value(one, found, whole)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn entry(path: &[&str], body: Value) -> Entry {
        Entry {
            key: "k".to_owned(),
            operation: "record_scan".to_owned(),
            path: path.iter().map(|&part| part.to_owned()).collect(),
            body,
            about: String::new(),
            person: "1".to_owned(),
            person_name: String::new(),
            shift: String::new(),
            at_ms: 0,
            refused: None,
        }
    }

    #[test]
    fn an_answer_fills_what_builds_on_it_and_nothing_else() {
        let mut own = entry(&["@a/0/unit_group", "7"], json!({ "photos": ["@b/id", "x"], "note": "@a" }));
        assert!(own.builds_on("a") && own.builds_on("b") && !own.builds_on("c"));
        assert!(own.fill("a", &json!([{ "unit_group": "99" }])));
        assert_eq!(own.path, ["99", "7"]);
        assert!(own.is_open(), "the photo is not there yet");
        assert!(own.fill("b", &json!({ "id": "5" })));
        assert_eq!(own.body, json!({ "photos": ["5", "x"], "note": "@a" }));
        assert!(!own.is_open());
    }

    #[test]
    fn an_answer_that_lacks_it_says_so() {
        let mut own = entry(&["@a/effect/parcel"], Value::Null);
        assert!(!own.fill("a", &json!({ "effect": { "parcel": null } })));
        assert!(own.builds_on("a"));
    }

    #[test]
    fn only_a_clear_no_is_a_refusal() {
        let fates = [0, 200, 401, 408, 429, 500, 502, 503].map(|status| Fate::of(status, ""));
        use Fate::{Later, Refused, SignIn};
        assert_eq!(fates, [Later, Later, SignIn, Later, Later, Later, Later, Later]);
        assert_eq!([400, 403, 404, 409, 422].map(|status| Fate::of(status, "")), [Refused; 5]);
        assert_eq!(Fate::of(403, "csrf"), SignIn, "the page is old, not the entry wrong");
    }

    #[test]
    fn pauses_grow_and_end() {
        assert_eq!([0, 1, 2, 5, 60].map(pause_ms), [500, 1_000, 2_000, 15_000, 15_000]);
    }
}
