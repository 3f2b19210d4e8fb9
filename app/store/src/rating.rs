//! What customers say of settled cases: one rating a case.

use domain::{RmaId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A row of `rating`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingRow {
    /// Its case.
    pub rma_id: RmaId,
    /// 1 to 5.
    pub score: i64,
    /// In the customer's words; may be empty.
    pub comment: String,
    /// When it was given first.
    pub rated_at: Timestamp,
    /// When it was changed last.
    pub changed_at: Timestamp,
}

/// A case's rating, if it has one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, rma: RmaId) -> Result<Option<RatingRow>, Error> {
    let sql = sql!("SELECT rma_id, score, comment, rated_at, changed_at FROM rating WHERE rma_id = :rma_id");
    conn.one(sql, named_params! { ":rma_id": rma }, |row| {
        Ok(RatingRow {
            rma_id: row.get("rma_id")?,
            score: row.get("score")?,
            comment: row.get("comment")?,
            rated_at: row.get("rated_at")?,
            changed_at: row.get("changed_at")?,
        })
    })
}

/// Writes a case's rating, or another in its place; when it was given first stays.
///
/// # Errors
/// The store's.
pub fn put(tx: &Tx<'_>, rating: &RatingRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO rating (rma_id, score, comment, rated_at, changed_at)
         VALUES (:rma_id, :score, :comment, :rated_at, :changed_at)
         ON CONFLICT (rma_id) DO UPDATE SET score = :score, comment = :comment, changed_at = :changed_at"
    );
    let params = named_params! {
        ":rma_id": rating.rma_id, ":score": rating.score, ":comment": rating.comment, ":rated_at": rating.rated_at,
        ":changed_at": rating.changed_at,
    };
    tx.exec(sql, params).map(|_| ())
}
