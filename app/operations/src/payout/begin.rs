//! Claims a payout for sending: the claim is on the disk before the call.

use domain::{PayoutId, Permission, Timestamp};
use serde::{Deserialize, Serialize};
use store::Tx;

use crate::context::{Ctx, Place};
use crate::error::Error;

/// How long an answer may take before the gateway is asked what became of it.
pub const ANSWER_WITHIN_MS: i64 = 30_000;

/// Claims a payout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begin {
    /// The payout.
    pub payout: PayoutId,
}

/// What the gateway is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// The payout.
    pub payout: PayoutId,
    /// Its key, the same on every try.
    pub key: String,
    /// Minor units.
    pub amount_minor: i64,
    /// In this currency.
    pub currency: domain::Currency,
    /// The payment that is given back, or empty.
    pub payment_reference: String,
    /// What kind of payment it was, or empty.
    pub payment_kind: String,
    /// The order's number, or empty.
    pub order_number: String,
    /// The case's number.
    pub rma_number: String,
}

/// Claims a payout that waits to be sent; `None` when it no longer does.
///
/// # Errors
/// `Forbidden` for anybody but the program itself.
pub fn begin(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Begin) -> Result<Option<Sending>, Error> {
    ctx.require(Permission::SettlementPay, Place::default())?;
    let query_at: Timestamp = ctx.now.plus_ms(ANSWER_WITHIN_MS);
    if !store::payout::claim(tx, cmd.payout, ctx.now, query_at)? {
        return Ok(None);
    }
    let task = store::payout::task(tx, cmd.payout)?.ok_or(Error::NotFound("payout"))?;
    ctx.topic(format!("rma:{}", task.rma_id));
    Ok(Some(Sending {
        payout: task.payout.id,
        key: task.payout.key,
        amount_minor: task.payout.amount_minor,
        currency: task.payout.currency,
        payment_reference: task.tender_reference,
        payment_kind: task.tender_kind,
        order_number: task.order_number,
        rma_number: task.rma_number,
    }))
}
