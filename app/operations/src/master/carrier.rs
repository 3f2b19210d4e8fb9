//! Carriers and what their waybills look like.

use domain::tracking::CheckDigit;
use domain::{CarrierId, Text};
use store::Tx;
use store::master::CarrierRow;

use super::check::Problems;
use super::{Saved, changed, require_editor, unless_stale};
use crate::context::Ctx;
use crate::error::Error;

/// A carrier as it is to be.
#[derive(Clone, Debug)]
pub struct SaveCarrier {
    /// None adds one.
    pub id: Option<CarrierId>,
    /// The version that was read; not looked at when adding.
    pub version: i64,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// A regular expression over the whole waybill, or empty.
    pub tracking_pattern: String,
    /// How the last digit of its waybills follows from the others.
    pub check_digit: CheckDigit,
    /// Whether it can still be chosen.
    pub active: bool,
}

/// Adds or changes a carrier.
///
/// # Errors
/// `Forbidden`, `Invalid`; `Conflict` when the code is taken or somebody was faster.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SaveCarrier) -> Result<Saved, Error> {
    require_editor(ctx)?;
    let mut problems = Problems::default();
    let row = CarrierRow {
        id: cmd.id.unwrap_or_else(|| CarrierId::from_raw(ctx.id())),
        code: problems.code(&cmd.code, "code"),
        name: problems.name(&cmd.name, "name"),
        tracking_pattern: problems.text(&cmd.tracking_pattern, "tracking_pattern"),
        check_digit: cmd.check_digit,
        active: cmd.active,
        version: cmd.version,
    };
    let pattern = engine::expr::Pattern::new(row.tracking_pattern.as_str()).problem().is_none();
    problems.unless(
        pattern,
        "tracking_pattern",
        "not_a_pattern",
        "不是有效的正则表达式",
        "is not a regular expression",
    );
    problems.done()?;
    match cmd.id {
        None => store::reference::insert_carrier(tx, &row)?,
        Some(_) => unless_stale(store::reference::update_carrier(tx, &row)?)?,
    }
    changed(ctx, "carrier", row.id.get(), cmd.id.is_none());
    Ok(Saved { id: row.id.get(), version: if cmd.id.is_none() { 1 } else { row.version + 1 } })
}
