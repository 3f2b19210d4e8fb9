//! 抄送: who is told of a step that was passed, and whether they have read it.

use domain::{CopyId, PersonId, RmaId, Text, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A row of `case_copy`.
#[derive(Clone, Debug)]
pub struct CopyRow {
    /// Its id.
    pub id: CopyId,
    /// Whom it is for.
    pub person_id: PersonId,
    /// Its case.
    pub rma_id: RmaId,
    /// The step that was passed.
    pub node: String,
    /// The step's round.
    pub round: u32,
    /// The step's name.
    pub title: Text,
    /// When.
    pub at: Timestamp,
}

/// Writes a copy; one that was taken back comes again as new, one that is there already stays as it is.
///
/// # Errors
/// The store's.
pub fn put(tx: &Tx<'_>, copy: &CopyRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": copy.id, ":person_id": copy.person_id, ":rma_id": copy.rma_id, ":node": copy.node,
        ":round": copy.round, ":title_zh": copy.title.zh, ":title_en": copy.title.en, ":at": copy.at,
    };
    tx.exec(sql!(include_str!("case_copy/put.sql")), params).map(|_| ())
}

/// Takes back the copies that a decision sent: those of a case written at `at`, after `from`. Whose they were.
///
/// # Errors
/// The store's.
pub fn take_back(tx: &Tx<'_>, rma: RmaId, from: i64, at: Timestamp, now: Timestamp) -> Result<Vec<PersonId>, Error> {
    let whose = sql!(
        "SELECT DISTINCT person_id FROM case_copy
         WHERE rma_id = :rma_id AND id > :from AND at = :at AND taken_back_at IS NULL"
    );
    let people = tx.all(whose, named_params! { ":rma_id": rma, ":from": from, ":at": at }, |row| row.get(0))?;
    let sql = sql!(
        "UPDATE case_copy SET taken_back_at = :now
         WHERE rma_id = :rma_id AND id > :from AND at = :at AND taken_back_at IS NULL"
    );
    tx.exec(sql, named_params! { ":rma_id": rma, ":from": from, ":at": at, ":now": now })?;
    Ok(people)
}

/// How many of a person's copies are unread, counted to `limit`.
///
/// # Errors
/// The store's.
pub fn unread(conn: &Conn, person: PersonId, limit: u32) -> Result<u32, Error> {
    let sql = sql!(
        "SELECT count(*) FROM (SELECT 1 FROM case_copy
             WHERE person_id = :person_id AND read_at IS NULL AND taken_back_at IS NULL LIMIT :limit)"
    );
    Ok(conn.value(sql, named_params! { ":person_id": person, ":limit": limit })?.unwrap_or(0))
}

/// Marks one of a person's copies, or all of them, as read; how many were not.
///
/// # Errors
/// The store's.
pub fn mark_read(tx: &Tx<'_>, person: PersonId, copy: Option<CopyId>, at: Timestamp) -> Result<usize, Error> {
    let sql = sql!(
        "UPDATE case_copy SET read_at = :at
         WHERE person_id = :person_id AND read_at IS NULL AND taken_back_at IS NULL AND (:id IS NULL OR id = :id)"
    );
    tx.exec(sql, named_params! { ":at": at, ":person_id": person, ":id": copy })
}
