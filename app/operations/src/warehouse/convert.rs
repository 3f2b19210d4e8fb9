//! A line turned into another kind by one command that keeps its history: keep the goods after all, goods that follow a
//! refund without return (X3), an exchange that cannot be sent.

use domain::{EventKind, LineKind, Permission, RmaLineId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::claim::Claim;
use store::rma::RmaRow;
use store::rma_line::RmaLineRow;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Turns a line into another kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Convert {
    /// The line.
    pub line: RmaLineId,
    /// What it becomes.
    pub kind: LineKind,
    /// Why; for an exchange that becomes a refund, with the customer's consent.
    pub reason: String,
}

/// Turns a line into another kind. Money that was settled on it stays linked to it: a refund without return that becomes
/// an advance refund is owed in goods from then on, and every unit that comes back takes its share off.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` without a reason; `Conflict` when goods, money or outbound orders stand against it,
/// or the order line has no room for it.
pub fn convert(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Convert) -> Result<RmaLineId, Error> {
    let line = store::rma_line::find(tx, cmd.line)?.ok_or(Error::NotFound("rma_line"))?;
    let rma = reach::case(tx, ctx, line.rma_id, Permission::RmaOverride)?;
    let reason = reach::reason(&cmd.reason, "reason")?;
    reach::under_way(&rma)?;
    guard(&line, cmd.kind)?;
    stays_here(tx, &line)?;
    call_back(tx, ctx, &rma, &line, reason)?;
    if let Some(order_line_id) = line.order_line_id.filter(|_| !line.undeclared) {
        let claim = Claim {
            order_line_id,
            kind: line.kind,
            quantity: line.requested,
            goods_minor: line.share_goods_minor,
            tax_minor: line.share_tax_minor,
        };
        store::claim::give_back(tx, &claim)?;
        store::claim::take(tx, &Claim { kind: cmd.kind, ..claim })?;
    }
    store::rma_line::set_kind(tx, line.id, cmd.kind)?;
    crate::ledger::receivable::sync(tx, ctx, &rma)?;
    crate::settlement::refresh_line(tx, line.id)?;
    let event = Event::new(EventKind::LineConverted)
        .rma(rma.id)
        .about("rma_line", line.id.get())
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({ "from": line.kind, "kind": cmd.kind, "reason": reason }));
    ctx.record(event);
    Ok(line.id)
}

// A repair that ends as a refund keeps the unit: one that goes back, mended or not, would be refunded as well.
fn stays_here(tx: &Tx<'_>, line: &RmaLineRow) -> Result<(), Error> {
    if line.kind != LineKind::Repair {
        return Ok(());
    }
    let going_out = store::disposition::going_out(tx, line.rma_id)?;
    if going_out.iter().all(|(out, _, quantity)| *out != line.id || *quantity == 0) {
        return Ok(());
    }
    let refusal = Refusal::new(
        "goods_go_back",
        "该行有商品已处置为维修寄回或退回顾客，不能改为退款",
        "goods of this line are disposed of to go back to the customer, so they are not refunded as well",
    )
    .help("请先更正处置", "correct their disposition first");
    Err(Error::conflict(refusal.at("kind")))
}

// X1: another unit that is not there any more, or cannot be mended, does not go out; what has left, stays sent.
fn call_back(tx: &Tx<'_>, ctx: &mut Ctx<'_>, rma: &RmaRow, line: &RmaLineRow, reason: &str) -> Result<(), Error> {
    let work = store::case_work::case_work(tx, rma.id)?;
    let going = work.outbound.iter().filter(|part| part.line == line.id && Some(part.kind) == line.kind.outbound());
    for part in going.filter(|part| part.quantity > 0) {
        if crate::outbound::recall::recall(tx, ctx, rma, (part.kind, line.id, part.quantity), reason)? > 0 {
            let refusal = Refusal::new(
                "goods_have_left",
                "换货或维修件已寄出，不能改为退款",
                "the exchange or the repaired unit has left, so the line stays as it is",
            );
            return Err(Error::conflict(refusal));
        }
    }
    Ok(())
}

fn guard(line: &RmaLineRow, kind: LineKind) -> Result<(), Error> {
    let has_goods = line.received + line.waived > 0;
    let has_money = line.settled_minor > 0;
    if line.kind.becomes(kind, has_goods, has_money) && !line.undeclared {
        return Ok(());
    }
    let refusal = Refusal::new(
        "cannot_convert",
        "该行已有收货、结算或换发记录，或不支持这种转换",
        "goods, money or an outbound order stand against this, or the kinds do not go over into each other",
    )
    .help("请先取消结算或豁免换发", "cancel the settlement or waive the outbound order first");
    Err(Error::conflict(refusal.at("kind")))
}
