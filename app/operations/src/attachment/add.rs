//! The row of a file that is on the disk.

use domain::{AttachmentId, Permission};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::attachment::AttachmentRow;

pub use super::take::{Stored, store};
use crate::actor::ActorKind;
use crate::context::Ctx;
use crate::error::Error;

/// Who may attach files to cases.
pub const WRITERS: [Permission; 6] = [
    Permission::RmaFile,
    Permission::RmaNote,
    Permission::Inspect,
    Permission::ParcelReceive,
    Permission::ParcelSign,
    Permission::OrderImport,
];

/// A file's row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// Its id.
    pub id: AttachmentId,
    /// Sniffed media type.
    pub media_type: String,
    /// Bytes.
    pub size_bytes: i64,
}

/// Writes the row of a stored content. Whoever may write on cases, or a customer on the portal.
///
/// # Errors
/// `Forbidden`.
pub fn add(tx: &Tx<'_>, ctx: &mut Ctx<'_>, stored: &Stored) -> Result<Added, Error> {
    may_add(ctx)?;
    let uploaded_by = ctx.actor.uploader();
    let row = AttachmentRow {
        id: AttachmentId::from_raw(ctx.id()),
        hash: stored.hash.clone(),
        size_bytes: stored.size_bytes,
        media_type: stored.media_type.to_owned(),
        name: stored.name.clone(),
        uploaded_by,
        at: ctx.now,
    };
    ::store::attachment::insert(tx, &row)?;
    Ok(Added { id: row.id, media_type: row.media_type, size_bytes: row.size_bytes })
}

/// Refuses whoever may attach nothing anywhere.
pub(crate) fn may_add(ctx: &Ctx<'_>) -> Result<(), Error> {
    let may = WRITERS.iter().any(|permission| ctx.actor.may_somewhere(*permission));
    if may || matches!(ctx.actor.kind, ActorKind::Customer(_)) {
        return Ok(());
    }
    Err(Error::Forbidden(Permission::RmaNote))
}
