//! Finds orders by number, phone, name, article or waybill. A field the reader may not see finds nothing for them.

use domain::{ContactId, Currency, OrderId, OrderLineId, Permission, ShopId, Timestamp};
use serde::{Deserialize, Serialize};
use store::Conn;
use store::contact::key::{self, NameQuery};
use store::contact::{Key, KeyKind};
use store::order::search as orders;
use store::scope::RowScope;

use super::contact_view;
use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::{Error, Refusal};
use crate::gate::{self, Sight};

/// Contacts looked at for one search at most: more alike than that are not told apart by a name.
pub(crate) const CONTACTS_MAX: u32 = 500;
/// Rows of a page at most.
pub const PAGE_MAX: u32 = 200;

/// What is looked for: one of these, or all orders newest first.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Only this shop.
    pub shop: Option<ShopId>,
    /// The beginning of an order number.
    pub number: Option<String>,
    /// A phone, or its last four digits.
    pub phone: Option<String>,
    /// A fragment of a name, in Chinese or letters.
    pub name: Option<String>,
    /// An article's code or barcode.
    pub sku: Option<String>,
    /// A waybill the order left under.
    pub waybill: Option<String>,
    /// What the page before ended with.
    pub after: Option<String>,
    /// Rows wanted, 1 to 200.
    pub limit: u32,
}

/// An order found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderHit {
    /// Its id.
    pub id: OrderId,
    /// Whose.
    pub shop_id: ShopId,
    /// The number at the shop or platform.
    pub number: String,
    /// As the source names it.
    pub state: String,
    /// When it was placed.
    pub ordered_at: Timestamp,
    /// When the last part arrived.
    pub delivered_at: Option<Timestamp>,
    /// What was paid; absent for readers who see no prices.
    pub captured_minor: Option<i64>,
    /// Its currency.
    pub currency: Currency,
    /// Whom it was sent to, as the reader may see it.
    pub contact_name: Option<String>,
}

/// A page of orders found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPage {
    /// The orders.
    pub items: Vec<OrderHit>,
    /// What the next page begins after; none on the last page.
    pub next: Option<String>,
}

/// Who searches, and where.
struct Scope<'a> {
    conn: &'a Conn,
    definitions: &'a Definitions,
    actor: &'a Actor,
    /// `None` is all.
    shops: Option<Vec<ShopId>>,
}

/// Searches orders.
///
/// # Errors
/// `Forbidden` when the actor sees no orders anywhere; `Invalid` for a page mark that is none.
pub fn search(conn: &Conn, definitions: &Definitions, actor: &Actor, query: &Search) -> Result<OrderPage, Error> {
    if !actor.may_somewhere(Permission::OrderView) {
        return Err(Error::Forbidden(Permission::OrderView));
    }
    let scope = Scope { conn, definitions, actor, shops: shops(actor, query.shop) };
    let limit = query.limit.clamp(1, PAGE_MAX);
    let (ids, next) = scope.ids(query, limit)?;
    Ok(OrderPage { items: hits(conn, definitions, actor, ids)?, next })
}

// Orders have no warehouse: a right that is bound to one does not reach them.
fn shops(actor: &Actor, wanted: Option<ShopId>) -> Option<Vec<ShopId>> {
    match (shops_of(&gate::rows(actor, Permission::OrderView)), wanted) {
        (visible, None) => visible,
        (None, Some(shop)) => Some(vec![shop]),
        (Some(shops), Some(shop)) => Some(shops.into_iter().filter(|visible| *visible == shop).collect()),
    }
}

/// The shops whose orders a scope reaches; `None` is all.
pub(crate) fn shops_of(scope: &RowScope) -> Option<Vec<ShopId>> {
    match scope {
        RowScope::All => None,
        RowScope::Nothing => Some(Vec::new()),
        RowScope::Places(places) if places.iter().any(|place| place.shop.is_none() && place.warehouse.is_none()) => {
            None
        }
        RowScope::Places(places) => {
            Some(places.iter().filter(|place| place.warehouse.is_none()).filter_map(|place| place.shop).collect())
        }
    }
}

