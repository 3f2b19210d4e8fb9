//! Takes over what another system says about an order. Facts are never refused; what contradicts claims is raised.

mod check;
mod lines;
mod people;
mod shipments;
mod tenders;

use domain::{Currency, EventKind, OrderId, Permission};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::master::ShopRow;
use store::order::OrderRow;

use super::conflict::{self, Conflict};
use super::facts::OrderFacts;
use crate::context::{Ctx, Place};
use crate::error::Error;
use crate::event::Event;

pub(crate) use check::LINE_NO_MAX;
pub(crate) use lines::{part_line_no, put_bundle};
pub(crate) use people::{contact_row, merge_contact};

/// What became of the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The order was not known.
    Created,
    /// The order was known by an older version.
    Updated,
    /// This version is known.
    Same,
    /// A newer version is known; these facts are ignored.
    Older,
}

/// What became of an order that was put.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Put {
    /// The order.
    pub order_id: OrderId,
    /// What became of the facts.
    pub outcome: Outcome,
    /// The version that stands now.
    pub source_version: i64,
    /// What contradicts claims that stand.
    pub conflicts: Vec<Conflict>,
}

/// Takes over an order.
///
/// # Errors
/// `NotFound` for the shop; `Forbidden`; `Invalid` when the facts contradict themselves.
pub fn put(tx: &Tx<'_>, ctx: &mut Ctx<'_>, facts: &OrderFacts) -> Result<Put, Error> {
    let shop = ctx.definitions.masters.shop_by_code(&facts.shop).cloned().ok_or(Error::NotFound("shop"))?;
    ctx.require(Permission::OrderImport, Place { shop: Some(shop.id), warehouse: None })?;
    check::check(facts)?;
    let known = store::order::by_number(tx, shop.id, facts.number.trim())?;
    if let Some(known) = known.as_ref().filter(|known| known.source_version >= facts.source_version) {
        let same = known.source_version == facts.source_version;
        let outcome = if same { Outcome::Same } else { Outcome::Older };
        return Ok(Put { order_id: known.id, outcome, source_version: known.source_version, conflicts: Vec::new() });
    }
    let outcome = if known.is_some() { Outcome::Updated } else { Outcome::Created };
    let order = write(tx, ctx, &shop, known, facts)?;
    let conflicts = conflict::of(&order, &store::order::line::of_order(tx, order.id)?);
    if outcome == Outcome::Updated {
        conflict::settle(tx, ctx, &order, &conflicts)?;
    }
    let event = Event::new(EventKind::OrderPut).about("sales_order", order.id.get()).at(Some(shop.id), None);
    ctx.record(event.with(json!({ "outcome": outcome, "source_version": facts.source_version })));
    ctx.topic(format!("order:{}", order.id));
    Ok(Put { order_id: order.id, outcome, source_version: facts.source_version, conflicts })
}

fn write(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    shop: &ShopRow,
    known: Option<OrderRow>,
    facts: &OrderFacts,
) -> Result<OrderRow, Error> {
    let priced = check::price(facts)?;
    let currency = facts.currency.unwrap_or(shop.currency);
    let mut order = header(ctx, shop, known.as_ref(), facts, currency);
    order.captured_minor = priced.iter().map(super::shares::Paid::total_minor).sum();
    order.freight_minor = priced.iter().map(|paid| paid.freight_minor).sum();
    order.customer_id = people::customer(tx, ctx, facts)?.or(order.customer_id);
    order.contact_id = people::contact(tx, ctx, order.contact_id, facts)?;
    if known.is_some() {
        store::order::update(tx, &order)?;
    } else {
        store::order::insert(tx, &order)?;
    }
    lines::write(tx, ctx, &order, facts, &priced)?;
    shipments::write(tx, ctx, &order, facts)?;
    tenders::write(tx, ctx, order.id, facts)?;
    store::order::find(tx, order.id)?.ok_or(Error::NotFound("order"))
}

fn header(ctx: &Ctx<'_>, shop: &ShopRow, known: Option<&OrderRow>, facts: &OrderFacts, currency: Currency) -> OrderRow {
    let release = ctx.definitions.current().ok().map(|release| release.id);
    let (shipped_at, delivered_at) = shipments::dates(facts);
    OrderRow {
        id: known.map_or_else(|| OrderId::from_raw(ctx.id()), |known| known.id),
        shop_id: shop.id,
        number: facts.number.trim().to_owned(),
        customer_id: known.and_then(|known| known.customer_id),
        contact_id: known.and_then(|known| known.contact_id),
        state: facts.state.clone(),
        ordered_at: facts.ordered_at,
        paid_at: facts.paid_at,
        shipped_at,
        delivered_at,
        currency,
        captured_minor: 0,
        freight_minor: 0,
        invoice: facts.invoice.clone(),
        held_minor: 0,
        held_imported_minor: 0,
        freight_held_minor: 0,
        source_version: facts.source_version,
        // P1: an order keeps the documents in force when it was first known.
        release_id: known.map_or(release, |known| known.release_id.or(release)),
        version: known.map_or(1, |known| known.version),
    }
}
