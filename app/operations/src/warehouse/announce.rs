//! A return waybill, given by the customer or by staff. Every one given stays on the case.

use domain::state::ParcelState;
use domain::{CarrierId, EventKind, ParcelId, Permission, RmaId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::parcel::ParcelRow;
use store::rma::RmaRow;

use super::sign::opened_lately;
use crate::actor::ActorKind;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Most parcels of one case.
const MAX_PARCELS: usize = 50;

/// Gives a case a return waybill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announce {
    /// The case.
    pub rma: RmaId,
    /// Who brings the parcel, when known.
    pub carrier: Option<CarrierId>,
    /// As on the label.
    pub waybill: String,
}

/// The parcel that is expected now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    /// The parcel.
    pub parcel: ParcelId,
    /// Whether the waybill is known from elsewhere: from another case, or from long ago.
    pub reused: bool,
}

/// Announces a parcel by its waybill. Giving the same waybill again changes nothing.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for the waybill; `Conflict` when the case is over or expects no goods.
pub fn announce(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Announce) -> Result<Announced, Error> {
    let rma = authorised(tx, ctx, cmd.rma)?;
    let waybill = super::waybill(&cmd.waybill, "waybill")?;
    crate::tracking::carrier::check(ctx.definitions, cmd.carrier, &waybill)?;
    crate::tracking::carrier::check_not_ours(tx, &rma, &waybill)?;
    expects_goods(tx, &rma)?;
    let own = store::parcel::of_rma(tx, rma.id)?;
    if let Some(known) = own.iter().find(|parcel| parcel.waybill == waybill) {
        return Ok(Announced { parcel: known.id, reused: known.reused });
    }
    if own.len() >= MAX_PARCELS {
        let refusal = Refusal::new(
            "too_many_parcels",
            format!("一张单最多 {MAX_PARCELS} 个包裹"),
            format!("a case has at most {MAX_PARCELS} parcels"),
        );
        return Err(Error::conflict(refusal));
    }
    let earlier = store::parcel::by_waybill(tx, &waybill)?;
    // The dock may have signed it, and opened it, before anybody announced it: then it is this parcel that was waited
    // for. One that was opened long ago is another: the carrier uses the number again.
    let is_here = |parcel: &&ParcelRow| match parcel.state {
        ParcelState::Announced => false,
        ParcelState::Signed => true,
        ParcelState::Opened => opened_lately(parcel, ctx.now),
    };
    let orphan = match earlier.first().filter(is_here) {
        Some(here) if store::parcel::cases(tx, here.id)?.is_empty() => Some(here.id),
        _ => None,
    };
    let reused = orphan.is_none() && !earlier.is_empty();
    let parcel = match orphan {
        Some(parcel) => {
            store::parcel::set_direction(tx, parcel, "return")?;
            store::parcel::unpark(tx, parcel)?;
            parcel
        }
        None => insert(tx, ctx, &rma, cmd.carrier, waybill.clone(), reused)?,
    };
    store::parcel::link(tx, parcel, rma.id)?;
    let event = Event::new(EventKind::TrackingGiven)
        .rma(rma.id)
        .about("parcel", parcel.get())
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({ "waybill": waybill, "carrier": cmd.carrier, "reused": reused }));
    ctx.record(event);
    Ok(Announced { parcel, reused })
}

// A1: a customer reaches the one case of their token, staff the cases of their places.
fn authorised(tx: &Tx<'_>, ctx: &Ctx<'_>, id: RmaId) -> Result<RmaRow, Error> {
    let rma = match ctx.actor.kind {
        ActorKind::Customer(own) if own == Some(id) => store::rma::find(tx, id)?.ok_or(Error::NotFound("rma"))?,
        ActorKind::Customer(_) => return Err(Error::NotFound("rma")),
        _ => reach::case(tx, ctx, id, Permission::RmaNote)?,
    };
    if rma.state.is_final() {
        let refusal =
            Refusal::new("case_is_over", "该单已结束，不能再登记运单", "the case is over and takes no waybill");
        return Err(Error::conflict(refusal));
    }
    Ok(rma)
}

fn expects_goods(tx: &Tx<'_>, rma: &RmaRow) -> Result<(), Error> {
    let lines = store::rma_line::of_rma(tx, rma.id)?;
    if lines.iter().any(|line| line.kind.expects_goods() || line.undeclared) {
        return Ok(());
    }
    let refusal = Refusal::new("no_goods_expected", "该单不需要退回商品", "this case expects no goods back");
    Err(Error::conflict(refusal))
}

fn insert(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    rma: &RmaRow,
    carrier: Option<CarrierId>,
    waybill: String,
    reused: bool,
) -> Result<ParcelId, Error> {
    let id = ParcelId::from_raw(ctx.id());
    let row = ParcelRow {
        id,
        warehouse_id: rma.warehouse_id,
        carrier_id: carrier,
        waybill,
        direction: "return".to_owned(),
        state: ParcelState::Announced,
        announced_at: Some(ctx.now),
        signed_at: None,
        signed_by: None,
        opened_at: None,
        opened_by: None,
        owner_id: None,
        next_follow_up_at: None,
        weight_grams: None,
        note: String::new(),
        reused,
        phone_tail: String::new(),
        damaged: false,
        parked_at: None,
        version: 1,
    };
    store::parcel::insert(tx, &row)?;
    Ok(id)
}
