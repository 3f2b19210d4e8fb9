//! Order lines: what was bought, what was paid for it, and what is claimed of it.

use domain::budget::LineBudget;
use domain::{OrderId, OrderLineId, SkuId};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `order_line`. Quantities are base units, money minor units of the order's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRow {
    /// Its id.
    pub id: OrderLineId,
    /// Its order.
    pub order_id: OrderId,
    /// The source's number of the line; parts of a bundle have numbers made from the bundle's.
    pub line_no: i64,
    /// The article.
    pub sku_id: SkuId,
    /// The bundle it is a part of.
    pub parent_id: Option<OrderLineId>,
    /// Whether it was given.
    pub is_gift: bool,
    /// Ordered.
    pub ordered: i64,
    /// Cancelled before shipping; for a bundle all of it, because its parts stand for it.
    pub cancelled: i64,
    /// Shipped; refused and intercepted shipments count.
    pub shipped: i64,
    /// Delivered again by exchange, reship or send-back.
    pub redelivered: i64,
    /// Price of one unit before discounts.
    pub unit_price_minor: i64,
    /// Discounts on the line.
    pub discount_minor: i64,
    /// Paid for the goods after discounts.
    pub paid_goods_minor: i64,
    /// Paid as tax.
    pub paid_tax_minor: i64,
    /// Paid as freight.
    pub paid_freight_minor: i64,
    /// Claimed by cases filed here.
    pub claimed: i64,
    /// Of those, expecting goods back.
    pub claimed_goods: i64,
    /// Of those, for units that never left.
    pub claimed_unshipped: i64,
    /// Claimed by history.
    pub claimed_imported: i64,
    /// Paid shares handed to claims: goods.
    pub allocated_goods_minor: i64,
    /// Paid shares handed to claims: tax.
    pub allocated_tax_minor: i64,
    /// What redelivered units are worth: goods.
    pub redelivered_goods_minor: i64,
    /// What redelivered units are worth: tax.
    pub redelivered_tax_minor: i64,
}

impl LineRow {
    /// The numbers that bound claims on this line; history counts as claimed.
    #[must_use]
    pub const fn budget(&self) -> LineBudget {
        LineBudget {
            ordered: self.ordered,
            cancelled: self.cancelled,
            shipped: self.shipped,
            redelivered: self.redelivered,
            claimed: self.claimed.saturating_add(self.claimed_imported),
            claimed_goods: self.claimed_goods.saturating_add(self.claimed_imported),
            claimed_unshipped: self.claimed_unshipped,
        }
    }
}

/// Writes a new line. Nothing is claimed of it yet.
///
/// # Errors
/// The store's.
pub fn insert(tx: &Tx<'_>, line: &LineRow) -> Result<(), Error> {
    let params = named_params! {
        ":id": line.id, ":order_id": line.order_id, ":line_no": line.line_no, ":sku_id": line.sku_id,
        ":parent_id": line.parent_id, ":is_gift": line.is_gift, ":ordered": line.ordered,
        ":cancelled": line.cancelled, ":shipped": line.shipped, ":unit_price_minor": line.unit_price_minor,
        ":discount_minor": line.discount_minor, ":paid_goods_minor": line.paid_goods_minor,
        ":paid_tax_minor": line.paid_tax_minor, ":paid_freight_minor": line.paid_freight_minor,
    };
    tx.exec(sql!(include_str!("line_insert.sql")), params).map(|_| ())
}

/// Writes what the source says about a line now. Claims and what is allocated stay.
///
/// # Errors
/// The store's.
pub fn update(tx: &Tx<'_>, line: &LineRow) -> Result<(), Error> {
    let params = named_params! {
        ":sku_id": line.sku_id, ":is_gift": line.is_gift, ":ordered": line.ordered, ":cancelled": line.cancelled,
        ":shipped": line.shipped, ":unit_price_minor": line.unit_price_minor, ":discount_minor": line.discount_minor,
        ":paid_goods_minor": line.paid_goods_minor, ":paid_tax_minor": line.paid_tax_minor,
        ":paid_freight_minor": line.paid_freight_minor, ":id": line.id,
    };
    tx.exec(sql!(include_str!("line_update.sql")), params).map(|_| ())
}

