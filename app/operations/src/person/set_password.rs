//! Sets somebody's password, by whoever manages persons.

use domain::PersonId;
use serde_json::json;
use store::Tx;

use crate::context::{Ctx, Forgotten};
use crate::error::Error;
use crate::person::{self, add::person_event};

/// The password's hash from now on.
#[derive(Clone, Debug)]
pub struct SetPassword {
    /// Whose.
    pub id: PersonId,
    /// Of `password::hash`.
    pub password_hash: String,
}

/// Sets a person's password and ends all their sessions: whoever held one no longer proves anything by it.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub fn set_password(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SetPassword) -> Result<(), Error> {
    person::require_manager(ctx)?;
    person::load(tx, cmd.id)?;
    store::person::set_password_hash(tx, cmd.id, &cmd.password_hash)?;
    store::session::revoke_of_person(tx, cmd.id, None, ctx.now)?;
    ctx.forget(Forgotten::Person(cmd.id));
    ctx.record(person_event(cmd.id, json!({ "change": "password_set" })));
    Ok(())
}
