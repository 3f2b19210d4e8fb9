//! Filters of the inbox that a person keeps.

use domain::{InboxFilterId, PersonId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A row of `inbox_filter`.
#[derive(Clone, Debug)]
pub struct FilterRow {
    /// Its id.
    pub id: InboxFilterId,
    /// Whose.
    pub person_id: PersonId,
    /// What its owner calls it.
    pub name: String,
    /// What it narrows to, JSON.
    pub filter: String,
    /// Whether the inbox opens with it.
    pub is_default: bool,
    /// When it was kept.
    pub created_at: Timestamp,
}

/// A person's filters, oldest first.
///
/// # Errors
/// The store's.
pub fn of_person(conn: &Conn, person: PersonId) -> Result<Vec<FilterRow>, Error> {
    let sql = sql!(
        "SELECT id, person_id, name, filter, is_default, created_at FROM inbox_filter
         WHERE person_id = :person_id ORDER BY created_at, id"
    );
    conn.all(sql, named_params! { ":person_id": person }, |row| {
        Ok(FilterRow {
            id: row.get("id")?,
            person_id: row.get("person_id")?,
            name: row.get("name")?,
            filter: row.get("filter")?,
            is_default: row.get("is_default")?,
            created_at: row.get("created_at")?,
        })
    })
}

/// Writes a filter, new or changed; the only default of its owner when it is one.
///
/// # Errors
/// `inbox_filter.person_id` (unique) when another one has the name.
pub fn put(tx: &Tx<'_>, row: &FilterRow) -> Result<(), Error> {
    if row.is_default {
        let sql = sql!("UPDATE inbox_filter SET is_default = 0 WHERE person_id = :person_id AND id <> :id");
        tx.exec(sql, named_params! { ":person_id": row.person_id, ":id": row.id })?;
    }
    let sql = sql!(
        "INSERT INTO inbox_filter (id, person_id, name, filter, is_default, created_at)
         VALUES (:id, :person_id, :name, :filter, :is_default, :created_at)
         ON CONFLICT (id) DO UPDATE SET name = :name, filter = :filter, is_default = :is_default"
    );
    let params = named_params! {
        ":id": row.id, ":person_id": row.person_id, ":name": row.name, ":filter": row.filter,
        ":is_default": row.is_default, ":created_at": row.created_at,
    };
    tx.exec(sql, params).map(|_| ())
}

/// Drops one of a person's filters; false when there is none.
///
/// # Errors
/// The store's.
pub fn delete(tx: &Tx<'_>, person: PersonId, id: InboxFilterId) -> Result<bool, Error> {
    let sql = sql!("DELETE FROM inbox_filter WHERE person_id = :person_id AND id = :id");
    Ok(tx.exec(sql, named_params! { ":person_id": person, ":id": id })? == 1)
}
