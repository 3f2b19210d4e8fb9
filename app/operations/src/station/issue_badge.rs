//! Issues a badge in place of the one before.

use domain::PersonId;
use serde_json::json;
use store::Tx;

use crate::context::{Ctx, Forgotten};
use crate::error::Error;
use crate::person::{self, add::person_event};

/// A badge to issue. The code is told to the manager once and stored nowhere.
#[derive(Clone, Copy, Debug)]
pub struct IssueBadge {
    /// Whose.
    pub person: PersonId,
    /// Of `badge::hash`.
    pub code_hash: [u8; 32],
}

/// Issues a badge. The one before ends, and with it the operator's sessions of the person.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub fn issue_badge(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &IssueBadge) -> Result<(), Error> {
    person::require_manager(ctx)?;
    person::load(tx, cmd.person)?;
    store::badge::issue(tx, cmd.person, &cmd.code_hash, ctx.now, ctx.actor.person())?;
    store::session::revoke_operator(tx, cmd.person, ctx.now)?;
    ctx.forget(Forgotten::Person(cmd.person));
    ctx.record(person_event(cmd.person, json!({ "change": "badge_issued" })));
    Ok(())
}
