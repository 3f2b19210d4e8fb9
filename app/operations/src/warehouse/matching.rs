//! Which case a parcel belongs to: found by hand when the label does not say, and taken back when it was wrong.

use domain::{EventKind, ParcelId, Permission, RmaId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::parcel::ParcelRow;
use store::rma::RmaRow;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Ties a parcel to a case, or takes it off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Match {
    /// The parcel.
    pub parcel: ParcelId,
    /// The case.
    pub rma: RmaId,
}

/// Ties a parcel to a case; it may belong to several.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Conflict` when the case is over.
pub fn assign(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Match) -> Result<Match, Error> {
    let parcel = super::parcel(tx, ctx, cmd.parcel, Permission::ParcelReceive, None)?;
    let rma = reached(tx, ctx, &parcel, cmd.rma)?;
    if rma.state.is_final() {
        let refusal = Refusal::new("case_is_over", "该单已结束，包裹不能归入", "the case is over and takes no parcel")
            .help(
                "请新建一张关联的退换单，再把包裹归入",
                "file a new case linked to it, then match the parcel to that one",
            );
        return Err(Error::conflict(refusal));
    }
    if store::parcel::link(tx, parcel.id, rma.id)? {
        store::parcel::unpark(tx, parcel.id)?;
        if parcel.direction == "unknown" {
            store::parcel::set_direction(tx, parcel.id, "return")?;
        }
        let event = Event::new(EventKind::ParcelMatched)
            .rma(rma.id)
            .about("parcel", parcel.id.get())
            .at(Some(rma.shop_id), parcel.warehouse_id)
            .with(json!({ "waybill": parcel.waybill }));
        ctx.record(event);
        super::weigh::weigh_again(tx, ctx, parcel.id)?;
    }
    Ok(*cmd)
}

/// Takes a parcel off a case.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Conflict` when goods of the case were counted from it, or the case is over.
pub fn unassign(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Match) -> Result<Match, Error> {
    let parcel = super::parcel(tx, ctx, cmd.parcel, Permission::ParcelReceive, None)?;
    let rma = reached(tx, ctx, &parcel, cmd.rma)?;
    if store::unit_group::came_in(tx, parcel.id, rma.id)? {
        let refusal = Refusal::new(
            "already_counted",
            "该包裹已为此单清点过商品，不能解除归属",
            "goods of this case were counted from the parcel, so it stays with the case",
        )
        .help("请先撤销清点", "take the count back first");
        return Err(Error::conflict(refusal));
    }
    if !store::parcel::unlink(tx, parcel.id, rma.id)? {
        return Err(Error::NotFound("parcel"));
    }
    let event = Event::new(EventKind::ParcelUnmatched)
        .rma(rma.id)
        .about("parcel", parcel.id.get())
        .at(Some(rma.shop_id), parcel.warehouse_id)
        .with(json!({ "waybill": parcel.waybill }));
    ctx.record(event);
    super::weigh::weigh_again(tx, ctx, parcel.id)?;
    Ok(*cmd)
}

// The case that a parcel belongs to is worked on where the parcel lies, and before it lies anywhere at the case's place.
fn reached(tx: &Tx<'_>, ctx: &Ctx<'_>, parcel: &ParcelRow, rma: RmaId) -> Result<RmaRow, Error> {
    match parcel.warehouse_id {
        Some(warehouse) => reach::goods(tx, ctx, rma, Permission::ParcelReceive, warehouse),
        None => reach::case(tx, ctx, rma, Permission::ParcelReceive),
    }
}
