//! The people's part: agreeing, refusing, asking, answering.

use std::sync::Arc;

use domain::{Permission, RmaId};
use operations::Error;
use operations::rma::answer::{GiveInfo, give_info};
use operations::rma::decide::{Choice, Decide, decide as run};

use super::Demo;
use super::catalog::ANSWERS;

/// Decides the case's open step, if there is one; whether there was.
pub(crate) fn decide(demo: &mut Demo, id: RmaId) -> Result<bool, Error> {
    let tasks = demo.app.read(|conn| Ok(store::task::open_of_rma(conn, id)?))?;
    let Some(task) = tasks.into_iter().find(|task| task.kind == "approve") else { return Ok(false) };
    let Some(staff) = demo.world.of_role(&task.role) else { return Ok(false) };
    let actor = Arc::clone(&staff.actor);
    let (choice, note) = match demo.random.below(100) {
        0..6 => (Choice::Reject, "不符合售后政策，已电话沟通"),
        6..13 if task.round == 1 => (Choice::AskInfo, "请补充商品照片和吊牌照片"),
        _ => (Choice::Agree, ""),
    };
    let command = Decide { rma: id, node: task.node, round: task.round, choice, note: note.to_owned() };
    let done = demo.act(&actor, "rma.decide", move |tx, ctx| run(tx, ctx, &command));
    match done {
        Ok(_) => Ok(true),
        // A step that cannot ask is agreed to instead, the next time.
        Err(Error::Conflict(_)) => Ok(true),
        Err(error) => Err(error),
    }
}

/// Answers what was asked.
pub(crate) fn answer(demo: &mut Demo, id: RmaId) -> Result<(), Error> {
    let actor = Arc::clone(demo.world.who_may(Permission::RmaNote, None)?);
    let text = demo.random.pick(ANSWERS).copied().unwrap_or("ok").to_owned();
    let command = GiveInfo { rma: id, text, attachments: Vec::new() };
    demo.act(&actor, "rma.give_info", move |tx, ctx| give_info(tx, ctx, &command))?;
    Ok(())
}
