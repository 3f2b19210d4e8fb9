//! Reconciles a case's to-dos with the open nodes of its flow: nothing orphaned, nothing twice.

use domain::{ClockPauseId, EventKind, PersonId, RmaId, TaskId};
use engine::flow::{Mode, OpenNode, Progress, Step};
use serde_json::json;
use store::Tx;
use store::rma::RmaRow;
use store::task::TaskRow;

use super::people::{People, people_of};
use crate::context::Ctx;
use crate::error::Error;
use crate::event::Event;
use crate::timer::clock::{self, Due};

/// Opens tasks for nodes that newly wait, ends tasks of nodes that no longer do. Gives the earliest deadline left with its
/// warning.
pub(crate) fn reconcile(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    rma: &RmaRow,
    progress: &Progress<'_>,
    categories: &dyn Fn() -> Result<Vec<String>, Error>,
) -> Result<Due, Error> {
    let open = store::task::open_of_rma(tx, rma.id)?;
    let mut earliest = Due::default();
    let mut note = |due: Due| {
        if due.due_at.is_some_and(|at| earliest.due_at.is_none_or(|known| at < known)) {
            earliest = due;
        }
    };
    for task in open.iter().filter(|task| is_of_flow(task)) {
        if wanted(progress, task) {
            note(clock_of(task));
        } else {
            pause(tx, ctx, rma.id, progress, task)?;
            end(tx, ctx, rma.id, task)?;
        }
    }
    for node in progress.open.iter().filter(|node| node.ready && wants_todo(node)) {
        let known = |task: &&TaskRow| is_of_flow(task) && task.node == node.node && task.round == node.round;
        let has = open.iter().any(|task| known(&task) && (node.turn.is_none() || task.assignee_id == node.turn));
        if !has {
            note(open_node(tx, ctx, rma, node, categories)?);
        }
    }
    for task in open.iter().filter(|task| !is_of_flow(task)) {
        // A rule's to-do that waits for a node ends with it.
        if task.kind == "rule" && progress.passed.iter().any(|passed| passed.node == task.node) {
            store::task::end(tx, task.id, "done", ctx.actor.person(), ctx.now)?;
        } else {
            note(clock_of(task));
        }
    }
    Ok(earliest)
}

fn clock_of(task: &TaskRow) -> Due {
    Due { due_at: task.due_at, warn_at: task.warn_at, warned_at: task.warned_at, breached_at: task.breached_at }
}

// While the customer is asked, the step's clock stands still.
fn pause(tx: &Tx<'_>, ctx: &Ctx<'_>, rma: RmaId, progress: &Progress<'_>, task: &TaskRow) -> Result<(), Error> {
    let asked = progress.waiting.iter().any(|waiting| waiting.node == task.node);
    if let Some(stopped) = clock::stop(ctx, task).filter(|_| asked) {
        store::clock_pause::stop(tx, ClockPauseId::from_raw(ctx.id()), rma, &task.node, &stopped)?;
    }
    Ok(())
}

// A step that opens for the first time starts its clock; one that waited for the customer goes on with what was left.
fn due_of(tx: &Tx<'_>, ctx: &Ctx<'_>, rma: &RmaRow, node: &OpenNode<'_>) -> Result<Due, Error> {
    let deadline = node.step.deadline();
    match store::clock_pause::stopped(tx, rma.id, node.node)? {
        Some(stopped) => {
            store::clock_pause::resume(tx, rma.id, node.node, ctx.now)?;
            clock::resume(ctx.definitions, rma.shop_id, ctx.now, &stopped, deadline)
        }
        None => clock::start(ctx.definitions, rma.shop_id, ctx.now, deadline, node.step.warn_before()),
    }
}

// A rule that makes the to-do of a step in its place hears only that the work came, not that it came back.
fn wants_todo(node: &OpenNode<'_>) -> bool {
    node.step.todo() || node.round > 1
}

fn is_of_flow(task: &TaskRow) -> bool {
    task.kind == "approve" || task.kind == "work"
}

