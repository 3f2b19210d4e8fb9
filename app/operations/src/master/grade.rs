//! Grades of inspected goods: how much of the money, accepted or not, what is suggested.

use domain::state::DispositionKind;
use domain::{GradeId, Text};
use store::Tx;
use store::master::GradeRow;

use super::check::Problems;
use super::{Saved, changed, require_editor, unless_stale};
use crate::context::Ctx;
use crate::error::Error;

/// A grade as it is to be.
#[derive(Clone, Debug)]
pub struct SaveGrade {
    /// None adds one.
    pub id: Option<GradeId>,
    /// The version that was read; not looked at when adding.
    pub version: i64,
    /// Stable code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// How much of the goods' money is refunded, 0 to 100.
    pub money_percent: i64,
    /// Whether units of this grade count as accepted.
    pub accepted: bool,
    /// Suggested disposition.
    pub disposition: DispositionKind,
    /// Order.
    pub position: i64,
    /// Whether it can still be chosen.
    pub active: bool,
}

/// Adds or changes a grade.
///
/// # Errors
/// `Forbidden`, `Invalid`; `Conflict` when the code is taken or somebody was faster.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SaveGrade) -> Result<Saved, Error> {
    require_editor(ctx)?;
    let mut problems = Problems::default();
    let row = GradeRow {
        id: cmd.id.unwrap_or_else(|| GradeId::from_raw(ctx.id())),
        code: problems.code(&cmd.code, "code"),
        name: problems.name(&cmd.name, "name"),
        money_percent: cmd.money_percent,
        accepted: cmd.accepted,
        disposition: cmd.disposition.as_str().to_owned(),
        position: cmd.position,
        active: cmd.active,
        version: cmd.version,
    };
    let percent = (0..=100).contains(&cmd.money_percent);
    problems.unless(percent, "money_percent", "out_of_range", "应在 0 到 100 之间", "is between 0 and 100");
    problems.done()?;
    match cmd.id {
        None => store::reference::insert_grade(tx, &row)?,
        Some(_) => unless_stale(store::reference::update_grade(tx, &row)?)?,
    }
    changed(ctx, "grade", row.id.get(), cmd.id.is_none());
    Ok(Saved { id: row.id.get(), version: if cmd.id.is_none() { 1 } else { row.version + 1 } })
}
