//! Messages that nobody could send for a day are stale: a channel set up later does not pour them out.

use domain::Permission;
use serde::{Deserialize, Serialize};
use store::Tx;

use crate::context::{Ctx, Place};
use crate::error::Error;

/// How old a message that was never tried may become.
pub const STALE_AFTER_MS: i64 = 86_400_000;

/// Gives up stale messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiveUp {
    /// At most so many in one command.
    pub limit: u32,
}

/// Gives up messages that waited a day without a try; how many.
///
/// # Errors
/// `Forbidden` for anybody but the program itself.
pub fn give_up(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &GiveUp) -> Result<usize, Error> {
    ctx.require(Permission::SystemView, Place::default())?;
    Ok(store::outbox::give_up(tx, ctx.now.plus_ms(-STALE_AFTER_MS), cmd.limit)?)
}
