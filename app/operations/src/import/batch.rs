//! Rows read and understood, on their way to the writer, and what reading found wrong.

use std::ops::Range;
use std::sync::mpsc::SyncSender;

use store::import::BadRow;

use super::problem::Problem;
use super::source::{Record, Source, Trouble};
use crate::error::Error;

/// Rows in a batch: two batches wait while a third is written, about 10 MiB each for order lines.
const ROWS_MAX: usize = 65_536;
/// Bad rows in a batch at most.
const BAD_MAX: usize = 8_192;

/// A file's rows as a target understands them.
pub(super) trait Parser: Send {
    /// What a row becomes.
    type Row: Send + Sync + 'static;
    /// Reads a row, or says all that is wrong with it.
    fn parse(&mut self, record: &Record) -> Result<Result<Self::Row, Vec<Problem>>, Error>;
    /// Whether two neighbours must be written in one slice.
    fn together(_before: &Self::Row, _after: &Self::Row) -> bool {
        false
    }
}

/// A row with where it came from.
pub(super) struct Entry<R> {
    pub(super) row: i64,
    raw: Range<usize>,
    pub(super) value: R,
}

/// Consecutive rows of a file.
pub(super) struct Batch<R> {
    pub(super) entries: Vec<Entry<R>>,
    pub(super) bad: Vec<BadRow>,
    /// Rows that are bad; one may have several problems.
    pub(super) bad_rows: i64,
    /// Rows read, good and bad.
    pub(super) read: i64,
    /// How far the file is read at the batch's beginning and end.
    pub(super) bytes: Range<u64>,
    raw: String,
}

impl<R> Batch<R> {
    fn new(from: u64) -> Self {
        Self { entries: Vec::new(), bad: Vec::new(), bad_rows: 0, read: 0, bytes: from..from, raw: String::new() }
    }

    /// A row as it stands in the file.
    pub(super) fn raw(&self, entry: &Entry<R>) -> &str {
        self.raw.get(entry.raw.clone()).unwrap_or_default()
    }

    fn add(&mut self, record: &Record, value: R) {
        let start = self.raw.len();
        self.raw.push_str(&record.raw);
        self.entries.push(Entry { row: record.row, raw: start..self.raw.len(), value });
    }

    fn refuse(&mut self, record: &Record, problems: &[Problem]) {
        self.bad_rows += 1;
        self.bad.extend(problems.iter().map(|problem| bad_row(record.row, problem, &record.raw)));
    }

    const fn is_empty(&self) -> bool {
        self.read == 0
    }
}

/// A problem as it is stored.
pub(super) fn bad_row(row: i64, problem: &Problem, raw: &str) -> BadRow {
    BadRow {
        row,
        code: problem.code.clone(),
        field: problem.field.clone(),
        message_zh: problem.zh.clone(),
        message_en: problem.en.clone(),
        raw: raw.to_owned(),
    }
}

/// Reads a whole file into batches. Stops early when nobody takes them any more.
pub(super) fn read<P: Parser>(source: &Source, mut parser: P, sender: &SyncSender<Result<Batch<P::Row>, Error>>) {
    let width = source.headers.len();
    let mut batch = Batch::new(0);
    let outcome = source.rows(&mut |record, done| {
        let row = understand(&mut parser, record, width)?;
        if is_full(&batch) && (batch.entries.len() >= 2 * ROWS_MAX || !goes_with_last::<P>(&batch, &row)) {
            let full = std::mem::replace(&mut batch, Batch::new(0));
            batch.bytes = full.bytes.end..full.bytes.end;
            if sender.send(Ok(full)).is_err() {
                return Ok(false);
            }
        }
        batch.read += 1;
        batch.bytes.end = done;
        match row {
            Ok(value) => batch.add(record, value),
            Err(problems) => batch.refuse(record, &problems),
        }
        Ok(true)
    });
    let last = match outcome {
        Err(error) => Err(error),
        Ok(()) if batch.is_empty() => return,
        Ok(()) => {
            batch.bytes.end = source.bytes;
            Ok(batch)
        }
    };
    // Nobody listens when the run was stopped.
    drop(sender.send(last));
}

fn goes_with_last<P: Parser>(batch: &Batch<P::Row>, row: &Result<P::Row, Vec<Problem>>) -> bool {
    match (batch.entries.last(), row) {
        (Some(last), Ok(row)) => P::together(&last.value, row),
        _ => false,
    }
}

fn is_full<R>(batch: &Batch<R>) -> bool {
    batch.entries.len() >= ROWS_MAX || batch.bad.len() >= BAD_MAX
}

fn understand<P: Parser>(parser: &mut P, record: &Record, width: usize) -> Result<Result<P::Row, Vec<Problem>>, Error> {
    let surplus = record.width() > width && (width..record.width()).any(|column| !record.get(column).is_empty());
    let problem = match record.trouble {
        Some(Trouble::Encoding) => Problem::encoding(),
        Some(Trouble::Quote) => Problem::quote(),
        None if record.width() < width || surplus => Problem::ragged(width, record.width()),
        None => return parser.parse(record),
    };
    Ok(Err(vec![problem]))
}
