//! What became of a payout: from the answer to sending it, or from asking about it. Answers may come twice or late.

use domain::state::PayoutState;
use domain::{EffectId, EventKind, PayoutId, Permission, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::payout::{PayoutAnswer, PayoutRow};
use store::rma::RmaRow;
use store::settlement::SettlementRow;

use crate::context::{Ctx, Place};
use crate::error::Error;
use crate::event::Event;

/// The longest pause between two questions.
const MAX_PAUSE_MS: i64 = 600_000;
/// The first pause.
const FIRST_PAUSE_MS: i64 = 2_000;

/// What the gateway or the line said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// Paid.
    Done {
        /// The gateway's own number.
        gateway_id: String,
    },
    /// Refused for good: no money moved.
    Refused {
        /// What the gateway said.
        reason: String,
    },
    /// The answer is lost or not final: nobody knows whether money moved.
    Unknown {
        /// What happened on the line.
        detail: String,
    },
    /// The request never left: the gateway could not be reached.
    NotSent {
        /// What happened on the line.
        detail: String,
    },
    /// The gateway was asked and does not know the key: it is sent again, under the same key.
    NotKnown,
}

/// Records what became of a payout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The payout.
    pub payout: PayoutId,
    /// What was said.
    pub outcome: Outcome,
    /// When the call began.
    pub started_at: Timestamp,
}

/// Writes an outcome on a payout. A payout that is finished stays as it is.
///
/// # Errors
/// `Forbidden` for anybody but the program itself; `NotFound`.
pub fn answer(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Answered) -> Result<PayoutState, Error> {
    ctx.require(Permission::SettlementPay, Place::default())?;
    let payout = store::payout::find(tx, cmd.payout)?.ok_or(Error::NotFound("payout"))?;
    let settlement = store::settlement::find(tx, payout.settlement_id)?.ok_or(Error::NotFound("settlement"))?;
    let rma = store::rma::find(tx, settlement.rma_id)?.ok_or(Error::NotFound("rma"))?;
    said(tx, ctx, (&payout, &settlement, &rma), cmd)
}

/// Writes an outcome on a payout, whoever said it: the gateway, or the channel's statement.
///
/// # Errors
/// The store's.
pub(crate) fn said(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    (payout, settlement, rma): (&PayoutRow, &SettlementRow, &RmaRow),
    cmd: &Answered,
) -> Result<PayoutState, Error> {
    let (state, said) = written(ctx, payout, &cmd.outcome);
    if !store::payout::answer(tx, payout.id, state, &said)? {
        return Ok(payout.state);
    }
    let (word, detail) = attempt(&cmd.outcome);
    let effect = EffectId::from_raw(ctx.id());
    store::payout::record_attempt(tx, effect, payout.id, word, detail, (cmd.started_at.min(ctx.now), ctx.now))?;
    if state == PayoutState::Failed
        && let Some(tender) = payout.tender_id
    {
        store::order::add_tender_refunded(tx, tender, -payout.amount_minor)?;
    }
    record(ctx, rma, payout, state, detail);
    if state == PayoutState::Requested {
        ctx.topic("payouts");
    }
    if state == PayoutState::Done {
        super::finish_settlement(tx, ctx, settlement, rma)?;
    }
    Ok(state)
}

fn written(ctx: &Ctx<'_>, payout: &PayoutRow, outcome: &Outcome) -> (PayoutState, PayoutAnswer) {
    let later = Some(ctx.now.plus_ms(pause_ms(payout, ctx.now)));
    match outcome {
        Outcome::Done { gateway_id } => {
            let gateway_id = Some(gateway_id.clone());
            (PayoutState::Done, PayoutAnswer { gateway_id, finished_at: Some(ctx.now), ..PayoutAnswer::default() })
        }
        Outcome::Refused { reason } => {
            let answer = PayoutAnswer { error: reason.clone(), finished_at: Some(ctx.now), ..PayoutAnswer::default() };
            (PayoutState::Failed, answer)
        }
        Outcome::Unknown { detail } => {
            let answer = PayoutAnswer { error: detail.clone(), next_query_at: later, ..PayoutAnswer::default() };
            (PayoutState::Unknown, answer)
        }
        Outcome::NotSent { detail } => {
            let answer = PayoutAnswer { error: detail.clone(), next_query_at: later, ..PayoutAnswer::default() };
            // A payout that may have moved money once stays unknown until the gateway says what became of it.
            let state = if payout.state == PayoutState::Sent { PayoutState::Requested } else { PayoutState::Unknown };
            (state, answer)
        }
        Outcome::NotKnown => {
            (PayoutState::Requested, PayoutAnswer { next_query_at: Some(ctx.now), ..PayoutAnswer::default() })
        }
    }
}

// Twice as long each time, counted from when it was sent, ten minutes at most.
fn pause_ms(payout: &PayoutRow, now: Timestamp) -> i64 {
    let since = payout.sent_at.map_or(0, |sent| now.ms().saturating_sub(sent.ms()));
    since.clamp(FIRST_PAUSE_MS, MAX_PAUSE_MS)
}

fn attempt(outcome: &Outcome) -> (&'static str, &str) {
    match outcome {
        Outcome::Done { gateway_id } => ("ok", gateway_id),
        Outcome::Refused { reason } => ("failed", reason),
        Outcome::Unknown { detail } => ("unknown", detail),
        Outcome::NotSent { detail } => ("failed", detail),
        Outcome::NotKnown => ("failed", "not known to the gateway"),
    }
}

fn record(ctx: &mut Ctx<'_>, rma: &RmaRow, payout: &PayoutRow, state: PayoutState, detail: &str) {
    let kind = match state {
        PayoutState::Done => EventKind::PayoutDone,
        PayoutState::Failed => EventKind::PayoutFailed,
        // Said once, not at every question.
        PayoutState::Unknown if payout.state != PayoutState::Unknown => EventKind::PayoutUnknown,
        _ => return ctx.touch(rma.id),
    };
    let event = Event::new(kind)
        .rma(rma.id)
        .about("payout", payout.id.get())
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({ "settlement": payout.settlement_id, "amount_minor": payout.amount_minor, "detail": detail }));
    ctx.record(event);
}
