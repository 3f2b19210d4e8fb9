//! Notes and messages on a case.

use domain::{NoteId, RmaId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A row of `note`.
#[derive(Clone, Debug)]
pub struct NoteRow {
    /// Its id.
    pub id: NoteId,
    /// Its case.
    pub rma_id: RmaId,
    /// internal or customer.
    pub audience: String,
    /// `person:<id>`, `customer` or `rule:<id>`.
    pub author: String,
    /// The text; empty once erased.
    pub body: String,
    /// When.
    pub at: Timestamp,
}

/// Writes a note.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, note: &NoteRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO note (id, rma_id, audience, author, body, at) VALUES (:id, :rma_id, :audience, :author, :body, :at)"
    );
    let params = named_params! {
        ":id": note.id, ":rma_id": note.rma_id, ":audience": note.audience, ":author": note.author,
        ":body": note.body, ":at": note.at,
    };
    tx.exec(sql, params).map(|_| ())
}

/// A case's notes, oldest first.
///
/// # Errors
/// The store's.
pub fn of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<NoteRow>, Error> {
    let sql = sql!("SELECT id, rma_id, audience, author, body, at FROM note WHERE rma_id = :rma_id ORDER BY id");
    conn.all(sql, named_params! { ":rma_id": rma }, |row| {
        Ok(NoteRow {
            id: row.get("id")?,
            rma_id: row.get("rma_id")?,
            audience: row.get("audience")?,
            author: row.get("author")?,
            body: row.get("body")?,
            at: row.get("at")?,
        })
    })
}
