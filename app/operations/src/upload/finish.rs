//! A whole part file becomes a file of the product, or is refused and taken away.

use store::Tx;
use store::upload::UploadRow;

use super::append::Lane;
use super::part;
use crate::app::App;
use crate::attachment::add::{Added, add};
use crate::attachment::take::{Stored, store_file};
use crate::context::Ctx;
use crate::error::Error;
use crate::run::Call;

/// Checks a whole part file, keeps it and writes its row. Blocks.
///
/// # Errors
/// `Invalid` for what the template does not take: the upload is forgotten then; `DiskFull`, `Conflict`.
pub fn finish(app: &App, call: Call, lane: &Lane, row: &UploadRow) -> Result<Added, Error> {
    lane.alone(|| {
        let path = part(app, row.id);
        let stored = match store_file(app, &path, &row.name) {
            Ok(stored) => stored,
            Err(error @ Error::Invalid(_)) => {
                let id = row.id;
                app.run_blocking(Call::new(call.actor, "upload.refuse"), move |tx, _| {
                    Ok(store::upload::delete(tx, id)?)
                })?;
                return Err(error);
            }
            Err(error) => return Err(error),
        };
        let id = row.id;
        Ok(app.run_blocking(call, move |tx, ctx| end(tx, ctx, id, &stored))?.value)
    })
}

fn end(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: domain::UploadId, stored: &Stored) -> Result<Added, Error> {
    let added = add(tx, ctx, stored)?;
    store::upload::finish(tx, id, added.id)?;
    Ok(added)
}
