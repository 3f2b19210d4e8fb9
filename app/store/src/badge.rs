//! Badges and PINs of operators: only hashes.

use domain::{PersonId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `badge`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadgeRow {
    /// Whose.
    pub person_id: PersonId,
    /// The hash of the badge's code; none without a badge.
    pub code_hash: Option<[u8; 32]>,
    /// When it was issued.
    pub issued_at: Option<Timestamp>,
    /// The hash of the PIN; none before one is set.
    pub pin_hash: Option<String>,
}

/// A person's badge and PIN.
///
/// # Errors
/// The store's.
pub fn of_person(conn: &Conn, person: PersonId) -> Result<Option<BadgeRow>, Error> {
    let sql = sql!("SELECT person_id, code_hash, issued_at, pin_hash FROM badge WHERE person_id = :person_id");
    conn.one(sql, named_params! { ":person_id": person }, read)
}

/// Whose badge has this code.
///
/// # Errors
/// The store's.
pub fn by_code(conn: &Conn, code_hash: &[u8; 32]) -> Result<Option<BadgeRow>, Error> {
    let sql = sql!("SELECT person_id, code_hash, issued_at, pin_hash FROM badge WHERE code_hash = :code_hash");
    conn.one(sql, named_params! { ":code_hash": code_hash }, read)
}

/// Gives a person a badge in place of the one before.
///
/// # Errors
/// The store's.
pub fn issue(
    tx: &Tx<'_>,
    person: PersonId,
    code_hash: &[u8; 32],
    at: Timestamp,
    by: Option<PersonId>,
) -> Result<(), Error> {
    let params = named_params! { ":person_id": person, ":code_hash": code_hash, ":at": at, ":by": by };
    tx.exec(sql!(include_str!("badge/issue.sql")), params).map(|_| ())
}

/// Ends a person's badge; false when there was none.
///
/// # Errors
/// The store's.
pub fn revoke(tx: &Tx<'_>, person: PersonId) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE badge SET code_hash = NULL, issued_at = NULL, issued_by = NULL
         WHERE person_id = :person_id AND code_hash IS NOT NULL"
    );
    Ok(tx.exec(sql, named_params! { ":person_id": person })? == 1)
}

/// Sets a person's PIN.
///
/// # Errors
/// The store's.
pub fn set_pin(tx: &Tx<'_>, person: PersonId, pin_hash: &str, at: Timestamp) -> Result<(), Error> {
    let params = named_params! { ":person_id": person, ":pin_hash": pin_hash, ":at": at };
    tx.exec(sql!(include_str!("badge/set_pin.sql")), params).map(|_| ())
}

fn read(row: &Row<'_>) -> Result<BadgeRow, Error> {
    Ok(BadgeRow {
        person_id: row.get("person_id")?,
        code_hash: row.get("code_hash")?,
        issued_at: row.get("issued_at")?,
        pin_hash: row.get("pin_hash")?,
    })
}
