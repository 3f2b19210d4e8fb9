//! The dock: a stack of parcels signed in one go. Nothing is turned away; an unknown waybill becomes a parcel without a
//! case.

use domain::state::ParcelState;
use domain::{CarrierId, EventKind, ParcelId, Permission, Plated, RmaId, Timestamp, WarehouseId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::parcel::{ParcelCase, ParcelRow};

use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Most parcels signed in one go: a command may cause 500 events, and a parcel of an agreed case makes two, its signing and
/// the step that opens.
pub const MAX_STACK: usize = 200;

/// Signs parcels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sign {
    /// Where.
    pub warehouse: WarehouseId,
    /// Who brought them.
    pub carrier: Option<CarrierId>,
    /// As on the labels.
    pub waybills: Vec<String>,
    /// When; now unless the station was without network.
    pub at: Option<Timestamp>,
}

/// What a signed waybill turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignedAs {
    /// A parcel that was announced or belongs to a case.
    Known,
    /// One of our own shipments coming back, refused or intercepted.
    OutboundBack,
    /// Nobody announced it.
    Unknown,
    /// It was signed before; nothing changed.
    SignedBefore,
}

/// One signed parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The parcel.
    pub parcel: ParcelId,
    /// As stored.
    pub waybill: String,
    /// What it is.
    pub signed_as: SignedAs,
    /// The cases it belongs to.
    pub cases: Vec<RmaId>,
    /// Whether one of them is over, so that a person must look.
    pub conflict: bool,
}

/// Signs each waybill once and says what each is.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for the stack, a waybill or the time.
pub fn sign(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Sign) -> Result<Vec<Signed>, Error> {
    reach::place(ctx, Permission::ParcelSign, Place { shop: None, warehouse: Some(cmd.warehouse) }, "warehouse")?;
    if ctx.definitions.masters.warehouse(cmd.warehouse).is_none_or(|warehouse| !warehouse.active) {
        return Err(Error::NotFound("warehouse"));
    }
    if cmd.waybills.is_empty() || cmd.waybills.len() > MAX_STACK {
        let refusal = Refusal::new(
            "stack_out_of_range",
            format!("一次签收 1 到 {MAX_STACK} 个包裹"),
            format!("between 1 and {MAX_STACK} parcels are signed in one go"),
        );
        return Err(Error::invalid(refusal.at("waybills")));
    }
    let at = super::happened_at(ctx, cmd.at, "at")?;
    let mut signed: Vec<Signed> = Vec::with_capacity(cmd.waybills.len());
    for (index, text) in cmd.waybills.iter().enumerate() {
        let waybill = super::waybill(text, &format!("waybills[{index}]"))?;
        if signed.iter().all(|known| known.waybill != waybill) {
            signed.push(sign_one(tx, ctx, cmd, waybill, at)?);
        }
    }
    ctx.topic(format!("parcels:{}", cmd.warehouse));
    Ok(signed)
}

/// Signs one waybill: also what a scan at the dock does.
pub(crate) fn sign_one(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    cmd: &Sign,
    waybill: String,
    at: Timestamp,
) -> Result<Signed, Error> {
    let known = store::parcel::by_waybill(tx, &waybill)?;
    if let Some(parcel) = known.iter().find(|parcel| parcel.state == ParcelState::Announced) {
        return sign_announced(tx, ctx, cmd, parcel, at);
    }
    // The newest signed one is meant, unless it was opened long ago: then the carrier uses the number again.
    if let Some(parcel) = known.iter().find(|parcel| parcel.state == ParcelState::Signed) {
        let cases = store::parcel::cases(tx, parcel.id)?;
        return Ok(answer(parcel.id, waybill, SignedAs::SignedBefore, &cases));
    }
    if let Some(parcel) = known.first().filter(|parcel| opened_lately(parcel, at)) {
        let cases = store::parcel::cases(tx, parcel.id)?;
        return Ok(answer(parcel.id, waybill, SignedAs::SignedBefore, &cases));
    }
    let id = ParcelId::from_raw(ctx.id());
    sign_unannounced(tx, ctx, cmd, (id, waybill), at, !known.is_empty())
}

/// Signs a parcel that is known by something else than its waybill: its licence plate, the one its case waits for.
pub(crate) fn sign_parcel(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    cmd: &Sign,
    parcel: &ParcelRow,
    at: Timestamp,
) -> Result<Signed, Error> {
    if parcel.state == ParcelState::Announced {
        return sign_announced(tx, ctx, cmd, parcel, at);
    }
    let cases = store::parcel::cases(tx, parcel.id)?;
    Ok(answer(parcel.id, parcel.waybill.clone(), SignedAs::SignedBefore, &cases))
}

