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
    /// When staff dealt with a customer's message; staff's own never need it.
    pub handled_at: Option<Timestamp>,
}

/// Writes a note.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, note: &NoteRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO note (id, rma_id, audience, author, body, at, handled_at)
         VALUES (:id, :rma_id, :audience, :author, :body, :at, :handled_at)"
    );
    let params = named_params! {
        ":id": note.id, ":rma_id": note.rma_id, ":audience": note.audience, ":author": note.author,
        ":body": note.body, ":at": note.at, ":handled_at": note.handled_at,
    };
    tx.exec(sql, params).map(|_| ())
}

/// A case's notes that were not taken back, oldest first.
///
/// # Errors
/// The store's.
pub fn of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<NoteRow>, Error> {
    let sql = sql!(
        "SELECT id, rma_id, audience, author, body, at, handled_at FROM note WHERE rma_id = :rma_id AND taken_back_at IS NULL ORDER BY id"
    );
    conn.all(sql, named_params! { ":rma_id": rma }, |row| {
        Ok(NoteRow {
            id: row.get("id")?,
            rma_id: row.get("rma_id")?,
            audience: row.get("audience")?,
            author: row.get("author")?,
            body: row.get("body")?,
            at: row.get("at")?,
            handled_at: row.get("handled_at")?,
        })
    })
}

/// Marks a customer's messages on a case as dealt with; how many were not.
///
/// # Errors
/// The store's.
pub fn handle(tx: &Tx<'_>, rma: RmaId, at: Timestamp) -> Result<usize, Error> {
    let sql =
        sql!("UPDATE note SET handled_at = :at WHERE rma_id = :rma_id AND author = 'customer' AND handled_at IS NULL");
    tx.exec(sql, named_params! { ":at": at, ":rma_id": rma })
}

/// Takes a note back, and what it dealt with waits again.
///
/// # Errors
/// The store's.
pub fn take_back(tx: &Tx<'_>, note: &NoteRow, at: Timestamp) -> Result<(), Error> {
    let sql = sql!("UPDATE note SET taken_back_at = :at WHERE id = :id");
    tx.exec(sql, named_params! { ":id": note.id, ":at": at })?;
    let sql = sql!(
        "UPDATE note SET handled_at = NULL
         WHERE rma_id = :rma_id AND author = 'customer' AND handled_at = :handled_at AND id < :id"
    );
    tx.exec(sql, named_params! { ":id": note.id, ":rma_id": note.rma_id, ":handled_at": note.at }).map(|_| ())
}

/// How many messages the customer of a case wrote since `since`.
///
/// # Errors
/// The store's.
pub fn written_by_customer(conn: &Conn, rma: RmaId, since: Timestamp) -> Result<i64, Error> {
    let sql = sql!("SELECT count(*) FROM note WHERE rma_id = :rma_id AND author = 'customer' AND at > :since");
    Ok(conn.value(sql, named_params! { ":rma_id": rma, ":since": since })?.unwrap_or(0))
}
