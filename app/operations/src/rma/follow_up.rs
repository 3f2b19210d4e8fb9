//! When somebody wants to look at a case again.

use domain::{Permission, RmaId, Timestamp};
use serde::{Deserialize, Serialize};
use store::Tx;

use super::load::Loaded;
use crate::context::Ctx;
use crate::error::Error;
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
    store::rma::follow_up(tx, cmd.rma, cmd.at)?;
    ctx.topic(format!("rma:{}", cmd.rma));
    Ok(cmd.rma)
}
