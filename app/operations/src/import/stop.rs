//! Stops a run: the next slice finds it stopped. What is written stays, and the file can be run again.

use domain::ImportId;
use store::Tx;

use crate::actor::Actor;
use crate::context::Ctx;
use crate::error::{Error, Refusal};

/// Stops a run.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Conflict` when it is over.
pub fn stop(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: ImportId) -> Result<(), Error> {
    let run = store::import::find(tx, id)?.ok_or(Error::NotFound("import"))?;
    require(ctx.actor)?;
    if run.state != "running" {
        return Err(Error::conflict(Refusal::new("import_over", "导入已经结束", "the import is over")));
    }
    store::import::end(tx, id, "stopped", ctx.now)?;
    ctx.topic(format!("import:{id}"));
    ctx.topic("imports");
    Ok(())
}

pub(super) fn require(actor: &Actor) -> Result<(), Error> {
    let permission = super::mapping::PERMISSION;
    if actor.may_somewhere(permission) { Ok(()) } else { Err(Error::Forbidden(permission)) }
}
