//! A waybill that was typed wrong: corrected by who gave it or by staff; what it was, who changed it and why is kept.

use domain::state::ParcelState;
use domain::{CarrierId, EventKind, ParcelId, Permission, RmaId, WaybillChangeId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::parcel::ParcelRow;
use store::tracking::WaybillChangeRow;
use store::{Conn, Tx};

use super::carrier;
use crate::actor::ActorKind;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;

/// Longest reason, in characters.
const MAX_REASON_CHARS: usize = 500;

/// A correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correct {
    /// Of which parcel.
    pub parcel: ParcelId,
    /// As on the label.
    pub waybill: String,
    /// Who brings it, when known.
    pub carrier: Option<CarrierId>,
    /// Why, when somebody says.
    pub reason: String,
}

/// Corrects a parcel's waybill or carrier. The same again changes nothing.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for the waybill; `Conflict` once the parcel is here, or when another parcel under that
/// number is.
pub fn correct(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Correct) -> Result<ParcelId, Error> {
    let parcel = parcel(tx, ctx, cmd.parcel, &[Permission::RmaNote, Permission::ParcelSign])?;
    let waybill = crate::warehouse::waybill(&cmd.waybill, "waybill")?;
    let reason = cmd.reason.trim();
    if reason.chars().count() > MAX_REASON_CHARS {
        let (zh, en) = (format!("最长 {MAX_REASON_CHARS} 个字符"), format!("at most {MAX_REASON_CHARS} characters"));
        return Err(Error::invalid(Refusal::new("too_long", zh, en).at("reason")));
    }
    let moves = waybill != parcel.waybill;
    if !moves && cmd.carrier == parcel.carrier_id {
        return Ok(parcel.id);
    }
    carrier::check(ctx.definitions, cmd.carrier, &waybill)?;
    let mut reused = parcel.reused;
    if moves {
        reused = check_number(tx, &parcel, &waybill)?;
    }
    store::tracking::correct(tx, parcel.id, &waybill, cmd.carrier, reused)?;
    let row = WaybillChangeRow {
        id: WaybillChangeId::from_raw(ctx.id()),
        parcel_id: parcel.id,
        at: ctx.now,
        changed_by: ctx.actor.author(),
        waybills: (parcel.waybill.clone(), waybill.clone()),
        carriers: (parcel.carrier_id, cmd.carrier),
        reason: reason.to_owned(),
    };
    store::tracking::insert_change(tx, &row)?;
    for case in store::parcel::cases(tx, parcel.id)? {
        let event = Event::new(EventKind::TrackingCorrected)
            .rma(case.rma_id)
            .about("parcel", parcel.id.get())
            .at(Some(case.shop_id), parcel.warehouse_id)
            .with(json!({ "from": parcel.waybill, "to": waybill, "carrier": cmd.carrier }));
        ctx.record(event);
    }
    Ok(parcel.id)
}

/// Whether the new number is known from elsewhere; refused where it would make one parcel into two.
fn check_number(tx: &Tx<'_>, parcel: &ParcelRow, waybill: &str) -> Result<bool, Error> {
    if parcel.state != ParcelState::Announced {
        let refusal = Refusal::new(
            "parcel_is_here",
            "包裹已签收，运单号不能再改",
            "the parcel has arrived under this number, so it stays",
        )
        .help(
            "可以更正快递公司；归错单请在收货台调整",
            "its carrier can be corrected; move it to another case at the bench",
        );
        return Err(Error::conflict(refusal));
    }
    let own: Vec<RmaId> = store::parcel::cases(tx, parcel.id)?.into_iter().map(|case| case.rma_id).collect();
    for rma in &own {
        if let Some(rma) = store::rma::find(tx, *rma)? {
            carrier::check_not_ours(tx, &rma, waybill)?;
        }
    }
    let others = store::tracking::others_under(tx, waybill, Some(parcel.id))?;
    if others.iter().any(|(_, _, rma)| rma.is_some_and(|rma| own.contains(&rma))) {
        let refusal = Refusal::new("waybill_on_case", "这张单已有这个运单号", "the case has this waybill already");
        return Err(Error::conflict(refusal.at("waybill")));
    }
    let arrived = others.iter().any(|(_, state, rma)| *state != ParcelState::Announced && rma.is_none());
    if arrived {
        let refusal = Refusal::new(
            "waybill_is_here",
            "这个运单号的包裹已到仓，还没有归单",
            "a parcel under this number has arrived and belongs to no case yet",
        )
        .help("请仓库在收货台把它归入本单", "have the warehouse match it to this case at the bench");
        return Err(Error::conflict(refusal.at("waybill")));
    }
    Ok(!others.is_empty())
}

/// A parcel that the actor may do one of `permissions` on. A1: a customer reaches those of the one case of their link.
pub(super) fn parcel(conn: &Conn, ctx: &Ctx<'_>, id: ParcelId, permissions: &[Permission]) -> Result<ParcelRow, Error> {
    if let ActorKind::Customer(own) = ctx.actor.kind {
        let cases = store::parcel::cases(conn, id)?;
        let reached = cases.iter().any(|case| Some(case.rma_id) == own);
        let parcel = store::parcel::find(conn, id)?.filter(|_| reached);
        return parcel.ok_or(Error::NotFound("parcel"));
    }
    let mut refusal = Error::NotFound("parcel");
    for permission in permissions {
        match crate::warehouse::parcel(conn, ctx, id, *permission, None) {
            Ok(parcel) => return Ok(parcel),
            Err(Error::NotFound(_)) => {}
            Err(known) => refusal = known,
        }
    }
    Err(refusal)
}
