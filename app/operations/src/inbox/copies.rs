//! 抄送: when a step is passed, the people its document names are told. A copy gives no right to act.

use domain::{CopyId, EventKind, Permission, WarehouseId};
use store::case_copy::CopyRow;
use store::inbox::CopiedRow;
use store::{Conn, Tx};

use super::person;
use crate::actor::Actor;
use crate::context::Ctx;
use crate::error::Error;
use crate::event::Event;
use crate::gate;

/// The actor's copies of cases they may still see, newest first.
///
/// # Errors
/// `NotFound` for an actor who is not a person.
pub fn page(conn: &Conn, actor: &Actor, before: Option<CopyId>, limit: u32) -> Result<Vec<CopiedRow>, Error> {
    let scope = gate::rows(actor, Permission::RmaView);
    Ok(store::inbox::copied(conn, person(actor)?, &scope, before, limit)?)
}

/// Marks one of the actor's copies, or all of them, as read.
///
/// # Errors
/// `NotFound` for an actor who is not a person.
pub fn read(tx: &Tx<'_>, ctx: &mut Ctx<'_>, copy: Option<CopyId>) -> Result<(), Error> {
    let person = person(ctx.actor)?;
    store::case_copy::mark_read(tx, person, copy, ctx.now)?;
    ctx.topic(format!("person:{person}"));
    Ok(())
}

/// Sends the copies of a step that was passed.
///
/// # Errors
/// The store's.
pub(crate) fn follow(tx: &Tx<'_>, ctx: &mut Ctx<'_>, event: &Event) -> Result<(), Error> {
    let (EventKind::NodePassed, Some(rma), Some(node)) = (event.kind, event.rma, &event.node) else { return Ok(()) };
    let Some(rma) = store::rma::find(tx, rma)? else { return Ok(()) };
    let release = ctx.definitions.release(tx, rma.release_id)?;
    let Some(flow) = release.template.case_flow() else { return Ok(()) };
    let round = event.payload.get("round").and_then(serde_json::Value::as_u64).unwrap_or(1);
    for role in flow.copy_to(node) {
        let warehouse = rma.warehouse_id.map_or(0, WarehouseId::get);
        for person in store::role_holder::of_role(tx, role, rma.shop_id.get(), warehouse)? {
            let copy = CopyRow {
                id: CopyId::from_raw(ctx.id()),
                person_id: person,
                rma_id: rma.id,
                node: node.clone(),
                round: u32::try_from(round).unwrap_or(1),
                title: flow.title(node).cloned().unwrap_or_default(),
                at: ctx.now,
            };
            store::case_copy::put(tx, &copy)?;
            ctx.topic(format!("person:{person}"));
        }
    }
    Ok(())
}
