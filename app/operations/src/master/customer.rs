//! Customers: their number, their contact through the gate, their tags, and erasing their values on request.

pub mod block;
pub mod history;

use domain::{ContactId, CustomerId, EventKind, Permission};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Conn, Tx};

use crate::actor::Actor;
use crate::context::Ctx;
use crate::definitions::Definitions;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::order::contact_view::{self, ContactView};

/// Rows of a page at most, and one more to see whether there is a next one.
const PAGE_MAX: u32 = 201;

/// A customer as a reader sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerView {
    /// Their id.
    pub id: CustomerId,
    /// The number other systems know them by.
    pub customer_no: String,
    /// Personal values.
    pub contact: Option<ContactView>,
    /// The codes of their tags.
    pub tags: Vec<String>,
    /// Row version.
    pub version: i64,
}

/// One customer.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub fn find(conn: &Conn, definitions: &Definitions, actor: &Actor, id: CustomerId) -> Result<CustomerView, Error> {
    require_viewer(actor)?;
    let row = store::customer::find(conn, id)?.ok_or(Error::NotFound("customer"))?;
    view(conn, definitions, actor, row)
}

/// A page of customers, newest first, below `after`; or the one with a number.
///
/// # Errors
/// `Forbidden`.
pub fn list(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    customer_no: Option<&str>,
    after: Option<CustomerId>,
    limit: u32,
) -> Result<Vec<CustomerView>, Error> {
    require_viewer(actor)?;
    let rows = match customer_no.map(str::trim).filter(|number| !number.is_empty()) {
        Some(number) => store::customer::by_number(conn, number)?.into_iter().collect(),
        None => store::customer::page(conn, after, limit.clamp(1, PAGE_MAX))?,
    };
    rows.into_iter().map(|row| view(conn, definitions, actor, row)).collect()
}

/// Replaces a customer's tags.
///
/// # Errors
/// `Forbidden`, `NotFound`; `Invalid` for a tag there is not.
pub fn tag(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: CustomerId, tags: &[String]) -> Result<(), Error> {
    super::require_editor(ctx)?;
    store::customer::find(tx, id)?.ok_or(Error::NotFound("customer"))?;
    let known = store::reference::list::tags(tx)?;
    if let Some(unknown) = tags.iter().find(|tag| !known.iter().any(|row| row.code == **tag)) {
        let refusal = Refusal::new("unknown_tag", format!("没有标签 {unknown}"), format!("there is no tag {unknown}"));
        return Err(Error::invalid(refusal.at("tags")));
    }
    store::customer::set_tags(tx, id, tags)?;
    let event = Event::new(EventKind::MasterChanged).about("customer", id.get());
    ctx.record(event.with(json!({ "change": "tagged", "tags": tags })));
    Ok(())
}

/// Erases a contact's values and keys in place, for good, and a customer's on all their orders and cases too, with
/// the messages to them that were caught. What was sold and paid stays.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub fn erase(tx: &Tx<'_>, ctx: &mut Ctx<'_>, contact: ContactId) -> Result<(), Error> {
    super::require_editor(ctx)?;
    store::contact::find(tx, contact)?.ok_or(Error::NotFound("contact"))?;
    let others = store::contact::of_same_customer(tx, contact)?;
    for one in std::iter::once(&contact).chain(&others) {
        store::contact::erase(tx, *one, ctx.now)?;
        store::caught_message::forget(tx, *one)?;
    }
    let event = Event::new(EventKind::MasterChanged).about("contact", contact.get());
    ctx.record(event.with(json!({ "change": "erased", "contacts": others.len() + 1 })));
    Ok(())
}

fn require_viewer(actor: &Actor) -> Result<(), Error> {
    let may = actor.may_somewhere(Permission::CustomerView);
    if may { Ok(()) } else { Err(Error::Forbidden(Permission::CustomerView)) }
}

fn view(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    row: store::customer::CustomerRow,
) -> Result<CustomerView, Error> {
    // A customer has no shop: fields show only to those who may see customers everywhere.
    let contact = match row.contact_id {
        Some(id) => contact_view::view(conn, definitions, actor, Permission::CustomerView, None, id)?,
        None => None,
    };
    Ok(CustomerView {
        id: row.id,
        customer_no: row.customer_no,
        contact,
        tags: store::customer::tags(conn, row.id)?,
        version: row.version,
    })
}
