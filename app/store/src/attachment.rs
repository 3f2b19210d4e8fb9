//! Files beside the database: content-addressed rows and what they belong to.

use domain::{AttachmentId, ParcelId, RmaId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A row of `attachment`.
#[derive(Clone, Debug)]
pub struct AttachmentRow {
    /// Its id, never reused.
    pub id: AttachmentId,
    /// BLAKE3 of the content, hex: the file's name.
    pub hash: String,
    /// Bytes.
    pub size_bytes: i64,
    /// Sniffed media type.
    pub media_type: String,
    /// The name it was uploaded under.
    pub name: String,
    /// `person:<id>`, `token:<id>`, `customer:case:<id>` or `customer:order:<id>`.
    pub uploaded_by: String,
    /// When.
    pub at: Timestamp,
}

/// Writes an attachment; its file is on the disk already.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, row: &AttachmentRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO attachment (id, hash, size_bytes, media_type, name, uploaded_by, at)
         VALUES (:id, :hash, :size_bytes, :media_type, :name, :uploaded_by, :at)"
    );
    let params = named_params! {
        ":id": row.id, ":hash": row.hash, ":size_bytes": row.size_bytes, ":media_type": row.media_type,
        ":name": row.name, ":uploaded_by": row.uploaded_by, ":at": row.at,
    };
    tx.exec(sql, params).map(|_| ())
}

/// One attachment, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: AttachmentId) -> Result<Option<AttachmentRow>, Error> {
    let sql = sql!("SELECT id, hash, size_bytes, media_type, name, uploaded_by, at FROM attachment WHERE id = :id");
    conn.one(sql, named_params! { ":id": id }, read)
}

/// The contents that rows name, after `after` by hash, at most `limit`: hash and size in bytes.
///
/// # Errors
/// The store's.
pub fn contents(conn: &Conn, after: &str, limit: u32) -> Result<Vec<(String, i64)>, Error> {
    let sql = sql!(
        "SELECT hash, max(size_bytes) AS size_bytes FROM attachment WHERE hash > :after
         GROUP BY hash ORDER BY hash LIMIT :limit"
    );
    conn.all(sql, named_params! { ":after": after, ":limit": limit }, |row| {
        Ok((row.get("hash")?, row.get("size_bytes")?))
    })
}

/// Links an attachment to a case for a purpose.
///
/// # Errors
/// The store's.
pub fn link(tx: &Tx<'_>, id: AttachmentId, rma: RmaId, purpose: &str, subject: i64) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO attachment_link (attachment_id, rma_id, purpose, subject_id)
         VALUES (:attachment_id, :rma_id, :purpose, :subject_id) ON CONFLICT DO NOTHING"
    );
    let params = named_params! {
        ":attachment_id": id, ":rma_id": rma, ":purpose": purpose, ":subject_id": subject,
    };
    tx.exec(sql, params).map(|_| ())
}

/// The attachments of a case with their purpose and subject, oldest first.
///
/// # Errors
/// The store's.
pub fn of_rma(conn: &Conn, rma: RmaId) -> Result<Vec<(AttachmentRow, String, i64)>, Error> {
    let sql = sql!(
        "SELECT attachment.id, hash, size_bytes, media_type, name, uploaded_by, at, purpose, subject_id
         FROM attachment_link JOIN attachment ON attachment.id = attachment_link.attachment_id
         WHERE attachment_link.rma_id = :rma_id ORDER BY attachment.id"
    );
    conn.all(sql, named_params! { ":rma_id": rma }, |row| Ok((read(row)?, row.get("purpose")?, row.get("subject_id")?)))
}

/// How many attachments a case has.
///
/// # Errors
/// The store's.
pub fn count_of_rma(conn: &Conn, rma: RmaId) -> Result<i64, Error> {
    let sql = sql!("SELECT count(*) FROM attachment_link WHERE rma_id = :rma_id");
    Ok(conn.value(sql, named_params! { ":rma_id": rma })?.unwrap_or(0))
}

/// Whether an attachment is linked to a case.
///
/// # Errors
/// The store's.
pub fn belongs(conn: &Conn, id: AttachmentId, rma: RmaId) -> Result<bool, Error> {
    let sql = sql!("SELECT 1 FROM attachment_link WHERE attachment_id = :id AND rma_id = :rma_id");
    conn.exists(sql, named_params! { ":id": id, ":rma_id": rma })
}

/// All cases an attachment is linked to.
///
/// # Errors
/// The store's.
pub fn cases(conn: &Conn, id: AttachmentId) -> Result<Vec<RmaId>, Error> {
    let sql = sql!("SELECT DISTINCT rma_id FROM attachment_link WHERE attachment_id = :id");
    conn.all(sql, named_params! { ":id": id }, |row| row.get(0))
}

/// Ties a file to a parcel; false unless this uploader put it there, or it is on the parcel already.
///
/// # Errors
/// The store's.
pub fn link_parcel(tx: &Tx<'_>, id: AttachmentId, parcel: ParcelId, uploaded_by: &str) -> Result<bool, Error> {
    let params = named_params! { ":attachment_id": id, ":parcel_id": parcel, ":uploaded_by": uploaded_by };
    let linked = tx.exec(sql!(include_str!("attachment/link_parcel.sql")), params)? == 1;
    if linked {
        return Ok(true);
    }
    let sql = sql!("SELECT 1 FROM parcel_attachment WHERE parcel_id = :parcel_id AND attachment_id = :attachment_id");
    tx.exists(sql, named_params! { ":parcel_id": parcel, ":attachment_id": id })
}

/// The files of a parcel, oldest first.
///
/// # Errors
/// The store's.
pub fn of_parcel(conn: &Conn, parcel: ParcelId) -> Result<Vec<AttachmentRow>, Error> {
    conn.all(sql!(include_str!("attachment/of_parcel.sql")), named_params! { ":parcel_id": parcel }, read)
}

/// All parcels a file is tied to.
///
/// # Errors
/// The store's.
pub fn parcels(conn: &Conn, id: AttachmentId) -> Result<Vec<ParcelId>, Error> {
    let sql = sql!("SELECT parcel_id FROM parcel_attachment WHERE attachment_id = :id");
    conn.all(sql, named_params! { ":id": id }, |row| row.get(0))
}

fn read(row: &crate::row::Row<'_>) -> Result<AttachmentRow, Error> {
    Ok(AttachmentRow {
        id: row.get("id")?,
        hash: row.get("hash")?,
        size_bytes: row.get("size_bytes")?,
        media_type: row.get("media_type")?,
        name: row.get("name")?,
        uploaded_by: row.get("uploaded_by")?,
        at: row.get("at")?,
    })
}
