//! Sends payouts and asks about those whose answer is missing. Claim, call, answer: the claim and the answer are
//! commands of their own, and a kill between them leaves a row that says what to ask.

use connectors::Answer;
use connectors::payment::{Gateway, Refund};
use domain::{PayoutId, Timestamp};
use futures_util::stream::{self, StreamExt};
use operations::payout::answer::{Answered, Outcome, answer};
use operations::payout::begin::{Begin, Sending, begin};
use operations::payout::read::due;
use operations::{App, Call, Error};
use tokio::sync::Notify;

/// Most calls at the gateway at once.
const MAX_CALLS: usize = 8;
/// Most payouts looked at in one round.
const ROUND: u32 = 100;

/// Works through what is due whenever it is woken.
pub(crate) async fn run(app: &App, gateway: Option<&Gateway>, wake: &Notify) {
    loop {
        wake.notified().await;
        let Some(gateway) = gateway else { continue };
        if let Err(error) = round(app, gateway).await {
            tracing::warn!(%error, "payouts wait for the next tick");
        }
    }
}

/// Sends and asks once for everything that is due now. Dropping it at any point loses nothing: the rows say what is to be
/// asked about.
///
/// # Errors
/// The store's.
pub async fn round(app: &App, gateway: &Gateway) -> Result<(), Error> {
    let due = app.read(|conn| due(conn, app.now(), ROUND))?;
    let send = due.send.into_iter().map(|id| (id, true));
    let query = due.query.into_iter().map(|id| (id, false));
    stream::iter(send.chain(query))
        .for_each_concurrent(MAX_CALLS, |(id, first)| async move {
            let done = if first { send_one(app, gateway, id).await } else { ask_one(app, gateway, id).await };
            if let Err(error) = done {
                tracing::warn!(%error, payout = %id, "a payout waits for the next tick");
            }
        })
        .await;
    Ok(())
}

async fn send_one(app: &App, gateway: &Gateway, id: PayoutId) -> Result<(), Error> {
    let begun = app.run(Call::system("payout.begin"), move |tx, ctx| begin(tx, ctx, &Begin { payout: id })).await?;
    let Some(sending) = begun.value else { return Ok(()) };
    let started_at = app.now();
    let said = gateway.refund(&sending.key, &refund(&sending)).await;
    record(app, id, said, started_at).await
}

async fn ask_one(app: &App, gateway: &Gateway, id: PayoutId) -> Result<(), Error> {
    let key = app.read(|conn| operations::payout::read::key(conn, id))?;
    let started_at = app.now();
    let said = gateway.query(&key).await;
    record(app, id, said, started_at).await
}

async fn record(app: &App, payout: PayoutId, said: Answer, started_at: Timestamp) -> Result<(), Error> {
    let outcome = match said {
        Answer::Done(gateway_id) => Outcome::Done { gateway_id },
        Answer::Refused(reason) => Outcome::Refused { reason },
        Answer::Unknown(detail) => Outcome::Unknown { detail },
        Answer::NotSent(detail) => Outcome::NotSent { detail },
        Answer::NotKnown => Outcome::NotKnown,
    };
    let cmd = Answered { payout, outcome, started_at };
    app.run(Call::system("payout.answer"), move |tx, ctx| answer(tx, ctx, &cmd)).await?;
    Ok(())
}

fn refund(sending: &Sending) -> Refund {
    Refund {
        amount_minor: sending.amount_minor,
        currency: sending.currency.to_string(),
        payment_reference: sending.payment_reference.clone(),
        payment_kind: sending.payment_kind.clone(),
        order_number: sending.order_number.clone(),
        return_number: sending.rma_number.clone(),
    }
}
