//! Takes a line of a statement and a payout apart: a match that was wrong. What was paid stays paid.

use domain::{EventKind, StatementLineId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::statement::Found;

use super::{reached, tell, write};
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Takes a line apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The line.
    pub line: StatementLineId,
    /// Why.
    pub reason: String,
}

/// Takes a line's payout, matched or suggested, away from it; it is not matched by itself again.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` without a reason; `Conflict` when there is nothing to take apart.
pub fn part(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Part) -> Result<StatementLineId, Error> {
    let line = reached(tx, ctx, cmd.line)?;
    let reason = reach::reason(&cmd.reason, "reason")?;
    if !matches!(line.state.as_str(), "matched" | "suggested") {
        let refusal = Refusal::new("line_not_matched", "这一行没有匹配可取消", "this line is not matched");
        return Err(Error::conflict(refusal));
    }
    write(tx, &line, &Found { state: "open", why: "parted", payout: None, by: (None, None) })?;
    let mut event = Event::new(EventKind::StatementLineParted)
        .about("statement_line", line.id.get())
        .at(Some(line.shop_id), None)
        .with(json!({ "payout": line.payout_id, "amount_minor": line.amount_minor, "reason": reason }));
    event.rma = line.rma_id;
    ctx.record(event);
    tell(ctx);
    Ok(line.id)
}
