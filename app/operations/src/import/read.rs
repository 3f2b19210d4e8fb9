//! Runs and their bad rows as staff see them, and the bad rows as a file that can be corrected and imported again.

use domain::{ImportId, PersonId, Text, Timestamp};
use serde::{Deserialize, Serialize};
use store::Conn;
use store::import::{BadRow, RunRow};

use super::mapping::{Mapping, Options, Plan};
use super::target::Target;
use crate::actor::Actor;
use crate::error::{Error, Refusal};

const PAGE_MAX: u32 = 200;
const CSV_PAGE: u32 = 2_000;

/// A run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    /// Its id.
    pub id: ImportId,
    /// What is imported.
    pub target: Target,
    /// The file's name as given.
    pub file_name: String,
    /// BLAKE3 of the file, hex.
    pub file_hash: String,
    /// Whether nothing is written.
    pub dry: bool,
    /// running, done, failed or stopped.
    pub state: String,
    /// The file's length.
    pub bytes_total: i64,
    /// How far it was read.
    pub bytes_done: i64,
    /// Rows read.
    pub rows_read: i64,
    /// Rows that made something new.
    pub rows_new: i64,
    /// Rows that changed something.
    pub rows_changed: i64,
    /// Rows that were known.
    pub rows_same: i64,
    /// Rows named as bad.
    pub rows_bad: i64,
    /// How many problems of each code.
    pub bad_by_code: Vec<(String, i64)>,
    /// The file's headers.
    pub headers: Vec<String>,
    /// What separates the columns of its rows.
    pub separator: char,
    /// Which is what.
    pub mapping: Mapping,
    /// How the file is treated.
    pub options: Options,
    /// Who began it.
    pub started_by: Option<PersonId>,
    /// When.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

/// A page of runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPage {
    /// The runs, newest first.
    pub items: Vec<ImportView>,
    /// What the next page begins after; none on the last page.
    pub next: Option<ImportId>,
}

/// A problem of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadRowView {
    /// The row's number, from 1 below the header.
    pub row: i64,
    /// Stable code.
    pub code: String,
    /// The field at fault, or empty.
    pub field: String,
    /// What is wrong.
    pub message: Text,
    /// The row as it stands in the file.
    pub raw: String,
}

/// A page of problems.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadRowsPage {
    /// The problems, in the file's order.
    pub items: Vec<BadRowView>,
    /// What the next page begins after; none on the last page.
    pub next: Option<String>,
}

/// One run.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub fn find(conn: &Conn, actor: &Actor, id: ImportId) -> Result<ImportView, Error> {
    super::stop::require(actor)?;
    let row = store::import::find(conn, id)?.ok_or(Error::NotFound("import"))?;
    view(conn, row)
}

/// A page of runs, newest first.
///
/// # Errors
/// `Forbidden`.
pub fn list(conn: &Conn, actor: &Actor, after: Option<ImportId>, limit: u32) -> Result<ImportPage, Error> {
    super::stop::require(actor)?;
    let limit = limit.clamp(1, PAGE_MAX);
    let mut rows = store::import::page(conn, after, limit + 1)?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| row.id);
    let items = rows.into_iter().map(|row| view(conn, row)).collect::<Result<_, _>>()?;
    Ok(ImportPage { items, next })
}

fn view(conn: &Conn, row: RunRow) -> Result<ImportView, Error> {
    let plan: Plan = serde_json::from_str(&row.mapping).map_err(|error| Error::internal(error.to_string()))?;
    Ok(ImportView {
        id: row.id,
        target: Target::parse(&row.target).ok_or(Error::NotFound("import"))?,
        file_name: row.file_name,
        file_hash: row.file_hash,
        dry: row.dry,
        state: row.state,
        bytes_total: row.bytes_total,
        bytes_done: row.bytes_done,
        rows_read: row.counts.read,
        rows_new: row.counts.new,
        rows_changed: row.counts.changed,
        rows_same: row.counts.same,
        rows_bad: row.counts.bad,
        bad_by_code: store::import::bad_by_code(conn, row.id)?,
        headers: plan.headers,
        separator: plan.separator,
        mapping: plan.mapping,
        options: plan.options,
        started_by: row.started_by,
        started_at: row.started_at,
        finished_at: row.finished_at,
    })
}

