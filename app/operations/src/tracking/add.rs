//! What a person found out about a parcel, by telephone or on the carrier's page.

use domain::tracking::TrackingState;
use domain::{ParcelId, Permission, Timestamp, TrackingEventId};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::tracking::TrackingEventRow;

use super::put::key_of;
use super::{checked, write};
use crate::context::Ctx;
use crate::error::Error;

/// What a person found out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Add {
    /// Of which parcel.
    pub parcel: ParcelId,
    /// When; now unless said.
    pub at: Option<Timestamp>,
    /// Where it is.
    pub state: TrackingState,
    /// The town or depot.
    pub place: String,
    /// What was said.
    pub text: String,
}

/// Writes it on the parcel.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for a time to come or too many words.
pub fn add(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Add) -> Result<ParcelId, Error> {
    let parcel = super::correct::parcel(tx, ctx, cmd.parcel, &[Permission::RmaNote, Permission::ParcelSign])?;
    let at = cmd.at.unwrap_or(ctx.now);
    let (place, text) = checked(ctx, at, &cmd.place, &cmd.text, "")?;
    let row = TrackingEventRow {
        id: TrackingEventId::from_raw(ctx.id()),
        parcel_id: parcel.id,
        waybill: parcel.waybill.clone(),
        at,
        state: cmd.state,
        source: ctx.actor.author(),
        source_key: key_of(at, cmd.state, &place, &text),
        place,
        text,
        received_at: ctx.now,
    };
    write(tx, ctx, &parcel, &row)?;
    Ok(parcel.id)
}
