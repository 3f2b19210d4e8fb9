//! A miscount taken back: the units turn out not to be there. Only before anybody inspected them.

use domain::state::{Bucket, Reception};
use domain::{EventKind, Permission, UnitGroupId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::unit_group::UnitGroupRow;

use super::stock;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Takes a count back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recount {
    /// The group.
    pub unit_group: UnitGroupId,
    /// How many of it are not there; all when absent.
    pub quantity: Option<i64>,
    /// Why.
    pub reason: String,
}

/// Turns counted units into missing ones; 待检 falls again.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for quantity or reason; `Conflict` when the group is inspected or the case over.
pub fn recount(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Recount) -> Result<UnitGroupId, Error> {
    let group = store::unit_group::find(tx, cmd.unit_group)?.ok_or(Error::NotFound("unit_group"))?;
    let rma = reach::goods(tx, ctx, group.rma_id, Permission::ParcelReceive, group.warehouse_id)?;
    let reason = reach::reason(&cmd.reason, "reason")?;
    reach::under_way(&rma)?;
    if group.inspected_at.is_some() || group.reception == Reception::Missing {
        let refusal = Refusal::new(
            "already_inspected",
            "这组商品已质检或已登记为缺件，不能撤销清点",
            "this group is inspected or missing already, so its count stands",
        );
        return Err(Error::conflict(refusal));
    }
    let quantity = super::quantity(cmd.quantity.unwrap_or(group.quantity), "quantity")?;
    let gone = split(tx, ctx, &group, quantity)?;
    stock::shift(tx, ctx, &rma, &gone, Bucket::Pending, -quantity, None)?;
    store::unit_group::set_missing(tx, gone.id, ctx.now)?;
    if group.reception == Reception::AsAnnounced {
        store::rma_line::add_received(tx, group.rma_line_id, -quantity)?;
    } else {
        // Goods that stand on a line of their own were never expected: that line waits for nothing more.
        store::rma_line::add_received(tx, group.rma_line_id, -quantity)?;
        store::rma_line::add_waived(tx, group.rma_line_id, quantity)?;
    }
    let event = Event::new(EventKind::CountCorrected)
        .rma(rma.id)
        .about("unit_group", gone.id.get())
        .at(Some(rma.shop_id), Some(group.warehouse_id))
        .with(json!({ "quantity": quantity, "reason": reason }));
    ctx.record(event);
    Ok(gone.id)
}

/// The part of a group that differs from the rest from now on: the group itself when all of it does, else a new one.
///
/// # Errors
/// `Invalid` when the group has fewer units.
pub(crate) fn split(tx: &Tx<'_>, ctx: &Ctx<'_>, group: &UnitGroupRow, quantity: i64) -> Result<UnitGroupRow, Error> {
    if quantity == group.quantity {
        return Ok(group.clone());
    }
    if quantity > group.quantity {
        let refusal = Refusal::new(
            "exceeds_group",
            format!("这组商品只有 {} 件", group.quantity),
            format!("this group has {} units", group.quantity),
        );
        return Err(Error::invalid(refusal.at("quantity")));
    }
    store::unit_group::set_quantity(tx, group.id, group.quantity - quantity)?;
    let part = UnitGroupRow { id: UnitGroupId::from_raw(ctx.id()), quantity, version: 1, ..group.clone() };
    store::unit_group::insert(tx, &part)?;
    Ok(part)
}
