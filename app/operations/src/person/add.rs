//! Adds a person with roles.

use domain::{EventKind, Lang, PersonId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;

use crate::context::Ctx;
use crate::error::Error;
use crate::event::Event;
use crate::person::{self, PersonRow, RoleRow, role};

/// The person to add. The password comes hashed, so that nothing slow runs in the writer and no key remembers it.
#[derive(Clone, Debug)]
pub struct AddPerson {
    /// The sign-in name.
    pub name: String,
    /// The name others see; the sign-in name when absent.
    pub display_name: Option<String>,
    /// Of `password::hash`.
    pub password_hash: Option<String>,
    /// The language they read.
    pub lang: Lang,
    /// Roles.
    pub roles: Vec<RoleRow>,
}

/// The person added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// Its id.
    pub id: PersonId,
}

/// Adds a person with roles.
///
/// # Errors
/// `Forbidden`; `Invalid` for names and roles; `Conflict` when the name is taken.
pub fn add(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &AddPerson) -> Result<Added, Error> {
    person::require_manager(ctx)?;
    insert(tx, ctx, cmd)
}

/// Adds a person without asking who does: the first account has nobody to allow it.
pub(crate) fn insert(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &AddPerson) -> Result<Added, Error> {
    let name = person::sign_in_name(&cmd.name)?;
    let display_name = match &cmd.display_name {
        Some(text) => person::shown_name(text, "display_name")?,
        None => cmd.name.trim().to_owned(),
    };
    role::check_all(ctx.definitions, &cmd.roles, "roles")?;
    let id = PersonId::from_raw(ctx.id());
    let row = PersonRow {
        id,
        name,
        display_name,
        lang: cmd.lang,
        team_id: None,
        active: true,
        created_at: ctx.now,
        version: 1,
    };
    store::person::insert(tx, &row, cmd.password_hash.as_deref())?;
    for role in &cmd.roles {
        store::person::grant(tx, id, role)?;
    }
    let roles: Vec<_> = cmd.roles.iter().map(role_payload).collect();
    ctx.record(person_event(id, json!({ "change": "added", "roles": roles })));
    Ok(Added { id })
}

/// The event that a person changed.
pub(crate) fn person_event(id: PersonId, payload: serde_json::Value) -> Event {
    Event::new(EventKind::PersonChanged).about("person", id.get()).with(payload)
}

/// A role as events tell of it.
pub(crate) fn role_payload(role: &RoleRow) -> serde_json::Value {
    json!({ "role": role.role, "shop_id": role.shop_id, "warehouse_id": role.warehouse_id })
}