fn wanted(progress: &Progress<'_>, task: &TaskRow) -> bool {
    progress.open.iter().any(|node| {
        let theirs = node.turn.is_none() || task.assignee_id == node.turn;
        node.node == task.node && node.round == task.round && node.ready && theirs
    })
}

// The task of a node that somebody has just decided is done by that person; any other is no longer needed.
fn end(tx: &Tx<'_>, ctx: &mut Ctx<'_>, rma: RmaId, task: &TaskRow) -> Result<(), Error> {
    let decided = store::decision::of_rma(tx, rma)?;
    let by = decided.iter().rev().find(|one| one.node == task.node && one.round == task.round);
    let person = by.and_then(|one| one.person_id);
    let core = by.is_some_and(|one| one.decision == "core_done");
    match (person, core) {
        (Some(person), _) if task.assignee_id.is_none_or(|assignee| assignee == person) => {
            store::task::end(tx, task.id, "done", Some(person), ctx.now)?;
        }
        (_, true) => store::task::end(tx, task.id, "done", ctx.actor.person(), ctx.now)?,
        _ => store::task::end(tx, task.id, "cancelled", None, ctx.now)?,
    }
    if let Some(person) = task.assignee_id {
        ctx.topic(format!("person:{person}"));
    }
    Ok(())
}

fn open_node(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    rma: &RmaRow,
    node: &OpenNode<'_>,
    categories: &dyn Fn() -> Result<Vec<String>, Error>,
) -> Result<Due, Error> {
    let people = people_of(tx, rma, node.step.approver(), node.step.if_nobody(), &categories()?)?;
    let due = due_of(tx, ctx, rma, node)?;
    let assignees = assignees(node, &people);
    if matches!(node.step, Step::Approve(approve) if approve.mode != Mode::Any) {
        store::decision::ask(tx, rma.id, node.node, node.round, &people.persons)?;
    }
    for assignee in assignees {
        let task = task(ctx, rma, node, &people, assignee, due);
        store::task::open(tx, &task)?;
        clock::set(tx, ctx, rma.id, task.id, &due)?;
        if let Some(person) = assignee {
            ctx.topic(format!("person:{person}"));
        }
    }
    let event = Event::new(EventKind::NodeOpened)
        .rma(rma.id)
        .at(Some(rma.shop_id), rma.warehouse_id)
        .node(node.node)
        .with(json!({ "node": node.node, "round": node.round, "due_at": due.due_at }));
    ctx.record_quietly(event);
    Ok(due)
}

// 或签 waits in the pool until somebody takes it; every other mode asks each person, one after the other if sequential.
fn assignees(node: &OpenNode<'_>, people: &People) -> Vec<Option<PersonId>> {
    if let Some(turn) = node.turn {
        return vec![Some(turn)];
    }
    let each = || people.persons.iter().copied().map(Some).collect::<Vec<_>>();
    let everybody = match node.step {
        Step::Approve(approve) => match approve.mode {
            Mode::Any => people.named,
            Mode::Sequential => return people.persons.first().copied().map(Some).into_iter().collect(),
            Mode::AnyAgree | Mode::All | Mode::Ratio { .. } => true,
        },
        Step::Core(_) => people.named,
    };
    let named = if everybody { each() } else { Vec::new() };
    if named.is_empty() { vec![None] } else { named }
}

fn task(
    ctx: &Ctx<'_>,
    rma: &RmaRow,
    node: &OpenNode<'_>,
    people: &People,
    assignee: Option<PersonId>,
    due: Due,
) -> TaskRow {
    let kind = if matches!(node.step, Step::Approve(_)) { "approve" } else { "work" };
    TaskRow {
        id: TaskId::from_raw(ctx.id()),
        rma_id: Some(rma.id),
        kind: kind.to_owned(),
        node: node.node.to_owned(),
        round: node.round,
        role: people.role.clone(),
        shop_id: people.shop,
        warehouse_id: people.warehouse,
        assignee_id: assignee,
        title: node.step.title().clone(),
        state: "open".to_owned(),
        due_at: due.due_at,
        warn_at: due.warn_at,
        warned_at: due.warned_at,
        breached_at: due.breached_at,
        opened_at: ctx.now,
        done_at: None,
        done_by: None,
    }
}
