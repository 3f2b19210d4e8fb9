//! What is seen of a parcel: damage, the phone's tail, a note, photos. One that nobody can place is parked with it.

use domain::{AttachmentId, EventKind, ParcelId, Permission, Timestamp, WarehouseId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::parcel::{ParcelRow, Seen};

use super::sign::{Sign, sign_one, sign_without_label};
use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Most photos of a parcel.
const MAX_PHOTOS: usize = 20;
/// Most characters of a note.
const MAX_NOTE_CHARS: usize = 500;
/// Digits of a phone's tail.
const TAIL_DIGITS: std::ops::RangeInclusive<usize> = 4..=11;
/// Heaviest parcel, grams.
const MAX_WEIGHT_GRAMS: i64 = 2_000_000;

/// What is seen of a parcel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Park {
    /// The parcel, when it is signed already.
    pub parcel: Option<ParcelId>,
    /// Where it is taken in, when it is not.
    pub warehouse: Option<WarehouseId>,
    /// What its label says; without one its licence plate is its waybill.
    pub waybill: Option<String>,
    /// Last digits of the phone on the label.
    pub phone_tail: Option<String>,
    /// What else was seen.
    pub note: Option<String>,
    /// Whether it arrived damaged.
    pub damaged: Option<bool>,
    /// Weighed.
    pub weight_grams: Option<i64>,
    /// Photos, uploaded before by the same person.
    pub attachments: Vec<AttachmentId>,
    /// Whether it goes to those nobody can place.
    pub parked: bool,
    /// When; now unless the station was without network.
    pub at: Option<Timestamp>,
}

/// Notes what is seen of a parcel, signing it first when nobody did. It is parked when that is asked for and it belongs to
/// no case; one that belongs to a case is only noted.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for the tail, the note, the weight, a photo or the time.
pub fn park(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Park) -> Result<ParcelId, Error> {
    let at = super::happened_at(ctx, cmd.at, "at")?;
    let seen = checked(cmd)?;
    let parcel = match cmd.parcel {
        Some(id) => reached(tx, ctx, id)?,
        None => taken_in(tx, ctx, cmd, at)?,
    };
    store::parcel::note_seen(tx, parcel.id, &seen)?;
    attach(tx, ctx, parcel.id, &cmd.attachments)?;
    let cases = store::parcel::cases(tx, parcel.id)?;
    let parked = cmd.parked && cases.is_empty() && store::parcel::park(tx, parcel.id, at, ctx.actor.person())?;
    let kind = if parked { EventKind::ParcelParked } else { EventKind::ParcelNoted };
    let payload = json!({
        "waybill": parcel.waybill, "damaged": cmd.damaged, "weight_grams": cmd.weight_grams,
        "phone_tail": seen.phone_tail, "photos": cmd.attachments.len(),
    });
    let event = Event::new(kind).about("parcel", parcel.id.get()).with(payload);
    if cases.is_empty() {
        ctx.record(event.clone().at(None, parcel.warehouse_id));
    }
    for case in cases {
        ctx.record(event.clone().rma(case.rma_id).at(Some(case.shop_id), parcel.warehouse_id));
    }
    if let Some(warehouse) = parcel.warehouse_id {
        ctx.topic(format!("parcels:{warehouse}"));
    }
    Ok(parcel.id)
}

fn reached(tx: &Tx<'_>, ctx: &Ctx<'_>, id: ParcelId) -> Result<ParcelRow, Error> {
    match super::parcel(tx, ctx, id, Permission::ParcelSign, None) {
        Err(Error::Forbidden(_)) => super::parcel(tx, ctx, id, Permission::ParcelReceive, None),
        other => other,
    }
}

fn taken_in(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Park, at: Timestamp) -> Result<ParcelRow, Error> {
    let Some(warehouse) = ctx.actor.station.map(|station| station.warehouse).or(cmd.warehouse) else {
        let refusal = Refusal::new("parcel_needed", "请选择包裹或仓库", "name the parcel or the warehouse");
        return Err(Error::invalid(refusal.at("parcel")));
    };
    reach::place(ctx, Permission::ParcelSign, Place { shop: None, warehouse: Some(warehouse) }, "warehouse")?;
    if ctx.definitions.masters.warehouse(warehouse).is_none() {
        return Err(Error::NotFound("warehouse"));
    }
    let sign = Sign { warehouse, carrier: None, waybills: Vec::new(), at: Some(at) };
    let signed = match cmd.waybill.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => sign_one(tx, ctx, &sign, super::waybill(text, "waybill")?, at)?,
        None => sign_without_label(tx, ctx, &sign, at)?,
    };
    store::parcel::find(tx, signed.parcel)?.ok_or(Error::NotFound("parcel"))
}

fn checked(cmd: &Park) -> Result<Seen, Error> {
    let tail: Option<String> = cmd.phone_tail.as_ref().map(|text| text.chars().filter(char::is_ascii_digit).collect());
    let tail = tail.filter(|tail| !tail.is_empty());
    if tail.as_ref().is_some_and(|tail| !TAIL_DIGITS.contains(&tail.len())) {
        let refusal =
            Refusal::new("phone_tail_malformed", "手机尾号为 4 到 11 位数字", "a phone's tail has 4 to 11 digits");
        return Err(Error::invalid(refusal.at("phone_tail")));
    }
    let note = cmd.note.as_ref().map(|text| text.trim().to_owned());
    if note.as_ref().is_some_and(|text| text.chars().count() > MAX_NOTE_CHARS) {
        let refusal = Refusal::new(
            "too_long",
            format!("备注最长 {MAX_NOTE_CHARS} 个字符"),
            format!("a note has at most {MAX_NOTE_CHARS} characters"),
        );
        return Err(Error::invalid(refusal.at("note")));
    }
    if cmd.weight_grams.is_some_and(|grams| !(1..=MAX_WEIGHT_GRAMS).contains(&grams)) {
        let refusal =
            Refusal::new("weight_out_of_range", "重量应在 1 克到 2 吨之间", "a weight is between 1 g and 2 t");
        return Err(Error::invalid(refusal.at("weight_grams")));
    }
    Ok(Seen { phone_tail: tail, note, damaged: cmd.damaged, weight_grams: cmd.weight_grams })
}

fn attach(tx: &Tx<'_>, ctx: &Ctx<'_>, parcel: ParcelId, photos: &[AttachmentId]) -> Result<(), Error> {
    let uploader = ctx.actor.author();
    for (index, photo) in photos.iter().enumerate() {
        if !store::attachment::link_parcel(tx, *photo, parcel, &uploader)? {
            let refusal = Refusal::new("no_such_file", "没有这个文件", "there is no such file");
            return Err(Error::invalid(refusal.at(format!("attachments[{index}]"))));
        }
    }
    if !photos.is_empty() && store::attachment::of_parcel(tx, parcel)?.len() > MAX_PHOTOS {
        let refusal = Refusal::new(
            "too_many_photos",
            format!("一个包裹最多 {MAX_PHOTOS} 张照片"),
            format!("a parcel has at most {MAX_PHOTOS} photos"),
        );
        return Err(Error::invalid(refusal.at("attachments")));
    }
    Ok(())
}
