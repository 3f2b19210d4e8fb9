//! Means that are past their line.

use domain::Timestamp;

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A mean that is past its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeanWarning {
    /// The line's id in the template.
    pub line: String,
    /// Since when.
    pub since: Timestamp,
    /// The mean when it crossed, in ms.
    pub mean_ms: i64,
    /// Of so many.
    pub counted: i64,
}

/// Every mean that is past its line.
///
/// # Errors
/// The store's.
pub fn all(conn: &Conn) -> Result<Vec<MeanWarning>, Error> {
    let sql = sql!("SELECT line, since, mean_ms, counted FROM mean_warning ORDER BY since, line");
    conn.all(sql, (), |row| {
        Ok(MeanWarning {
            line: row.get("line")?,
            since: row.get("since")?,
            mean_ms: row.get("mean_ms")?,
            counted: row.get("counted")?,
        })
    })
}

/// Notes a crossing; false when it was noted before.
///
/// # Errors
/// The store's.
pub fn raise(tx: &Tx<'_>, warning: &MeanWarning) -> Result<bool, Error> {
    let sql = sql!(
        "INSERT INTO mean_warning (line, since, mean_ms, counted) VALUES (:line, :since, :mean_ms, :counted)
         ON CONFLICT DO NOTHING"
    );
    let params = named_params! {
        ":line": warning.line, ":since": warning.since, ":mean_ms": warning.mean_ms, ":counted": warning.counted,
    };
    Ok(tx.exec(sql, params)? == 1)
}

/// Takes a warning back; false when there was none.
///
/// # Errors
/// The store's.
pub fn clear(tx: &Tx<'_>, line: &str) -> Result<bool, Error> {
    let sql = sql!("DELETE FROM mean_warning WHERE line = :line");
    Ok(tx.exec(sql, named_params! { ":line": line })? == 1)
}
