//! The only caller of the writer: idempotency, the verb, its events through rules and derived work, then the answer.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{Job, Lane, Outcome, Tx, Verdict};
use tokio::sync::oneshot;

use crate::actor::Actor;
use crate::app::App;
use crate::context::{Ctx, Forgotten};
use crate::definitions::Changed;
use crate::error::{Error, Refusal};

/// Who calls which verb, under which key.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who.
    pub actor: Arc<Actor>,
    /// The verb's name, such as `rma.decide`.
    pub verb: &'static str,
    /// The client's key, if it sent one.
    pub key: Option<ClientKey>,
    /// Whether somebody waits.
    pub lane: Lane,
}

/// A client's key for one command and the hash of the request it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientKey {
    /// 1 to 200 visible characters.
    pub key: String,
    /// BLAKE3 of verb, path and body.
    pub request_hash: [u8; 32],
}

impl Call {
    /// A call without a key in the interactive lane.
    #[must_use]
    pub const fn new(actor: Arc<Actor>, verb: &'static str) -> Self {
        Self { actor, verb, key: None, lane: Lane::Interactive }
    }
    /// The program's own call in the bulk lane.
    #[must_use]
    pub fn system(verb: &'static str) -> Self {
        Self { actor: Arc::new(Actor::system()), verb, key: None, lane: Lane::Bulk }
    }
}

/// A verb's answer, on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<T> {
    /// What the verb returned.
    pub value: T,
    /// Whether this is the answer given to the same key before.
    pub replayed: bool,
}

impl App {
    /// Runs a verb in the writer and answers when its changes are on the disk.
    ///
    /// # Errors
    /// What the verb returns; `Busy` when the queue is full; `Conflict` when the key was used for another request.
    pub async fn run<T, F>(&self, call: Call, verb: F) -> Result<Answer<T>, Error>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&Tx<'_>, &mut Ctx<'_>) -> Result<T, Error> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let lane = call.lane;
        let command = Command { app: self.clone(), call, verb, sender, result: None, effects: None };
        self.store().submit(lane, Box::new(command)).map_err(|store::Full| Error::Busy)?;
        receiver.await.map_err(|_| Error::Busy)?
    }

    /// The same for callers without an async runtime: blocks the calling thread.
    ///
    /// # Errors
    /// As `run`.
    pub fn run_blocking<T, F>(&self, call: Call, verb: F) -> Result<Answer<T>, Error>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&Tx<'_>, &mut Ctx<'_>) -> Result<T, Error> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let lane = call.lane;
        let command = Command { app: self.clone(), call, verb, sender, result: None, effects: None };
        self.store().submit(lane, Box::new(command)).map_err(|store::Full| Error::Busy)?;
        receiver.blocking_recv().map_err(|_| Error::Busy)?
    }
}

struct Command<T, F> {
    app: App,
    call: Call,
    verb: F,
    sender: oneshot::Sender<Result<Answer<T>, Error>>,
    result: Option<Result<Answer<T>, Error>>,
    effects: Option<AfterCommit>,
}

/// What happens once the changes are on the disk.
#[derive(Default)]
struct AfterCommit {
    topics: Vec<String>,
    changed: Changed,
    forgotten: Vec<Forgotten>,
}

impl<T, F> Command<T, F>
where
    T: Serialize + DeserializeOwned,
    F: Fn(&Tx<'_>, &mut Ctx<'_>) -> Result<T, Error>,
{
    fn attempt(&self, tx: &Tx<'_>) -> Result<(Answer<T>, AfterCommit), Error> {
        let (actor_kind, actor_id) = self.call.actor.stored();
        let actor_key = format!("{actor_kind}:{actor_id}");
        if let Some(key) = &self.call.key
            && let Some(value) = remembered(tx, &actor_key, self.call.verb, key)?
        {
            return Ok((Answer { value, replayed: true }, AfterCommit::default()));
        }
        let definitions = self.app.definitions();
        let mut ctx = Ctx::new(&self.call.actor, self.app.now(), &definitions, self.app.ids());
        let value = (self.verb)(tx, &mut ctx)?;
        crate::drain::drain(tx, &mut ctx)?;
        if let Some(key) = &self.call.key {
            let answer = serde_json::to_string(&value).map_err(|error| Error::internal(error.to_string()))?;
            let entry = store::idempotency::Remembered {
                verb: self.call.verb.to_owned(),
                request_hash: key.request_hash.to_vec(),
                answer,
            };
            store::idempotency::remember(tx, &actor_key, &key.key, ctx.now, &entry)?;
        }
        let effects = AfterCommit { topics: ctx.topics, changed: ctx.changed, forgotten: ctx.forgotten };
        Ok((Answer { value, replayed: false }, effects))
    }
}

fn remembered<T: DeserializeOwned>(tx: &Tx<'_>, actor: &str, verb: &str, key: &ClientKey) -> Result<Option<T>, Error> {
    let Some(found) = store::idempotency::find(tx, actor, &key.key)? else {
        return Ok(None);
    };
    if found.verb != verb || found.request_hash != key.request_hash {
        return Err(Error::conflict(
            Refusal::new(
                "key_reused",
                "该请求标识已用于另一个请求",
                "this idempotency key was used for another request",
            )
            .help("请为每个新请求使用新的标识", "use a new key for each new request"),
        ));
    }
    serde_json::from_str(&found.answer).map(Some).map_err(|error| Error::internal(error.to_string()))
}

impl<T, F> Job for Command<T, F>
where
    T: Serialize + DeserializeOwned + Send,
    F: Fn(&Tx<'_>, &mut Ctx<'_>) -> Result<T, Error> + Send,
{
    fn run(&mut self, tx: &Tx<'_>) -> Verdict {
        // The writer catches panics too; here the caller still gets an answer that says so.
        let attempt = catch_unwind(AssertUnwindSafe(|| self.attempt(tx)));
        match attempt {
            Ok(Ok((answer, effects))) => {
                let replayed = answer.replayed;
                self.result = Some(Ok(answer));
                self.effects = Some(effects);
                if replayed { Verdict::Rollback } else { Verdict::Commit }
            }
            Ok(Err(error)) => {
                self.result = Some(Err(error));
                self.effects = None;
                Verdict::Rollback
            }
            Err(_) => {
                self.result = Some(Err(Error::internal(format!("`{}` panicked", self.call.verb))));
                self.effects = None;
                Verdict::Rollback
            }
        }
    }

    fn done(self: Box<Self>, outcome: Outcome) {
        let Self { app, sender, result, effects, .. } = *self;
        let answer = match outcome {
            Outcome::Failed(error) => Err(Error::from(error)),
            Outcome::Committed { .. } | Outcome::RolledBack => result.unwrap_or(Err(Error::Busy)),
        };
        if let (true, Some(effects)) = (answer.is_ok(), effects) {
            if !effects.changed.is_nothing() {
                app.put_in_force(effects.changed);
            }
            app.sessions().forget(&effects.forgotten);
            app.announce(effects.topics);
        }
        // The caller may have gone; its command stands all the same.
        let _ = sender.send(answer);
    }
}
