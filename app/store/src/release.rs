//! Releases of the template: immutable documents with a content hash, and which release is current.

use domain::{DocumentId, PersonId, ReleaseId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A row of `release`.
#[derive(Clone, Debug)]
pub struct ReleaseRow {
    /// Its id.
    pub id: ReleaseId,
    /// The template's id.
    pub template: String,
    /// Content hash over all documents.
    pub hash: String,
    /// When.
    pub applied_at: Timestamp,
    /// By whom; the command line has no person.
    pub applied_by: Option<PersonId>,
    /// What the person wrote about it.
    pub note: String,
}

/// A stored document.
#[derive(Clone, Debug)]
pub struct DocumentRow {
    /// form, flow, policy, rule, board, role, message, print, settings, …
    pub kind: String,
    /// Stable id within its kind.
    pub key: String,
    /// Content hash.
    pub hash: String,
    /// Canonical JSON.
    pub body: String,
}

/// The current release, if a template was ever applied.
///
/// # Errors
/// The store's.
pub fn current(conn: &Conn) -> Result<Option<ReleaseId>, Error> {
    conn.value(sql!("SELECT release_id FROM current_release WHERE only = 1"), ())
}

/// A release's row.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: ReleaseId) -> Result<Option<ReleaseRow>, Error> {
    let sql = sql!("SELECT id, template, hash, applied_at, applied_by, note FROM release WHERE id = :id");
    conn.one(sql, named_params! { ":id": id }, read)
}

/// All releases, newest first.
///
/// # Errors
/// The store's.
pub fn all(conn: &Conn) -> Result<Vec<ReleaseRow>, Error> {
    let sql = sql!("SELECT id, template, hash, applied_at, applied_by, note FROM release ORDER BY id DESC");
    conn.all(sql, (), read)
}

/// A release's documents, by kind and key.
///
/// # Errors
/// The store's.
pub fn documents(conn: &Conn, id: ReleaseId) -> Result<Vec<DocumentRow>, Error> {
    let sql = sql!(
        "SELECT document.kind, document.key, document.hash, document.body
         FROM release_document
         JOIN document ON document.id = release_document.document_id
         WHERE release_document.release_id = :id
         ORDER BY document.kind, document.key"
    );
    conn.all(sql, named_params! { ":id": id }, |row| {
        Ok(DocumentRow { kind: row.get("kind")?, key: row.get("key")?, hash: row.get("hash")?, body: row.get("body")? })
    })
}

/// Writes a release and makes it current. Documents that are stored already are linked, not copied.
///
/// # Errors
/// The store's.
pub fn publish(
    tx: &Tx<'_>,
    release: &ReleaseRow,
    documents: &[DocumentRow],
    mut next_id: impl FnMut() -> i64,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO release (id, template, hash, applied_at, applied_by, note)
             VALUES (:id, :template, :hash, :applied_at, :applied_by, :note)"
        ),
        named_params! {
            ":id": release.id, ":template": release.template, ":hash": release.hash,
            ":applied_at": release.applied_at, ":applied_by": release.applied_by, ":note": release.note,
        },
    )?;
    for document in documents {
        let id = match stored(tx, document)? {
            Some(id) => id,
            None => insert_document(tx, document, DocumentId::from_raw(next_id()), release.applied_at)?,
        };
        tx.exec(
            sql!("INSERT INTO release_document (release_id, document_id) VALUES (:release_id, :document_id)"),
            named_params! { ":release_id": release.id, ":document_id": id },
        )?;
    }
    tx.exec(
        sql!(
            "INSERT INTO current_release (only, release_id) VALUES (1, :release_id)
             ON CONFLICT DO UPDATE SET release_id = excluded.release_id"
        ),
        named_params! { ":release_id": release.id },
    )?;
    Ok(())
}

fn stored(conn: &Conn, document: &DocumentRow) -> Result<Option<DocumentId>, Error> {
    let sql = sql!("SELECT id FROM document WHERE kind = :kind AND key = :key AND hash = :hash");
    conn.value(sql, named_params! { ":kind": document.kind, ":key": document.key, ":hash": document.hash })
}

fn insert_document(tx: &Tx<'_>, document: &DocumentRow, id: DocumentId, at: Timestamp) -> Result<DocumentId, Error> {
    tx.exec(
        sql!(
            "INSERT INTO document (id, kind, key, hash, body, created_at)
             VALUES (:id, :kind, :key, :hash, :body, :created_at)"
        ),
        named_params! {
            ":id": id, ":kind": document.kind, ":key": document.key, ":hash": document.hash,
            ":body": document.body, ":created_at": at,
        },
    )?;
    Ok(id)
}

fn read(row: &crate::row::Row<'_>) -> Result<ReleaseRow, Error> {
    Ok(ReleaseRow {
        id: row.get("id")?,
        template: row.get("template")?,
        hash: row.get("hash")?,
        applied_at: row.get("applied_at")?,
        applied_by: row.get("applied_by")?,
        note: row.get("note")?,
    })
}
