//! Where each field of a row comes from, and reading it with its problems collected.

use std::collections::BTreeMap;

use domain::{Currency, Timestamp};
use jiff::tz::TimeZone;

use super::mapping::Mapping;
use super::number::{self, Wrong};
use super::problem::Problem;
use super::source::{INEXACT, Record};
use super::value;

/// Numbers and codes that identify something are at most this long.
const KEY_CHARS_MAX: usize = 200;
const TEXT_CHARS_MAX: usize = 2_000;
/// Quantities above this are a mistake of the source.
pub(super) const QUANTITY_MAX: i64 = 1_000_000_000;

enum From {
    Column(usize),
    Constant(String),
    Nowhere,
}

/// One field of a target, bound to a file.
pub(super) struct Slot {
    pub(super) field: &'static str,
    from: From,
    words: BTreeMap<String, String>,
}

impl Slot {
    /// Binds a field by the mapping.
    pub(super) fn bind(field: &'static str, headers: &[String], mapping: &Mapping) -> Self {
        let column = mapping.columns.get(field).and_then(|header| headers.iter().position(|known| known == header));
        let from = match (column, mapping.constants.get(field)) {
            (Some(column), _) => From::Column(column),
            (None, Some(constant)) => From::Constant(constant.clone()),
            (None, None) => From::Nowhere,
        };
        Self { field, from, words: mapping.words.get(field).cloned().unwrap_or_default() }
    }

    /// The field's text in a row, with words replaced; empty where there is none.
    pub(super) fn get<'r>(&'r self, record: &'r Record) -> &'r str {
        let text = match &self.from {
            From::Column(column) => record.get(*column),
            From::Constant(text) => text,
            From::Nowhere => "",
        };
        if self.words.is_empty() { text } else { self.words.get(text).map_or(text, String::as_str) }
    }

    /// Whether a file can say anything about it.
    pub(super) const fn is_mapped(&self) -> bool {
        !matches!(self.from, From::Nowhere)
    }
}

/// A row being read, and what is wrong with it so far.
pub(super) struct Cells<'r> {
    record: &'r Record,
    pub(super) problems: Vec<Problem>,
}

impl<'r> Cells<'r> {
    pub(super) const fn new(record: &'r Record) -> Self {
        Self { record, problems: Vec::new() }
    }

    /// A text that identifies something.
    pub(super) fn key(&mut self, slot: &'r Slot) -> &'r str {
        let text = self.optional_key(slot);
        if text.is_empty() && !self.problems.iter().any(|problem| problem.field == slot.field) {
            self.problems.push(Problem::required(slot.field));
        }
        text
    }

    /// The same where it may be missing.
    pub(super) fn optional_key(&mut self, slot: &'r Slot) -> &'r str {
        let text = slot.get(self.record);
        if text.ends_with(INEXACT) {
            self.problems.push(Problem::precision(slot.field));
        } else if text.len() > KEY_CHARS_MAX && text.chars().count() > KEY_CHARS_MAX {
            self.problems.push(Problem::range(slot.field, "…"));
        }
        text
    }

    /// A free text, cut to what a page can show.
    pub(super) fn text(&self, slot: &'r Slot) -> Option<String> {
        let text = slot.get(self.record);
        (!text.is_empty()).then(|| text.trim_end_matches(INEXACT).chars().take(TEXT_CHARS_MAX).collect())
    }

    /// A whole number from `least` to `most`; none where it is missing or wrong.
    pub(super) fn whole(&mut self, slot: &'r Slot, least: i64, most: i64) -> Option<i64> {
        let text = slot.get(self.record);
        if text.is_empty() {
            return None;
        }
        match number::whole(text) {
            Ok(number) if (least..=most).contains(&number) => return Some(number),
            Ok(_) | Err(Wrong::Negative | Wrong::TooLarge) => self.problems.push(Problem::range(slot.field, text)),
            Err(Wrong::NotANumber) => self.problems.push(Problem::number(slot.field, text)),
        }
        None
    }

    /// The same where it must be there.
    pub(super) fn required_whole(&mut self, slot: &'r Slot, least: i64, most: i64) -> i64 {
        let before = self.problems.len();
        let number = self.whole(slot, least, most);
        if number.is_none() && self.problems.len() == before {
            self.problems.push(Problem::required(slot.field));
        }
        number.unwrap_or(least)
    }

    /// An amount in minor units; none where it is missing or wrong.
    pub(super) fn minor(&mut self, slot: &'r Slot, currency: Currency) -> Option<i64> {
        let text = slot.get(self.record);
        if text.is_empty() {
            return None;
        }
        match number::minor(text, currency) {
            Ok(minor) => return Some(minor),
            Err(Wrong::Negative) => self.problems.push(Problem::negative(slot.field, text)),
            Err(Wrong::TooLarge) => self.problems.push(Problem::range(slot.field, text)),
            Err(Wrong::NotANumber) => self.problems.push(Problem::money(slot.field, text)),
        }
        None
    }

    /// The same where it must be there.
    pub(super) fn required_minor(&mut self, slot: &'r Slot, currency: Currency) -> i64 {
        let before = self.problems.len();
        let minor = self.minor(slot, currency);
        if minor.is_none() && self.problems.len() == before {
            self.problems.push(Problem::required(slot.field));
        }
        minor.unwrap_or(0)
    }

    /// An instant; none where it is missing or wrong.
    pub(super) fn time(&mut self, slot: &'r Slot, zone: &TimeZone) -> Option<Timestamp> {
        let text = slot.get(self.record);
        if text.is_empty() {
            return None;
        }
        let at = value::time(text).and_then(|naive| naive.at(zone));
        if at.is_none() {
            self.problems.push(Problem::date(slot.field, text));
        }
        at
    }

    /// A naive time where it must be there.
    pub(super) fn required_naive(&mut self, slot: &'r Slot) -> Option<value::NaiveTime> {
        let text = slot.get(self.record);
        let naive = value::time(text);
        if naive.is_none() {
            let problem = if text.is_empty() { Problem::required(slot.field) } else { Problem::date(slot.field, text) };
            self.problems.push(problem);
        }
        naive
    }

    /// A word that `read` understands.
    pub(super) fn word<T>(&mut self, slot: &'r Slot, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = slot.get(self.record);
        let word = read(text);
        if word.is_none() {
            self.problems.push(Problem::word(slot.field, text));
        }
        word
    }

    /// What was read, unless something is wrong.
    pub(super) fn done<T>(self, row: T) -> Result<T, Vec<Problem>> {
        if self.problems.is_empty() { Ok(row) } else { Err(self.problems) }
    }
}
