//! 撤销: who decided or wrote to the customer takes it back within the undo window, while nothing has come of it.
//!
//! Nothing is deleted: the decision stays and counts no more, events stay, messages that had not left are cancelled, and
//! the case is brought up to date as if the decision had not been made.

mod guard;
mod restore;

use domain::{EventId, EventKind, NoteId, Permission, RmaId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::decision::DecisionRow;
use store::note::NoteRow;

use super::load::Loaded;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use guard::Moment;

/// What is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum What {
    /// The actor's decision on a step.
    Decision {
        /// The flow node.
        node: String,
        /// Its round.
        round: u32,
    },
    /// What the actor wrote to the customer last.
    Message,
}

/// Takes something back on a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// The case.
    pub rma: RmaId,
    /// What.
    pub what: What,
}

/// Takes a decision or a message back.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` when it is another person's, too late, or something has come of it.
pub fn undo(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Undo) -> Result<RmaId, Error> {
    let loaded = Loaded::read(tx, ctx, cmd.rma)?;
    let place = loaded.place();
    if !ctx.actor.may(Permission::RmaView, place.shop, place.warehouse) {
        return Err(Error::NotFound("rma"));
    }
    match &cmd.what {
        What::Decision { node, round } => {
            ctx.require(Permission::RmaDecide, place)?;
            decision(tx, ctx, &loaded, node, *round)?;
        }
        What::Message => {
            ctx.require(Permission::RmaNote, place)?;
            message(tx, ctx, &loaded)?;
        }
    }
    Ok(cmd.rma)
}

fn decision(tx: &Tx<'_>, ctx: &mut Ctx<'_>, loaded: &Loaded, node: &str, round: u32) -> Result<(), Error> {
    let decisions = store::decision::of_rma(tx, loaded.rma.id)?;
    let mut of_step = decisions.iter().rev().filter(|one| one.node == node && one.round == round);
    let found = match ctx.actor.person() {
        Some(person) => of_step.clone().find(|one| one.person_id == Some(person)),
        None => None,
    };
    let own = match found {
        Some(own) => own,
        None if of_step.any(|one| one.person_id.is_some()) => return Err(guard::not_yours()),
        None => return Err(guard::nothing()),
    };
    let moment = Moment { id: own.id.get(), at: own.at };
    guard::in_time(ctx, loaded, moment)?;
    if decisions.iter().any(|one| one.id > own.id && (one.person_id.is_some() || one.decision == "info_given")) {
        return Err(guard::moved_on());
    }
    let events = guard::nothing_since(tx, ctx, loaded, moment)?;
    guard::messages_wait(tx, loaded.rma.id, &events)?;
    guard::rules_left_no_mark(tx, loaded, &events)?;
    restore::decision(tx, ctx, loaded, own)?;
    record(ctx, loaded, own);
    Ok(())
}

fn record(ctx: &mut Ctx<'_>, loaded: &Loaded, own: &DecisionRow) {
    let event = Event::new(EventKind::DecisionUndone)
        .rma(loaded.rma.id)
        .at(Some(loaded.rma.shop_id), loaded.rma.warehouse_id)
        .node(&own.node)
        .about("decision", own.id.get())
        .with(json!({ "node": own.node, "round": own.round, "decision": own.decision, "at": own.at }));
    ctx.record(event);
}

fn message(tx: &Tx<'_>, ctx: &mut Ctx<'_>, loaded: &Loaded) -> Result<(), Error> {
    let author = ctx.actor.author();
    let notes = store::note::of_rma(tx, loaded.rma.id)?;
    let mut to_customer = notes.iter().rev().filter(|note| note.audience == "customer" && note.author != "customer");
    let own: &NoteRow = match to_customer.clone().find(|note| note.author == author) {
        Some(own) => own,
        None if to_customer.next().is_some() => return Err(guard::not_yours()),
        None => return Err(guard::nothing()),
    };
    let moment = Moment { id: own.id.get(), at: own.at };
    guard::in_time(ctx, loaded, moment)?;
    if notes.iter().any(|note| note.id > own.id && note.author == "customer") {
        return Err(Error::conflict(Refusal::new(
            "customer_answered",
            "顾客已经回复，不能撤回",
            "the customer has answered already, so the message cannot be taken back",
        )));
    }
    let events = guard::of_message(tx, loaded.rma.id, own.id)?;
    guard::messages_wait(tx, loaded.rma.id, &events)?;
    restore::message(tx, ctx, own)?;
    let event = Event::new(EventKind::MessageTakenBack)
        .rma(loaded.rma.id)
        .at(Some(loaded.rma.shop_id), loaded.rma.warehouse_id)
        .about("note", own.id.get());
    ctx.record(event);
    Ok(())
}

/// Cancels what waits to go out because of what was taken back; the cancelled rows name the event that did it.
///
/// # Errors
/// The store's.
pub(crate) fn follow(tx: &Tx<'_>, event: &Event, id: EventId) -> Result<(), Error> {
    let Some(rma) = event.rma else { return Ok(()) };
    let caused = match event.kind {
        EventKind::DecisionUndone => {
            let at = event.payload.get("at").and_then(serde_json::Value::as_i64).unwrap_or_default();
            let caused = guard::caused_at(tx, rma, event.subject.1, at)?;
            caused.into_iter().map(|row| row.id).collect()
        }
        EventKind::MessageTakenBack => guard::of_message(tx, rma, NoteId::from_raw(event.subject.1))?,
        _ => return Ok(()),
    };
    for event in caused {
        store::outbox::cancel_of_event(tx, event, id)?;
    }
    Ok(())
}