/// Orders as their reader may see them; those out of their scope are left out.
pub(crate) fn hits(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    ids: Vec<OrderId>,
) -> Result<Vec<OrderHit>, Error> {
    let scope = Scope { conn, definitions, actor, shops: shops(actor, None) };
    let mut items = Vec::with_capacity(ids.len());
    for id in ids {
        items.extend(scope.hit(id)?);
    }
    Ok(items)
}

type Found = (Vec<OrderId>, Option<String>);

impl Scope<'_> {
    fn ids(&self, query: &Search, limit: u32) -> Result<Found, Error> {
        let given =
            |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let after = query.after.as_deref();
        if let Some(prefix) = given(&query.number) {
            return self.by_number(&prefix, after, limit);
        }
        if let Some(waybill) = given(&query.waybill) {
            return self.by_waybill(&waybill);
        }
        if let Some(code) = given(&query.sku) {
            return self.by_sku(&code, after, limit);
        }
        let contacts = match (given(&query.phone), given(&query.name)) {
            (Some(phone), None) => self.by_phone(&phone)?,
            (None, Some(name)) => self.by_name(&name)?,
            (Some(phone), Some(name)) => {
                let named = self.by_name(&name)?;
                self.by_phone(&phone)?.into_iter().filter(|contact| named.contains(contact)).collect()
            }
            (None, None) => {
                let after = mark(after)?.map(OrderId::from_raw);
                let ids = orders::newest(self.conn, self.shops.as_deref(), after, limit + 1)?;
                return Ok(page(ids, limit, |id| id.get()));
            }
        };
        let after = mark(after)?.map(OrderId::from_raw);
        let ids = orders::by_contacts(self.conn, self.shops.as_deref(), &contacts, after, limit + 1)?;
        Ok(page(ids, limit, |id| id.get()))
    }

    fn by_number(&self, prefix: &str, after: Option<&str>, limit: u32) -> Result<Found, Error> {
        let (id, number) = after.and_then(|mark| mark.split_once(':')).unwrap_or(("0", ""));
        let id = id.parse().map_err(|_| wrong_mark())?;
        let found = orders::by_number(self.conn, self.shops.as_deref(), prefix, (number, id), limit + 1)?;
        let more = found.len() > limit as usize;
        let shown: Vec<_> = found.into_iter().take(limit as usize).collect();
        let next = shown.last().filter(|_| more).map(|(id, number)| format!("{id}:{number}"));
        Ok((shown.into_iter().map(|(id, _)| id).collect(), next))
    }

    fn by_waybill(&self, waybill: &str) -> Result<Found, Error> {
        let ids = store::shipment::orders_of_waybill(self.conn, waybill)?;
        Ok((ids.into_iter().take(PAGE_MAX as usize).collect(), None))
    }

    fn by_sku(&self, code: &str, after: Option<&str>, limit: u32) -> Result<Found, Error> {
        let sku = match store::sku::id_of_code(self.conn, code)? {
            Some(sku) => Some(sku),
            None => store::sku::by_barcode(self.conn, code)?.map(|(sku, _)| sku),
        };
        let Some(sku) = sku else { return Ok((Vec::new(), None)) };
        let after = mark(after)?.map(OrderLineId::from_raw);
        let lines = orders::by_sku(self.conn, self.shops.as_deref(), sku, after, limit + 1)?;
        let more = lines.len() > limit as usize;
        let shown: Vec<_> = lines.into_iter().take(limit as usize).collect();
        let next = shown.last().filter(|_| more).map(|(line, _)| line.get().to_string());
        let mut ids: Vec<OrderId> = shown.into_iter().map(|(_, order)| order).collect();
        ids.dedup();
        Ok((ids, next))
    }

    // The tail is what a masked phone shows, so a reader of masked phones may search by it, but not by the whole.
    fn by_phone(&self, text: &str) -> Result<Vec<ContactId>, Error> {
        let sight = self.sight("phone");
        match phone_key(text) {
            Some(key) if may_find(key.kind, sight) => Ok(store::contact::with_key(self.conn, &key, CONTACTS_MAX)?),
            _ => Ok(Vec::new()),
        }
    }

    fn by_name(&self, fragment: &str) -> Result<Vec<ContactId>, Error> {
        if self.sight("name") != Sight::Whole {
            return Ok(Vec::new());
        }
        contacts_named(self.conn, fragment)
    }

    // A search crosses shops, so a field must be visible at the shop searched, or at all of them.
    fn sight(&self, field: &str) -> Sight {
        let at = |shop| contact_view::sight(self.definitions, self.actor, Permission::OrderView, shop, field);
        match &self.shops {
            None => at(None),
            Some(shops) => shops.iter().map(|shop| at(Some(*shop))).max().unwrap_or(Sight::Hidden),
        }
    }

    fn hit(&self, id: OrderId) -> Result<Option<OrderHit>, Error> {
        let Some(row) = store::order::find(self.conn, id)? else { return Ok(None) };
        if !self.actor.may(Permission::OrderView, Some(row.shop_id), None) {
            return Ok(None);
        }
        let place = (Some(row.shop_id), None);
        let money = gate::sight(self.definitions, self.actor, Permission::OrderView, place, super::find::MONEY_FIELD);
        let of_buyer = match (row.contact_id, row.customer_id) {
            (None, Some(customer)) => store::customer::find(self.conn, customer)?.and_then(|row| row.contact_id),
            (own, _) => own,
        };
        let name = match of_buyer {
            Some(contact) => store::contact::find(self.conn, contact)?.and_then(|contact| contact.name),
            None => None,
        };
        let sight = contact_view::sight(self.definitions, self.actor, Permission::OrderView, Some(row.shop_id), "name");
        Ok(Some(OrderHit {
            id,
            shop_id: row.shop_id,
            number: row.number,
            state: row.state,
            ordered_at: row.ordered_at,
            delivered_at: row.delivered_at,
            captured_minor: (money == Sight::Whole).then_some(row.captured_minor),
            currency: row.currency,
            contact_name: gate::shown(sight, name),
        }))
    }
}

