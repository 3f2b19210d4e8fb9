//! Cases that another system had before: over, exempt from money and date guards, counted on boards.

use domain::{
    ContactId, Currency, CustomerId, LineKind, LocalDate, OrderId, OrderLineId, ReasonId, ReleaseId, RmaId, RmaLineId,
    ShopId, SkuId, Timestamp,
};

use crate::conn::{Conn, Stmt, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};

/// A case of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastCase {
    /// Its id.
    pub id: RmaId,
    /// The number it had.
    pub number: String,
    /// Whose.
    pub shop_id: ShopId,
    /// The documents it is shown with.
    pub release_id: ReleaseId,
    /// The order, when known.
    pub order_id: Option<OrderId>,
    /// The buyer.
    pub customer_id: Option<CustomerId>,
    /// Whom it was for.
    pub contact_id: Option<ContactId>,
    /// When it was asked for.
    pub filed_at: Timestamp,
    /// The shop's day.
    pub local_date: LocalDate,
    /// The first line's reason; none is shown as 未填写.
    pub reason_id: Option<ReasonId>,
    /// What a list shows of the goods.
    pub summary: String,
    /// The order's currency.
    pub currency: Currency,
    /// Refunded for goods, all lines.
    pub refund_minor: i64,
    /// The case it continues, when a file tells of one return in two places.
    pub linked_rma_id: Option<RmaId>,
}

/// A line of such a case, with what the other system says was paid back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastLine {
    /// Its id.
    pub id: RmaLineId,
    /// Its case.
    pub rma_id: RmaId,
    /// From 1.
    pub position: i64,
    /// What was asked for.
    pub kind: LineKind,
    /// The order line, when known.
    pub order_line_id: Option<OrderLineId>,
    /// The article.
    pub sku_id: Option<SkuId>,
    /// Why.
    pub reason_id: Option<ReasonId>,
    /// How many.
    pub quantity: i64,
    /// Paid share of the goods.
    pub share_goods_minor: i64,
    /// Paid share of the tax.
    pub share_tax_minor: i64,
    /// What was paid back.
    pub figures: Figures,
}

/// What the other system says was paid back, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// For the goods; boards count this.
    pub refund_goods_minor: i64,
    /// Tax.
    pub refund_tax_minor: i64,
    /// Withheld.
    pub fee_minor: i64,
    /// Freight.
    pub refund_shipping_minor: i64,
    /// Of it in cash.
    pub cash_minor: i64,
    /// Of it as a reversed charge.
    pub charge_minor: i64,
    /// Of it as store credit.
    pub credit_minor: i64,
}

/// Writes past cases in one transaction.
pub struct PastWriter<'c> {
    case: Stmt<'c>,
    order: Stmt<'c>,
    line: Stmt<'c>,
    figures: Stmt<'c>,
}

impl<'c> PastWriter<'c> {
    /// Prepares the statements.
    ///
    /// # Errors
    /// The store's.
    pub fn new(tx: &'c Tx<'c>) -> Result<Self, Error> {
        Ok(Self {
            case: tx.prepare(sql!(include_str!("past_case.sql")))?,
            order: tx.prepare(sql!("INSERT INTO rma_order (rma_id, order_id) VALUES (:rma_id, :order_id)"))?,
            line: tx.prepare(sql!(include_str!("past_line.sql")))?,
            figures: tx.prepare(sql!(include_str!("past_figures.sql")))?,
        })
    }

    /// Writes a case without its lines.
    ///
    /// # Errors
    /// The store's; `rma.number` when the number is taken.
    pub fn case(&mut self, case: &PastCase) -> Result<(), Error> {
        self.case.exec(named_params! {
            ":id": case.id, ":number": case.number, ":shop_id": case.shop_id, ":release_id": case.release_id,
            ":order_id": case.order_id, ":customer_id": case.customer_id, ":contact_id": case.contact_id,
            ":filed_at": case.filed_at, ":local_date": case.local_date, ":reason_id": case.reason_id,
            ":summary": case.summary, ":currency": case.currency, ":refund_minor": case.refund_minor,
            ":linked_rma_id": case.linked_rma_id,
        })?;
        if let Some(order) = case.order_id {
            self.order.exec(named_params! { ":rma_id": case.id, ":order_id": order })?;
        }
        Ok(())
    }

    /// Writes a line and what was paid back for it.
    ///
    /// # Errors
    /// The store's.
    pub fn line(&mut self, line: &PastLine) -> Result<(), Error> {
        self.line.exec(named_params! {
            ":id": line.id, ":rma_id": line.rma_id, ":position": line.position, ":kind": line.kind,
            ":order_line_id": line.order_line_id, ":sku_id": line.sku_id, ":reason_id": line.reason_id,
            ":quantity": line.quantity, ":share_goods_minor": line.share_goods_minor,
            ":share_tax_minor": line.share_tax_minor, ":refund_minor": line.figures.refund_goods_minor,
        })?;
        let figures = &line.figures;
        self.figures.exec(named_params! {
            ":rma_line_id": line.id, ":refund_goods_minor": figures.refund_goods_minor,
            ":refund_tax_minor": figures.refund_tax_minor, ":fee_minor": figures.fee_minor,
            ":refund_shipping_minor": figures.refund_shipping_minor, ":cash_minor": figures.cash_minor,
            ":charge_minor": figures.charge_minor, ":credit_minor": figures.credit_minor,
        })?;
        Ok(())
    }
}

/// A case that has a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its id.
    pub id: RmaId,
    /// Whose.
    pub shop_id: ShopId,
    /// Whether it was imported.
    pub imported: bool,
}

/// Who has a number, if anybody.
///
/// # Errors
/// The store's.
pub fn taken(conn: &Conn, number: &str) -> Result<Option<Taken>, Error> {
    let sql = sql!("SELECT id, shop_id, origin = 'imported' AS imported FROM rma WHERE number = :number");
    conn.one(sql, named_params! { ":number": number }, |row| {
        Ok(Taken { id: row.get("id")?, shop_id: row.get("shop_id")?, imported: row.get("imported")? })
    })
}

/// A line that is known already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownLine {
    /// The order line.
    pub order_line_id: Option<OrderLineId>,
    /// The article.
    pub sku_id: Option<SkuId>,
    /// Why.
    pub reason_id: Option<ReasonId>,
    /// How many.
    pub quantity: i64,
    /// What was paid back.
    pub figures: Figures,
}

/// The lines of an imported case and of the cases that continue it.
///
/// # Errors
/// The store's.
pub fn known_lines(conn: &Conn, id: RmaId) -> Result<Vec<KnownLine>, Error> {
    conn.all(sql!(include_str!("past_known.sql")), named_params! { ":id": id }, |row| {
        Ok(KnownLine {
            order_line_id: row.get("order_line_id")?,
            sku_id: row.get("sku_id")?,
            reason_id: row.get("reason_id")?,
            quantity: row.get("requested")?,
            figures: Figures {
                refund_goods_minor: row.get("refund_goods_minor")?,
                refund_tax_minor: row.get("refund_tax_minor")?,
                fee_minor: row.get("fee_minor")?,
                refund_shipping_minor: row.get("refund_shipping_minor")?,
                cash_minor: row.get("cash_minor")?,
                charge_minor: row.get("charge_minor")?,
                credit_minor: row.get("credit_minor")?,
            },
        })
    })
}
