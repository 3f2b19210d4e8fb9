//! A customer's file that came in one piece: it counts, and is remembered as theirs, like one that came in many.

use domain::UploadId;
use store::Tx;
use store::upload::UploadRow;

use super::LASTS_MS;
use super::begin::{Begin, check_room, owner};
use crate::attachment::add::{Added, add};
use crate::attachment::take::Stored;
use crate::context::Ctx;
use crate::error::Error;

/// Writes the rows of a stored content.
///
/// # Errors
/// As `begin`.
pub fn take(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Begin, stored: &Stored) -> Result<Added, Error> {
    let owner = owner(tx, ctx, cmd)?;
    check_room(tx, ctx, cmd, &owner, stored.size_bytes)?;
    let added = add(tx, ctx, stored)?;
    let row = UploadRow {
        id: UploadId::from_raw(ctx.id()),
        owner,
        rma_id: cmd.rma,
        name: stored.name.clone(),
        size_bytes: stored.size_bytes,
        attachment_id: Some(added.id),
        created_at: ctx.now,
        expires_at: ctx.now.plus_ms(LASTS_MS),
    };
    store::upload::insert(tx, &cmd.token_hash, &row)?;
    Ok(added)
}
