//! Uploads taken away: by their senders, and at night those whose time is over.

use std::fs;
use std::io::ErrorKind;

use domain::{Permission, UploadId};
use store::Tx;

use super::append::Lane;
use super::part;
use crate::app::App;
use crate::context::{Ctx, Place};
use crate::error::Error;
use crate::run::Call;

/// Takes an upload away; a file that it became stays where it was linked. Blocks.
///
/// # Errors
/// `Conflict` when somebody else sends it now.
pub fn give_up(app: &App, call: Call, lane: &Lane, id: UploadId) -> Result<(), Error> {
    lane.alone(|| {
        app.run_blocking(call, move |tx, _| Ok(store::upload::delete(tx, id)?))?;
        remove(app, id);
        Ok(())
    })
}

/// Takes away at most `limit` uploads whose time is over; how many. Blocks.
///
/// # Errors
/// `Forbidden` for anybody but the program itself.
pub fn expire(app: &App, call: Call, limit: u32) -> Result<usize, Error> {
    let gone = app.run_blocking(call, move |tx, ctx| forget(tx, ctx, limit))?.value;
    for id in &gone {
        remove(app, *id);
    }
    Ok(gone.len())
}

fn forget(tx: &Tx<'_>, ctx: &mut Ctx<'_>, limit: u32) -> Result<Vec<UploadId>, Error> {
    ctx.require(Permission::SystemView, Place::default())?;
    let gone = store::upload::expired(tx, ctx.now, limit)?;
    for id in &gone {
        store::upload::delete(tx, *id)?;
    }
    Ok(gone)
}

fn remove(app: &App, id: UploadId) {
    match fs::remove_file(part(app, id)) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            tracing::warn!(%error, "a broken-off upload could not be taken away");
        }
        _ => {}
    }
}
