//! Whether counted goods fit their line, and the line that goods get which fit none.

use domain::RmaLineId;
use domain::state::{Reception, Verdict};
use store::Tx;
use store::rma::RmaRow;
use store::rma_line::RmaLineRow;

use super::CountedUnits;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::warehouse::UNDECLARED_KIND;

/// Most lines of a case, undeclared ones included.
const MAX_LINES: usize = 1_000;

/// Refuses goods that their line does not wait for, with what it still waits for (Q3).
pub(super) fn expects(line: &RmaLineRow, quantity: i64, reception: Reception, field: &str) -> Result<(), Error> {
    if !line.kind.expects_goods() || line.undeclared {
        let refusal = Refusal::new("no_goods_expected", "该行不需要退回商品", "this line expects no goods back")
            .help(
                "请按“未申报”登记；如果是仅退款后又寄回，请先把该行转换为先行退款",
                "count them as undeclared; if they follow a refund without return, convert the line to an advance refund first",
            );
        return Err(Error::conflict(refusal.at(format!("{field}.line"))));
    }
    let remaining = (line.approved - line.received - line.waived).max(0);
    if quantity <= remaining {
        return Ok(());
    }
    let (zh, en) = match reception {
        Reception::Missing => ("登记的缺件", "more is missing"),
        _ => ("清点的数量", "more was counted"),
    };
    let refusal = Refusal::new(
        "exceeds_announced",
        format!("{zh}超过该行待收数量，还可收 {remaining} 件"),
        format!("{en} than the line still waits for: {remaining}"),
    )
    .help("多出的请按“未申报”登记", "count the rest as undeclared");
    Err(Error::conflict(refusal.at(format!("{field}.quantity"))))
}

/// Makes the line that undeclared or wrong goods stand on.
pub(super) fn line(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    rma: &RmaRow,
    beside: Option<&RmaLineRow>,
    units: &CountedUnits,
    quantity: i64,
) -> Result<RmaLineRow, Error> {
    let lines = store::rma_line::of_rma(tx, rma.id)?;
    if lines.len() >= MAX_LINES {
        let refusal = Refusal::new(
            "too_many_lines",
            format!("一张单最多 {MAX_LINES} 行"),
            format!("a case has at most {MAX_LINES} lines"),
        );
        return Err(Error::conflict(refusal));
    }
    // More of the same is the line's own article; something else is what the clerk named, if they knew it.
    let sku_id = match units.reception {
        Reception::Undeclared => units.sku.or_else(|| beside.and_then(|line| line.sku_id)),
        _ => units.sku,
    };
    let row = RmaLineRow {
        id: RmaLineId::from_raw(ctx.id()),
        rma_id: rma.id,
        position: lines.iter().map(|line| line.position).max().unwrap_or(0) + 1,
        kind: UNDECLARED_KIND,
        order_line_id: None,
        sku_id,
        undeclared: true,
        reason_id: None,
        requested: quantity,
        approved: 0,
        received: quantity,
        waived: 0,
        accepted: 0,
        refused: 0,
        dispositioned: 0,
        share_goods_minor: 0,
        share_tax_minor: 0,
        cap_counted_minor: 0,
        settled_minor: 0,
        settled_counted_minor: 0,
        money_done: true,
        verdict: Verdict::Review,
        policy_rule: String::new(),
        judgement: "{}".to_owned(),
        window_ends_on: None,
        refund_minor: 0,
    };
    store::rma_line::insert(tx, &row)?;
    Ok(row)
}
