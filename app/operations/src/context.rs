//! What a verb is given: who, when, ids, the documents in force, and the list its events go to.

use std::collections::VecDeque;
use std::sync::Arc;

use domain::{EventId, Permission, RmaId, ShopId, Timestamp, WarehouseId};

use crate::actor::Actor;
use crate::definitions::{Changed, Definitions};
use crate::error::Error;
use crate::event::Event;
use crate::ids::IdMaker;
pub use crate::session::Forgotten;

/// Where something is, for rights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The shop, when it has one.
    pub shop: Option<ShopId>,
    /// The warehouse, when it has one.
    pub warehouse: Option<WarehouseId>,
}

/// How much was recorded at some point of a command.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    events: usize,
    touched: usize,
    topics: usize,
}

/// Why something happens: the chain an event belongs to.
#[derive(Clone, Debug, Default)]
pub struct Cause {
    /// The first event of the chain; `None` when the next event begins one.
    pub root: Option<EventId>,
    /// The event that led here.
    pub parent: Option<EventId>,
    /// How many rules deep.
    pub depth: u32,
    /// The rule that acts, empty for people.
    pub rule: String,
}

/// A verb's surroundings. Made anew each time the command runs, so that a command can run again.
pub struct Ctx<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// When the command began to run.
    pub now: Timestamp,
    /// The documents in force.
    pub definitions: &'a Arc<Definitions>,
    pub(crate) ids: &'a IdMaker,
    pub(crate) events: VecDeque<(Event, Cause)>,
    pub(crate) cause: Cause,
    /// Cases whose derived state, tasks and timers must be brought up to date before commit.
    pub(crate) touched: Vec<RmaId>,
    /// What changed, for open browsers: topics only, never data.
    pub(crate) topics: Vec<String>,
    /// What to put in force after commit.
    pub(crate) changed: Changed,
    pub(crate) masters_changed: bool,
    /// Signed-in callers to look up anew after commit.
    pub(crate) forgotten: Vec<Forgotten>,
}

impl<'a> Ctx<'a> {
    pub(crate) fn new(actor: &'a Actor, now: Timestamp, definitions: &'a Arc<Definitions>, ids: &'a IdMaker) -> Self {
        Self {
            actor,
            now,
            definitions,
            ids,
            events: VecDeque::new(),
            cause: Cause::default(),
            touched: Vec::new(),
            topics: Vec::new(),
            changed: Changed::default(),
            masters_changed: false,
            forgotten: Vec::new(),
        }
    }

    /// A new id; wrap it: `RmaId::from_raw(ctx.id())`.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.ids.next(self.now)
    }

    /// Records that something happened. Rules, tasks and timers follow before the commit.
    pub fn record(&mut self, event: Event) {
        if let Some(rma) = event.rma {
            self.touch(rma);
        }
        let cause = self.cause.clone();
        self.events.push_back((event, cause));
    }

    /// Records that something happened that cannot change a case's derived state by itself.
    pub(crate) fn record_quietly(&mut self, event: Event) {
        let cause = self.cause.clone();
        self.events.push_back((event, cause));
    }

    /// Where the record stands: for a part of a command that may be undone while the rest goes on.
    pub(crate) fn mark(&self) -> Mark {
        Mark { events: self.events.len(), touched: self.touched.len(), topics: self.topics.len() }
    }

    /// Forgets what was recorded since `mark`: its part of the command was undone.
    pub(crate) fn forget_since(&mut self, mark: Mark) {
        self.events.truncate(mark.events);
        self.touched.truncate(mark.touched);
        self.topics.truncate(mark.topics);
    }

    /// Asks for a case's derived state to be brought up to date before commit.
    pub fn touch(&mut self, rma: RmaId) {
        if !self.touched.contains(&rma) {
            self.touched.push(rma);
        }
    }

    /// Tells open browsers that something changed, after commit.
    pub fn topic(&mut self, topic: impl Into<String>) {
        let topic = topic.into();
        if !self.topics.contains(&topic) {
            self.topics.push(topic);
        }
    }

    /// Says that shops, warehouses, reasons, grades, carriers or calendars changed: the copy in memory is read anew.
    pub fn masters_changed(&mut self) {
        self.masters_changed = true;
    }

    /// Says that what a signed-in caller may do changed, or that it is one no more: looked up anew after commit.
    pub fn forget(&mut self, whom: Forgotten) {
        match whom {
            Forgotten::Person(person) => self.topic(format!("person:{person}")),
            Forgotten::Station(device) => self.topic(format!("station:{device}")),
            Forgotten::Session(_) | Forgotten::Token(_) => {}
        }
        self.forgotten.push(whom);
    }

    /// Refuses unless the actor may do this here.
    ///
    /// # Errors
    /// `Forbidden`.
    pub fn require(&self, permission: Permission, place: Place) -> Result<(), Error> {
        if self.actor.may(permission, place.shop, place.warehouse) { Ok(()) } else { Err(Error::Forbidden(permission)) }
    }
}
