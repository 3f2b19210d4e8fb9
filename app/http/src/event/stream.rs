//! One listener: gathers topics for a moment, leaves out what its caller may not hear of, says when some were missed.

use std::collections::{BTreeSet, HashMap};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Bytes;
use contract::event::{RESYNC, TOPICS};
use operations::session::{self, SignedIn};
use operations::{App, topic};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};

use crate::event::streams::Seat;
use crate::extract::Caller;
use crate::state::State;

/// Topics are gathered for so long before they are sent: a browser fetches once, not a hundred times.
const GATHER: Duration = Duration::from_millis(150);
/// A line to keep proxies from closing the connection, and the time to see whether the session is still open.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// More topics than this at once mean "fetch everything anew".
const MAX_TOPICS: usize = 256;
/// Remembered answers to "may hear of this case".
const MAX_KNOWN: usize = 1_024;

pub(super) struct Listener {
    app: App,
    signed_in: Arc<SignedIn>,
    topics: Receiver<Arc<Vec<String>>>,
    closing: watch::Receiver<bool>,
    known: HashMap<String, bool>,
    heartbeat: Instant,
    greeted: bool,
    _seat: Seat,
}

/// What a moment of listening brought.
enum Heard {
    Topics(BTreeSet<String>),
    Missed,
    Silence,
    End,
}

impl Listener {
    pub(super) fn new(state: &State, caller: Caller, seat: Seat) -> Self {
        Self {
            app: state.app.clone(),
            signed_in: caller.signed_in,
            topics: state.app.subscribe(),
            closing: state.closing.clone(),
            known: HashMap::new(),
            heartbeat: Instant::now() + HEARTBEAT,
            greeted: false,
            _seat: seat,
        }
    }

    /// The next piece of the stream; `None` ends it.
    pub(super) async fn next(mut self) -> Option<(Result<Bytes, Infallible>, Self)> {
        if !self.greeted {
            self.greeted = true;
            // Tells the browser how soon to come back, and that the stream stands.
            return Some((Ok(Bytes::from_static(b"retry: 2000\n\n")), self));
        }
        loop {
            let piece = match self.listen().await {
                Heard::End => return None,
                Heard::Missed => event(RESYNC, "[]"),
                Heard::Topics(topics) => {
                    if self.is_about_caller(&topics) {
                        self.look_again()?;
                    }
                    let allowed: Vec<String> = topics.into_iter().filter(|topic| self.may_hear(topic)).collect();
                    match allowed.len() {
                        0 => continue,
                        1..=MAX_TOPICS => event(TOPICS, &serde_json::to_string(&allowed).unwrap_or_default()),
                        _ => event(RESYNC, "[]"),
                    }
                }
                Heard::Silence => {
                    self.heartbeat = Instant::now() + HEARTBEAT;
                    self.look_again()?;
                    Bytes::from_static(b": still here\n\n")
                }
            };
            return Some((Ok(piece), self));
        }
    }

    async fn listen(&mut self) -> Heard {
        if *self.closing.borrow() {
            return Heard::End;
        }
        let first = tokio::select! {
            first = self.topics.recv() => first,
            () = sleep_until(self.heartbeat) => return Heard::Silence,
            _ = self.closing.changed() => return Heard::End,
        };
        let mut gathered: BTreeSet<String> = match first {
            Ok(topics) => topics.iter().cloned().collect(),
            Err(RecvError::Lagged(_)) => return Heard::Missed,
            Err(RecvError::Closed) => return Heard::End,
        };
        sleep(GATHER).await;
        loop {
            match self.topics.try_recv() {
                Ok(topics) => gathered.extend(topics.iter().cloned()),
                Err(TryRecvError::Lagged(_)) => return Heard::Missed,
                Err(TryRecvError::Empty | TryRecvError::Closed) => return Heard::Topics(gathered),
            }
        }
    }

    /// Takes over the rights of now; `None` when the caller is signed in no more.
    fn look_again(&mut self) -> Option<()> {
        self.signed_in = session::authenticate_again(&self.app, &self.signed_in).ok()?;
        self.known.clear();
        Some(())
    }

    fn is_about_caller(&self, topics: &BTreeSet<String>) -> bool {
        let own = self.signed_in.actor.person().map(|person| format!("person:{person}"));
        own.is_some_and(|own| topics.contains(&own))
    }

    fn may_hear(&mut self, topic: &str) -> bool {
        if let Some(known) = self.known.get(topic) {
            return *known;
        }
        // What cannot be looked up is not told.
        let may = topic::may_hear(&self.app, &self.signed_in.actor, topic).unwrap_or(false);
        if self.known.len() >= MAX_KNOWN {
            self.known.clear();
        }
        self.known.insert(topic.to_owned(), may);
        may
    }
}

fn event(name: &str, data: &str) -> Bytes {
    Bytes::from(format!("event: {name}\ndata: {data}\n\n"))
}
