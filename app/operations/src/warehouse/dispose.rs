//! Disposition: where inspected goods go, once per group. Only this moves stock out of 待检 (G1).

use domain::state::{Bucket, DispositionKind};
use domain::{DispositionId, EventKind, InspectionId, LineKind, Permission, UnitGroupId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::disposition::DispositionRow;
use store::inspection::InspectionRow;
use store::rma::RmaRow;
use store::unit_group::UnitGroupRow;

use super::stock;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Disposes of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispose {
    /// The group.
    pub unit_group: UnitGroupId,
    /// How many of it; all when absent.
    pub quantity: Option<i64>,
    /// What is done with them.
    pub kind: DispositionKind,
}

/// What was disposed of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposed {
    /// The disposition.
    pub disposition: DispositionId,
    /// The group it is about: a new one when only a part was disposed of.
    pub unit_group: UnitGroupId,
}

/// Disposes of an inspected group or a part of it.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Conflict` before the inspection, a second time, or when the goods would go back to a
/// customer who is refunded for them.
pub fn dispose(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Dispose) -> Result<Disposed, Error> {
    let group = store::unit_group::find(tx, cmd.unit_group)?.ok_or(Error::NotFound("unit_group"))?;
    let rma = reach::goods(tx, ctx, group.rma_id, Permission::Dispose, group.warehouse_id)?;
    let person = reach::person(ctx, Permission::Dispose)?;
    reach::under_way(&rma)?;
    guard(tx, &group, cmd.kind)?;
    let quantity = super::quantity(cmd.quantity.unwrap_or(group.quantity), "quantity")?;
    let part = super::recount::split(tx, ctx, &group, quantity)?;
    if part.id != group.id {
        carry_over(tx, ctx, &rma, &group, &part)?;
    }
    let row = DispositionRow {
        id: DispositionId::from_raw(ctx.id()),
        unit_group_id: part.id,
        rma_id: rma.id,
        kind: cmd.kind,
        quantity,
        person_id: person,
        corrects_id: None,
        at: ctx.now,
    };
    store::disposition::insert(tx, &row)?;
    place(tx, ctx, &rma, &part, &row)?;
    store::rma_line::add_dispositioned(tx, part.rma_line_id, quantity)?;
    store::unit_group::set_dispositioned(tx, part.id, ctx.now)?;
    let event = Event::new(EventKind::GoodsDispositioned)
        .rma(rma.id)
        .about("unit_group", part.id.get())
        .at(Some(rma.shop_id), Some(part.warehouse_id))
        .with(json!({ "line": part.rma_line_id, "quantity": quantity, "kind": cmd.kind }));
    ctx.record(event);
    Ok(Disposed { disposition: row.id, unit_group: part.id })
}

// The judgement and what is owed for damage go with the units, so that a correction and a second look still find them.
fn carry_over(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    rma: &RmaRow,
    group: &UnitGroupRow,
    part: &UnitGroupRow,
) -> Result<(), Error> {
    if let Some(last) = store::inspection::last_of_group(tx, group.id)? {
        let id = InspectionId::from_raw(ctx.id());
        // The time it took is counted once.
        let copy = InspectionRow { id, unit_group_id: part.id, seconds_spent: 0, ..last };
        store::inspection::insert(tx, &copy)?;
    }
    crate::ledger::liability::divide(tx, ctx, rma, group, part)
}

fn guard(tx: &Tx<'_>, group: &UnitGroupRow, kind: DispositionKind) -> Result<(), Error> {
    if group.dispositioned_at.is_some() {
        let refusal =
            Refusal::new("already_dispositioned", "这些商品已经处置过", "these goods are already disposed of")
                .help("如处置有误，请更正处置", "correct the disposition if it was wrong");
        return Err(Error::conflict(refusal));
    }
    if group.inspected_at.is_none() {
        let refusal = Refusal::new("inspect_first", "请先质检", "inspect these goods first");
        return Err(Error::conflict(refusal));
    }
    fits_line(tx, group, kind)
}

/// Refuses to send goods back to a customer who is refunded for them, to send what nobody can name, and to repair what
/// nobody wants repaired.
pub(super) fn fits_line(tx: &Tx<'_>, group: &UnitGroupRow, kind: DispositionKind) -> Result<(), Error> {
    let line = store::rma_line::find(tx, group.rma_line_id)?.ok_or(Error::NotFound("rma_line"))?;
    let accepted = store::inspection::last_of_group(tx, group.id)?.is_some_and(|inspection| inspection.accepted);
    if kind == DispositionKind::SendBack && accepted && line.kind != LineKind::Repair && !line.undeclared {
        let refusal = Refusal::new(
            "accepted_goods_stay",
            "验收合格的商品将退款或换货，不能再寄回给顾客",
            "accepted goods are refunded or exchanged, so they are not sent back to the customer",
        )
        .help("如需寄回，请先复检为拒收", "inspect them again and refuse them first");
        return Err(Error::conflict(refusal));
    }
    // What nobody can name cannot stand on an order that goes out, and would be forgotten.
    if kind == DispositionKind::SendBack && line.sku_id.is_none() {
        let refusal = Refusal::new(
            "article_unknown",
            "不知道是什么商品，无法寄回",
            "nobody knows which article this is, so no order can send it back",
        )
        .help("请在清点时选择商品", "name the article when it is counted");
        return Err(Error::conflict(refusal));
    }
    if kind == DispositionKind::Repair && line.kind != LineKind::Repair {
        let refusal = Refusal::new("not_a_repair", "该行不是维修", "this line is not a repair");
        return Err(Error::conflict(refusal));
    }
    Ok(())
}

/// Moves the units out of 待检 into the bucket of their disposition, or out of stock.
fn place(tx: &Tx<'_>, ctx: &Ctx<'_>, rma: &RmaRow, part: &UnitGroupRow, row: &DispositionRow) -> Result<(), Error> {
    stock::shift(tx, ctx, rma, part, Bucket::Pending, -row.quantity, Some(row.id))?;
    match row.kind.bucket() {
        Some(bucket) => stock::shift(tx, ctx, rma, part, bucket, row.quantity, Some(row.id)),
        None => Ok(()),
    }
}
