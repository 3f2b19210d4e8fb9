//! How far an upload is.

use std::fs;

use domain::AttachmentId;
use store::upload::UploadRow;

use super::{Owner, part};
use crate::app::App;
use crate::error::Error;
use crate::secret;

/// An upload as its sender sees it.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Its row.
    pub row: UploadRow,
    /// Bytes that have arrived.
    pub received_bytes: u64,
    /// The file it became: id, media type, bytes.
    pub file: Option<(AttachmentId, String, i64)>,
}

/// The upload under a token. Of the staff's only whoever began it finds it; a customer's token is proof enough.
///
/// # Errors
/// `NotFound` when there is none, it is over, or it is somebody else's.
pub fn find(app: &App, owner: Option<Owner<'_>>, token: &str) -> Result<Upload, Error> {
    let missing = || Error::NotFound("upload");
    let hash = secret::hash(token).ok_or_else(missing)?;
    let now = app.now();
    let (row, file) = app.read(|conn| {
        let row = store::upload::by_token(conn, &hash, now)?.ok_or_else(missing)?;
        let file = match row.attachment_id {
            Some(id) => store::attachment::find(conn, id)?,
            None => None,
        };
        Ok((row, file))
    })?;
    let is_customers = row.owner.starts_with("order:") || row.owner.starts_with("case:");
    let own = match owner {
        Some(owner) => row.owner == owner.text(),
        None => is_customers,
    };
    if !own {
        return Err(missing());
    }
    let received_bytes = match &file {
        Some(_) => u64::try_from(row.size_bytes).unwrap_or(0),
        None => fs::metadata(part(app, row.id)).map_or(0, |facts| facts.len()),
    };
    Ok(Upload { row, received_bytes, file: file.map(|file| (file.id, file.media_type, file.size_bytes)) })
}
