//! Teams of persons.

use domain::{TeamId, Text};
use store::{Conn, Tx};

pub use store::reference::TeamRow;

use super::check::Problems;
use super::{Saved, changed, require_editor, require_staff, unless_stale};
use crate::actor::Actor;
use crate::context::Ctx;
use crate::error::Error;

/// A team as it is to be.
#[derive(Clone, Debug)]
pub struct SaveTeam {
    /// None adds one.
    pub id: Option<TeamId>,
    /// The version that was read; not looked at when adding.
    pub version: i64,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Whether it can still be chosen.
    pub active: bool,
}

/// Adds or changes a team.
///
/// # Errors
/// `Forbidden`, `Invalid`; `Conflict` when the code is taken or somebody was faster.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SaveTeam) -> Result<Saved, Error> {
    require_editor(ctx)?;
    let mut problems = Problems::default();
    let row = TeamRow {
        id: cmd.id.unwrap_or_else(|| TeamId::from_raw(ctx.id())),
        code: problems.code(&cmd.code, "code"),
        name: problems.name(&cmd.name, "name"),
        active: cmd.active,
        version: cmd.version,
    };
    problems.done()?;
    match cmd.id {
        None => store::reference::insert_team(tx, &row)?,
        Some(_) => unless_stale(store::reference::update_team(tx, &row)?)?,
    }
    changed(ctx, "team", row.id.get(), cmd.id.is_none());
    Ok(Saved { id: row.id.get(), version: if cmd.id.is_none() { 1 } else { row.version + 1 } })
}

/// All teams.
///
/// # Errors
/// `Forbidden`.
pub fn list(conn: &Conn, actor: &Actor) -> Result<Vec<TeamRow>, Error> {
    require_staff(actor)?;
    Ok(store::reference::list::teams(conn)?)
}