/// What a text is looked up by as a phone: a whole number, or the four digits that a masked one still shows.
pub(crate) fn phone_key(text: &str) -> Option<Key> {
    let whole = key::phone(text).map(|text| Key { kind: KeyKind::Phone, text });
    whole.or_else(|| key::phone_tail(text).map(|text| Key { kind: KeyKind::PhoneTail, text }))
}

/// Whether a reader finds by a key what they see so: nobody is told whose a number is by trying it out.
pub(crate) fn may_find(kind: KeyKind, sight: Sight) -> bool {
    sight == Sight::Whole || (kind == KeyKind::PhoneTail && sight == Sight::Masked)
}

/// Contacts whose name holds a fragment.
pub(crate) fn contacts_named(conn: &Conn, fragment: &str) -> Result<Vec<ContactId>, Error> {
    let mut found: Option<Vec<ContactId>> = None;
    for query in key::name_queries(fragment) {
        let hits = match &query {
            NameQuery::Exact(key) => store::contact::with_key(conn, key, CONTACTS_MAX)?,
            NameQuery::Prefix(key) => store::contact::with_key_prefix(conn, key, CONTACTS_MAX)?,
        };
        found = Some(match found {
            None => hits,
            Some(before) => before.into_iter().filter(|contact| hits.contains(contact)).collect(),
        });
    }
    Ok(found.unwrap_or_default())
}

fn page(mut ids: Vec<OrderId>, limit: u32, mark: fn(&OrderId) -> i64) -> Found {
    let more = ids.len() > limit as usize;
    ids.truncate(limit as usize);
    let next = ids.last().filter(|_| more).map(|id| mark(id).to_string());
    (ids, next)
}

fn mark(after: Option<&str>) -> Result<Option<i64>, Error> {
    after.map(|mark| mark.parse().map_err(|_| wrong_mark())).transpose()
}

fn wrong_mark() -> Error {
    Error::invalid(Refusal::new("wrong_page_mark", "翻页标记无效", "the page mark is not one of ours").at("after"))
}
