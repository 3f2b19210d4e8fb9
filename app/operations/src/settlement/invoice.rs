//! 红冲: refunding an invoiced order raises work; a 专票 blocks paying until it is back.

use domain::{EventKind, InvoiceWorkId, OrderId, Permission};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::invoice_work::InvoiceWorkRow;
use store::order::OrderRow;
use store::rma::RmaRow;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// The kind of invoice that must be back before money goes.
const SPECIAL: &str = "special";

/// Marks an invoice as reversed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceReversed {
    /// The work item.
    pub invoice: InvoiceWorkId,
    /// The red invoice's number.
    pub number: String,
}

/// Longest number, in characters.
const MAX_NUMBER_CHARS: usize = 40;

/// Records that an invoice was reversed, and a 专票 came back.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` without a number; `Conflict` when it was recorded before.
pub fn reversed(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &InvoiceReversed) -> Result<InvoiceWorkId, Error> {
    let work = store::invoice_work::find(tx, cmd.invoice)?.ok_or(Error::NotFound("invoice_work"))?;
    let rma = reach::case(tx, ctx, work.rma_id, Permission::SettlementPropose)?;
    let number = cmd.number.trim();
    if number.is_empty() || number.chars().count() > MAX_NUMBER_CHARS {
        let refusal = Refusal::new("number_missing", "填写红字发票的号码", "the red invoice's number");
        let refusal = refusal.help("先在开票系统开出红字发票", "issue it in the invoicing system first");
        return Err(Error::invalid(refusal.at("number")));
    }
    if !store::invoice_work::done(tx, work.id, number, ctx.actor.person(), ctx.now)? {
        return Err(Error::conflict(Refusal::new("already_done", "该发票已红冲", "this invoice is reversed already")));
    }
    let event = Event::new(EventKind::InvoiceDone)
        .rma(rma.id)
        .about("invoice_work", work.id.get())
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({ "amount_minor": work.amount_minor }));
    ctx.record(event);
    Ok(work.id)
}

/// Raises or enlarges the work of a case on an invoiced order.
pub(super) fn raise(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    rma: &RmaRow,
    order: Option<&OrderRow>,
    amount_minor: i64,
) -> Result<(), Error> {
    let Some(order) = order.filter(|order| order.invoice != "none") else { return Ok(()) };
    let known = store::invoice_work::of_rma(tx, rma.id)?;
    if let Some(open) = known.iter().find(|work| work.state == "open" && work.order_id == order.id) {
        return Ok(store::invoice_work::set_amount(tx, open.id, open.amount_minor + amount_minor)?);
    }
    let row = InvoiceWorkRow {
        id: InvoiceWorkId::from_raw(ctx.id()),
        order_id: order.id,
        rma_id: rma.id,
        invoice: order.invoice.clone(),
        amount_minor,
        state: "open".to_owned(),
        number: String::new(),
        opened_at: ctx.now,
        done_at: None,
        done_by: None,
    };
    store::invoice_work::insert(tx, &row)?;
    let event = Event::new(EventKind::InvoiceOpened)
        .rma(rma.id)
        .about("invoice_work", row.id.get())
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({ "invoice": row.invoice, "amount_minor": amount_minor }));
    ctx.record(event);
    Ok(())
}

/// Lowers the open work when a settlement is taken back; it goes when nothing is left of it.
pub(super) fn lower(tx: &Tx<'_>, rma: &RmaRow, order: Option<OrderId>, amount_minor: i64) -> Result<(), Error> {
    let known = store::invoice_work::of_rma(tx, rma.id)?;
    let Some(open) = known.iter().find(|work| work.state == "open" && Some(work.order_id) == order) else {
        return Ok(());
    };
    let left = open.amount_minor - amount_minor;
    if left > 0 {
        store::invoice_work::set_amount(tx, open.id, left)?;
    } else {
        store::invoice_work::remove(tx, open.id)?;
    }
    Ok(())
}

/// Refuses to pay while a 专票 is not back.
pub(crate) fn nothing_blocks(tx: &Tx<'_>, rma: &RmaRow, order: Option<OrderId>) -> Result<(), Error> {
    let known = store::invoice_work::of_rma(tx, rma.id)?;
    let blocks =
        |work: &InvoiceWorkRow| work.state == "open" && work.invoice == SPECIAL && Some(work.order_id) == order;
    if known.iter().any(blocks) {
        let refusal = Refusal::new(
            "invoice_not_back",
            "该订单开具了专票，退款前须先完成红冲",
            "the order has a special invoice, which must be reversed before money goes back",
        )
        .help("请在开票系统完成红冲后登记", "reverse it in the invoicing system, then record it here");
        return Err(Error::conflict(refusal));
    }
    Ok(())
}