/// A page of a run's bad rows.
///
/// # Errors
/// `Forbidden`, `NotFound`; `Invalid` for a page mark that is none.
pub fn bad_rows(
    conn: &Conn,
    actor: &Actor,
    id: ImportId,
    after: Option<&str>,
    limit: u32,
) -> Result<BadRowsPage, Error> {
    super::stop::require(actor)?;
    store::import::find(conn, id)?.ok_or(Error::NotFound("import"))?;
    let limit = limit.clamp(1, PAGE_MAX);
    let (row, field) = after.map_or(Ok((0, "")), mark)?;
    let mut rows = store::import::bad_rows(conn, id, (row, field), limit + 1)?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| format!("{}:{}", row.row, row.field));
    Ok(BadRowsPage { items: rows.into_iter().map(bad_row_view).collect(), next })
}

fn bad_row_view(row: BadRow) -> BadRowView {
    BadRowView {
        row: row.row,
        code: row.code,
        field: row.field,
        message: Text::new(row.message_zh, row.message_en),
        raw: row.raw,
    }
}

fn mark(text: &str) -> Result<(i64, &str), Error> {
    let parsed = text.split_once(':').and_then(|(row, field)| Some((row.parse().ok()?, field)));
    parsed.ok_or_else(|| {
        let refusal = Refusal::new("wrong_page_mark", "翻页标记无效", "the page mark is not one of ours");
        Error::invalid(refusal.at("after"))
    })
}

/// A piece of a run's bad rows as CSV in UTF-8, and the row after which the next piece begins: the file's own columns, so
/// that it can be corrected and imported again, then what is wrong. A row with several problems is written once. The
/// first piece (`after` 0) begins with a byte order mark, without which Excel takes it for another encoding.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub fn bad_rows_csv(conn: &Conn, actor: &Actor, id: ImportId, after: i64) -> Result<(String, Option<i64>), Error> {
    let run = find(conn, actor, id)?;
    let mut text = String::new();
    if after == 0 {
        let ours = ["import_row", "import_problem_zh", "import_problem_en"];
        let headers = csv_line(run.headers.iter().map(String::as_str).chain(ours));
        text = format!("\u{feff}{headers}\r\n");
    }
    // No field's name sorts after the last character there is: what follows is another row.
    let page = store::import::bad_rows(conn, id, (after, "\u{10FFFF}"), CSV_PAGE)?;
    let more = page.len() == CSV_PAGE as usize;
    let mut rows: Vec<Together> = Vec::new();
    for bad in &page {
        match rows.last_mut().filter(|last| last.row == bad.row) {
            Some(last) => last.add(bad),
            None => rows.push(Together::new(bad)),
        }
    }
    // The last row's problems may go on behind the page.
    if more {
        rows.pop();
    }
    rows.iter().for_each(|row| row.write(&run, &mut text));
    let next = rows.last().map(|row| row.row).filter(|_| more);
    Ok((text, next))
}

/// All problems of one row.
struct Together {
    row: i64,
    raw: String,
    zh: String,
    en: String,
}

impl Together {
    fn new(bad: &BadRow) -> Self {
        let mut together = Self { row: bad.row, raw: bad.raw.clone(), zh: String::new(), en: String::new() };
        together.add(bad);
        together
    }
    fn add(&mut self, bad: &BadRow) {
        let append = |text: &mut String, message: &str, between: &str| {
            if !text.is_empty() {
                text.push_str(between);
            }
            if !bad.field.is_empty() {
                text.push_str(&bad.field);
                text.push_str(": ");
            }
            text.push_str(message);
        };
        append(&mut self.zh, &bad.message_zh, "；");
        append(&mut self.en, &bad.message_en, "; ");
    }
    // The columns are taken apart as they were read; a row that cannot be stands in the first column as it is.
    fn write(&self, run: &ImportView, into: &mut String) {
        let mut cells = super::source::cells_of(&self.raw, run.separator);
        cells.resize(run.headers.len(), String::new());
        let row = self.row.to_string();
        let ours = [row.as_str(), self.zh.as_str(), self.en.as_str()];
        into.push_str(&csv_line(cells.iter().map(String::as_str).chain(ours)));
        into.push_str("\r\n");
    }
}

/// Cells as one line of CSV, without its end.
#[must_use]
pub(crate) fn csv_line<'c>(cells: impl Iterator<Item = &'c str>) -> String {
    let mut line = String::new();
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            line.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(cell);
        }
    }
    line
}
