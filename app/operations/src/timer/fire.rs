//! Fires timers that are due: a deadline that passed is marked on its task and told as an event.

use domain::{EventKind, Permission};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::task::DueTimer;

use crate::context::{Ctx, Place};
use crate::error::Error;
use crate::event::Event;

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

/// Fires what is due.
///
/// # Errors
/// `Forbidden` for anybody but the program itself.
pub fn fire(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Fire) -> Result<Fired, Error> {
    ctx.require(Permission::SystemView, Place::default())?;
    let due = store::task::due_timers(tx, ctx.now, cmd.limit)?;
    let mut fired = 0;
    for timer in due {
        if store::task::fire_timer(tx, timer.id, ctx.now)? {
            fired += 1;
            if timer.kind == crate::rma::DEADLINE_TIMER {
                deadline(tx, ctx, &timer)?;
            }
        }
    }
    Ok(Fired { fired })
}

fn deadline(tx: &Tx<'_>, ctx: &mut Ctx<'_>, timer: &DueTimer) -> Result<(), Error> {
    let Some(id) = timer.task_id else { return Ok(()) };
    // A task that ended meanwhile has no deadline any more.
    if !store::task::breach(tx, id, ctx.now)? {
        return Ok(());
    }
    let Some(task) = store::task::find(tx, id)? else { return Ok(()) };
    let event = Event::new(EventKind::DeadlinePassed)
        .about("task", id.get())
        .at(task.shop_id, task.warehouse_id)
        .node(&task.node)
        .with(json!({ "node": task.node, "due_at": task.due_at }));
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
