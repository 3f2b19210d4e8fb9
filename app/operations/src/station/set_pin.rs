//! Sets somebody's PIN, by whoever manages persons.

use domain::PersonId;
use serde_json::json;
use store::Tx;

use crate::context::{Ctx, Forgotten};
use crate::error::Error;
use crate::person::{self, add::person_event};

/// The PIN's hash from now on.
#[derive(Clone, Debug)]
pub struct SetPin {
    /// Whose.
    pub person: PersonId,
    /// Of `password::hash_pin`.
    pub pin_hash: String,
}

/// Sets a person's PIN and ends their sessions at stations.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub fn set_pin(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SetPin) -> Result<(), Error> {
    person::require_manager(ctx)?;
    person::load(tx, cmd.person)?;
    keep(tx, ctx, cmd, "pin_set")
}

pub(super) fn keep(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SetPin, change: &str) -> Result<(), Error> {
    store::badge::set_pin(tx, cmd.person, &cmd.pin_hash, ctx.now)?;
    super::attempt::forgive(tx, cmd.person)?;
    store::session::revoke_operator(tx, cmd.person, ctx.now)?;
    ctx.forget(Forgotten::Person(cmd.person));
    ctx.record(person_event(cmd.person, json!({ "change": change })));
    Ok(())
}
