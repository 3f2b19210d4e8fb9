//! What `doctor` asks of a file: damage, broken references, books that do not balance, kept totals that drifted.

use std::path::Path;

use crate::conn::Conn;
use crate::error::{Error, OpenError};
use crate::filesystem;
use crate::params::{named_params, sql};

/// What the disk under a data folder says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiskFacts {
    /// What people call the file system when a database is not safe on it; FUSE included.
    pub unsafe_file_system: Option<&'static str>,
    /// Bytes that may still be written by an ordinary user.
    pub free_bytes: u64,
    /// The file system's size.
    pub total_bytes: u64,
}

/// A row that refers to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenReference {
    /// The table it stands in.
    pub table: String,
    /// Its rowid.
    pub row: i64,
    /// The table it should refer to.
    pub parent: String,
}

/// The disk under a folder.
///
/// # Errors
/// When the folder cannot be asked.
pub fn disk(dir: &Path) -> Result<DiskFacts, OpenError> {
    let facts = rustix::fs::statvfs(dir);
    let facts = facts.map_err(|errno| OpenError::Folder { path: dir.to_owned(), source: errno.into() })?;
    Ok(DiskFacts {
        unsafe_file_system: filesystem::unsafe_name(dir)?,
        free_bytes: facts.f_bavail.saturating_mul(facts.f_frsize),
        total_bytes: facts.f_blocks.saturating_mul(facts.f_frsize),
    })
}

/// What SQLite finds damaged, at most `limit` lines; empty when the file is whole. Reads the whole file.
///
/// # Errors
/// The store's.
pub fn integrity(conn: &Conn, limit: u32) -> Result<Vec<String>, Error> {
    let sql = sql!("SELECT integrity_check FROM pragma_integrity_check LIMIT :limit");
    let lines = conn.all(sql, named_params! { ":limit": limit }, |row| row.get::<String>(0))?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

/// Rows whose foreign key refers to nothing, at most `limit`.
///
/// # Errors
/// The store's.
pub fn broken_references(conn: &Conn, limit: u32) -> Result<Vec<BrokenReference>, Error> {
    let sql = sql!(r#"SELECT "table", coalesce(rowid, 0) AS row, parent FROM pragma_foreign_key_check LIMIT :limit"#);
    conn.all(sql, named_params! { ":limit": limit }, |row| {
        Ok(BrokenReference { table: row.get("table")?, row: row.get("row")?, parent: row.get("parent")? })
    })
}

/// Postings of the ledger whose entries do not sum to zero, by currency, at most `limit`.
///
/// # Errors
/// The store's.
pub fn unbalanced_postings(conn: &Conn, limit: u32) -> Result<Vec<i64>, Error> {
    let sql = sql!(include_str!("check/unbalanced_postings.sql"));
    conn.all(sql, named_params! { ":limit": limit }, |row| row.get("posting_id"))
}

/// Ledger accounts whose kept balance is not the sum of their entries, at most `limit`.
///
/// # Errors
/// The store's.
pub fn drifted_balances(conn: &Conn, limit: u32) -> Result<Vec<i64>, Error> {
    let sql = sql!(include_str!("check/drifted_balances.sql"));
    conn.all(sql, named_params! { ":limit": limit }, |row| row.get("id"))
}

/// Kept totals of cases that are not what counting gives: state, kept, counted.
///
/// # Errors
/// The store's.
pub fn drifted_totals(conn: &Conn) -> Result<Vec<(String, i64, i64)>, Error> {
    conn.all(sql!(include_str!("check/drifted_totals.sql")), (), |row| {
        Ok((row.get("state")?, row.get("kept")?, row.get("counted")?))
    })
}
