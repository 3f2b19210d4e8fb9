//! What the customer of a case wrote and staff have not dealt with yet: one to-do a case, and its end.

use domain::{EventKind, Permission, RmaId, TaskId, Text};
use engine::flow::Step;
use store::Tx;
use store::rma::RmaRow;
use store::task::TaskRow;

use super::load::{Loaded, history};
use super::people::{People, people_of};
use super::{FlowWork, facts::LazyFacts};
use crate::actor::ActorKind;
use crate::context::Ctx;
use crate::error::Error;
use crate::event::Event;
use crate::reach;

/// The to-do's kind; its node is no step of any flow.
const KIND: &str = "info";
const NODE: &str = "customer_message";

/// Marks what the customer of a case wrote as dealt with.
///
/// # Errors
/// `NotFound`, `Forbidden`.
pub fn handle(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: RmaId) -> Result<RmaId, Error> {
    let loaded = Loaded::read(tx, ctx, id)?;
    if matches!(ctx.actor.kind, ActorKind::Customer(_)) {
        return Err(Error::NotFound("rma"));
    }
    reach::place(ctx, Permission::RmaNote, loaded.place(), "rma")?;
    if settle(tx, ctx, &loaded.rma)? {
        let event = Event::new(EventKind::MessagesHandled).rma(id);
        ctx.record(event.at(Some(loaded.rma.shop_id), loaded.rma.warehouse_id));
    }
    Ok(id)
}

/// Ends the to-do of a case's messages; false when nothing waited.
pub(super) fn settle(tx: &Tx<'_>, ctx: &mut Ctx<'_>, rma: &RmaRow) -> Result<bool, Error> {
    let handled = store::note::handle(tx, rma.id, ctx.now)? > 0;
    for task in store::task::open_of_rma(tx, rma.id)?.iter().filter(|task| is_message(task)) {
        store::task::end(tx, task.id, "done", ctx.actor.person(), ctx.now)?;
        if let Some(person) = task.assignee_id {
            ctx.topic(format!("person:{person}"));
        }
    }
    Ok(handled)
}

fn is_message(task: &TaskRow) -> bool {
    task.kind == KIND && task.node == NODE
}

/// Opens the to-do unless it is open: for who looks after the case, else for whoever reviews such cases.
pub(crate) fn open_todo(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: RmaId) -> Result<(), Error> {
    if store::task::open_of_rma(tx, id)?.iter().any(is_message) {
        return Ok(());
    }
    let loaded = Loaded::read(tx, ctx, id)?;
    let people = reviewers(tx, ctx, &loaded)?;
    let rma = &loaded.rma;
    let assignee = match rma.owner_id {
        Some(owner) => Some(owner),
        None => people.persons.first().copied().filter(|_| people.named),
    };
    let task = TaskRow {
        id: TaskId::from_raw(ctx.id()),
        rma_id: Some(id),
        kind: KIND.to_owned(),
        node: NODE.to_owned(),
        round: 1,
        role: people.role,
        shop_id: people.shop,
        warehouse_id: people.warehouse,
        assignee_id: assignee,
        title: Text::new("回复顾客留言", "Answer the customer's message"),
        state: "open".to_owned(),
        due_at: None,
        warn_at: None,
        warned_at: None,
        breached_at: None,
        opened_at: ctx.now,
        done_at: None,
        done_by: None,
    };
    store::task::open(tx, &task)?;
    for person in assignee.into_iter().chain(people.persons) {
        ctx.topic(format!("person:{person}"));
    }
    Ok(())
}

// The first step of the flow at which people decide: who reviewed the case, or will, knows it.
fn reviewers(tx: &Tx<'_>, ctx: &Ctx<'_>, loaded: &Loaded) -> Result<People, Error> {
    let rma = &loaded.rma;
    let lines = store::rma_line::of_rma(tx, rma.id)?;
    let work = store::case_work::case_work(tx, rma.id)?;
    let history = history(tx, rma.id, FlowWork::of(rma, &lines, &work).core)?;
    let facts = LazyFacts::new(tx, ctx.definitions, ctx.actor, ctx.now, rma);
    let predicted = engine::flow::predict(loaded.flow()?, &history, &facts);
    facts.finish()?;
    let first = predicted.iter().find(|one| matches!(one.step, Step::Approve(_))).or_else(|| predicted.first());
    let first = first.ok_or_else(|| Error::internal("the flow has no step"))?;
    let categories = store::case_facts::lines(tx, rma.id)?.into_iter().map(|line| line.category);
    people_of(tx, rma, first.step.approver(), first.step.if_nobody(), &categories.collect::<Vec<_>>())
}
