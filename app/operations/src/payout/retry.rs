//! A refused payout tried again: a new row with a key of its own, because the gateway has answered the old one for good.

use domain::state::{PayoutState, SettlementState};
use domain::{PayoutId, Permission};
use serde::{Deserialize, Serialize};
use store::Tx;

use crate::context::Ctx;
use crate::error::{Error, Refusal};

/// Tries a refused payout again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retry {
    /// The refused payout.
    pub payout: PayoutId,
}

/// Requests the amount of a refused payout again.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Conflict` unless it was refused and nothing took its place.
pub fn retry(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Retry) -> Result<PayoutId, Error> {
    let (payout, settlement, rma) = super::reached(tx, ctx, cmd.payout, Permission::SettlementPay)?;
    if payout.state != PayoutState::Failed || settlement.state != SettlementState::Executing {
        let refusal = Refusal::new(
            "not_refused",
            "只有被拒绝的付款可以重试；结果未知的付款请先查询",
            "only a refused payout is tried again; an unknown outcome is asked about first",
        );
        return Err(Error::conflict(refusal));
    }
    super::nothing_live(tx, &payout)?;
    let tender = match (payout.tender_id, settlement.order_id) {
        (Some(id), Some(order)) => store::order::tenders(tx, order)?.into_iter().find(|tender| tender.id == id),
        _ => None,
    };
    crate::settlement::pay::request(tx, ctx, &settlement, &rma, tender.as_ref(), payout.amount_minor)
}
