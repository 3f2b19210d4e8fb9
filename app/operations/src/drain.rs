//! After the verb, before the commit: events are written and chained, rules fire, touched cases are brought up to date.
//!
//! The loop ends because rules have a depth limit, a chain has an effect limit, and bringing a case up to date writes
//! nothing when nothing changed.

use std::sync::Arc;

use domain::EventId;
use store::Tx;
use store::event::EventRow;

use crate::context::{Cause, Ctx};
use crate::error::Error;
use crate::event::Event;
use crate::masters::Masters;
use crate::{inbox, rma, rule, timer};

/// How deep rules may cause rules.
pub(crate) const MAX_RULE_DEPTH: u32 = 8;
/// How many events one command may cause.
const MAX_EVENTS_PER_COMMAND: usize = 500;

/// Writes all recorded events and everything that follows from them.
///
/// # Errors
/// What the store or a derived verb returns; the whole command is then undone.
pub(crate) fn drain(tx: &Tx<'_>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let mut written = 0;
    loop {
        while let Some((event, cause)) = ctx.events.pop_front() {
            written += 1;
            if written > MAX_EVENTS_PER_COMMAND {
                return Err(Error::internal("one command caused too many events"));
            }
            write(tx, ctx, &event, &cause)?;
        }
        let Some(rma) = ctx.touched.pop() else { break };
        rma::advance(tx, ctx, rma)?;
    }
    if ctx.masters_changed {
        ctx.masters_changed = false;
        ctx.changed.masters = Some(Arc::new(Masters::load(tx, ctx.now)?));
    }
    Ok(())
}

fn write(tx: &Tx<'_>, ctx: &mut Ctx<'_>, event: &Event, cause: &Cause) -> Result<(), Error> {
    let id = EventId::from_raw(ctx.id());
    let (mut actor_kind, actor_id) = ctx.actor.stored();
    if !cause.rule.is_empty() {
        actor_kind = "rule";
    }
    let (shop_id, warehouse_id) = store::event::place(event.shop, event.warehouse);
    let row = EventRow {
        id,
        at: ctx.now,
        kind: event.kind.as_str().to_owned(),
        rma_id: event.rma,
        subject: event.subject.0.to_owned(),
        subject_id: event.subject.1,
        shop_id,
        warehouse_id,
        actor_kind: actor_kind.to_owned(),
        actor_id,
        root_id: cause.root.unwrap_or(id),
        parent_id: cause.parent,
        depth: cause.depth,
        rule: cause.rule.clone(),
    };
    let payload = serde_json::to_string(&event.payload).map_err(|error| Error::internal(error.to_string()))?;
    store::event::append(tx, &row, &payload)?;
    if cause.rule.is_empty() {
        crate::station::note(tx, ctx.actor, event, id.get(), ctx.now)?;
    }
    announce(ctx, event);
    timer::watch::follow(tx, ctx, event)?;
    inbox::copies::follow(tx, ctx, event)?;
    rma::undo::follow(tx, event, id)?;
    rule::fire_all(tx, ctx, event, &row)
}

fn announce(ctx: &mut Ctx<'_>, event: &Event) {
    if let Some(rma) = event.rma {
        ctx.topic(format!("rma:{rma}"));
    }
    if let Some(shop) = event.shop {
        ctx.topic(format!("queue:{shop}"));
    }
    ctx.topic("board");
}
