//! When somebody wants to look at a case again.

use domain::{EventKind, Permission, RmaId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;

use super::load::Loaded;
use crate::context::Ctx;
use crate::error::Error;
use crate::event::Event;
use crate::reach;

/// Sets or clears the next follow-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// The case.
    pub rma: RmaId,
    /// When; never when absent.
    pub at: Option<Timestamp>,
}

/// Sets or clears the next follow-up.
///
/// # Errors
/// `NotFound`, `Forbidden`.
pub fn follow_up(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &FollowUp) -> Result<RmaId, Error> {
    let loaded = Loaded::read(tx, ctx, cmd.rma)?;
    reach::place(ctx, Permission::RmaNote, loaded.place(), "rma")?;
    if loaded.rma.next_follow_up_at == cmd.at {
        return Ok(cmd.rma);
    }
    store::rma::follow_up(tx, cmd.rma, cmd.at)?;
    let event = Event::new(EventKind::RmaFollowUpSet)
        .rma(cmd.rma)
        .at(Some(loaded.rma.shop_id), loaded.rma.warehouse_id)
        .with(json!({ "at": cmd.at }));
    ctx.record(event);
    Ok(cmd.rma)
}