/// Sets how much of a line was shipped.
///
/// # Errors
/// The store's.
pub fn set_shipped(tx: &Tx<'_>, id: OrderLineId, shipped: i64) -> Result<(), Error> {
    let sql = sql!("UPDATE order_line SET shipped = :shipped WHERE id = :id");
    tx.exec(sql, named_params! { ":shipped": shipped, ":id": id }).map(|_| ())
}

/// Sets all of an order's lines as shipped, except where shipments say how much.
///
/// # Errors
/// The store's.
pub fn ship_all(tx: &Tx<'_>, order: OrderId) -> Result<(), Error> {
    let sql = sql!(
        "UPDATE order_line SET shipped = max(shipped, ordered - cancelled)
         WHERE order_id = :order_id AND shipped < ordered - cancelled
             AND NOT EXISTS (SELECT 1 FROM shipment WHERE order_id = :order_id)"
    );
    tx.exec(sql, named_params! { ":order_id": order }).map(|_| ())
}

/// Sets all of an order's lines as shipped: a shipment that names no line carries the whole order.
///
/// # Errors
/// The store's.
pub fn ship_whole(tx: &Tx<'_>, order: OrderId) -> Result<(), Error> {
    let sql = sql!(
        "UPDATE order_line SET shipped = ordered - cancelled
         WHERE order_id = :order_id AND shipped < ordered - cancelled"
    );
    tx.exec(sql, named_params! { ":order_id": order }).map(|_| ())
}

/// The line, if there is one.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: OrderLineId) -> Result<Option<LineRow>, Error> {
    conn.one(sql!(include_str!("line_find.sql")), named_params! { ":id": id }, read)
}

/// An order's lines by number; parts stand after all bundles.
///
/// # Errors
/// The store's.
pub fn of_order(conn: &Conn, order: OrderId) -> Result<Vec<LineRow>, Error> {
    conn.all(sql!(include_str!("line_of_order.sql")), named_params! { ":order_id": order }, read)
}

/// One line by its number.
///
/// # Errors
/// The store's.
pub fn by_number(conn: &Conn, order: OrderId, line_no: i64) -> Result<Option<LineRow>, Error> {
    let params = named_params! { ":order_id": order, ":line_no": line_no };
    conn.one(sql!(include_str!("line_by_number.sql")), params, read)
}

pub(crate) fn read(row: &Row<'_>) -> Result<LineRow, Error> {
    Ok(LineRow {
        id: row.get("id")?,
        order_id: row.get("order_id")?,
        line_no: row.get("line_no")?,
        sku_id: row.get("sku_id")?,
        parent_id: row.get("parent_id")?,
        is_gift: row.get("is_gift")?,
        ordered: row.get("ordered")?,
        cancelled: row.get("cancelled")?,
        shipped: row.get("shipped")?,
        redelivered: row.get("redelivered")?,
        unit_price_minor: row.get("unit_price_minor")?,
        discount_minor: row.get("discount_minor")?,
        paid_goods_minor: row.get("paid_goods_minor")?,
        paid_tax_minor: row.get("paid_tax_minor")?,
        paid_freight_minor: row.get("paid_freight_minor")?,
        claimed: row.get("claimed")?,
        claimed_goods: row.get("claimed_goods")?,
        claimed_unshipped: row.get("claimed_unshipped")?,
        claimed_imported: row.get("claimed_imported")?,
        allocated_goods_minor: row.get("allocated_goods_minor")?,
        allocated_tax_minor: row.get("allocated_tax_minor")?,
        redelivered_goods_minor: row.get("redelivered_goods_minor")?,
        redelivered_tax_minor: row.get("redelivered_tax_minor")?,
    })
}
