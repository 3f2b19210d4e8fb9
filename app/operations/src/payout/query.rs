//! Asking at once what became of a payout, instead of waiting for the next question.

use domain::{PayoutId, Permission};
use serde::{Deserialize, Serialize};
use store::Tx;

use crate::context::Ctx;
use crate::error::{Error, Refusal};

/// Asks about a payout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// The payout.
    pub payout: PayoutId,
}

/// Puts the question first in line.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Conflict` when its outcome is known.
pub fn query(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Query) -> Result<PayoutId, Error> {
    let (payout, _, rma) = super::reached(tx, ctx, cmd.payout, Permission::SettlementPay)?;
    if !store::payout::query_now(tx, payout.id, ctx.now)? {
        let refusal =
            Refusal::new("outcome_known", "该付款没有待查询的结果", "this payout's outcome is not in question");
        return Err(Error::conflict(refusal));
    }
    ctx.topic("payouts");
    ctx.topic(format!("rma:{}", rma.id));
    Ok(payout.id)
}
