//! Who looks after a parcel, and when somebody wants to look again: for parcels nobody announced.

use domain::{EventKind, ParcelId, Permission, PersonId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::parcel::ParcelRow;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;

/// Most characters of a note on a parcel.
const MAX_NOTE_CHARS: usize = 2_000;

/// Says who looks after a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// The parcel.
    pub parcel: ParcelId,
    /// Whose it is; nobody's when absent.
    pub owner: Option<PersonId>,
    /// When to look again.
    pub at: Option<Timestamp>,
    /// What to know about it.
    pub note: String,
}

/// Writes owner, day and note on a parcel.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for the owner or the note.
pub fn follow_up(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &FollowUp) -> Result<ParcelId, Error> {
    let parcel = super::parcel(tx, ctx, cmd.parcel, Permission::ParcelSign, None)?;
    if let Some(owner) = cmd.owner {
        let active = store::person::find(tx, owner)?.is_some_and(|person| person.active);
        if !active {
            let refusal = Refusal::new("no_such_person", "没有这个在职人员", "there is no such active person");
            return Err(Error::invalid(refusal.at("owner")));
        }
    }
    let note = cmd.note.trim();
    if note.chars().count() > MAX_NOTE_CHARS {
        let refusal = Refusal::new(
            "too_long",
            format!("备注最长 {MAX_NOTE_CHARS} 个字符"),
            format!("a note has at most {MAX_NOTE_CHARS} characters"),
        );
        return Err(Error::invalid(refusal.at("note")));
    }
    keep(tx, ctx, &parcel, cmd.owner, cmd.at, note)?;
    Ok(parcel.id)
}

/// Writes who looks after a parcel that the actor may do so with, and tells it.
pub(crate) fn keep(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    parcel: &ParcelRow,
    owner: Option<PersonId>,
    at: Option<Timestamp>,
    note: &str,
) -> Result<(), Error> {
    store::parcel::follow_up(tx, parcel.id, owner, at, note)?;
    let event = Event::new(EventKind::ParcelFollowUpSet)
        .about("parcel", parcel.id.get())
        .with(json!({ "waybill": parcel.waybill, "owner": owner, "at": at }));
    tell(tx, ctx, parcel, &event)
}

/// Puts an event about a parcel on the timeline of each of its cases; on its own when nobody knows whose it is.
pub(crate) fn tell(tx: &Tx<'_>, ctx: &mut Ctx<'_>, parcel: &ParcelRow, event: &Event) -> Result<(), Error> {
    let cases = store::parcel::cases(tx, parcel.id)?;
    if cases.is_empty() {
        ctx.record(event.clone().at(None, parcel.warehouse_id));
    }
    for case in cases {
        ctx.record(event.clone().rma(case.rma_id).at(Some(case.shop_id), parcel.warehouse_id));
    }
    if let Some(warehouse) = parcel.warehouse_id {
        ctx.topic(format!("parcels:{warehouse}"));
    }
    Ok(())
}
