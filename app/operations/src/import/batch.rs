//! Rows read and understood, on their way to the writer, and what reading found wrong.

use std::ops::Range;
use std::sync::mpsc::SyncSender;

use store::import::BadRow;

use super::problem::Problem;
use super::source::{Record, Source, Trouble};
use crate::error::Error;

/// Raw bytes in a batch at most: one batch is read while another is written.
const RAW_BYTES_MAX: usize = 9 << 20;
/// Problems in a batch at most.
const BAD_MAX: usize = 8_192;

/// A file's rows as a target understands them.
pub(super) trait Parser: Send {
    /// What a row becomes.
    type Row: Send + Sync + 'static;
    /// Rows in a batch at most, and thus in a transaction while nobody else works.
    const ROWS_PER_BATCH: usize = 32_768;
    /// Reads a row, or says all that is wrong with it.
    fn parse(&mut self, record: &Record) -> Result<Result<Self::Row, Vec<Problem>>, Error>;
    /// Whether two neighbours must be written in one slice.
    fn together(_before: &Self::Row, _after: &Self::Row) -> bool {
        false
    }
}

/// A row with where it came from.
pub(super) struct Entry<R> {
    pub(super) row: u32,
    // Where its raw text stands; half of what two `usize` take.
    raw: (u32, u32),
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
        let (start, end) = entry.raw;
        self.raw.get(start as usize..end as usize).unwrap_or_default()
    }

    fn add(&mut self, record: &Record, value: R) {
        let position = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let start = position(self.raw.len());
        self.raw.push_str(&record.raw);
        let row = u32::try_from(record.row).unwrap_or(u32::MAX);
        self.entries.push(Entry { row, raw: (start, position(self.raw.len())), value });
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
        let many = batch.entries.len() >= 2 * P::ROWS_PER_BATCH;
        if is_full::<P>(&batch) && (many || !goes_with_last::<P>(&batch, &row)) {
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

fn is_full<P: Parser>(batch: &Batch<P::Row>) -> bool {
    batch.entries.len() >= P::ROWS_PER_BATCH || batch.raw.len() >= RAW_BYTES_MAX || batch.bad.len() >= BAD_MAX
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
