//! Reasons: a tree of two levels, with what they ask for and who is liable.

use domain::state::Bearer;
use domain::{ReasonId, Text};
use store::Tx;
use store::master::ReasonRow;

use super::check::Problems;
use super::{Saved, changed, require_editor, unless_stale};
use crate::context::Ctx;
use crate::error::Error;

/// A reason as it is to be.
#[derive(Clone, Debug)]
pub struct SaveReason {
    /// None adds one.
    pub id: Option<ReasonId>,
    /// The version that was read; not looked at when adding.
    pub version: i64,
    /// Stable code.
    pub code: String,
    /// The group it stands in; none for a group.
    pub parent_id: Option<ReasonId>,
    /// Name.
    pub name: Text,
    /// Whether photos are asked for.
    pub evidence_required: bool,
    /// Who is liable unless the inspection says otherwise.
    pub liability: Bearer,
    /// Order among its siblings.
    pub position: i64,
    /// Whether it can still be chosen.
    pub active: bool,
}

/// Adds or changes a reason.
///
/// # Errors
/// `Forbidden`, `Invalid`; `Conflict` when the code is taken or somebody was faster.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SaveReason) -> Result<Saved, Error> {
    require_editor(ctx)?;
    let mut problems = Problems::default();
    let row = ReasonRow {
        id: cmd.id.unwrap_or_else(|| ReasonId::from_raw(ctx.id())),
        code: problems.code(&cmd.code, "code"),
        parent_id: cmd.parent_id,
        name: problems.name(&cmd.name, "name"),
        evidence_required: cmd.evidence_required,
        liability: cmd.liability.as_str().to_owned(),
        position: cmd.position,
        active: cmd.active,
        version: cmd.version,
    };
    check_parent(ctx, cmd, &mut problems);
    problems.done()?;
    match cmd.id {
        None => store::reference::insert_reason(tx, &row)?,
        Some(_) => unless_stale(store::reference::update_reason(tx, &row)?)?,
    }
    changed(ctx, "reason", row.id.get(), cmd.id.is_none());
    Ok(Saved { id: row.id.get(), version: if cmd.id.is_none() { 1 } else { row.version + 1 } })
}

// Two levels: a group has no group above it, and what has reasons below it is a group.
fn check_parent(ctx: &Ctx<'_>, cmd: &SaveReason, problems: &mut Problems) {
    let Some(parent_id) = cmd.parent_id else { return };
    let masters = &ctx.definitions.masters;
    let group = masters.reason(parent_id).is_some_and(|parent| parent.parent_id.is_none());
    let itself = cmd.id == Some(parent_id);
    let holds = group && !itself;
    problems.unless(
        holds,
        "parent_id",
        "not_a_group",
        "上级必须是一级原因",
        "the parent is a reason of the first level",
    );
    let has_children = cmd.id.is_some_and(|id| masters.reasons().iter().any(|other| other.parent_id == Some(id)));
    let message = "a reason with reasons below it is a group";
    problems.unless(!has_children, "parent_id", "has_children", "有下级原因的只能是一级原因", message);
}
