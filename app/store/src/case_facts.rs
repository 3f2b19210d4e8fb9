//! What policies, flows and rules may ask about a case: its lines with their articles, its order, its buyer's tags.

use domain::{
    ContactId, Currency, CustomerId, LineKind, OrderId, OrderLineId, ReasonId, ReleaseId, RmaId, ShopId, SkuId,
    Timestamp,
};

use crate::conn::Conn;
use crate::error::Error;
use crate::params::{named_params, sql};

/// A case line with its article.
#[derive(Clone, Debug)]
pub struct LineFacts {
    /// What is asked for.
    pub kind: LineKind,
    /// Why.
    pub reason_id: Option<ReasonId>,
    /// Base units.
    pub quantity: i64,
    /// Paid share, goods and tax, minor units.
    pub share_minor: i64,
    /// The article's category, or empty.
    pub category: String,
    /// Whether the article can be sold again.
    pub resalable: bool,
}

/// An order's dates and place.
#[derive(Clone, Debug)]
pub struct OrderFacts {
    /// Its id.
    pub id: OrderId,
    /// Its number.
    pub number: String,
    /// Whose.
    pub shop_id: ShopId,
    /// Its currency.
    pub currency: Currency,
    /// When.
    pub ordered_at: Timestamp,
    /// When the last part left.
    pub shipped_at: Option<Timestamp>,
    /// When the last part arrived.
    pub delivered_at: Option<Timestamp>,
    /// The buyer.
    pub customer_id: Option<CustomerId>,
    /// Whom to reach.
    pub contact_id: Option<ContactId>,
    /// none, ordinary or special.
    pub invoice: String,
    /// The release whose policy was in force when it was placed.
    pub release_id: Option<ReleaseId>,
}

/// An order line as a claim sees it: budget, paid amounts, article, its own delivery.
#[derive(Clone, Debug)]
pub struct ClaimLine {
    /// Its id.
    pub id: OrderLineId,
    /// Its order.
    pub order_id: OrderId,
    /// The article.
    pub sku_id: SkuId,
    /// The article's code.
    pub sku_code: String,
    /// The article's name.
    pub sku_name: String,
    /// The article's category, or empty.
    pub category: String,
    /// Whether the article can be sold again.
    pub resalable: bool,
    /// Given for free.
    pub is_gift: bool,
    /// The bundle it is part of.
    pub parent_id: Option<OrderLineId>,
    /// Quantities.
    pub budget: domain::budget::LineBudget,
    /// Unit price.
    pub unit_price_minor: i64,
    /// Goods money not yet handed to a claim: paid plus redelivered less allocated.
    pub open_goods_minor: i64,
    /// Tax not yet handed to a claim.
    pub open_tax_minor: i64,
    /// When the shipment that carries it arrived, if it has its own.
    pub delivered_at: Option<Timestamp>,
}

/// The lines of a case with their articles.
///
/// # Errors
/// The store's.
pub fn lines(conn: &Conn, rma: RmaId) -> Result<Vec<LineFacts>, Error> {
    conn.all(sql!(include_str!("case_facts/lines.sql")), named_params! { ":rma_id": rma }, |row| {
        Ok(LineFacts {
            kind: row.get("kind")?,
            reason_id: row.get("reason_id")?,
            quantity: row.get("requested")?,
            share_minor: row.get("share_minor")?,
            category: row.get("category")?,
            resalable: row.get("resalable")?,
        })
    })
}

/// An order's dates and place.
///
/// # Errors
/// The store's.
pub fn order(conn: &Conn, id: OrderId) -> Result<Option<OrderFacts>, Error> {
    conn.one(sql!(include_str!("case_facts/order.sql")), named_params! { ":id": id }, |row| {
        Ok(OrderFacts {
            id: row.get("id")?,
            number: row.get("number")?,
            shop_id: row.get("shop_id")?,
            currency: row.get("currency")?,
            ordered_at: row.get("ordered_at")?,
            shipped_at: row.get("shipped_at")?,
            delivered_at: row.get("delivered_at")?,
            customer_id: row.get("customer_id")?,
            contact_id: row.get("contact_id")?,
            invoice: row.get("invoice")?,
            release_id: row.get("release_id")?,
        })
    })
}

/// The order with this number in a shop.
///
/// # Errors
/// The store's.
pub fn order_by_number(conn: &Conn, shop: ShopId, number: &str) -> Result<Option<OrderId>, Error> {
    let sql = sql!("SELECT id FROM sales_order WHERE shop_id = :shop_id AND number = :number");
    conn.value(sql, named_params! { ":shop_id": shop, ":number": number })
}

/// The orders with this number in any shop, or with its other spelling; a platform's number may stand in several.
///
/// # Errors
/// The store's.
pub fn orders_by_number(conn: &Conn, number: &str, other: &str) -> Result<Vec<OrderId>, Error> {
    let sql = sql!("SELECT id FROM sales_order WHERE number IN (:number, :other) ORDER BY id DESC LIMIT 20");
    conn.all(sql, named_params! { ":number": number, ":other": other }, |row| row.get(0))
}

/// An order's lines as claims see them, in order.
///
/// # Errors
/// The store's.
pub fn claim_lines(conn: &Conn, order: OrderId) -> Result<Vec<ClaimLine>, Error> {
    conn.all(sql!(include_str!("case_facts/claim_lines.sql")), named_params! { ":order_id": order }, |row| {
        Ok(ClaimLine {
            id: row.get("id")?,
            order_id: row.get("order_id")?,
            sku_id: row.get("sku_id")?,
            sku_code: row.get("sku_code")?,
            sku_name: row.get("sku_name")?,
            category: row.get("category")?,
            resalable: row.get("resalable")?,
            is_gift: row.get("is_gift")?,
            parent_id: row.get("parent_id")?,
            budget: domain::budget::LineBudget {
                ordered: row.get("ordered")?,
                cancelled: row.get("cancelled")?,
                shipped: row.get("shipped")?,
                redelivered: row.get("redelivered")?,
                claimed: row.get("claimed")?,
                claimed_goods: row.get("claimed_goods")?,
                claimed_unshipped: row.get("claimed_unshipped")?,
            },
            unit_price_minor: row.get("unit_price_minor")?,
            open_goods_minor: row.get("open_goods_minor")?,
            open_tax_minor: row.get("open_tax_minor")?,
            delivered_at: row.get("delivered_at")?,
        })
    })
}

/// A buyer's tags: their own and those of the block keys their contact matches.
///
/// # Errors
/// The store's.
pub fn buyer_tags(conn: &Conn, customer: Option<CustomerId>, contact: Option<ContactId>) -> Result<Vec<String>, Error> {
    let mut tags = match customer {
        Some(id) => crate::customer::tags(conn, id)?,
        None => Vec::new(),
    };
    let contact = contact.map(|id| crate::contact::find(conn, id)).transpose()?.flatten();
    // The list holds values in their normal form.
    for (kind, value) in contact.as_ref().map(crate::contact::key::blockable).unwrap_or_default() {
        tags.extend(crate::reference::list::blocked(conn, kind, &value)?.into_iter().map(|row| row.tag));
    }
    tags.sort_unstable();
    tags.dedup();
    Ok(tags)
}
