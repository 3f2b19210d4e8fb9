//! Files on their way: whose they are, how large they will be, and until when they may arrive.

use domain::{AttachmentId, RmaId, Timestamp, UploadId};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `upload`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadRow {
    /// Its id; the part file is named by it.
    pub id: UploadId,
    /// `person:<id>`, `token:<id>`, `order:<id>` or `case:<id>`.
    pub owner: String,
    /// The case it is meant for, when known.
    pub rma_id: Option<RmaId>,
    /// The file's name.
    pub name: String,
    /// Bytes of the whole file.
    pub size_bytes: i64,
    /// The file it became.
    pub attachment_id: Option<AttachmentId>,
    /// When it began.
    pub created_at: Timestamp,
    /// Until when it may arrive.
    pub expires_at: Timestamp,
}

/// Writes an upload under the hash of its token.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, token_hash: &[u8; 32], row: &UploadRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": row.id, ":token_hash": token_hash, ":owner": row.owner, ":rma_id": row.rma_id, ":name": row.name,
        ":size_bytes": row.size_bytes, ":attachment_id": row.attachment_id, ":created_at": row.created_at,
        ":expires_at": row.expires_at,
    };
    tx.exec(sql!(include_str!("upload/insert.sql")), params).map(|_| ())
}

/// The upload under a token, unless it is over.
///
/// # Errors
/// The store's.
pub fn by_token(conn: &Conn, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<UploadRow>, Error> {
    let params = named_params! { ":token_hash": token_hash, ":now": now };
    conn.one(sql!(include_str!("upload/by_token.sql")), params, read)
}

/// Says which file an upload became.
///
/// # Errors
/// The store's.
pub fn finish(tx: &Tx<'_>, id: UploadId, attachment: AttachmentId) -> Result<(), Error> {
    let sql = sql!("UPDATE upload SET attachment_id = :attachment_id WHERE id = :id");
    tx.exec(sql, named_params! { ":id": id, ":attachment_id": attachment }).map(|_| ())
}

/// Forgets an upload; its part file is taken away by whoever asks.
///
/// # Errors
/// The store's.
pub fn delete(tx: &Tx<'_>, id: UploadId) -> Result<bool, Error> {
    Ok(tx.exec(sql!("DELETE FROM upload WHERE id = :id"), named_params! { ":id": id })? == 1)
}

/// Forgets the upload under a token.
///
/// # Errors
/// The store's.
pub fn delete_under(tx: &Tx<'_>, token_hash: &[u8; 32]) -> Result<(), Error> {
    let sql = sql!("DELETE FROM upload WHERE token_hash = :token_hash");
    tx.exec(sql, named_params! { ":token_hash": token_hash }).map(|_| ())
}

/// Uploads whose time is over, oldest first.
///
/// # Errors
/// The store's.
pub fn expired(conn: &Conn, now: Timestamp, limit: u32) -> Result<Vec<UploadId>, Error> {
    let sql = sql!("SELECT id FROM upload WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit");
    conn.all(sql, named_params! { ":now": now, ":limit": limit }, |row| row.get(0))
}

/// Whose upload a file came from, while that is remembered.
///
/// # Errors
/// The store's.
pub fn owner_of(conn: &Conn, attachment: AttachmentId) -> Result<Option<String>, Error> {
    let sql = sql!("SELECT owner FROM upload WHERE attachment_id = :attachment_id");
    conn.value(sql, named_params! { ":attachment_id": attachment })
}

/// Bytes that an owner has on their way, or has sent without linking them to a case yet.
///
/// # Errors
/// The store's.
pub fn pending_bytes(conn: &Conn, owner: &str) -> Result<i64, Error> {
    Ok(conn.value(sql!(include_str!("upload/pending_bytes.sql")), named_params! { ":owner": owner })?.unwrap_or(0))
}

/// Bytes that staff have on their way for a case.
///
/// # Errors
/// The store's.
pub fn pending_bytes_of_staff(conn: &Conn, rma: RmaId) -> Result<i64, Error> {
    let sql = sql!(include_str!("upload/pending_bytes_of_staff.sql"));
    Ok(conn.value(sql, named_params! { ":rma_id": rma })?.unwrap_or(0))
}

/// Files and bytes linked to a case: the customer's, or the staff's.
///
/// # Errors
/// The store's.
pub fn linked(conn: &Conn, rma: RmaId, customers: bool) -> Result<(i64, i64), Error> {
    let params = named_params! { ":rma_id": rma, ":customers": customers };
    let row =
        conn.one(sql!(include_str!("upload/linked.sql")), params, |row| Ok((row.get("files")?, row.get("bytes")?)))?;
    Ok(row.unwrap_or((0, 0)))
}

fn read(row: &Row<'_>) -> Result<UploadRow, Error> {
    Ok(UploadRow {
        id: row.get("id")?,
        owner: row.get("owner")?,
        rma_id: row.get("rma_id")?,
        name: row.get("name")?,
        size_bytes: row.get("size_bytes")?,
        attachment_id: row.get("attachment_id")?,
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
    })
}
