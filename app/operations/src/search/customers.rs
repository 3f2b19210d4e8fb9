//! Customers by their number, or by the phone and name of theirs that the reader sees.

use domain::{CustomerId, Permission, ShopId};
use store::customer::{self, CustomerRow};

use super::{Asked, MAX_FOUND, field_of};
use crate::error::Error;
use crate::gate::{self, shown};
use crate::order::contact_view;
use crate::order::search::{OrderHit, may_find, shops_of};

/// A customer as a reader finds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundCustomer {
    /// Their id.
    pub id: CustomerId,
    /// The number other systems know them by.
    pub customer_no: String,
    /// Their name, as their page shows it to this reader.
    pub name: Option<String>,
}

/// The customers, and those that are exactly who was asked for. Whom only another shop knows does not exist here.
pub(super) fn find(asked: &Asked<'_>, orders: &[OrderHit]) -> Result<(Vec<FoundCustomer>, Vec<CustomerId>), Error> {
    if !asked.may(Permission::CustomerView) {
        return Ok((Vec::new(), Vec::new()));
    }
    let shops = shops_of(&gate::rows(asked.actor, Permission::CustomerView));
    let shops = shops.as_deref();
    let mut rows = customer::by_number_prefix(asked.conn, shops, asked.text, MAX_FOUND)?;
    for (key, contacts) in &asked.persons {
        // A customer has no shop: their fields show only to those who may see customers everywhere.
        if may_find(key.kind, sight(asked, field_of(key.kind))) {
            rows.extend(customer::by_contacts(asked.conn, shops, contacts, MAX_FOUND)?);
        }
    }
    if !asked.persons.is_empty() {
        rows.extend(of_orders(asked, shops, orders)?);
    }
    let mut found: Vec<FoundCustomer> = Vec::new();
    for row in rows {
        if found.len() < MAX_FOUND as usize && !found.iter().any(|other| other.id == row.id) {
            found.push(view(asked, row)?);
        }
    }
    let exact = found.iter().filter(|one| one.customer_no == asked.text).map(|one| one.id).collect();
    Ok((found, exact))
}

// Who bought what was found by a phone or a name: the order's page names them too.
fn of_orders(asked: &Asked<'_>, shops: Option<&[ShopId]>, orders: &[OrderHit]) -> Result<Vec<CustomerRow>, Error> {
    let mut rows = Vec::new();
    for hit in orders {
        let Some(order) = store::order::find(asked.conn, hit.id)? else { continue };
        let of_person = order
            .contact_id
            .is_some_and(|contact| asked.persons.iter().any(|(_, contacts)| contacts.contains(&contact)));
        let Some(buyer) = order.customer_id.filter(|_| of_person) else { continue };
        let is_known = match shops {
            None => true,
            Some(shops) => customer::is_known_in(asked.conn, shops, buyer)?,
        };
        if is_known {
            rows.extend(customer::find(asked.conn, buyer)?);
        }
    }
    Ok(rows)
}

fn sight(asked: &Asked<'_>, field: &str) -> gate::Sight {
    contact_view::sight(asked.definitions, asked.actor, Permission::CustomerView, None, field)
}

fn view(asked: &Asked<'_>, row: CustomerRow) -> Result<FoundCustomer, Error> {
    let contact = match row.contact_id {
        Some(id) => store::contact::find(asked.conn, id)?,
        None => None,
    };
    let name = shown(sight(asked, "name"), contact.and_then(|contact| contact.name));
    Ok(FoundCustomer { id: row.id, customer_no: row.customer_no, name })
}
