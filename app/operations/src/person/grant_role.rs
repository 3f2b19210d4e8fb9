//! Gives a person a role in a scope.

use domain::PersonId;
use serde_json::json;
use store::Tx;

use crate::context::{Ctx, Forgotten};
use crate::error::Error;
use crate::person::add::{person_event, role_payload};
use crate::person::{self, RoleRow, role};

/// Who gets which role where.
#[derive(Clone, Debug)]
pub struct GrantRole {
    /// Who.
    pub id: PersonId,
    /// Which role, where.
    pub role: RoleRow,
}

/// Gives a person a role. One held already stays as it is.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Invalid` for a role that does not exist.
pub fn grant_role(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &GrantRole) -> Result<(), Error> {
    person::require_manager(ctx)?;
    person::load(tx, cmd.id)?;
    role::check(ctx.definitions, &cmd.role)?;
    role::check_count(store::person::roles(tx, cmd.id)?.len() + 1, "role")?;
    if store::person::grant(tx, cmd.id, &cmd.role)? {
        ctx.forget(Forgotten::Person(cmd.id));
        ctx.record(person_event(cmd.id, json!({ "change": "role_granted", "role": role_payload(&cmd.role) })));
    }
    Ok(())
}
