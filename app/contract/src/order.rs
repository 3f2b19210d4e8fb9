//! Orders as sold: put by other systems, found and read by staff. Money is minor units of the order's currency.

use domain::state::{CaseState, Origin};
use domain::{
    CarrierId, ContactId, Currency, CustomerId, OrderId, OrderLineId, Permission, RmaId, ShopId, SkuId, Text, Timestamp,
};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

const VIEW: Access = Access::Needs(Permission::OrderView);

/// Finds orders.
pub const LIST: Route = Route::get(
    "/api/orders",
    "list_orders",
    VIEW,
    "Finds orders by number, phone, name, article or waybill; all of them, newest first, when nothing is said.",
);
/// One order.
pub const GET: Route =
    Route::get("/api/orders/{id}", "get_order", VIEW, "Reads an order with what can still be claimed of each line.");
/// Puts an order.
pub const PUT: Route = Route::put(
    "/api/orders/{shop}/{number}",
    "put_order",
    Access::Needs(Permission::OrderImport),
    "Takes over an order from another system; older versions are ignored and said to be.",
);
/// Shows a masked value.
pub const REVEAL: Route = Route::post(
    "/api/orders/{id}/contact-reveal",
    "reveal_order_contact",
    Access::Needs(Permission::ContactReveal),
    "Shows one personal value of an order; the showing is logged.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[LIST, GET, PUT, REVEAL];

/// What is looked for: one of these; query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct OrderQuery {
    /// Only this shop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop: Option<ShopId>,
    /// The beginning of an order number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// A phone, or its last four digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// A fragment of a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// An article's code or barcode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// A waybill the order left under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waybill: Option<String>,
}

/// An order found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderListItem {
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
    /// What was paid; absent for readers who see no prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured_minor: Option<i64>,
    /// Its currency.
    pub currency: Currency,
    /// Whom it was sent to, as the reader may see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_name: Option<String>,
}

/// A page of orders found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderPage {
    /// The orders.
    pub items: Vec<OrderListItem>,
    /// What to send as `after` for the next page; absent on the last one. Opaque.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<Timestamp>,
    /// When the last part left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped_at: Option<Timestamp>,
    /// When the last part arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
    /// The shop's offset from UTC when it was placed, in minutes.
    pub offset_minutes: i32,
    /// Its currency.
    pub currency: Currency,
    /// What was paid and refunded; absent for readers who see no prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub money: Option<OrderMoney>,
    /// none, ordinary or special.
    pub invoice: String,
    /// The buyer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Buyer>,
    /// Whom it was sent to, or the buyer's own contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<OrderContact>,
    /// What was bought.
    pub lines: Vec<OrderLineView>,
    /// What left.
    pub shipments: Vec<ShipmentView>,
    /// The cases on it, newest first.
    pub cases: Vec<CaseOnOrder>,
    /// How it was paid; absent for readers who see no prices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tenders: Vec<TenderView>,
    /// What contradicts claims and payments as the order stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<OrderConflict>,
    /// The source's version.
    pub source_version: i64,
}

/// A means of payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TenderView {
    /// Such as wechat, alipay, card, credit.
    pub kind: String,
    /// The payment's own number.
    pub reference: String,
    /// How much was paid by it.
    pub amount_minor: i64,
    /// How much of it was refunded.
    pub refunded_minor: i64,
}

/// Money of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Buyer {
    /// Their id.
    pub id: CustomerId,
    /// Their number.
    pub customer_no: String,
    /// The codes of their tags.
    pub tags: Vec<String>,
}

/// Personal values as the reader may see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderContact {
    /// Its id.
    pub id: ContactId,
    /// Full name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Name on the platform.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    /// Which are masked and can be shown by a logged act.
    pub masked: Vec<String>,
    /// Whether the values were erased.
    pub erased: bool,
}

/// A line with its budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderLineView {
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<OrderLineId>,
    /// Whether its parts stand for it.
    pub is_bundle: bool,
    /// Whether it was given.
    pub is_gift: bool,
    /// Ordered, in base units.
    pub ordered: i64,
    /// Cancelled before shipping.
    pub cancelled: i64,
    /// Shipped.
    pub shipped: i64,
    /// Claimed by cases.
    pub claimed: i64,
    /// Claimable without goods coming back.
    pub claimable: i64,
    /// Claimable with goods coming back.
    pub claimable_goods: i64,
    /// Claimable of units that never left.
    pub claimable_unshipped: i64,
    /// What was paid for it; absent for readers who see no prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub money: Option<LineMoney>,
}

/// What was paid for a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineMoney {
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShipmentView {
    /// Its waybill.
    pub waybill: String,
    /// Who carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier_id: Option<CarrierId>,
    /// The carrier's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<Text>,
    /// shipped, delivered, refused or intercepted.
    pub state: String,
    /// When it left.
    pub shipped_at: Timestamp,
    /// When it arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
    /// What is in it; empty when it carries the whole order.
    pub lines: Vec<ShippedLine>,
}

