//! What can be wrong with a data folder, each question under an id that never changes.

mod backups;
mod books;
mod disk;
mod people;
mod store_facts;
mod tls;

use domain::{Lang, Text};
use serde::Serialize;

use crate::admin::Place;

/// How long a deep question may read.
const DEEP_MS: u32 = 3_600_000;
/// Most findings of one kind that are named.
const MAX_NAMED: u32 = 20;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    /// As it should be.
    Ok,
    /// Worth a look.
    Warning,
    /// To be repaired.
    Error,
}

/// One question and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Check {
    /// Stable id.
    pub(crate) id: &'static str,
    /// How bad it is.
    pub(crate) status: Status,
    /// What was found.
    pub(crate) message: String,
    /// What would help.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) remedy: Option<String>,
}

impl Status {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Error => "ERROR",
        }
    }
}

/// Answers in one language.
struct Pen(Lang);

impl Pen {
    fn ok(&self, id: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Check {
        self.check(id, Status::Ok, zh, en)
    }

    fn check(&self, id: &'static str, status: Status, zh: impl Into<String>, en: impl Into<String>) -> Check {
        Check { id, status, message: Text::new(zh, en).get(self.0).to_owned(), remedy: None }
    }

    fn remedy(&self, mut check: Check, zh: &str, en: &str) -> Check {
        check.remedy = Some(Text::new(zh, en).get(self.0).to_owned());
        check
    }

    /// A question that could not be asked.
    fn failed(&self, id: &'static str, error: &dyn std::fmt::Display) -> Check {
        self.check(id, Status::Error, format!("无法检查：{error}"), format!("cannot be checked: {error}"))
    }
}

/// What is answered in milliseconds.
pub(crate) fn quick(place: &Place) -> Vec<Check> {
    let pen = Pen(place.lang);
    let mut checks = store_facts::checks(place, &pen);
    checks.extend(disk::checks(place, &pen));
    checks.extend(people::checks(place, &pen));
    checks.push(backups::check(place, &pen));
    checks.extend(tls::check(place, &pen));
    checks
}

/// What reads the whole file.
pub(crate) fn deep(place: &Place) -> Vec<Check> {
    books::checks(place, &Pen(place.lang))
}
