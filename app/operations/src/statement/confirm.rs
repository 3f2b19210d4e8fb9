//! A person says which payout a line of a statement is: the suggested one, or another of the same amount.

use domain::{EventKind, PayoutId, Permission, StatementLineId};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::statement::{Found, LineRow, PayoutOf};

use super::judge::{details, differs, settle};
use super::{reached, tell};
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Matches a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirm {
    /// The line.
    pub line: StatementLineId,
    /// The payout.
    pub payout: PayoutId,
}

/// Matches a line with a payout, to the minor unit.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Conflict` when the line or the payout is matched already, the amounts differ, or the payout
/// was never paid.
pub fn confirm(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Confirm) -> Result<StatementLineId, Error> {
    let line = reached(tx, ctx, cmd.line)?;
    let person = reach::person(ctx, Permission::SettlementPay)?;
    let payout = store::statement::payout(tx, line.shop_id, cmd.payout)?.ok_or(Error::NotFound("payout"))?;
    refuse(&line, &payout)?;
    let found = Found { state: "matched", why: "person", payout: Some(payout.id), by: (Some(person), Some(ctx.now)) };
    settle(tx, ctx, &line, payout.id, &found)?;
    let matched = LineRow { payout_id: Some(payout.id), ..line };
    let event = Event::new(EventKind::StatementLineMatched)
        .rma(payout.rma_id)
        .about("statement_line", matched.id.get())
        .at(Some(matched.shop_id), None)
        .with(details(&matched, matched.statement_id));
    ctx.record(event);
    tell(ctx);
    Ok(matched.id)
}

fn refuse(line: &LineRow, payout: &PayoutOf) -> Result<(), Error> {
    let refusal = match differs(line, payout) {
        _ if line.state == "matched" || line.direction == "in" => Refusal::new(
            "line_not_open",
            "这一行已匹配或不是付款",
            "this line is matched already, or is no payment out",
        ),
        _ if payout.is_taken => Refusal::new(
            "payout_matched",
            "该付款已与对账单的另一行匹配",
            "this payout is matched with another line already",
        )
        .help("如有误，请先取消那一行的匹配", "take that line apart first if it is wrong"),
        Some("amount") => Refusal::new(
            "amount_differs",
            "金额不一致，不能匹配：请查明后在备注中说明",
            "the amounts differ, so they cannot be matched: find out why and note it on the line",
        ),
        Some("not_paid") => Refusal::new(
            "payout_not_paid",
            "该付款在系统中未付出：请先登记付款",
            "this payout was not paid here: record the payment first",
        ),
        Some(_) => Refusal::new("line_not_final", "渠道尚未完成这笔退款", "the channel is not done with this refund"),
        None => return Ok(()),
    };
    Err(Error::conflict(refusal.at("payout")))
}
