//! The one search box: cases, orders, customers and articles by what a person knows of them.
//!
//! Each hit passes the gate at its own place, and what a reader does not see of a row does not find it for them.

mod cases;
mod customers;
mod orders;
mod skus;

use domain::{CustomerId, OrderId, Permission, RmaId, SkuId};
use store::Conn;
use store::contact::Key;
use store::rma_list::Listed;
use store::sku::SkuRow;

use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::order::search::{OrderHit, contacts_named, phone_key};

pub use customers::FoundCustomer;

/// Most of each kind in an answer.
pub const MAX_FOUND: u32 = 20;
/// Fewer characters find too much.
const MIN_CHARS: usize = 2;

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Cases, newest first.
    pub cases: Vec<Listed>,
    /// Orders.
    pub orders: Vec<OrderHit>,
    /// Customers.
    pub customers: Vec<FoundCustomer>,
    /// Articles.
    pub skus: Vec<SkuRow>,
    /// Those whose number is exactly what was typed.
    pub exact: Vec<Exact>,
}

/// A hit whose number is exactly what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exact {
    /// A case.
    Case(RmaId),
    /// An order.
    Order(OrderId),
    /// A customer.
    Customer(CustomerId),
    /// An article.
    Sku(SkuId),
}

/// Who looks for what.
struct Asked<'a> {
    conn: &'a Conn,
    definitions: &'a Definitions,
    actor: &'a Actor,
    text: &'a str,
    /// The persons it may be about: by which key, and who they are.
    persons: Vec<(Key, Vec<domain::ContactId>)>,
}

/// Looks a text up everywhere the actor may look.
///
/// # Errors
/// The store's.
pub fn search(conn: &Conn, actor: &Actor, definitions: &Definitions, text: &str) -> Result<Found, Error> {
    let text = text.trim();
    if text.chars().count() < MIN_CHARS {
        return Ok(Found::default());
    }
    let asked = Asked { conn, definitions, actor, text, persons: persons(conn, text)? };
    let orders = orders::find(&asked)?;
    let (cases, exact_cases) = cases::find(&asked, &orders)?;
    let (customers, exact_customers) = customers::find(&asked, &orders)?;
    let (skus, exact_skus) = skus::find(&asked)?;
    let exact_orders = orders.iter().filter(|order| order.number.eq_ignore_ascii_case(text));
    let exact = exact_cases.into_iter().map(Exact::Case);
    let exact = exact.chain(exact_orders.map(|order| Exact::Order(order.id)));
    let exact = exact.chain(exact_customers.into_iter().map(Exact::Customer));
    let exact = exact.chain(exact_skus.into_iter().map(Exact::Sku)).collect();
    Ok(Found { cases, orders, customers, skus, exact })
}

// Whether a reader may find somebody by such a key is asked where the row stands.
fn persons(conn: &Conn, text: &str) -> Result<Vec<(Key, Vec<domain::ContactId>)>, Error> {
    use crate::order::search::CONTACTS_MAX;
    use store::contact::KeyKind;
    let mut found = Vec::new();
    if let Some(key) = phone_key(text) {
        let contacts = store::contact::with_key(conn, &key, CONTACTS_MAX)?;
        found.push((key, contacts));
    }
    let named = contacts_named(conn, text)?;
    found.push((Key { kind: KeyKind::Name, text: text.to_owned() }, named));
    found.retain(|(_, contacts)| !contacts.is_empty());
    Ok(found)
}

/// The field of a contact that a key gives away.
const fn field_of(kind: store::contact::KeyKind) -> &'static str {
    use store::contact::KeyKind;
    match kind {
        KeyKind::Phone | KeyKind::PhoneTail => "phone",
        KeyKind::Name => "name",
        KeyKind::Nickname => "nickname",
        KeyKind::Email => "email",
    }
}

impl Asked<'_> {
    fn may(&self, permission: Permission) -> bool {
        self.actor.may_somewhere(permission)
    }
}
