//! Fires timers that are due: a warning or a passed deadline is marked and told as an event, once, however late.

use domain::{EventKind, Permission, TaskId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::task::DueTimer;

use super::{DEADLINE, NEAR, watch};
use crate::context::{Ctx, Place};
use crate::error::Error;
use crate::event::Event;

/// A timer that fires this long after its time is late: the program was not there, not merely busy.
const LATE_MS: i64 = 60_000;

/// Fires timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fire {
    /// At most so many in one command, so that nobody waits for a sweep.
    pub limit: u32,
}

/// How many fired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fired {
    /// Timers that were due and are fired now.
    pub fired: u32,
}

/// Fires what is due, in the order it fell due. A timer that fired stays fired: a machine whose clock goes back tells
/// nothing twice.
///
/// # Errors
/// `Forbidden` for anybody but the program itself.
pub fn fire(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Fire) -> Result<Fired, Error> {
    ctx.require(Permission::SystemView, Place::default())?;
    let due = store::task::due_timers(tx, ctx.now, cmd.limit)?;
    let mut fired = 0;
    for timer in due {
        if !store::task::fire_timer(tx, timer.id, ctx.now)? {
            continue;
        }
        fired += 1;
        let Some(kind) = kind(&timer) else { continue };
        match timer.task_id {
            Some(task) => of_task(tx, ctx, &timer, kind, task)?,
            None => of_subject(tx, ctx, &timer, kind)?,
        }
    }
    Ok(Fired { fired })
}

fn kind(timer: &DueTimer) -> Option<EventKind> {
    match timer.kind.as_str() {
        NEAR => Some(EventKind::DeadlineNear),
        DEADLINE => Some(EventKind::DeadlinePassed),
        _ => None,
    }
}

fn of_task(tx: &Tx<'_>, ctx: &mut Ctx<'_>, timer: &DueTimer, kind: EventKind, id: TaskId) -> Result<(), Error> {
    // A task that ended meanwhile has no deadline any more. What is marked is when it fell due, not when that was found.
    let marked = match kind {
        EventKind::DeadlineNear => store::task::warn(tx, id, timer.due_at)?,
        _ => store::task::breach(tx, id, timer.due_at)?,
    };
    if !marked {
        return Ok(());
    }
    let Some(task) = store::task::find(tx, id)? else { return Ok(()) };
    let event = Event::new(kind)
        .about("task", id.get())
        .at(task.shop_id, task.warehouse_id)
        .node(&task.node)
        .with(json!({ "node": task.node, "due_at": task.due_at, "late_ms": late_ms(timer, ctx.now) }));
    let event = match task.rma_id {
        Some(rma) => event.rma(rma),
        None => event,
    };
    ctx.record_quietly(event);
    for person in task.assignee_id.iter() {
        ctx.topic(format!("person:{person}"));
    }
    Ok(())
}

fn of_subject(tx: &Tx<'_>, ctx: &mut Ctx<'_>, timer: &DueTimer, kind: EventKind) -> Result<(), Error> {
    let Some((subject, title)) = watch::still_waits(tx, timer)? else { return Ok(()) };
    let case = match timer.rma_id {
        Some(rma) => store::rma::find(tx, rma)?,
        None => None,
    };
    let shop = case.as_ref().map(|case| case.shop_id);
    let mut event = Event::new(kind)
        .about(subject, timer.subject_id)
        .at(shop, case.as_ref().and_then(|case| case.warehouse_id))
        .with(json!({ "what": title, "late_ms": late_ms(timer, ctx.now) }));
    event.rma = timer.rma_id;
    ctx.record_quietly(event);
    Ok(())
}

/// How long after its time a timer fires; `None` when that is in time.
fn late_ms(timer: &DueTimer, now: Timestamp) -> Option<i64> {
    Some(now.ms() - timer.due_at.ms()).filter(|late| *late > LATE_MS)
}
