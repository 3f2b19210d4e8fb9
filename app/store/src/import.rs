//! Imports: runs with their counts, bad rows, remembered mappings, and the fast writes of bulk rows.

pub mod bulk;
pub mod history;

use domain::{ImportId, PersonId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::pragma;
use crate::row::Row;

/// A row of `import_run`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRow {
    /// Its id.
    pub id: ImportId,
    /// What is imported.
    pub target: String,
    /// The file's name as given.
    pub file_name: String,
    /// BLAKE3 of its bytes, hex.
    pub file_hash: String,
    /// Mapping and options, JSON.
    pub mapping: String,
    /// Whether nothing is written.
    pub dry: bool,
    /// running, done, failed or stopped.
    pub state: String,
    /// The file's length.
    pub bytes_total: i64,
    /// How far it was read.
    pub bytes_done: i64,
    /// What came of the rows so far.
    pub counts: Counts,
    /// Who began it.
    pub started_by: Option<PersonId>,
    /// When.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

/// What came of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows read.
    pub read: i64,
    /// Rows that made something new.
    pub new: i64,
    /// Rows that changed something.
    pub changed: i64,
    /// Rows that were known.
    pub same: i64,
    /// Rows named as bad.
    pub bad: i64,
}

impl Counts {
    /// The sum of two counts.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            read: self.read + other.read,
            new: self.new + other.new,
            changed: self.changed + other.changed,
            same: self.same + other.same,
            bad: self.bad + other.bad,
        }
    }
}

/// A row of `import_bad_row`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// The row's number in the file, from 1 for the first row below the header.
    pub row: i64,
    /// Stable code.
    pub code: String,
    /// The field at fault, or empty.
    pub field: String,
    /// What is wrong, in Chinese.
    pub message_zh: String,
    /// What is wrong, in English.
    pub message_en: String,
    /// The row as read, as one CSV line.
    pub raw: String,
}

const WIDE_CACHE_KIB: i64 = 96 * 1024;

/// How much memory the writer uses for pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cache {
    /// As always.
    Usual,
    /// Enough for the indexes of millions of order lines: rows come in the file's order, which is no index's order.
    Wide,
}

/// Sets how much memory the writer uses for pages.
///
/// # Errors
/// The store's.
pub fn set_cache(tx: &Tx<'_>, cache: Cache) -> Result<(), Error> {
    let kib = match cache {
        Cache::Usual => pragma::WRITER_CACHE_KIB,
        Cache::Wide => WIDE_CACHE_KIB,
    };
    let set = tx.raw.pragma_update(None, "cache_size", -kib);
    // Pages above the usual are given back at once.
    let shrunk = set.and_then(|()| tx.raw.pragma_update(None, "shrink_memory", 0));
    shrunk.map_err(|error| tx.fail(error))
}

/// Writes a new run.
///
/// # Errors
/// The store's.
pub fn insert_run(tx: &Tx<'_>, run: &RunRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": run.id, ":target": run.target, ":file_name": run.file_name, ":file_hash": run.file_hash,
        ":mapping": run.mapping, ":dry": run.dry, ":state": run.state, ":bytes_total": run.bytes_total,
        ":started_by": run.started_by, ":started_at": run.started_at,
    };
    tx.exec(sql!(include_str!("import/insert_run.sql")), params).map(|_| ())
}

/// Adds to a run's counts and says how far it is; false when the run is over, for instance because it was stopped.
///
/// # Errors
/// The store's.
pub fn progress(tx: &Tx<'_>, id: ImportId, bytes_done: i64, counts: &Counts) -> Result<bool, Error> {
    let params = named_params! {
        ":bytes_done": bytes_done, ":read": counts.read, ":new": counts.new, ":changed": counts.changed,
        ":same": counts.same, ":bad": counts.bad, ":id": id,
    };
    Ok(tx.exec(sql!(include_str!("import/progress.sql")), params)? == 1)
}

/// Ends a run; `state` is done, failed or stopped.
///
/// # Errors
/// The store's.
pub fn end(tx: &Tx<'_>, id: ImportId, state: &str, at: Timestamp) -> Result<(), Error> {
    let sql = sql!("UPDATE import_run SET state = :state, finished_at = :at WHERE id = :id AND state = 'running'");
    tx.exec(sql, named_params! { ":state": state, ":at": at, ":id": id }).map(|_| ())
}

/// Ends runs that a dead process left behind: all that are under way. How many.
///
/// # Errors
/// The store's.
pub fn end_interrupted(tx: &Tx<'_>, at: Timestamp) -> Result<usize, Error> {
    let sql = sql!("UPDATE import_run SET state = 'stopped', finished_at = :at WHERE state = 'running'");
    tx.exec(sql, named_params! { ":at": at })
}

