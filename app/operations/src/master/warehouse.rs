//! Warehouses: where returns go, who receives them, what the customer is told.

use domain::{Text, WarehouseId};
use store::Tx;
use store::master::WarehouseRow;

use super::check::Problems;
use super::{Saved, changed, require_editor, unless_stale};
use crate::context::Ctx;
use crate::error::Error;

/// A warehouse as it is to be.
#[derive(Clone, Debug)]
pub struct SaveWarehouse {
    /// None adds one.
    pub id: Option<WarehouseId>,
    /// The version that was read; not looked at when adding.
    pub version: i64,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Who receives returns.
    pub contact_name: String,
    /// Their phone.
    pub contact_phone: String,
    /// Return address.
    pub address: Text,
    /// What to write on the parcel, what to enclose.
    pub notes: Text,
    /// Whether it is in use.
    pub active: bool,
}

/// Adds or changes a warehouse.
///
/// # Errors
/// `Forbidden`, `Invalid`; `Conflict` when the code is taken or somebody was faster.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SaveWarehouse) -> Result<Saved, Error> {
    require_editor(ctx)?;
    let mut problems = Problems::default();
    let row = WarehouseRow {
        id: cmd.id.unwrap_or_else(|| WarehouseId::from_raw(ctx.id())),
        code: problems.code(&cmd.code, "code"),
        name: problems.name(&cmd.name, "name"),
        contact_name: problems.text(&cmd.contact_name, "contact_name"),
        contact_phone: problems.text(&cmd.contact_phone, "contact_phone"),
        address: problems.texts(&cmd.address, "address"),
        notes: problems.texts(&cmd.notes, "notes"),
        active: cmd.active,
        version: cmd.version,
    };
    problems.done()?;
    match cmd.id {
        None => store::reference::insert_warehouse(tx, &row)?,
        Some(_) => unless_stale(store::reference::update_warehouse(tx, &row)?)?,
    }
    changed(ctx, "warehouse", row.id.get(), cmd.id.is_none());
    Ok(Saved { id: row.id.get(), version: if cmd.id.is_none() { 1 } else { row.version + 1 } })
}