/// What a shipment carries of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShippedLine {
    /// The line.
    pub order_line_id: OrderLineId,
    /// Base units.
    pub quantity: i64,
}

/// A case on an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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

/// Which personal value is to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevealRequest {
    /// name, phone, email, address or nickname.
    pub field: String,
}

/// A personal value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevealedValue {
    /// As it is stored; absent when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// An order as another system knows it. Totals that lines do not name are shared over them by largest remainder, so
/// that the lines sum to the order to the last minor unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PutOrder {
    /// The source's version, from 1; an older one than ours is ignored.
    pub source_version: i64,
    /// As the source names it, such as `paid` or `cancelled`.
    #[serde(default = "paid")]
    pub state: String,
    /// When it was placed.
    pub ordered_at: Timestamp,
    /// When it was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<Timestamp>,
    /// When the last part left; also follows from the shipments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped_at: Option<Timestamp>,
    /// When the last part arrived; also follows from the shipments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
    /// Its currency; the shop's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// What was paid in all; the lines' sum when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured_minor: Option<i64>,
    /// Tax in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_minor: Option<i64>,
    /// Freight in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freight_minor: Option<i64>,
    /// none, ordinary or special.
    #[serde(default = "none")]
    pub invoice: String,
    /// The buyer's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_no: Option<String>,
    /// Whom it was sent to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<PutContact>,
    /// What was bought. A line that is known and no longer named counts as cancelled.
    pub lines: Vec<PutOrderLine>,
    /// What left.
    #[serde(default)]
    pub shipments: Vec<PutShipment>,
    /// How it was paid.
    #[serde(default)]
    pub tenders: Vec<PutTender>,
}

fn paid() -> String {
    "paid".to_owned()
}

fn none() -> String {
    "none".to_owned()
}

const fn one() -> i64 {
    1
}

fn shipped() -> String {
    "shipped".to_owned()
}

/// A person's values, any of which may be masked with asterisks or absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PutContact {
    /// Full name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Postal address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Name on the platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
}

/// A line of an order that is put.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PutOrderLine {
    /// The source's number of the line, 1 to 999,999.
    pub line_no: i64,
    /// The article's code; one that is not known is made.
    pub sku: String,
    /// The article's name, for one that is not known yet.
    #[serde(default)]
    pub name: String,
    /// Ordered, in base units.
    #[serde(default = "one")]
    pub quantity: i64,
    /// Cancelled before shipping.
    #[serde(default)]
    pub cancelled: i64,
    /// Shipped; follows from the shipments when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped: Option<i64>,
    /// Price of one unit before discounts.
    pub unit_price_minor: i64,
    /// Discounts on the line.
    #[serde(default)]
    pub discount_minor: i64,
    /// Paid for the line, tax and freight included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_minor: Option<i64>,
    /// Tax in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_minor: Option<i64>,
    /// Freight in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freight_minor: Option<i64>,
    /// Whether it was given.
    #[serde(default)]
    pub is_gift: bool,
}

/// A shipment of an order that is put.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PutShipment {
    /// Its waybill.
    pub waybill: String,
    /// The carrier's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// shipped, delivered, refused or intercepted.
    #[serde(default = "shipped")]
    pub state: String,
    /// When it left.
    pub shipped_at: Timestamp,
    /// When it arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
    /// What is in it; the whole order when empty.
    #[serde(default)]
    pub lines: Vec<PutShippedLine>,
}

/// What a shipment carries of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PutShippedLine {
    /// The line's number.
    pub line_no: i64,
    /// Base units.
    pub quantity: i64,
    /// Serials of the units, when they have any.
    #[serde(default)]
    pub serials: Vec<String>,
}

/// A means of payment of an order that is put.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PutTender {
    /// Such as wechat, alipay, card, credit.
    pub kind: String,
    /// The payment's own number.
    #[serde(default)]
    pub reference: String,
    /// How much.
    pub amount_minor: i64,
}

/// What became of facts that were put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PutOutcome {
    /// It was not known.
    Created,
    /// It was known by an older version.
    Updated,
    /// This version is known.
    Same,
    /// A newer version is known; the facts are ignored.
    Older,
}

/// What became of an order that was put.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderPut {
    /// The order.
    pub id: OrderId,
    /// What became of the facts.
    pub outcome: PutOutcome,
    /// The version that stands now.
    pub source_version: i64,
    /// What contradicts claims that stand: raised as to-dos, never refused.
    pub conflicts: Vec<OrderConflict>,
}

/// A fact that contradicts claims or payments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderConflict {
    /// Stable code, such as `claims_exceed_ordered`.
    pub code: String,
    /// The line's number, when it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line_no: Option<i64>,
}
