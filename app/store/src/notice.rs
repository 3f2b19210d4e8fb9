//! In-app messages to persons.

use domain::{NoticeId, PersonId, RmaId, TaskId, Text, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `notice`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRow {
    /// Its id.
    pub id: NoticeId,
    /// Whom it is for.
    pub person_id: PersonId,
    /// The case it is about.
    pub rma_id: Option<RmaId>,
    /// The role it was for, or empty.
    pub role: String,
    /// What it says.
    pub text: Text,
    /// When.
    pub at: Timestamp,
    /// When it was read.
    pub read_at: Option<Timestamp>,
}

/// Writes a message.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, notice: &NoticeRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO notice (id, person_id, rma_id, role, text_zh, text_en, at)
         VALUES (:id, :person_id, :rma_id, :role, :text_zh, :text_en, :at)"
    );
    let params = named_params! {
        ":id": notice.id, ":person_id": notice.person_id, ":rma_id": notice.rma_id, ":role": notice.role,
        ":text_zh": notice.text.zh, ":text_en": notice.text.en, ":at": notice.at,
    };
    tx.exec(sql, params).map(|_| ())
}

/// A person's messages before `before`, newest first, at most `limit`.
///
/// # Errors
/// The store's.
pub fn page(conn: &Conn, person: PersonId, before: Option<NoticeId>, limit: u32) -> Result<Vec<NoticeRow>, Error> {
    let sql = sql!(
        "SELECT id, person_id, rma_id, role, text_zh, text_en, at, read_at FROM notice
         WHERE person_id = :person_id AND id < :before ORDER BY id DESC LIMIT :limit"
    );
    let before = before.map_or(i64::MAX, NoticeId::get);
    conn.all(sql, named_params! { ":person_id": person, ":before": before, ":limit": limit }, read)
}

/// How many of a person's messages are unread, counted to `limit`.
///
/// # Errors
/// The store's.
pub fn unread(conn: &Conn, person: PersonId, limit: u32) -> Result<u32, Error> {
    let sql = sql!(
        "SELECT count(*) FROM
         (SELECT 1 FROM notice WHERE person_id = :person_id AND read_at IS NULL LIMIT :limit)"
    );
    Ok(conn.value(sql, named_params! { ":person_id": person, ":limit": limit })?.unwrap_or(0))
}

/// Marks a person's messages up to `upto` as read; how many were not.
///
/// # Errors
/// The store's.
pub fn mark_read(tx: &Tx<'_>, person: PersonId, upto: NoticeId, at: Timestamp) -> Result<usize, Error> {
    let sql = sql!("UPDATE notice SET read_at = :at WHERE person_id = :person_id AND id <= :upto AND read_at IS NULL");
    tx.exec(sql, named_params! { ":at": at, ":person_id": person, ":upto": upto })
}

/// Marks what a case's decision, taken back since, had told everybody as read.
///
/// # Errors
/// The store's.
pub fn settle(tx: &Tx<'_>, rma: RmaId, from: i64, at: Timestamp, now: Timestamp) -> Result<(), Error> {
    let sql =
        sql!("UPDATE notice SET read_at = :now WHERE rma_id = :rma_id AND id > :from AND at = :at AND read_at IS NULL");
    tx.exec(sql, named_params! { ":rma_id": rma, ":from": from, ":at": at, ":now": now }).map(|_| ())
}

/// The to-do that a message opens: of the person or the role it was for on its case, an open one before a done one, the
/// newest first.
///
/// # Errors
/// The store's.
pub fn task(conn: &Conn, notice: &NoticeRow) -> Result<Option<TaskId>, Error> {
    let sql = sql!(
        "SELECT id FROM task
         WHERE rma_id = :rma_id AND (assignee_id = :person_id OR (:role <> '' AND role = :role))
         ORDER BY state = 'open' DESC, id DESC LIMIT 1"
    );
    let params = named_params! { ":rma_id": notice.rma_id, ":person_id": notice.person_id, ":role": notice.role };
    conn.value(sql, params)
}

fn read(row: &Row<'_>) -> Result<NoticeRow, Error> {
    Ok(NoticeRow {
        id: row.get("id")?,
        person_id: row.get("person_id")?,
        rma_id: row.get("rma_id")?,
        role: row.get("role")?,
        text: Text { zh: row.get("text_zh")?, en: row.get("text_en")? },
        at: row.get("at")?,
        read_at: row.get("read_at")?,
    })
}
