//! Ends a station: its cookie proves nothing any more.

use domain::DeviceId;
use store::Tx;

use crate::context::{Ctx, Forgotten};
use crate::error::Error;

/// Ends a station and its operator's session. One that ended before stays ended.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub fn revoke(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: DeviceId) -> Result<(), Error> {
    super::require_manager(ctx)?;
    super::load(tx, id)?;
    if store::device::revoke(tx, id)? {
        super::close::end_at(tx, ctx, id)?;
        ctx.forget(Forgotten::Station(id));
        super::changed(ctx, id, "revoked");
    }
    Ok(())
}
