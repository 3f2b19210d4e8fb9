//! Returns of the past: read here, written by `past_cases`.

use std::sync::Arc;

use domain::{Currency, LineKind, LocalDate, OrderId, ShopId, SkuId, Timestamp};
use store::Tx;
use store::import::history::Figures;

use super::past_cases;
use crate::context::Ctx;
use crate::error::Error;
use crate::import::batch::{Entry, Parser};
use crate::import::columns::{Cells, QUANTITY_MAX, Slot};
use crate::import::driver::{Run, Slice, Writer};
use crate::import::mapping::Plan;
use crate::import::problem::Problem;
use crate::import::resolve::{OrderRef, Resolver, ShopRef};
use crate::import::seen::Seen;
use crate::import::source::Record;
use crate::import::value;
use crate::order::put::LINE_NO_MAX;

/// Reads and writes returns.
pub(in crate::import) struct Returns {
    return_no: Slot,
    order_no: Slot,
    line_no: Slot,
    sku: Slot,
    quantity: Slot,
    reason: Slot,
    requested_at: Slot,
    kind: Slot,
    refund_goods: Slot,
    refund_tax: Slot,
    fee: Slot,
    refund_shipping: Slot,
    refunded_cash: Slot,
    reversed_charge: Slot,
    account_credit: Slot,
    channel: Slot,
    resolver: Resolver,
    seen: Seen,
}

/// A return line of a file.
pub(in crate::import) struct ReturnOfFile {
    pub(super) return_no: String,
    pub(super) shop_id: ShopId,
    pub(super) shop_code: Arc<str>,
    /// None when the order is not known here.
    pub(super) order_id: Option<OrderId>,
    pub(super) line_no: Option<i64>,
    pub(super) sku_id: SkuId,
    pub(super) sku: String,
    pub(super) quantity: i64,
    /// Empty when none was given.
    pub(super) reason: String,
    pub(super) requested_at: Timestamp,
    pub(super) local_date: LocalDate,
    pub(super) kind: LineKind,
    pub(super) currency: Currency,
    pub(super) figures: Figures,
}

impl Returns {
    pub(in crate::import) fn new(plan: &Plan, resolver: Resolver) -> Self {
        let slot = |field| Slot::bind(field, &plan.headers, &plan.mapping);
        Self {
            return_no: slot("return_no"),
            order_no: slot("order_no"),
            line_no: slot("line_no"),
            sku: slot("sku"),
            quantity: slot("quantity"),
            reason: slot("reason"),
            requested_at: slot("requested_at"),
            kind: slot("kind"),
            refund_goods: slot("refund_goods"),
            refund_tax: slot("refund_tax"),
            fee: slot("fee"),
            refund_shipping: slot("refund_shipping"),
            refunded_cash: slot("refunded_cash"),
            reversed_charge: slot("reversed_charge"),
            account_credit: slot("account_credit"),
            channel: slot("channel"),
            resolver,
            seen: Seen::new(),
        }
    }

    // The order says the shop; without a known order the row or the run must. A return of an order that was never
    // imported is history all the same.
    fn ground(&mut self, record: &Record) -> Result<Result<Ground, Problem>, Error> {
        let shop = match self.resolver.optional_shop(self.channel.get(record))? {
            Ok(shop) => shop,
            Err(problem) => return Ok(Err(problem)),
        };
        let number = self.order_no.get(record);
        let order = match number.is_empty() {
            true => Err(Problem::required("order_no")),
            false => self.resolver.order(number, shop.as_ref())?,
        };
        Ok(match (order, shop) {
            (Ok(order), _) => Ok(Ground { shop: order.shop.clone(), order: Some(order) }),
            (Err(problem), Some(shop)) if problem.code == "unknown_order" => Ok(Ground { shop, order: None }),
            (Err(problem), _) => Err(problem),
        })
    }

    fn figures<'r>(&'r self, cells: &mut Cells<'r>, currency: Currency) -> Figures {
        let mut amount = |slot| cells.minor(slot, currency).unwrap_or(0);
        Figures {
            refund_tax_minor: amount(&self.refund_tax),
            fee_minor: amount(&self.fee),
            refund_shipping_minor: amount(&self.refund_shipping),
            cash_minor: amount(&self.refunded_cash),
            charge_minor: amount(&self.reversed_charge),
            credit_minor: amount(&self.account_credit),
            refund_goods_minor: cells.required_minor(&self.refund_goods, currency),
        }
    }
}

struct Ground {
    shop: ShopRef,
    order: Option<Arc<OrderRef>>,
}

impl Parser for Returns {
    type Row = ReturnOfFile;

    fn parse(&mut self, record: &Record) -> Result<Result<Self::Row, Vec<Problem>>, Error> {
        let ground = match self.ground(record)? {
            Ok(ground) => ground,
            Err(problem) => return Ok(Err(vec![problem])),
        };
        let code = self.sku.get(record).to_owned();
        let sku = if code.is_empty() { None } else { self.resolver.optional_sku(&code)? };
        let mut cells = Cells::new(record);
        let return_no = cells.key(&self.return_no).to_owned();
        cells.key(&self.sku);
        if sku.is_none() && !code.is_empty() {
            cells.problems.push(Problem::unknown_sku(&code));
        }
        let currency = ground.order.as_ref().map_or(ground.shop.currency, |order| order.currency);
        let requested = cells.required_naive(&self.requested_at);
        let requested_at = requested.and_then(|naive| naive.at(&ground.shop.zone));
        let row = ReturnOfFile {
            return_no,
            shop_id: ground.shop.id,
            shop_code: Arc::clone(&ground.shop.code),
            order_id: ground.order.map(|order| order.id),
            line_no: cells.whole(&self.line_no, 1, LINE_NO_MAX),
            sku_id: sku.map_or_else(|| SkuId::from_raw(0), |sku| sku.id),
            sku: code,
            quantity: cells.required_whole(&self.quantity, 1, QUANTITY_MAX),
            reason: cells.text(&self.reason).unwrap_or_default(),
            requested_at: requested_at.unwrap_or_default(),
            local_date: requested.map_or_else(LocalDate::default, |naive| naive.date),
            kind: cells.word(&self.kind, value::kind).unwrap_or(LineKind::ReturnRefund),
            currency,
            figures: self.figures(&mut cells, currency),
        };
        let result = cells.done(row);
        Ok(match result {
            Ok(row) if !self.seen.first((&row.return_no, row.order_id, row.line_no, row.sku_id)) => {
                Err(vec![Problem::duplicate("return_no", &row.return_no)])
            }
            result => result,
        })
    }

    fn together(before: &Self::Row, after: &Self::Row) -> bool {
        before.return_no == after.return_no && before.shop_id == after.shop_id
    }
}

impl Writer for Returns {
    fn write(
        tx: &Tx<'_>,
        ctx: &mut Ctx<'_>,
        run: &Run,
        rows: &[Entry<Self::Row>],
        slice: &mut Slice<'_>,
    ) -> Result<usize, Error> {
        past_cases::write(tx, ctx, run, rows, slice)
    }
}
