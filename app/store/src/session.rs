//! Sign-in sessions: the token and the CSRF token only as hashes, so that a copy of the file signs nobody in.

use domain::{DeviceId, PersonId, SessionId, ShiftId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `session`, without its hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub person_id: PersonId,
    /// When it began.
    pub opened_at: Timestamp,
    /// When it was last used, to a few minutes.
    pub seen_at: Timestamp,
    /// When it ends whatever happens.
    pub expires_at: Timestamp,
    /// When it was ended by somebody.
    pub revoked_at: Option<Timestamp>,
    /// The address it was opened from.
    pub address: String,
    /// The browser it was opened with, as it names itself.
    pub agent: String,
    /// The station it is bound to, for an operator's.
    pub device_id: Option<DeviceId>,
    /// The operator's stay there.
    pub shift_id: Option<ShiftId>,
}

/// The hashes a session is found and checked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionHashes {
    /// BLAKE3 of the session token.
    pub token: [u8; 32],
    /// BLAKE3 of the CSRF token.
    pub csrf: [u8; 32],
}

/// Opens a session.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, session: &SessionRow, hashes: &SessionHashes) -> Result<(), Error> {
    tx.exec(
        sql!(include_str!("session/insert.sql")),
        named_params! {
            ":id": session.id, ":person_id": session.person_id, ":token_hash": hashes.token,
            ":csrf_hash": hashes.csrf, ":opened_at": session.opened_at, ":seen_at": session.seen_at,
            ":expires_at": session.expires_at, ":address": session.address, ":agent": session.agent,
            ":device_id": session.device_id, ":shift_id": session.shift_id,
        },
    )
    .map(|_| ())
}

/// The session a token belongs to, with the hash of its CSRF token; ended ones too.
///
/// # Errors
/// The store's.
pub fn by_token(conn: &Conn, token_hash: &[u8; 32]) -> Result<Option<(SessionRow, [u8; 32])>, Error> {
    conn.one(sql!(include_str!("session/by_token.sql")), named_params! { ":token_hash": *token_hash }, |row| {
        Ok((read(row)?, row.get("csrf_hash")?))
    })
}

/// A session by id.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: SessionId) -> Result<Option<SessionRow>, Error> {
    conn.one(sql!(include_str!("session/find.sql")), named_params! { ":id": id }, read)
}

/// A person's sessions that were not ended and are not over at `now`, newest first, at most `limit`.
///
/// # Errors
/// The store's.
pub fn open_of_person(
    conn: &Conn,
    person: PersonId,
    now: Timestamp,
    seen_after: Timestamp,
    limit: u32,
) -> Result<Vec<SessionRow>, Error> {
    let params = named_params! { ":person_id": person, ":now": now, ":seen_after": seen_after, ":limit": limit };
    conn.all(sql!(include_str!("session/open_of_person.sql")), params, read)
}

/// Gives a session another token.
///
/// # Errors
/// The store's.
pub fn renew(tx: &Tx<'_>, id: SessionId, hashes: &SessionHashes) -> Result<(), Error> {
    let sql = sql!("UPDATE session SET token_hash = :token, csrf_hash = :csrf WHERE id = :id");
    let params = named_params! { ":id": id, ":token": hashes.token, ":csrf": hashes.csrf };
    tx.exec(sql, params).map(|_| ())
}

/// Ends a session; `false` when it was ended before.
///
/// # Errors
/// The store's.
pub fn revoke(tx: &Tx<'_>, id: SessionId, at: Timestamp) -> Result<bool, Error> {
    let sql = sql!("UPDATE session SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL");
    Ok(tx.exec(sql, named_params! { ":at": at, ":id": id })? == 1)
}

/// Ends a person's sessions, all but `keep`; how many.
///
/// # Errors
/// The store's.
pub fn revoke_of_person(tx: &Tx<'_>, person: PersonId, keep: Option<SessionId>, at: Timestamp) -> Result<usize, Error> {
    let sql = sql!(
        "UPDATE session SET revoked_at = :at
         WHERE person_id = :person_id AND id <> :keep AND revoked_at IS NULL"
    );
    let keep = keep.map_or(0, SessionId::get);
    tx.exec(sql, named_params! { ":at": at, ":person_id": person, ":keep": keep })
}

/// Ends the operators' sessions at a station; how many.
///
/// # Errors
/// The store's.
pub fn revoke_at_device(tx: &Tx<'_>, device: DeviceId, at: Timestamp) -> Result<usize, Error> {
    let sql = sql!("UPDATE session SET revoked_at = :at WHERE device_id = :device_id AND revoked_at IS NULL");
    tx.exec(sql, named_params! { ":at": at, ":device_id": device })
}

/// Ends a person's sessions at stations and their shifts; how many.
///
/// # Errors
/// The store's.
pub fn revoke_operator(tx: &Tx<'_>, person: PersonId, at: Timestamp) -> Result<usize, Error> {
    let sql =
        sql!("UPDATE shift SET ended_at = max(:at, started_at) WHERE person_id = :person_id AND ended_at IS NULL");
    tx.exec(sql, named_params! { ":at": at, ":person_id": person })?;
    let sql = sql!(
        "UPDATE session SET revoked_at = :at
         WHERE person_id = :person_id AND device_id IS NOT NULL AND revoked_at IS NULL"
    );
    tx.exec(sql, named_params! { ":at": at, ":person_id": person })
}

/// Notes that a session was used.
///
/// # Errors
/// The store's.
pub fn touch(tx: &Tx<'_>, id: SessionId, at: Timestamp) -> Result<(), Error> {
    let sql = sql!("UPDATE session SET seen_at = max(seen_at, :at) WHERE id = :id");
    tx.exec(sql, named_params! { ":at": at, ":id": id }).map(|_| ())
}

/// Forgets sessions that ended before `before`, at most `limit`; how many.
///
/// # Errors
/// The store's.
pub fn forget(tx: &Tx<'_>, before: Timestamp, limit: u32) -> Result<usize, Error> {
    let sql = sql!(
        "DELETE FROM session WHERE id IN
         (SELECT id FROM session WHERE expires_at < :before OR revoked_at < :before ORDER BY id LIMIT :limit)"
    );
    tx.exec(sql, named_params! { ":before": before, ":limit": limit })
}

fn read(row: &Row<'_>) -> Result<SessionRow, Error> {
    Ok(SessionRow {
        id: row.get("id")?,
        person_id: row.get("person_id")?,
        opened_at: row.get("opened_at")?,
        seen_at: row.get("seen_at")?,
        expires_at: row.get("expires_at")?,
        revoked_at: row.get("revoked_at")?,
        address: row.get("address")?,
        agent: row.get("agent")?,
        device_id: row.get("device_id")?,
        shift_id: row.get("shift_id")?,
    })
}