/// How many runs are under way.
///
/// # Errors
/// The store's.
pub fn running(conn: &Conn) -> Result<usize, Error> {
    let sql = sql!("SELECT count(*) FROM import_run WHERE state = 'running'");
    let count: Option<i64> = conn.value(sql, ())?;
    Ok(count.and_then(|count| usize::try_from(count).ok()).unwrap_or(0))
}

/// The run, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: ImportId) -> Result<Option<RunRow>, Error> {
    conn.one(sql!(include_str!("import/find.sql")), named_params! { ":id": id }, read)
}

/// A page of runs, newest first, below `after`.
///
/// # Errors
/// The store's.
pub fn page(conn: &Conn, after: Option<ImportId>, limit: u32) -> Result<Vec<RunRow>, Error> {
    conn.all(sql!(include_str!("import/page.sql")), named_params! { ":after": after, ":limit": limit }, read)
}

/// Notes bad rows of a run.
///
/// # Errors
/// The store's.
pub fn insert_bad_rows(tx: &Tx<'_>, id: ImportId, rows: &[BadRow]) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO import_bad_row (import_id, row, code, field, message_zh, message_en, raw)
         VALUES (:import_id, :row, :code, :field, :message_zh, :message_en, :raw)
         ON CONFLICT DO NOTHING"
    );
    let mut statement = tx.prepare(sql)?;
    for bad in rows {
        statement.exec(named_params! {
            ":import_id": id, ":row": bad.row, ":code": bad.code, ":field": bad.field,
            ":message_zh": bad.message_zh, ":message_en": bad.message_en, ":raw": bad.raw,
        })?;
    }
    Ok(())
}

/// A page of a run's bad rows by row and field, after the last one of the page before.
///
/// # Errors
/// The store's.
pub fn bad_rows(conn: &Conn, id: ImportId, after: (i64, &str), limit: u32) -> Result<Vec<BadRow>, Error> {
    let params = named_params! { ":import_id": id, ":after_row": after.0, ":after_field": after.1, ":limit": limit };
    conn.all(sql!(include_str!("import/bad_rows.sql")), params, |row| {
        Ok(BadRow {
            row: row.get("row")?,
            code: row.get("code")?,
            field: row.get("field")?,
            message_zh: row.get("message_zh")?,
            message_en: row.get("message_en")?,
            raw: row.get("raw")?,
        })
    })
}

/// How many rows of a run are bad, by code.
///
/// # Errors
/// The store's.
pub fn bad_by_code(conn: &Conn, id: ImportId) -> Result<Vec<(String, i64)>, Error> {
    let sql = sql!(
        "SELECT code, count(*) FROM import_bad_row WHERE import_id = :id GROUP BY code ORDER BY count(*) DESC, code"
    );
    conn.all(sql, named_params! { ":id": id }, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The mapping used last for a file with these headers.
///
/// # Errors
/// The store's.
pub fn mapping(conn: &Conn, target: &str, header_hash: &str) -> Result<Option<String>, Error> {
    let sql = sql!("SELECT mapping FROM import_mapping WHERE target = :target AND header_hash = :header_hash");
    conn.value(sql, named_params! { ":target": target, ":header_hash": header_hash })
}

/// Remembers a mapping for files with these headers.
///
/// # Errors
/// The store's.
pub fn remember_mapping(
    tx: &Tx<'_>,
    target: &str,
    header_hash: &str,
    mapping: &str,
    at: Timestamp,
) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO import_mapping (target, header_hash, mapping, used_at)
         VALUES (:target, :header_hash, :mapping, :at)
         ON CONFLICT DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at"
    );
    let params = named_params! { ":target": target, ":header_hash": header_hash, ":mapping": mapping, ":at": at };
    tx.exec(sql, params).map(|_| ())
}

fn read(row: &Row<'_>) -> Result<RunRow, Error> {
    Ok(RunRow {
        id: row.get("id")?,
        target: row.get("target")?,
        file_name: row.get("file_name")?,
        file_hash: row.get("file_hash")?,
        mapping: row.get("mapping")?,
        dry: row.get("dry")?,
        state: row.get("state")?,
        bytes_total: row.get("bytes_total")?,
        bytes_done: row.get("bytes_done")?,
        counts: Counts {
            read: row.get("rows_read")?,
            new: row.get("rows_new")?,
            changed: row.get("rows_changed")?,
            same: row.get("rows_same")?,
            bad: row.get("rows_bad")?,
        },
        started_by: row.get("started_by")?,
        started_at: row.get("started_at")?,
        finished_at: row.get("finished_at")?,
    })
}
