//! Ends a badge, such as a lost one.

use domain::PersonId;
use serde_json::json;
use store::Tx;

use crate::context::{Ctx, Forgotten};
use crate::error::Error;
use crate::person::{self, add::person_event};

/// Ends a person's badge and their sessions at stations.
///
/// # Errors
/// `Forbidden`; `NotFound` when there is no such person or badge.
pub fn revoke_badge(tx: &Tx<'_>, ctx: &mut Ctx<'_>, of: PersonId) -> Result<(), Error> {
    person::require_manager(ctx)?;
    person::load(tx, of)?;
    if !store::badge::revoke(tx, of)? {
        return Err(Error::NotFound("badge"));
    }
    store::session::revoke_operator(tx, of, ctx.now)?;
    ctx.forget(Forgotten::Person(of));
    ctx.record(person_event(of, json!({ "change": "badge_revoked" })));
    Ok(())
}
