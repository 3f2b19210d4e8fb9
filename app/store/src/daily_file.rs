//! What a shop's day sends to the ERP: stock taken in, goods to send out, refunds made.

use domain::settlement::Basis;
use domain::state::{Bucket, OutboundState};
use domain::{Currency, LocalDate, SettlementId, ShopId, Timestamp};

use crate::conn::Conn;
use crate::error::Error;
use crate::params::{named_params, sql};

/// A stock move as the ERP takes it in.
#[derive(Clone, Debug)]
pub struct StockInRow {
    /// The move's id: the document's own number.
    pub move_id: i64,
    /// When.
    pub at: Timestamp,
    /// The warehouse's code.
    pub warehouse: String,
    /// The case.
    pub rma_number: String,
    /// The order, or empty.
    pub order_number: String,
    /// The waybill it came under, or empty.
    pub waybill: String,
    /// The article, or empty.
    pub sku_code: String,
    /// Its name, or empty.
    pub sku_name: String,
    /// Which bucket changes.
    pub bucket: Bucket,
    /// By how much, signed.
    pub quantity: i64,
    /// The lot, or empty.
    pub lot: String,
    /// Best before, or empty.
    pub expires_on: String,
    /// The serial, or empty.
    pub serial: String,
}

/// An outbound line as the ERP ships it.
#[derive(Clone, Debug)]
pub struct OutboundRow {
    /// The outbound order.
    pub number: String,
    /// exchange, reship, repair_return or send_back.
    pub kind: String,
    /// Where it stands.
    pub state: OutboundState,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// The warehouse's code, or empty.
    pub warehouse: String,
    /// The case.
    pub rma_number: String,
    /// The order, or empty.
    pub order_number: String,
    /// The article.
    pub sku_code: String,
    /// Its name.
    pub sku_name: String,
    /// Base units.
    pub quantity: i64,
    /// Who receives it, or empty.
    pub contact_name: String,
    /// Their phone, or empty.
    pub contact_phone: String,
    /// Where it goes, or empty.
    pub contact_address: String,
    /// The carrier's code, or empty.
    pub carrier: String,
    /// Its waybill, or empty.
    pub waybill: String,
}

/// A settlement as the books take it.
#[derive(Clone, Debug)]
pub struct RefundRow {
    /// The settlement.
    pub settlement_id: SettlementId,
    /// When it was paid.
    pub settled_at: Timestamp,
    /// The case.
    pub rma_number: String,
    /// The order, or empty.
    pub order_number: String,
    /// Why.
    pub basis: Basis,
    /// By what means.
    pub means: String,
    /// In this currency.
    pub currency: Currency,
    /// Goods.
    pub goods_minor: i64,
    /// Tax.
    pub tax_minor: i64,
    /// The way out.
    pub outbound_freight_minor: i64,
    /// The way back.
    pub return_freight_minor: i64,
    /// Price difference and compensation.
    pub compensation_minor: i64,
    /// Deductions and fees, at most zero.
    pub withheld_minor: i64,
    /// What the customer got.
    pub net_minor: i64,
    /// The platform's refund number, or empty.
    pub platform_number: String,
    /// The gateway's numbers or the proofs of payments by hand, joined by a space.
    pub references: String,
    /// Who keyed it.
    pub proposed_by: String,
    /// Who approved it, or empty.
    pub approved_by: String,
}

/// Stock moves of a shop's day, oldest first.
///
/// # Errors
/// The store's.
pub fn stock_in(conn: &Conn, shop: ShopId, day: LocalDate) -> Result<Vec<StockInRow>, Error> {
    conn.all(sql!(include_str!("daily_file/stock_in.sql")), named_params! { ":shop_id": shop, ":day": day }, |row| {
        Ok(StockInRow {
            move_id: row.get("move_id")?,
            at: row.get("at")?,
            warehouse: row.get("warehouse")?,
            rma_number: row.get("rma_number")?,
            order_number: row.get("order_number")?,
            waybill: row.get("waybill")?,
            sku_code: row.get("sku_code")?,
            sku_name: row.get("sku_name")?,
            bucket: row.get("bucket")?,
            quantity: row.get("quantity")?,
            lot: row.get("lot")?,
            expires_on: row.get("expires_on")?,
            serial: row.get("serial")?,
        })
    })
}

/// Outbound lines of a shop whose orders were opened in `from..until`, oldest first.
///
/// # Errors
/// The store's.
pub fn outbound(conn: &Conn, shop: ShopId, from: Timestamp, until: Timestamp) -> Result<Vec<OutboundRow>, Error> {
    let params = named_params! { ":shop_id": shop, ":from": from, ":until": until };
    conn.all(sql!(include_str!("daily_file/outbound.sql")), params, |row| {
        Ok(OutboundRow {
            number: row.get("number")?,
            kind: row.get("kind")?,
            state: row.get("state")?,
            opened_at: row.get("opened_at")?,
            warehouse: row.get("warehouse")?,
            rma_number: row.get("rma_number")?,
            order_number: row.get("order_number")?,
            sku_code: row.get("sku_code")?,
            sku_name: row.get("sku_name")?,
            quantity: row.get("quantity")?,
            contact_name: row.get("contact_name")?,
            contact_phone: row.get("contact_phone")?,
            contact_address: row.get("contact_address")?,
            carrier: row.get("carrier")?,
            waybill: row.get("waybill")?,
        })
    })
}

/// Settlements of a shop paid on a day, oldest first.
///
/// # Errors
/// The store's.
pub fn refunds(conn: &Conn, shop: ShopId, day: LocalDate) -> Result<Vec<RefundRow>, Error> {
    conn.all(sql!(include_str!("daily_file/refunds.sql")), named_params! { ":shop_id": shop, ":day": day }, |row| {
        Ok(RefundRow {
            settlement_id: row.get("settlement_id")?,
            settled_at: row.get("settled_at")?,
            rma_number: row.get("rma_number")?,
            order_number: row.get("order_number")?,
            basis: row.get("basis")?,
            means: row.get("means")?,
            currency: row.get("currency")?,
            goods_minor: row.get("goods_minor")?,
            tax_minor: row.get("tax_minor")?,
            outbound_freight_minor: row.get("outbound_freight_minor")?,
            return_freight_minor: row.get("return_freight_minor")?,
            compensation_minor: row.get("compensation_minor")?,
            withheld_minor: row.get("withheld_minor")?,
            net_minor: row.get("net_minor")?,
            platform_number: row.get("platform_number")?,
            references: row.get("payment_references")?,
            proposed_by: row.get("proposed_by")?,
            approved_by: row.get("approved_by")?,
        })
    })
}