/// Signs a parcel without a readable label: its licence plate is its waybill.
pub(crate) fn sign_without_label(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Sign, at: Timestamp) -> Result<Signed, Error> {
    let id = ParcelId::from_raw(ctx.id());
    sign_unannounced(tx, ctx, cmd, (id, Plated::Parcel(id).plate()), at, false)
}

const REUSE_AFTER_MS: i64 = 30 * 86_400_000;

/// Whether a parcel was signed so lately that its number still means it.
pub(super) fn opened_lately(parcel: &ParcelRow, at: Timestamp) -> bool {
    parcel.signed_at.is_some_and(|signed| at.ms().saturating_sub(signed.ms()) < REUSE_AFTER_MS)
}

fn sign_announced(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    cmd: &Sign,
    parcel: &ParcelRow,
    at: Timestamp,
) -> Result<Signed, Error> {
    // G3: a station's clock may be behind; the receipt never lies before the announcement.
    let at = parcel.announced_at.map_or(at, |announced| announced.max(at));
    store::parcel::sign(tx, parcel.id, at, ctx.actor.person(), cmd.warehouse, cmd.carrier)?;
    let cases = store::parcel::cases(tx, parcel.id)?;
    record(ctx, cmd, parcel.id, &parcel.waybill, &cases);
    super::scan::raise_conflicts(tx, ctx, parcel.id, &parcel.waybill, &cases)?;
    Ok(answer(parcel.id, parcel.waybill.clone(), SignedAs::Known, &cases))
}

fn sign_unannounced(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    cmd: &Sign,
    (id, waybill): (ParcelId, String),
    at: Timestamp,
    reused: bool,
) -> Result<Signed, Error> {
    let (direction, cases) = owners(tx, &waybill)?;
    let row = ParcelRow {
        id,
        warehouse_id: Some(cmd.warehouse),
        carrier_id: cmd.carrier,
        waybill: waybill.clone(),
        direction: direction.to_owned(),
        state: ParcelState::Signed,
        announced_at: None,
        signed_at: Some(at),
        signed_by: ctx.actor.person(),
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
    for rma in cases {
        store::parcel::link(tx, id, rma)?;
    }
    let cases = store::parcel::cases(tx, id)?;
    record(ctx, cmd, id, &waybill, &cases);
    super::scan::raise_conflicts(tx, ctx, id, &waybill, &cases)?;
    let signed_as = if direction == "unknown" { SignedAs::Unknown } else { SignedAs::OutboundBack };
    Ok(answer(id, waybill, signed_as, &cases))
}

// A refused or intercepted shipment comes back under the waybill it left with: the order's, or that of our own
// exchange, reship or send-back.
fn owners(tx: &Tx<'_>, waybill: &str) -> Result<(&'static str, Vec<RmaId>), Error> {
    let mut cases = Vec::new();
    let orders = store::shipment::orders_of_waybill(tx, waybill)?;
    for order in &orders {
        cases.extend(store::parcel::cases_expecting_refused(tx, *order)?);
    }
    let outbound = store::parcel::cases_by_outbound_waybill(tx, waybill)?;
    let left_here = !orders.is_empty() || !outbound.is_empty();
    cases.extend(outbound);
    cases.sort_unstable();
    cases.dedup();
    Ok((if left_here { "outbound_back" } else { "unknown" }, cases))
}

fn record(ctx: &mut Ctx<'_>, cmd: &Sign, parcel: ParcelId, waybill: &str, cases: &[ParcelCase]) {
    let base = Event::new(EventKind::ParcelSigned).about("parcel", parcel.get()).with(json!({ "waybill": waybill }));
    if cases.is_empty() {
        ctx.record(base.at(None, Some(cmd.warehouse)));
        return;
    }
    for case in cases {
        ctx.record(base.clone().rma(case.rma_id).at(Some(case.shop_id), Some(cmd.warehouse)));
    }
}

fn answer(parcel: ParcelId, waybill: String, signed_as: SignedAs, cases: &[ParcelCase]) -> Signed {
    let conflict = cases.iter().any(|case| case.state.is_final());
    Signed { parcel, waybill, signed_as, cases: cases.iter().map(|case| case.rma_id).collect(), conflict }
}
