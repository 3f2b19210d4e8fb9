//! Renames, moves or sets a station.

use domain::{DeviceId, WarehouseId};
use store::Tx;

use crate::context::{Ctx, Forgotten};
use crate::error::{Error, Refusal};

/// A change of a station; what is absent stays.
#[derive(Clone, Debug)]
pub struct Change {
    /// The station.
    pub id: DeviceId,
    /// The version that was read.
    pub version: i64,
    /// A new name.
    pub name: Option<String>,
    /// Where it stands from now on.
    pub warehouse: Option<WarehouseId>,
    /// Gun and screen, whole.
    pub settings: Option<serde_json::Value>,
}

/// Changes a station. Moving it ends its operator's session: rights end at the warehouse.
///
/// # Errors
/// `Forbidden`, `NotFound`; `Invalid` for name, warehouse or settings; `Conflict` when the name is taken or somebody was
/// faster.
pub fn change(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Change) -> Result<(), Error> {
    super::require_manager(ctx)?;
    let mut row = super::load(tx, cmd.id)?;
    row.version = cmd.version;
    if let Some(text) = &cmd.name {
        row.name = super::name(text)?;
    }
    if let Some(to) = cmd.warehouse
        && row.warehouse_id != Some(to)
    {
        row.warehouse_id = Some(super::warehouse(ctx, to)?);
        super::close::end_at(tx, ctx, row.id)?;
    }
    if cmd.settings.is_some() {
        row.settings = super::settings(cmd.settings.as_ref())?;
    }
    if !store::device::update(tx, &row)? {
        let refusal = Refusal::new("changed_meanwhile", "内容已被他人修改", "somebody changed it meanwhile")
            .help("请刷新后重试", "reload and try again");
        return Err(Error::conflict(refusal));
    }
    ctx.forget(Forgotten::Station(row.id));
    super::changed(ctx, row.id, "changed");
    Ok(())
}
