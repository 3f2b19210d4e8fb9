//! Showing a masked contact: allowed to some, logged always; what is hidden from a role stays hidden.

use domain::{EventKind, Permission, RmaId};
use serde_json::json;
use store::Tx;

use super::load::Loaded;
use crate::context::Ctx;
use crate::error::Error;
use crate::event::Event;
use crate::gate::{Sight, sight};
use crate::order::contact_view::{FIELDS, Shown};

/// Shows a case's contact and records that it was shown.
///
/// # Errors
/// `NotFound`, `Forbidden`.
pub fn reveal(tx: &Tx<'_>, ctx: &mut Ctx<'_>, rma: RmaId) -> Result<Shown, Error> {
    let loaded = Loaded::read(tx, ctx, rma)?;
    let place = loaded.place();
    if !ctx.actor.may(Permission::RmaView, place.shop, place.warehouse) {
        return Err(Error::NotFound("rma"));
    }
    ctx.require(Permission::ContactReveal, place)?;
    let contact = loaded.rma.contact_id.ok_or(Error::NotFound("contact"))?;
    let at = (place.shop, place.warehouse);
    let see = |field: &str| {
        sight(ctx.definitions, ctx.actor, Permission::RmaView, at, &format!("contact.{field}")) != Sight::Hidden
    };
    let fields: Vec<String> = FIELDS.iter().filter(|field| see(field)).map(|field| (*field).to_owned()).collect();
    let event = Event::new(EventKind::ContactRevealed)
        .rma(rma)
        .at(place.shop, place.warehouse)
        .about("contact", contact.get())
        .with(json!({ "fields": fields }));
    ctx.record_quietly(event);
    Ok(Shown { contact, fields })
}
