//! Reconciles a case's to-dos with the open nodes of its flow: nothing orphaned, nothing twice.

use domain::{EventKind, PersonId, RmaId, TaskId, TimerId, Timestamp};
use engine::flow::{Mode, OpenNode, Progress, Step};
use serde_json::json;
use store::Tx;
use store::rma::RmaRow;
use store::task::TaskRow;

use super::people::{People, people_of};
use crate::context::Ctx;
use crate::error::Error;
use crate::event::Event;

/// The timer that watches a task's deadline.
pub(crate) const DEADLINE_TIMER: &str = "deadline";

/// Opens tasks for nodes that newly wait, ends tasks of nodes that no longer do. Gives the earliest deadline left.
pub(crate) fn reconcile(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    rma: &RmaRow,
    progress: &Progress<'_>,
    categories: &dyn Fn() -> Result<Vec<String>, Error>,
) -> Result<Option<Timestamp>, Error> {
    let open = store::task::open_of_rma(tx, rma.id)?;
    let mut earliest: Option<Timestamp> = None;
    let mut note = |due: Option<Timestamp>| {
        earliest = [earliest, due].into_iter().flatten().min();
    };
    for task in open.iter().filter(|task| is_of_flow(task)) {
        if wanted(progress, task) {
            note(task.due_at);
        } else {
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
            note(task.due_at);
        }
    }
    Ok(earliest)
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
) -> Result<Option<Timestamp>, Error> {
    let people = people_of(tx, rma, node.step.approver(), node.step.if_nobody(), &categories()?)?;
    let due_at = match node.step.deadline() {
        Some(after) => Some(ctx.definitions.masters.due_at(rma.shop_id, ctx.now, after)?),
        None => None,
    };
    let assignees = assignees(node, &people);
    if matches!(node.step, Step::Approve(approve) if approve.mode != Mode::Any) {
        store::decision::ask(tx, rma.id, node.node, node.round, &people.persons)?;
    }
    for assignee in assignees {
        let task = task(ctx, rma, node, &people, assignee, due_at);
        store::task::open(tx, &task)?;
        if let Some(due_at) = due_at {
            let timer = TimerId::from_raw(ctx.id());
            store::task::set_timer(tx, timer, due_at, DEADLINE_TIMER, Some(rma.id), Some(task.id))?;
        }
        if let Some(person) = assignee {
            ctx.topic(format!("person:{person}"));
        }
    }
    let event = Event::new(EventKind::NodeOpened)
        .rma(rma.id)
        .at(Some(rma.shop_id), rma.warehouse_id)
        .node(node.node)
        .with(json!({ "node": node.node, "round": node.round, "due_at": due_at }));
    ctx.record_quietly(event);
    Ok(due_at)
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
    due_at: Option<Timestamp>,
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
        due_at,
        breached_at: None,
        opened_at: ctx.now,
        done_at: None,
        done_by: None,
    }
}
