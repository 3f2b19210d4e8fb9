//! Order lines by the million: prepared once, new rows in one step, known rows compared.

use domain::{OrderId, OrderLineId, SkuId};

use crate::conn::{Conn, Stmt, Tx};
use crate::error::Error;
use crate::order::line;
use crate::params::{named_params, sql};

/// What came of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It was not known.
    New,
    /// It was known with other values, which are replaced.
    Changed,
    /// It was known so.
    Same,
}

/// An order line as a file says. Quantities are base units, money minor units of the order's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkLine {
    /// The id it gets when it is new.
    pub id: OrderLineId,
    /// Its order.
    pub order_id: OrderId,
    /// The source's number of the line.
    pub line_no: i64,
    /// The article.
    pub sku_id: SkuId,
    /// Whether it was given.
    pub is_gift: bool,
    /// Ordered.
    pub ordered: i64,
    /// Cancelled before shipping.
    pub cancelled: i64,
    /// Shipped; for a known line never less than it was.
    pub shipped: i64,
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
}

/// Writes order lines in one transaction.
pub struct LineWriter<'c> {
    conn: &'c Conn,
    insert: Stmt<'c>,
}

impl<'c> LineWriter<'c> {
    /// Prepares the statements.
    ///
    /// # Errors
    /// The store's.
    pub fn new(tx: &'c Tx<'c>) -> Result<Self, Error> {
        Ok(Self { conn: tx, insert: tx.prepare(sql!(include_str!("line.sql")))? })
    }

    /// Writes a line, or compares it with the one that is known by its number. A changed line is the caller's to write.
    ///
    /// # Errors
    /// The store's.
    pub fn put(&mut self, line: &BulkLine) -> Result<Known, Error> {
        let params = named_params! {
            ":id": line.id, ":order_id": line.order_id, ":line_no": line.line_no, ":sku_id": line.sku_id,
            ":is_gift": line.is_gift, ":ordered": line.ordered, ":cancelled": line.cancelled,
            ":shipped": line.shipped, ":unit_price_minor": line.unit_price_minor,
            ":discount_minor": line.discount_minor, ":paid_goods_minor": line.paid_goods_minor,
            ":paid_tax_minor": line.paid_tax_minor, ":paid_freight_minor": line.paid_freight_minor,
        };
        if self.insert.exec(params)? == 1 {
            return Ok(Known::New);
        }
        let known = line::by_number(self.conn, line.order_id, line.line_no)?;
        Ok(known.map_or(Known::New, |known| Known::Before(Box::new(known))))
    }
}

/// Whether a line was known.
pub enum Known {
    /// No; it is written.
    New,
    /// Yes, so; nothing is written.
    Before(Box<line::LineRow>),
}
