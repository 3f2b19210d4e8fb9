//! Handing a file out: to whoever may see a case or a parcel it belongs to, or who uploaded it.

use std::path::PathBuf;

use domain::{AttachmentId, Permission};

use crate::actor::{Actor, ActorKind};
use crate::app::App;
use crate::error::Error;

/// A file that may be read.
#[derive(Clone, Debug)]
pub struct Readable {
    /// Where it lies.
    pub path: PathBuf,
    /// BLAKE3 of the content, hex.
    pub hash: String,
    /// Its media type.
    pub media_type: String,
    /// The name it was uploaded under.
    pub name: String,
}

/// Where a file lies, for a reader who may see it.
///
/// # Errors
/// `NotFound` when there is none or the reader may not know of it.
pub fn locate(app: &App, actor: &Actor, id: AttachmentId) -> Result<Readable, Error> {
    let row = app.read(|conn| {
        let row = store::attachment::find(conn, id)?.ok_or(Error::NotFound("attachment"))?;
        let own = !matches!(actor.kind, ActorKind::Customer(_)) && row.uploaded_by == actor.author();
        let mut seen = own;
        for case in store::attachment::cases(conn, id)? {
            let rma = store::rma::find(conn, case)?;
            seen |= rma.is_some_and(|rma| actor.may(Permission::RmaView, Some(rma.shop_id), rma.warehouse_id));
        }
        for parcel in store::attachment::parcels(conn, id)? {
            seen = seen || crate::warehouse::read::parcel(conn, actor, parcel).is_ok();
        }
        if seen { Ok(row) } else { Err(Error::NotFound("attachment")) }
    })?;
    let path = store::files::path(app.store().dir(), &row.hash).ok_or(Error::NotFound("attachment"))?;
    Ok(Readable { path, hash: row.hash, media_type: row.media_type, name: row.name })
}
