//! What is kept for a while only.

use domain::Permission;
use serde::{Deserialize, Serialize};
use store::Tx;

use crate::context::{Ctx, Place};
use crate::error::Error;

/// How long an answer is remembered under its client's key.
pub const REMEMBER_MS: i64 = 7 * 86_400_000;

/// Forgets remembered answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forget {
    /// At most so many in one command.
    pub limit: u32,
}

/// Forgets answers older than a week; how many.
///
/// # Errors
/// `Forbidden` for anybody but the program itself.
pub fn forget(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Forget) -> Result<usize, Error> {
    ctx.require(Permission::SystemView, Place::default())?;
    Ok(store::idempotency::forget(tx, ctx.now.plus_ms(-REMEMBER_MS), cmd.limit)?)
}
