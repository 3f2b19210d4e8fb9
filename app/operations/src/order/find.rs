//! One order as a reader sees it, with what can still be claimed of each line.

use std::collections::HashMap;

use domain::state::{CaseState, Origin};
use domain::{
    CarrierId, Currency, CustomerId, LineKind, OrderId, OrderLineId, Permission, RmaId, ShopId, SkuId, Text, Timestamp,
};
use serde::{Deserialize, Serialize};
use store::Conn;
use store::order::{LineRow, OrderRow};
use store::sku::SkuRow;

use super::conflict::{self, Conflict};
use super::contact_view::{self, ContactView};
use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::gate::{self, Sight};

/// The field that roles mask to keep prices from a reader.
pub const MONEY_FIELD: &str = "order.price";
const CASES_SHOWN: u32 = 100;

/// An order with everything a page shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OrderView {
    /// Its id.
    pub id: OrderId,
    /// Whose.
    pub shop_id: ShopId,
    /// The shop's code.
    pub shop_code: String,
    /// The shop's name.
    pub shop_name: Text,
    /// The number at the shop or platform.
    pub number: String,
    /// As the source names it.
    pub state: String,
    /// When it was placed.
    pub ordered_at: Timestamp,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// When the last part left.
    pub shipped_at: Option<Timestamp>,
    /// When the last part arrived.
    pub delivered_at: Option<Timestamp>,
    /// The shop's offset from UTC when it was placed, in minutes.
    pub offset_minutes: i32,
    /// Its currency.
    pub currency: Currency,
    /// What was paid and what is refunded; absent for readers who see no prices.
    pub money: Option<OrderMoney>,
    /// none, ordinary or special.
    pub invoice: String,
    /// The buyer.
    pub customer: Option<Buyer>,
    /// Whom it was sent to, or the buyer's own contact.
    pub contact: Option<ContactView>,
    /// What was bought.
    pub lines: Vec<LineView>,
    /// What left.
    pub shipments: Vec<ShipmentView>,
    /// The cases on it, newest first.
    pub cases: Vec<CaseOnOrder>,
    /// How it was paid; none for readers who see no prices.
    pub tenders: Vec<TenderPaid>,
    /// What contradicts claims and payments as the order stands.
    pub conflicts: Vec<Conflict>,
    /// The source's version.
    pub source_version: i64,
}

/// A means of payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenderPaid {
    /// Such as wechat, alipay, card, credit.
    pub kind: String,
    /// The payment's own number.
    pub reference: String,
    /// How much was paid by it.
    pub amount_minor: i64,
    /// How much of it was refunded.
    pub refunded_minor: i64,
}

/// Money of an order in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderMoney {
    /// Paid in all.
    pub captured_minor: i64,
    /// Freight in it.
    pub freight_minor: i64,
    /// Settled and in flight.
    pub held_minor: i64,
    /// Refunded before we knew the order.
    pub held_imported_minor: i64,
}

/// Who bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyer {
    /// Their id.
    pub id: CustomerId,
    /// Their number.
    pub customer_no: String,
    /// The codes of their tags.
    pub tags: Vec<String>,
}

/// A line with its budget.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LineView {
    /// Its id.
    pub id: OrderLineId,
    /// The source's number, with a point and a count for a bundle's part.
    pub label: String,
    /// The article.
    pub sku_id: SkuId,
    /// Its code.
    pub sku: String,
    /// Its name.
    pub name: Text,
    /// Its category.
    pub category: String,
    /// The bundle it is part of.
    pub parent_id: Option<OrderLineId>,
    /// Whether its parts stand for it.
    pub is_bundle: bool,
    /// Whether it was given.
    pub is_gift: bool,
    /// Ordered.
    pub ordered: i64,
    /// Cancelled before shipping.
    pub cancelled: i64,
    /// Shipped.
    pub shipped: i64,
    /// Claimed by cases filed here and by history.
    pub claimed: i64,
    /// What can still be claimed.
    pub claimable: Claimable,
    /// What was paid for it; absent for readers who see no prices.
    pub money: Option<LinePaid>,
}

/// What can still be claimed of a line, in base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimable {
    /// Without goods coming back.
    pub any: i64,
    /// With goods coming back.
    pub goods: i64,
    /// Of units that never left.
    pub unshipped: i64,
}

