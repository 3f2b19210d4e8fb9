//! Orders as sold: the header with its money guards, and how it was paid. Lines are in `order::line`.

pub mod line;
pub mod search;

use domain::{ContactId, Currency, CustomerId, OrderId, ReleaseId, ShopId, TenderId, Timestamp};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

pub use line::LineRow;

/// A row of `sales_order`. Money is minor units of `currency`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    /// Its id.
    pub id: OrderId,
    /// Whose.
    pub shop_id: ShopId,
    /// The number at the shop or platform.
    pub number: String,
    /// The buyer.
    pub customer_id: Option<CustomerId>,
    /// Whom it was sent to; the buyer's own contact when there is none.
    pub contact_id: Option<ContactId>,
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
    /// Its currency.
    pub currency: Currency,
    /// What was paid in all.
    pub captured_minor: i64,
    /// The freight in it.
    pub freight_minor: i64,
    /// none, ordinary or special.
    pub invoice: String,
    /// Settled and in flight.
    pub held_minor: i64,
    /// Refunded before we knew it.
    pub held_imported_minor: i64,
    /// Freight settled and in flight.
    pub freight_held_minor: i64,
    /// The source's version; older ones are ignored.
    pub source_version: i64,
    /// The documents its returns are judged by.
    pub release_id: Option<ReleaseId>,
    /// Row version.
    pub version: i64,
}

/// A row of `tender`: one means of payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenderRow {
    /// Its id.
    pub id: TenderId,
    /// Such as wechat, alipay, card, credit.
    pub kind: String,
    /// The payment's own number.
    pub reference: String,
    /// How much was paid by it.
    pub amount_minor: i64,
    /// How much of it was refunded.
    pub refunded_minor: i64,
}

/// Writes a new order.
///
/// # Errors
/// The store's; `sales_order.shop_id` when the number is taken.
pub fn insert(tx: &Tx<'_>, order: &OrderRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": order.id, ":shop_id": order.shop_id, ":number": order.number, ":customer_id": order.customer_id,
        ":contact_id": order.contact_id, ":state": order.state, ":ordered_at": order.ordered_at,
        ":paid_at": order.paid_at, ":shipped_at": order.shipped_at, ":delivered_at": order.delivered_at,
        ":currency": order.currency, ":captured_minor": order.captured_minor, ":freight_minor": order.freight_minor,
        ":invoice": order.invoice, ":source_version": order.source_version, ":release_id": order.release_id,
    };
    tx.exec(sql!(include_str!("order/insert.sql")), params).map(|_| ())
}

/// Writes what the source says about an order now. What is held, and the release, stay.
///
/// # Errors
/// The store's.
pub fn update(tx: &Tx<'_>, order: &OrderRow) -> Result<(), Error> {
    let params = named_params! {
        ":customer_id": order.customer_id, ":contact_id": order.contact_id, ":state": order.state,
        ":ordered_at": order.ordered_at, ":paid_at": order.paid_at, ":shipped_at": order.shipped_at,
        ":delivered_at": order.delivered_at, ":currency": order.currency, ":captured_minor": order.captured_minor,
        ":freight_minor": order.freight_minor, ":invoice": order.invoice, ":source_version": order.source_version,
        ":id": order.id,
    };
    tx.exec(sql!(include_str!("order/update.sql")), params).map(|_| ())
}

/// Sets the freight from the lines' shares.
///
/// # Errors
/// The store's.
pub fn sum_freight(tx: &Tx<'_>, id: OrderId) -> Result<(), Error> {
    let sql = sql!(
        "UPDATE sales_order SET freight_minor =
             max(0, (SELECT coalesce(sum(paid_freight_minor), 0) FROM order_line WHERE order_id = :id))
         WHERE id = :id"
    );
    tx.exec(sql, named_params! { ":id": id }).map(|_| ())
}

/// Adds to what was refunded before we knew the order.
///
/// # Errors
/// The store's.
pub fn add_held_imported(tx: &Tx<'_>, id: OrderId, minor: i64) -> Result<(), Error> {
    let sql = sql!("UPDATE sales_order SET held_imported_minor = held_imported_minor + :minor WHERE id = :id");
    tx.exec(sql, named_params! { ":minor": minor, ":id": id }).map(|_| ())
}

/// Holds or gives back money and freight of an order.
///
/// # Errors
/// `sales_order_held_within_captured`, `sales_order_freight_once`.
pub fn add_held(tx: &Tx<'_>, id: OrderId, minor: i64, freight_minor: i64) -> Result<(), Error> {
    let sql = sql!(
        "UPDATE sales_order SET held_minor = held_minor + :minor, freight_held_minor = freight_held_minor + :freight
         WHERE id = :id"
    );
    tx.exec(sql, named_params! { ":minor": minor, ":freight": freight_minor, ":id": id }).map(|_| ())
}

/// The order, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: OrderId) -> Result<Option<OrderRow>, Error> {
    conn.one(sql!(include_str!("order/find.sql")), named_params! { ":id": id }, read)
}

