//! Notes in the file that a session is in use.

use domain::SessionId;
use store::Tx;

use crate::context::Ctx;
use crate::error::Error;

/// Notes that a session was used now. Runs in the bulk lane: nobody waits for it.
///
/// # Errors
/// The store's.
pub fn touch(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: SessionId) -> Result<(), Error> {
    store::session::touch(tx, id, ctx.now)?;
    Ok(())
}