/// What was paid for a line, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinePaid {
    /// Price of one unit before discounts.
    pub unit_price_minor: i64,
    /// Discounts.
    pub discount_minor: i64,
    /// For the goods.
    pub goods_minor: i64,
    /// As tax.
    pub tax_minor: i64,
    /// As freight.
    pub freight_minor: i64,
}

/// A shipment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ShipmentView {
    /// Its waybill.
    pub waybill: String,
    /// Who carries it.
    pub carrier_id: Option<CarrierId>,
    /// The carrier's name.
    pub carrier: Option<Text>,
    /// shipped, delivered, refused or intercepted.
    pub state: String,
    /// When it left.
    pub shipped_at: Timestamp,
    /// When it arrived.
    pub delivered_at: Option<Timestamp>,
    /// The lines in it; empty when it carries the whole order.
    pub lines: Vec<(OrderLineId, i64)>,
}

/// A case on an order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CaseOnOrder {
    /// Its id.
    pub id: RmaId,
    /// Its number.
    pub number: String,
    /// Inner lifecycle.
    pub state: CaseState,
    /// Filed, imported or from a platform.
    pub origin: Origin,
    /// When it was filed.
    pub filed_at: Timestamp,
}

/// One order.
///
/// # Errors
/// `NotFound` also for an order at a shop the actor may not see.
pub fn find(conn: &Conn, definitions: &Definitions, actor: &Actor, id: OrderId) -> Result<OrderView, Error> {
    let order = load(conn, actor, id)?;
    let money = gate::sight(definitions, actor, Permission::OrderView, (Some(order.shop_id), None), MONEY_FIELD);
    let sees_money = money == Sight::Whole;
    let shop = definitions.masters.shop(order.shop_id)?;
    let buyer = buyer(conn, order.customer_id)?;
    let contact_id = order.contact_id.or(buyer.as_ref().and_then(|(_, contact)| *contact));
    let contact = match contact_id {
        Some(id) => contact_view::view(conn, definitions, actor, Permission::OrderView, Some(order.shop_id), id)?,
        None => None,
    };
    Ok(OrderView {
        id: order.id,
        shop_id: order.shop_id,
        shop_code: shop.code.clone(),
        shop_name: shop.name.clone(),
        state: order.state.clone(),
        ordered_at: order.ordered_at,
        paid_at: order.paid_at,
        shipped_at: order.shipped_at,
        delivered_at: order.delivered_at,
        offset_minutes: definitions.masters.offset_minutes(order.shop_id, order.ordered_at),
        currency: order.currency,
        money: sees_money.then_some(OrderMoney {
            captured_minor: order.captured_minor,
            freight_minor: order.freight_minor,
            held_minor: order.held_minor,
            held_imported_minor: order.held_imported_minor,
        }),
        invoice: order.invoice.clone(),
        customer: buyer.map(|(buyer, _)| buyer),
        contact,
        lines: lines(conn, order.id, sees_money)?,
        shipments: shipments(conn, definitions, order.id)?,
        cases: cases(conn, actor, &order)?,
        tenders: if sees_money { tenders(conn, order.id)? } else { Vec::new() },
        conflicts: conflict::of(&order, &store::order::line::of_order(conn, order.id)?),
        source_version: order.source_version,
        number: order.number,
    })
}

/// The order's row, when the actor may see orders at its shop.
pub(crate) fn load(conn: &Conn, actor: &Actor, id: OrderId) -> Result<OrderRow, Error> {
    let order = store::order::find(conn, id)?.ok_or(Error::NotFound("order"))?;
    if !actor.may(Permission::OrderView, Some(order.shop_id), None) {
        return Err(Error::NotFound("order"));
    }
    Ok(order)
}

type BuyerContact = (Buyer, Option<domain::ContactId>);

fn buyer(conn: &Conn, id: Option<CustomerId>) -> Result<Option<BuyerContact>, Error> {
    let Some(id) = id else { return Ok(None) };
    let Some(row) = store::customer::find(conn, id)? else { return Ok(None) };
    let tags = store::customer::tags(conn, id)?;
    Ok(Some((Buyer { id, customer_no: row.customer_no, tags }, row.contact_id)))
}

