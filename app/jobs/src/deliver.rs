//! Sends messages on the channels that are set up; a message keeps its key however often it is tried.

use connectors::message::{Connection, Letter, Outgoing, Sender, Told, What, compose};
use domain::OutboxId;
use engine::channel::ChannelSecret;
use futures_util::stream::{self, StreamExt};
use operations::delivery::begin::{Begin, Sending, begin};
use operations::delivery::finish::{Caught, Finish, Outcome, finish};
use operations::delivery::read::due;
use operations::{App, Call, Error};
use tokio::sync::Notify;

/// Most messages under way at once.
const MAX_CALLS: usize = 8;
/// Most messages looked at in one round.
const ROUND: u32 = 100;

/// Sends what is due.
#[derive(Debug, Default)]
pub struct Post {
    sender: Sender,
    catching: bool,
}

impl Post {
    /// Sends; or, when it is `catching`, keeps what would have gone out and lets nothing leave.
    #[must_use]
    pub fn new(catching: bool) -> Self {
        Self { sender: Sender::default(), catching }
    }

    /// Works through what is due now; how many messages that was.
    ///
    /// # Errors
    /// When nothing can be read.
    pub async fn round(&self, app: &App) -> Result<usize, Error> {
        let due = app.read(|conn| due(conn, app.now(), self.catching, ROUND))?;
        let count = due.len();
        stream::iter(due)
            .for_each_concurrent(MAX_CALLS, |id| async move {
                if let Err(error) = self.one(app, id).await {
                    tracing::warn!(%error, message = %id, "a message waits for the next tick");
                }
            })
            .await;
        Ok(count)
    }

    async fn one(&self, app: &App, id: OutboxId) -> Result<(), Error> {
        let cmd = Begin { outbox: id, catching: self.catching };
        let begun = app.run(Call::system("delivery.begin"), move |tx, ctx| begin(tx, ctx, &cmd)).await?;
        let Some(sending) = begun.value else { return Ok(()) };
        let started_at = app.now();
        let (channel, knows_keys) = (sending.channel, sending.kind.knows_keys());
        let (told, caught) = self.send(app, sending).await;
        let outcome = match told.what {
            What::Done => Outcome::Done,
            What::Refused => Outcome::Refused,
            What::Later => Outcome::Later,
            What::Unknown => Outcome::Unknown { knows_keys },
        };
        let cmd = Finish {
            outbox: id,
            channel,
            outcome,
            code: told.code,
            detail: told.detail,
            rest_ms: told.rest_ms,
            caught,
            started_at,
        };
        app.run(Call::system("delivery.finish"), move |tx, ctx| finish(tx, ctx, &cmd)).await?;
        Ok(())
    }

    async fn send(&self, app: &App, sending: Sending) -> (Told, Option<Caught>) {
        let Ok(secret) = opened(app, &sending) else { return (refused("secret"), None) };
        let (connection, letter) = written(sending, secret);
        let outgoing = match compose(&connection, &letter, app.now().ms()) {
            Ok(outgoing) => outgoing,
            Err(told) => return (told, None),
        };
        if self.catching {
            let caught = caught(&connection, &letter, &outgoing);
            return (
                Told { what: What::Done, code: "caught".to_owned(), detail: String::new(), rest_ms: None },
                Some(caught),
            );
        }
        (self.sender.send(&connection, outgoing).await, None)
    }
}

fn refused(code: &str) -> Told {
    Told { what: What::Refused, code: code.to_owned(), detail: String::new(), rest_ms: None }
}

// A secret that another machine sealed stays shut: the message says so.
fn opened(app: &App, sending: &Sending) -> Result<ChannelSecret, ()> {
    let Some(sealed) = &sending.sealed else { return Ok(ChannelSecret::default()) };
    let sealer = app.sealer().map_err(|error| tracing::error!(%error, "no sealing key"))?;
    let text = sealer.open(sending.kind.as_str(), sealed).ok_or(())?;
    serde_json::from_str(&text).map_err(|_| ())
}

fn written(sending: Sending, secret: ChannelSecret) -> (Connection, Letter) {
    let letter = Letter {
        key: sending.key,
        to: sending.to,
        subject: sending.subject,
        text: sending.text,
        link: sending.link,
        link_title: sending.link_title,
        template: sending.template,
        params: sending.params,
        body: sending.body,
    };
    (Connection { kind: sending.kind, settings: sending.settings, secret }, letter)
}

fn caught(connection: &Connection, letter: &Letter, outgoing: &Outgoing) -> Caught {
    Caught {
        channel: connection.kind.as_str().to_owned(),
        receiver: letter.to.clone().unwrap_or_default(),
        subject: letter.subject.clone(),
        text: letter.text.clone(),
        raw: outgoing.shown(&connection.secret),
    }
}

/// Works through what is due whenever it is woken.
pub(crate) async fn run(app: &App, post: &Post, wake: &Notify) {
    loop {
        wake.notified().await;
        if let Err(error) = post.round(app).await {
            tracing::warn!(%error, "messages wait for the next tick");
        }
    }
}
