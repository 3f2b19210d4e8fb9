//! An operator leaves: the session and the shift end.

use domain::{DeviceId, EventKind};
use serde_json::json;
use store::Tx;

use crate::context::{Ctx, Forgotten};
use crate::error::Error;
use crate::event::Event;

/// Ends the session and shift of the operator who acts.
///
/// # Errors
/// `Conflict` when nobody operates a station here.
pub fn close(tx: &Tx<'_>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let station = ctx.actor.station.ok_or_else(super::not_a_station)?;
    end_at(tx, ctx, station.device)
}

/// Ends whatever operator's session and shift a station has.
pub(crate) fn end_at(tx: &Tx<'_>, ctx: &mut Ctx<'_>, device: DeviceId) -> Result<(), Error> {
    let open = store::shift::open_at(tx, device)?;
    store::shift::end_at(tx, device, ctx.now)?;
    store::session::revoke_at_device(tx, device, ctx.now)?;
    ctx.forget(Forgotten::Station(device));
    if let Some(shift) = open {
        let event = Event::new(EventKind::PersonChanged)
            .about("person", shift.person_id.get())
            .at(None, Some(shift.warehouse_id))
            .with(json!({ "change": "shift_ended", "station": device, "shift": shift.id }));
        ctx.record_quietly(event);
    }
    Ok(())
}
