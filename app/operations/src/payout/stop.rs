//! A payout that was never sent, taken back: the gateway is not there, or the money shall go another way.

use domain::{EventKind, PayoutId, Permission};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;

/// Takes back a payout that was never sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// The payout.
    pub payout: PayoutId,
}

/// Stops a payout before its first try; it counts as refused then.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Conflict` once it was sent.
pub fn stop(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Stop) -> Result<PayoutId, Error> {
    let (payout, settlement, rma) = super::reached(tx, ctx, cmd.payout, Permission::SettlementPay)?;
    if !store::payout::stop(tx, payout.id, ctx.now)? {
        let refusal =
            Refusal::new("already_sent", "该付款已发送，不能撤回", "this payout was sent, so it cannot be taken back")
                .help("请查询其结果", "ask what became of it");
        return Err(Error::conflict(refusal));
    }
    if let Some(tender) = payout.tender_id {
        store::order::add_tender_refunded(tx, tender, -payout.amount_minor)?;
    }
    let event = Event::new(EventKind::PayoutFailed)
        .rma(rma.id)
        .about("payout", payout.id.get())
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({ "settlement": settlement.id, "amount_minor": payout.amount_minor, "detail": "stopped" }));
    ctx.record(event);
    Ok(payout.id)
}
