//! Fires the rules of the case's release on an event and writes what they do, with the trace.

use std::borrow::Cow;
use std::sync::Arc;

use domain::{EventKind, FiringId};
use engine::rule::{Effect, Occurrence, Rule, Trace};
use store::Tx;
use store::event::EventRow;
use store::firing::FiringRow;
use store::rma::RmaRow;

use super::effects::perform;
use crate::context::{Cause, Ctx};
use crate::definitions::Release;
use crate::drain::MAX_RULE_DEPTH;
use crate::error::Error;
use crate::event::Event;
use crate::rma::facts::LazyFacts;

/// Fires every rule that listens to this event. Events without a case set off nothing yet.
pub(crate) fn fire_all(tx: &Tx<'_>, ctx: &mut Ctx<'_>, event: &Event, row: &EventRow) -> Result<(), Error> {
    let Some(rma_id) = event.rma else { return Ok(()) };
    // A case runs on its own release; a case that is being written is on the current one.
    let Some(rma) = store::rma::find(tx, rma_id)? else { return Ok(()) };
    let release = ctx.definitions.release(tx, rma.release_id)?;
    let listening = release.template.rules_on(event.kind).next().is_some();
    if !listening || rma.origin == domain::state::Origin::Imported {
        return Ok(());
    }
    if row.depth >= MAX_RULE_DEPTH {
        return cut(tx, ctx, &release, row, &rma, event.kind);
    }
    let rules: Vec<Cow<'_, Rule>> =
        release.template.rules_on(event.kind).filter_map(|rule| switched_on(ctx, rule)).collect();
    let fired: Vec<(Trace, Vec<Effect<'_>>)> = {
        let facts = LazyFacts::new(tx, ctx.definitions, ctx.actor, ctx.now, &rma);
        let occurrence = Occurrence { kind: event.kind, node: event.node.as_deref() };
        let fired = rules.iter().map(|rule| engine::rule::run(rule, &occurrence, &facts));
        let fired = fired.map(|firing| (firing.trace, firing.effects)).collect();
        facts.finish()?;
        fired
    };
    for (trace, effects) in fired {
        let firing = write(tx, ctx, &release, row, &rma, &trace)?;
        let cause =
            Cause { root: Some(row.root_id), parent: Some(row.id), depth: row.depth + 1, rule: trace.rule.clone() };
        let before = std::mem::replace(&mut ctx.cause, cause);
        let done = effects.iter().try_for_each(|effect| perform(tx, ctx, &release, &rma, row, firing, effect));
        ctx.cause = before;
        done?;
    }
    Ok(())
}

// A case keeps its own release's rules, but whether one is on is today's word: off, it does nothing for any case; on
// again, it acts for those too that were filed while it was off.
fn switched_on<'r>(ctx: &Ctx<'_>, rule: &'r Rule) -> Option<Cow<'r, Rule>> {
    let current = ctx.definitions.current().ok();
    let today = current.and_then(|current| current.template.rule(&rule.id));
    match today.map_or(rule.enabled, |today| today.enabled) {
        true if rule.enabled => Some(Cow::Borrowed(rule)),
        true => Some(Cow::Owned(Rule { enabled: true, ..rule.clone() })),
        false => None,
    }
}

fn write(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    release: &Arc<Release>,
    event: &EventRow,
    rma: &RmaRow,
    trace: &Trace,
) -> Result<FiringId, Error> {
    let id = FiringId::from_raw(ctx.id());
    let text = serde_json::to_string(trace).map_err(|error| Error::internal(error.to_string()))?;
    store::firing::insert(
        tx,
        &FiringRow {
            id,
            event_id: event.id,
            rule: trace.rule.clone(),
            release_id: release.id,
            rma_id: Some(rma.id),
            matched: trace.matched,
            trace: text,
            at: ctx.now,
        },
    )?;
    Ok(id)
}

// A chain that is too deep is cut where everybody can see it.
fn cut(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    release: &Arc<Release>,
    event: &EventRow,
    rma: &RmaRow,
    kind: EventKind,
) -> Result<(), Error> {
    let trace = serde_json::json!({ "cut": true, "depth": event.depth, "event": kind.as_str() });
    store::firing::insert(
        tx,
        &FiringRow {
            id: FiringId::from_raw(ctx.id()),
            event_id: event.id,
            rule: event.rule.clone(),
            release_id: release.id,
            rma_id: Some(rma.id),
            matched: false,
            trace: trace.to_string(),
            at: ctx.now,
        },
    )?;
    Ok(())
}
