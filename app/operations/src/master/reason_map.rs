//! What platforms call our reasons.

use domain::{Permission, ReasonId};
use serde::{Deserialize, Serialize};
use store::reference::list::ReasonMapRow;
use store::{Conn, Tx};

use super::check::Problems;
use super::{changed, require_editor};
use crate::actor::Actor;
use crate::context::Ctx;
use crate::error::Error;

/// A platform's own reason and ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedReason {
    /// The platform's code.
    pub platform: String,
    /// The reason's code there.
    pub platform_code: String,
    /// Ours.
    pub reason_id: ReasonId,
}

/// Maps a platform's reason to ours; none takes the mapping away.
///
/// # Errors
/// `Forbidden`, `Invalid`; `NotFound` for a mapping that is not there.
pub fn save(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    platform: &str,
    platform_code: &str,
    reason_id: Option<ReasonId>,
) -> Result<(), Error> {
    require_editor(ctx)?;
    let mut problems = Problems::default();
    let platform = problems.code(platform, "platform");
    let platform_code = problems.text(platform_code, "platform_code");
    problems.unless(!platform_code.is_empty(), "platform_code", "required", "必填", "is required");
    let known = reason_id.is_none_or(|id| ctx.definitions.masters.reason(id).is_some());
    problems.unless(known, "reason_id", "unknown", "没有这个原因", "there is no such reason");
    problems.done()?;
    match reason_id {
        Some(reason_id) => {
            store::reference::list::put_reason_map(tx, &ReasonMapRow { platform, platform_code, reason_id })?;
        }
        None if store::reference::list::delete_reason_map(tx, &platform, &platform_code)? => {}
        None => return Err(Error::NotFound("reason_map")),
    }
    changed(ctx, "reason_map", reason_id.map_or(0, ReasonId::get), false);
    Ok(())
}

/// All mappings.
///
/// # Errors
/// `Forbidden`.
pub fn list(conn: &Conn, actor: &Actor) -> Result<Vec<MappedReason>, Error> {
    if !actor.may_somewhere(Permission::MasterEdit) {
        return Err(Error::Forbidden(Permission::MasterEdit));
    }
    let rows = store::reference::list::reason_map(conn)?;
    let mapped = |row: ReasonMapRow| MappedReason {
        platform: row.platform,
        platform_code: row.platform_code,
        reason_id: row.reason_id,
    };
    Ok(rows.into_iter().map(mapped).collect())
}
