//! Takes a role in a scope away from a person.

use domain::{Permission, PersonId};
use serde_json::json;
use store::Tx;

use crate::context::{Ctx, Forgotten};
use crate::error::Error;
use crate::person::add::{person_event, role_payload};
use crate::person::{self, RoleRow, role};

/// Who loses which role where.
#[derive(Clone, Debug)]
pub struct RevokeRole {
    /// Who.
    pub id: PersonId,
    /// Which role, where; also one that the template no longer knows.
    pub role: RoleRow,
}

/// Takes a role away.
///
/// # Errors
/// `Forbidden`; `NotFound` when the person or that role of theirs does not exist; `Conflict` when nobody would be
/// left to manage persons.
pub fn revoke_role(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &RevokeRole) -> Result<(), Error> {
    person::require_manager(ctx)?;
    person::load(tx, cmd.id)?;
    if !store::person::revoke(tx, cmd.id, &cmd.role)? {
        return Err(Error::NotFound("role"));
    }
    if role::grants(ctx.definitions, &cmd.role.role, Permission::PersonManage) {
        person::require_some_manager(tx, ctx)?;
    }
    ctx.forget(Forgotten::Person(cmd.id));
    ctx.record(person_event(cmd.id, json!({ "change": "role_revoked", "role": role_payload(&cmd.role) })));
    Ok(())
}
