//! Showing a masked contact: allowed to some, logged always.

use domain::{EventKind, Permission, RmaId};
use serde::{Deserialize, Serialize};
use store::Tx;

use super::load::Loaded;
use crate::context::Ctx;
use crate::error::Error;
use crate::event::Event;

/// A contact in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revealed {
    /// Name.
    pub name: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Address.
    pub address: Option<String>,
}

/// Shows a case's contact and records that it was shown.
///
/// # Errors
/// `NotFound`, `Forbidden`.
pub fn reveal(tx: &Tx<'_>, ctx: &mut Ctx<'_>, rma: RmaId) -> Result<Revealed, Error> {
    let loaded = Loaded::read(tx, ctx, rma)?;
    let place = loaded.place();
    if !ctx.actor.may(Permission::RmaView, place.shop, place.warehouse) {
        return Err(Error::NotFound("rma"));
    }
    ctx.require(Permission::ContactReveal, place)?;
    let contact = match loaded.rma.contact_id {
        Some(id) => store::contact::find(tx, id)?,
        None => None,
    };
    let contact = contact.ok_or(Error::NotFound("contact"))?;
    let event = Event::new(EventKind::ContactRevealed)
        .rma(rma)
        .at(place.shop, place.warehouse)
        .about("contact", contact.id.get());
    ctx.record_quietly(event);
    Ok(Revealed { name: contact.name, phone: contact.phone, email: contact.email, address: contact.address })
}
