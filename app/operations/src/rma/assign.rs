//! Who looks after a case, and who takes a to-do from the pool.

use domain::{EventKind, Permission, PersonId, RmaId, TaskId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;

use super::load::Loaded;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Gives a case to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assign {
    /// The case.
    pub rma: RmaId,
    /// To whom; nobody when absent.
    pub owner: Option<PersonId>,
}

/// Gives the case to a person or to nobody.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for a person who is not active.
pub fn assign(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Assign) -> Result<RmaId, Error> {
    let loaded = Loaded::read(tx, ctx, cmd.rma)?;
    reach::place(ctx, Permission::RmaDecide, loaded.place(), "rma")?;
    if let Some(owner) = cmd.owner {
        let active = store::person::find(tx, owner)?.is_some_and(|person| person.active);
        if !active {
            let refusal = Refusal::new("no_such_person", "没有这个在职人员", "there is no such active person");
            return Err(Error::invalid(refusal.at("owner")));
        }
        ctx.topic(format!("person:{owner}"));
    }
    let was = loaded.rma.owner_id;
    if was == cmd.owner {
        return Ok(cmd.rma);
    }
    store::rma::assign(tx, cmd.rma, cmd.owner)?;
    let event = Event::new(EventKind::RmaAssigned)
        .rma(cmd.rma)
        .at(Some(loaded.rma.shop_id), loaded.rma.warehouse_id)
        .with(json!({ "owner": cmd.owner, "was": was }));
    ctx.record(event);
    Ok(cmd.rma)
}

/// Takes a to-do from the pool, or puts it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The to-do.
    pub task: TaskId,
    /// False puts it back.
    pub take: bool,
}

/// Takes or gives back a to-do of the actor's roles.
///
/// # Errors
/// `NotFound` for a to-do the actor may not have; `Conflict` when somebody else has it.
pub fn claim(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Claim) -> Result<TaskId, Error> {
    let task = store::task::find(tx, cmd.task)?.ok_or(Error::NotFound("task"))?;
    let person = ctx.actor.person().ok_or(Error::NotFound("task"))?;
    let mine = task.assignee_id == Some(person);
    let in_pool = task.assignee_id.is_none() && ctx.actor.holds(&task.role, task.shop_id, task.warehouse_id);
    if !mine && !in_pool {
        return match task.assignee_id {
            Some(_) if ctx.actor.holds(&task.role, task.shop_id, task.warehouse_id) => {
                Err(Error::conflict(Refusal::new("taken", "该任务已被同事领取", "a colleague has taken this task")))
            }
            _ => Err(Error::NotFound("task")),
        };
    }
    let wanted = cmd.take.then_some(person);
    if !store::task::assign(tx, cmd.task, wanted)? {
        return Err(Error::conflict(Refusal::new("not_open", "该任务已结束", "this task is over")));
    }
    ctx.topic(format!("person:{person}"));
    if let Some(shop) = task.shop_id {
        ctx.topic(format!("queue:{shop}"));
    }
    Ok(cmd.task)
}
