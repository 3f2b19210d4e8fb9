//! Changes a person's shown name, language, or whether they may sign in.

use domain::{Lang, PersonId};
use serde_json::json;
use store::Tx;

use crate::context::{Ctx, Forgotten};
use crate::error::{Error, Refusal};
use crate::person::add::person_event;
use crate::person::{self};

/// What changes; `None` stays.
#[derive(Clone, Debug)]
pub struct ChangePerson {
    /// Who.
    pub id: PersonId,
    /// The version that was read; `None` changes whatever is there (command line).
    pub version: Option<i64>,
    /// The name others see.
    pub display_name: Option<String>,
    /// The language they read.
    pub lang: Option<Lang>,
    /// Whether they may sign in.
    pub active: Option<bool>,
}

/// Changes a person. Who may no longer sign in has no session any more either.
///
/// # Errors
/// `Forbidden`, `NotFound`, `Invalid`; `Conflict` when somebody changed the person meanwhile or nobody would be left
/// to manage persons.
pub fn change(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &ChangePerson) -> Result<(), Error> {
    person::require_manager(ctx)?;
    let mut row = person::load(tx, cmd.id)?;
    let leaves = row.active && cmd.active == Some(false);
    let managed = leaves && person::manages(tx, ctx, cmd.id)?;
    if let Some(name) = &cmd.display_name {
        row.display_name = person::shown_name(name, "display_name")?;
    }
    row.lang = cmd.lang.unwrap_or(row.lang);
    row.active = cmd.active.unwrap_or(row.active);
    row.version = cmd.version.unwrap_or(row.version);
    if !store::person::update(tx, &row)? {
        return Err(stale());
    }
    if managed {
        person::require_some_manager(tx, ctx)?;
    }
    if leaves {
        store::session::revoke_of_person(tx, cmd.id, None, ctx.now)?;
    }
    ctx.forget(Forgotten::Person(cmd.id));
    ctx.record(person_event(cmd.id, json!({ "change": "edited", "active": row.active })));
    Ok(())
}

fn stale() -> Error {
    Error::conflict(
        Refusal::new("stale_version", "这条记录已被别人修改", "somebody changed this meanwhile")
            .help("请刷新后再改", "reload and change it again"),
    )
}
