//! What another system says about an order. Money is minor units of the order's currency, times are UTC.

use domain::{Currency, Timestamp};

/// An order as another system knows it.
#[derive(Clone, Debug)]
pub struct OrderFacts {
    /// The shop's code.
    pub shop: String,
    /// The number at the shop or platform.
    pub number: String,
    /// The source's version, from 1; an older one than ours is ignored.
    pub source_version: i64,
    /// As the source names it, such as `paid` or `cancelled`.
    pub state: String,
    /// When it was placed.
    pub ordered_at: Timestamp,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// When the last part left; also follows from the shipments.
    pub shipped_at: Option<Timestamp>,
    /// When the last part arrived; also follows from the shipments.
    pub delivered_at: Option<Timestamp>,
    /// Its currency; the shop's when absent.
    pub currency: Option<Currency>,
    /// What was paid in all; the lines' sum when absent.
    pub captured_minor: Option<i64>,
    /// Tax in all, shared over lines that do not name theirs.
    pub tax_minor: Option<i64>,
    /// Freight in all, shared over lines that do not name theirs.
    pub freight_minor: Option<i64>,
    /// none, ordinary or special.
    pub invoice: String,
    /// The buyer's number.
    pub customer_no: Option<String>,
    /// Whom it was sent to.
    pub contact: Option<ContactFacts>,
    /// What was bought. A line that is known and no longer named counts as cancelled.
    pub lines: Vec<LineFacts>,
    /// What left.
    pub shipments: Vec<ShipmentFacts>,
    /// How it was paid.
    pub tenders: Vec<TenderFacts>,
}

/// A person's values, any of which a platform may mask or withhold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactFacts {
    /// Full name.
    pub name: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Name on the platform.
    pub nickname: Option<String>,
}

/// A line of an order.
#[derive(Clone, Debug)]
pub struct LineFacts {
    /// The source's number of the line, 1 to 999,999.
    pub line_no: i64,
    /// The article's code.
    pub sku: String,
    /// The article's name, for one that is not known yet.
    pub name: String,
    /// Ordered, in base units.
    pub quantity: i64,
    /// Cancelled before shipping.
    pub cancelled: i64,
    /// Shipped; follows from the shipments when absent.
    pub shipped: Option<i64>,
    /// Price of one unit before discounts.
    pub unit_price_minor: i64,
    /// Discounts on the line.
    pub discount_minor: i64,
    /// Paid for the line, tax and freight included; a share of what was paid in all when absent.
    pub paid_minor: Option<i64>,
    /// Tax in it.
    pub tax_minor: Option<i64>,
    /// Freight in it.
    pub freight_minor: Option<i64>,
    /// Whether it was given.
    pub is_gift: bool,
}

/// A shipment of an order.
#[derive(Clone, Debug)]
pub struct ShipmentFacts {
    /// Its waybill.
    pub waybill: String,
    /// The carrier's code.
    pub carrier: Option<String>,
    /// shipped, delivered, refused or intercepted.
    pub state: String,
    /// When it left.
    pub shipped_at: Timestamp,
    /// When it arrived.
    pub delivered_at: Option<Timestamp>,
    /// What is in it; the whole order when empty.
    pub lines: Vec<ShipmentLineFacts>,
}

/// What a shipment carries of a line.
#[derive(Clone, Debug)]
pub struct ShipmentLineFacts {
    /// The line's number.
    pub line_no: i64,
    /// Base units.
    pub quantity: i64,
    /// Serials of the units, when they have any.
    pub serials: Vec<String>,
}

/// A means of payment.
#[derive(Clone, Debug)]
pub struct TenderFacts {
    /// Such as wechat, alipay, card, credit.
    pub kind: String,
    /// The payment's own number.
    pub reference: String,
    /// How much.
    pub amount_minor: i64,
}
