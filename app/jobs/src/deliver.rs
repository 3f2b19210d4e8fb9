//! Sends messages on the channels that are set up; a message keeps its key however often it is tried.

use connectors::Answer;
use connectors::messages::Messenger;
use domain::OutboxId;
use futures_util::stream::{self, StreamExt};
use operations::delivery::begin::{Begin, Sending, begin};
use operations::delivery::finish::{Finish, Outcome, finish};
use operations::delivery::read::due;
use operations::{App, Call, Error};
use tokio::sync::Notify;

/// Most messages under way at once.
const MAX_CALLS: usize = 8;
/// Most messages looked at in one round.
const ROUND: u32 = 100;

/// Works through what is due whenever it is woken.
pub(crate) async fn run(app: &App, messenger: &Messenger, wake: &Notify) {
    loop {
        wake.notified().await;
        if messenger.ready().is_empty() {
            continue;
        }
        if let Err(error) = round(app, messenger).await {
            tracing::warn!(%error, "messages wait for the next tick");
        }
    }
}

async fn round(app: &App, messenger: &Messenger) -> Result<(), Error> {
    let channels = messenger.ready();
    let due = app.read(|conn| due(conn, app.now(), &channels, ROUND))?;
    stream::iter(due)
        .for_each_concurrent(MAX_CALLS, |id| async move {
            if let Err(error) = send_one(app, messenger, id).await {
                tracing::warn!(%error, message = %id, "a message waits for the next tick");
            }
        })
        .await;
    Ok(())
}

async fn send_one(app: &App, messenger: &Messenger, id: OutboxId) -> Result<(), Error> {
    let begun = app.run(Call::system("delivery.begin"), move |tx, ctx| begin(tx, ctx, &Begin { outbox: id })).await?;
    let Some(sending) = begun.value else { return Ok(()) };
    let started_at = app.now();
    let outcome = match send(messenger, &sending).await {
        Answer::Done(detail) => Outcome::Done { detail },
        Answer::Refused(detail) => Outcome::Refused { detail },
        Answer::NotSent(detail) => Outcome::NotSent { detail },
        Answer::Unknown(detail) => Outcome::Unknown { detail },
        Answer::NotKnown => Outcome::Unknown { detail: String::new() },
    };
    let cmd = Finish { outbox: id, outcome, started_at };
    app.run(Call::system("delivery.finish"), move |tx, ctx| finish(tx, ctx, &cmd)).await?;
    Ok(())
}

async fn send(messenger: &Messenger, sending: &Sending) -> Answer {
    match (sending.channel.as_str(), &sending.to) {
        ("webhook", _) => messenger.webhook(&sending.key, &sending.body).await,
        ("sms", Some(to)) => messenger.sms(&sending.key, to, &sending.text).await,
        (_, None) => Answer::Refused("nobody to send it to".to_owned()),
        (other, Some(_)) => Answer::NotSent(format!("no channel `{other}`")),
    }
}
