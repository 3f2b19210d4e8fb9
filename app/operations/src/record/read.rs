//! Which forms there are, and their records.

use domain::{Permission, RecordId, Timestamp};
use engine::form::{Audience, Context, Form};
use store::Conn;
use store::extension::RecordRow;

use super::{own, surroundings};
use crate::actor::Actor;
use crate::definitions::{Definitions, own_forms};
use crate::error::Error;

/// The forms whose records the actor may keep, as the desk shows them, and what they are filled in with now.
///
/// # Errors
/// `Forbidden`; `Conflict` before the first template was applied.
pub fn forms(definitions: &Definitions, actor: &Actor, now: Timestamp) -> Result<Vec<(Form, Context)>, Error> {
    if !actor.may_somewhere(Permission::RecordEdit) {
        return Err(Error::Forbidden(Permission::RecordEdit));
    }
    let release = definitions.current()?;
    let context = surroundings(definitions, release, now);
    let own = own_forms(&release.template).map(|form| engine::form::project(form, Audience::Desk));
    Ok(own.map(|form| (form, context.clone())).collect())
}

/// A page of a form's records, newest first, below `before`.
///
/// # Errors
/// `NotFound`, `Forbidden`.
pub fn page(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    form: &str,
    before: Option<RecordId>,
    limit: u32,
) -> Result<Vec<RecordRow>, Error> {
    let (_, table) = own(definitions.current()?, actor, form)?;
    Ok(table.page(conn, before, limit)?)
}

/// A record.
///
/// # Errors
/// `NotFound`, `Forbidden`.
pub fn one(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    form: &str,
    id: RecordId,
) -> Result<RecordRow, Error> {
    let (_, table) = own(definitions.current()?, actor, form)?;
    table.find(conn, id)?.ok_or(Error::NotFound("record"))
}
