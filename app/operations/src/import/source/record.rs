//! One row of a file: its raw text and where its columns are.

use std::ops::Range;

/// Why a row could not be taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Some of its bytes are no characters in the file's encoding.
    Encoding,
    /// A quotation mark in it is not closed.
    Quote,
}

/// A row; reused from row to row.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Its number, from 1 below the header. Empty lines are not counted.
    pub row: i64,
    /// As it stands in the file, or as one line of CSV for a sheet.
    pub raw: String,
    /// What kept it from being taken apart.
    pub trouble: Option<Trouble>,
    // Without quotation marks; empty when the raw text has none and the columns are ranges of it.
    unquoted: String,
    columns: Vec<Range<usize>>,
    is_quoted: bool,
}

impl Record {
    /// How many columns it has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// A column's text, trimmed; empty when the row is shorter.
    #[must_use]
    pub fn get(&self, column: usize) -> &str {
        let text = if self.is_quoted { &self.unquoted } else { &self.raw };
        self.columns.get(column).and_then(|range| text.get(range.clone())).unwrap_or_default().trim()
    }

    pub(super) fn begin(&mut self) {
        self.raw.clear();
        self.unquoted.clear();
        self.columns.clear();
        self.trouble = None;
        self.is_quoted = false;
    }

    /// Takes a line without quotation marks.
    pub(super) fn split(&mut self, delimiter: u8) {
        let bytes = self.raw.as_bytes();
        let mut start = 0;
        for end in memchr::memchr_iter(delimiter, bytes) {
            self.columns.push(start..end);
            start = end + 1;
        }
        self.columns.push(start..bytes.len());
    }

    /// Takes columns that stand apart already.
    pub(super) fn push(&mut self, text: &str) {
        self.is_quoted = true;
        let start = self.unquoted.len();
        self.unquoted.push_str(text);
        self.columns.push(start..self.unquoted.len());
    }

    /// Whether nothing stands in it.
    pub(super) fn is_blank(&self) -> bool {
        self.trouble.is_none() && (0..self.width()).all(|column| self.get(column).is_empty())
    }
}
