//! Suppliers: who bears claims for faulty goods.

use domain::{SupplierId, Text};
use store::{Conn, Tx};

pub use store::reference::SupplierRow;

use super::check::Problems;
use super::{Saved, changed, require_editor, require_staff, unless_stale};
use crate::actor::Actor;
use crate::context::Ctx;
use crate::error::Error;

/// A supplier as it is to be.
#[derive(Clone, Debug)]
pub struct SaveSupplier {
    /// None adds one.
    pub id: Option<SupplierId>,
    /// The version that was read; not looked at when adding.
    pub version: i64,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Whom to write to for claims.
    pub contact: String,
    /// Whether it can still be chosen.
    pub active: bool,
}

/// Adds or changes a supplier.
///
/// # Errors
/// `Forbidden`, `Invalid`; `Conflict` when the code is taken or somebody was faster.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SaveSupplier) -> Result<Saved, Error> {
    require_editor(ctx)?;
    let mut problems = Problems::default();
    let row = SupplierRow {
        id: cmd.id.unwrap_or_else(|| SupplierId::from_raw(ctx.id())),
        code: problems.code(&cmd.code, "code"),
        name: problems.name(&cmd.name, "name"),
        contact: problems.text(&cmd.contact, "contact"),
        active: cmd.active,
        version: cmd.version,
    };
    problems.done()?;
    match cmd.id {
        None => store::reference::insert_supplier(tx, &row)?,
        Some(_) => unless_stale(store::reference::update_supplier(tx, &row)?)?,
    }
    changed(ctx, "supplier", row.id.get(), cmd.id.is_none());
    Ok(Saved { id: row.id.get(), version: if cmd.id.is_none() { 1 } else { row.version + 1 } })
}

/// All suppliers.
///
/// # Errors
/// `Forbidden`.
pub fn list(conn: &Conn, actor: &Actor) -> Result<Vec<SupplierRow>, Error> {
    require_staff(actor)?;
    Ok(store::reference::list::suppliers(conn)?)
}
