//! Shows one masked personal value of an order, and logs who saw it.

use domain::{EventKind, OrderId, Permission};
use serde_json::json;
use store::Tx;

use super::contact_view::{self, Shown};
use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::gate::Sight;

/// Which value is to be shown.
#[derive(Clone, Debug)]
pub struct RevealContact {
    /// The order whose contact it is.
    pub order_id: OrderId,
    /// name, phone, email, address or nickname.
    pub field: String,
}

/// Shows a masked value. Each use is an event; a hidden value stays hidden.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Invalid` for a field there is not.
pub fn reveal(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &RevealContact) -> Result<Shown, Error> {
    let order = super::find::load(tx, ctx.actor, cmd.order_id)?;
    ctx.require(Permission::ContactReveal, Place { shop: Some(order.shop_id), warehouse: None })?;
    if !contact_view::FIELDS.contains(&cmd.field.as_str()) {
        let refusal = Refusal::new("unknown_field", "没有这个字段", "there is no such field");
        return Err(Error::invalid(refusal.at("field")));
    }
    let shop = Some(order.shop_id);
    if contact_view::sight(ctx.definitions, ctx.actor, Permission::OrderView, shop, &cmd.field) == Sight::Hidden {
        return Err(Error::NotFound("contact"));
    }
    let of_buyer = match order.customer_id {
        Some(customer) => store::customer::find(tx, customer)?.and_then(|customer| customer.contact_id),
        None => None,
    };
    let id = order.contact_id.or(of_buyer).ok_or(Error::NotFound("contact"))?;
    let event = Event::new(EventKind::ContactRevealed).about("contact", id.get()).at(shop, None);
    ctx.record(event.with(json!({ "field": cmd.field, "order_id": order.id })));
    Ok(Shown { contact: id, fields: vec![cmd.field.clone()] })
}