fn lines(conn: &Conn, order: OrderId, sees_money: bool) -> Result<Vec<LineView>, Error> {
    let rows = store::order::line::of_order(conn, order)?;
    let mut skus: HashMap<SkuId, SkuRow> = HashMap::new();
    for row in &rows {
        if let std::collections::hash_map::Entry::Vacant(entry) = skus.entry(row.sku_id)
            && let Some(sku) = store::sku::find(conn, row.sku_id)?
        {
            entry.insert(sku);
        }
    }
    let mut shown: Vec<((i64, i64), LineView)> = Vec::with_capacity(rows.len());
    for row in &rows {
        let sku = skus.get(&row.sku_id).ok_or(Error::NotFound("sku"))?;
        let parent = row.parent_id.and_then(|id| rows.iter().find(|other| other.id == id));
        let position = parent.map_or((row.line_no, 0), |parent| {
            (parent.line_no, row.line_no - super::put::part_line_no(parent.line_no, 0))
        });
        let is_bundle = rows.iter().any(|other| other.parent_id == Some(row.id));
        shown.push((position, line_view(row, sku, position, is_bundle, sees_money)));
    }
    shown.sort_by_key(|(position, _)| *position);
    Ok(shown.into_iter().map(|(_, view)| view).collect())
}

fn line_view(row: &LineRow, sku: &SkuRow, position: (i64, i64), is_bundle: bool, sees_money: bool) -> LineView {
    let budget = row.budget();
    let label = match position {
        (line_no, 0) => line_no.to_string(),
        (line_no, part) => format!("{line_no}.{part}"),
    };
    LineView {
        id: row.id,
        label,
        sku_id: row.sku_id,
        sku: sku.code.clone(),
        name: Text::new(sku.name.clone(), sku.name_en.clone()),
        category: sku.category.clone(),
        parent_id: row.parent_id,
        is_bundle,
        is_gift: row.is_gift,
        ordered: row.ordered,
        // A bundle's own line is cancelled only so that nothing is claimed of it.
        cancelled: if is_bundle { 0 } else { row.cancelled },
        shipped: row.shipped,
        claimed: budget.claimed,
        claimable: Claimable {
            any: budget.remaining(LineKind::ShippedRefund),
            goods: budget.remaining(LineKind::ReturnRefund),
            unshipped: budget.remaining(LineKind::UnshippedRefund),
        },
        money: sees_money.then_some(LinePaid {
            unit_price_minor: row.unit_price_minor,
            discount_minor: row.discount_minor,
            goods_minor: row.paid_goods_minor,
            tax_minor: row.paid_tax_minor,
            freight_minor: row.paid_freight_minor,
        }),
    }
}

fn shipments(conn: &Conn, definitions: &Definitions, order: OrderId) -> Result<Vec<ShipmentView>, Error> {
    let carriers = definitions.masters.carriers();
    let mut shown = Vec::new();
    for row in store::shipment::of_order(conn, order)? {
        let carrier = carriers.iter().find(|carrier| Some(carrier.id) == row.carrier_id);
        shown.push(ShipmentView {
            lines: store::shipment::lines(conn, row.id)?,
            waybill: row.waybill,
            carrier_id: row.carrier_id,
            carrier: carrier.map(|carrier| carrier.name.clone()),
            state: row.state,
            shipped_at: row.shipped_at,
            delivered_at: row.delivered_at,
        });
    }
    Ok(shown)
}

fn tenders(conn: &Conn, order: OrderId) -> Result<Vec<TenderPaid>, Error> {
    let paid = store::order::tenders(conn, order)?.into_iter().map(|row| TenderPaid {
        kind: row.kind,
        reference: row.reference,
        amount_minor: row.amount_minor,
        refunded_minor: row.refunded_minor,
    });
    Ok(paid.collect())
}

// Seeing the order does not show its cases: that is a right of its own.
fn cases(conn: &Conn, actor: &Actor, order: &OrderRow) -> Result<Vec<CaseOnOrder>, Error> {
    if !actor.may(Permission::RmaView, Some(order.shop_id), None) {
        return Ok(Vec::new());
    }
    let rows = store::order::cases(conn, order.id, CASES_SHOWN)?;
    Ok(rows
        .into_iter()
        .map(|row| CaseOnOrder {
            id: row.rma_id,
            number: row.number,
            state: row.state,
            origin: row.origin,
            filed_at: row.filed_at,
        })
        .collect())
}