/// The order with this number at a shop, if there is one.
///
/// # Errors
/// The store's.
pub fn by_number(conn: &Conn, shop: ShopId, number: &str) -> Result<Option<OrderRow>, Error> {
    let params = named_params! { ":shop_id": shop, ":number": number };
    conn.one(sql!(include_str!("order/by_number.sql")), params, read)
}

/// The orders with this number at any shop.
///
/// # Errors
/// The store's.
pub fn ids_by_number(conn: &Conn, number: &str) -> Result<Vec<OrderId>, Error> {
    let sql = sql!("SELECT id FROM sales_order WHERE number = :number ORDER BY id");
    conn.all(sql, named_params! { ":number": number }, |row| row.get(0))
}

/// How an order was paid.
///
/// # Errors
/// The store's.
pub fn tenders(conn: &Conn, id: OrderId) -> Result<Vec<TenderRow>, Error> {
    let sql = sql!(
        "SELECT id, kind, reference, amount_minor, refunded_minor FROM tender WHERE order_id = :order_id ORDER BY id"
    );
    conn.all(sql, named_params! { ":order_id": id }, |row| {
        Ok(TenderRow {
            id: row.get("id")?,
            kind: row.get("kind")?,
            reference: row.get("reference")?,
            amount_minor: row.get("amount_minor")?,
            refunded_minor: row.get("refunded_minor")?,
        })
    })
}

/// Writes a means of payment.
///
/// # Errors
/// The store's.
pub fn insert_tender(tx: &Tx<'_>, order: OrderId, tender: &TenderRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO tender (id, order_id, kind, reference, amount_minor)
         VALUES (:id, :order_id, :kind, :reference, :amount_minor)"
    );
    let params = named_params! {
        ":id": tender.id, ":order_id": order, ":kind": tender.kind, ":reference": tender.reference,
        ":amount_minor": tender.amount_minor,
    };
    tx.exec(sql, params).map(|_| ())
}

/// Corrects the amount paid by a means.
///
/// # Errors
/// `tender_refunded_within_amount` when more of it was refunded already.
pub fn set_tender_amount(tx: &Tx<'_>, id: TenderId, amount_minor: i64) -> Result<(), Error> {
    let sql = sql!("UPDATE tender SET amount_minor = :amount_minor WHERE id = :id");
    tx.exec(sql, named_params! { ":amount_minor": amount_minor, ":id": id }).map(|_| ())
}

/// Adds to what was refunded by a means; below zero gives back.
///
/// # Errors
/// `tender_refunded_within_amount`.
pub fn add_tender_refunded(tx: &Tx<'_>, id: TenderId, minor: i64) -> Result<(), Error> {
    let sql = sql!("UPDATE tender SET refunded_minor = refunded_minor + :minor WHERE id = :id");
    tx.exec(sql, named_params! { ":minor": minor, ":id": id }).map(|_| ())
}

/// A case that claims on an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseOfOrder {
    /// Its id.
    pub rma_id: domain::RmaId,
    /// Its number.
    pub number: String,
    /// Inner lifecycle.
    pub state: domain::state::CaseState,
    /// Filed, imported or from a platform.
    pub origin: domain::state::Origin,
    /// When it was filed.
    pub filed_at: Timestamp,
    /// Who looks after it.
    pub owner_id: Option<domain::PersonId>,
    /// What would be, or was, refunded.
    pub refund_minor: i64,
}

/// The cases on an order, newest first.
///
/// # Errors
/// The store's.
pub fn cases(conn: &Conn, id: OrderId, limit: u32) -> Result<Vec<CaseOfOrder>, Error> {
    let params = named_params! { ":order_id": id, ":limit": limit };
    conn.all(sql!(include_str!("order/cases.sql")), params, |row| {
        Ok(CaseOfOrder {
            rma_id: row.get("id")?,
            number: row.get("number")?,
            state: row.get("state")?,
            origin: row.get("origin")?,
            filed_at: row.get("filed_at")?,
            owner_id: row.get("owner_id")?,
            refund_minor: row.get("refund_minor")?,
        })
    })
}

pub(crate) fn read(row: &Row<'_>) -> Result<OrderRow, Error> {
    Ok(OrderRow {
        id: row.get("id")?,
        shop_id: row.get("shop_id")?,
        number: row.get("number")?,
        customer_id: row.get("customer_id")?,
        contact_id: row.get("contact_id")?,
        state: row.get("state")?,
        ordered_at: row.get("ordered_at")?,
        paid_at: row.get("paid_at")?,
        shipped_at: row.get("shipped_at")?,
        delivered_at: row.get("delivered_at")?,
        currency: row.get("currency")?,
        captured_minor: row.get("captured_minor")?,
        freight_minor: row.get("freight_minor")?,
        invoice: row.get("invoice")?,
        held_minor: row.get("held_minor")?,
        held_imported_minor: row.get("held_imported_minor")?,
        freight_held_minor: row.get("freight_held_minor")?,
        source_version: row.get("source_version")?,
        release_id: row.get("release_id")?,
        version: row.get("version")?,
    })
}
