//! Brings a case up to date: the flow's fold over its decisions and goods, its to-dos, its axes, its end.
//!
//! Called for every case that a command touched, before the commit. Writes nothing when nothing changed.

use domain::state::CaseState;
use domain::{DecisionId, EventKind, RmaId, Timestamp};
use engine::flow::{Outcome, PassedHow, Progress};
use serde_json::json;
use store::Tx;
use store::decision::DecisionRow;
use store::rma::Derived;
use store::rma_line::RmaLineRow;

use super::facts::LazyFacts;
use super::flow_work::FlowWork;
use super::load::{Loaded, history};
use super::release_budget::release_budget;
use crate::context::Ctx;
use crate::error::Error;
use crate::event::Event;
use crate::timer::clock::Due;

/// Brings a case up to date.
pub(crate) fn advance(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: RmaId) -> Result<(), Error> {
    let loaded = Loaded::read(tx, ctx, id)?;
    if loaded.rma.state.is_final() {
        return end_tasks(tx, ctx, id);
    }
    if loaded.rma.agreed_at.is_some() {
        crate::outbound::ensure(tx, ctx, &loaded.rma)?;
    }
    let lines = store::rma_line::of_rma(tx, id)?;
    let case_work = store::case_work::case_work(tx, id)?;
    let work = FlowWork::of(&loaded.rma, &lines, &case_work);
    let history = history(tx, id, work.core)?;
    let facts = LazyFacts::new(tx, ctx.definitions, ctx.actor, ctx.now, &loaded.rma);
    let progress = engine::flow::advance(loaded.flow()?, &history, &facts);
    facts.finish()?;
    record_decisions(tx, ctx, &loaded, &progress)?;
    let mut derived = loaded.rma.derived();
    derive_axes(&mut derived, &lines, &work, &progress, ctx.now);
    let agreed_now = derive_state(&mut derived, &work, &progress, ctx.now);
    let due = match derived.state.is_final() {
        true => Due::default(),
        false => {
            let categories = || categories(tx, id);
            super::tasks::reconcile(tx, ctx, &loaded.rma, &progress, &categories)?
        }
    };
    (derived.due_at, derived.warn_at) = (due.due_at, due.warn_at);
    if derived != loaded.rma.derived() {
        store::rma::derive(tx, id, &derived)?;
        announce(tx, ctx, &loaded, &derived, agreed_now)?;
    }
    Ok(())
}

fn categories(tx: &Tx<'_>, id: RmaId) -> Result<Vec<String>, Error> {
    Ok(store::case_facts::lines(tx, id)?.into_iter().map(|line| line.category).collect())
}

fn record_decisions(tx: &Tx<'_>, ctx: &mut Ctx<'_>, loaded: &Loaded, progress: &Progress<'_>) -> Result<(), Error> {
    for decision in &progress.record {
        store::decision::insert(
            tx,
            &DecisionRow {
                id: DecisionId::from_raw(ctx.id()),
                rma_id: loaded.rma.id,
                node: decision.node.clone(),
                round: decision.round,
                person_id: decision.person,
                decision: decision.kind.as_str().to_owned(),
                detail: decision.kind.target().unwrap_or_default().to_owned(),
                note: String::new(),
                at: ctx.now,
            },
        )?;
        let how = progress.passed.iter().find(|passed| passed.node == decision.node).map(|passed| passed.how);
        if matches!(how, Some(PassedHow::Auto | PassedHow::Core)) {
            ctx.record_quietly(node_passed(loaded, &decision.node, decision.round));
        }
    }
    Ok(())
}

/// The event that a node was passed.
pub(crate) fn node_passed(loaded: &Loaded, node: &str, round: u32) -> Event {
    Event::new(EventKind::NodePassed)
        .rma(loaded.rma.id)
        .at(Some(loaded.rma.shop_id), loaded.rma.warehouse_id)
        .node(node)
        .with(json!({ "node": node, "round": round }))
}

fn derive_axes(derived: &mut Derived, lines: &[RmaLineRow], work: &FlowWork, progress: &Progress<'_>, now: Timestamp) {
    use domain::state::GoodsState;
    use engine::flow::CoreState;
    derived.stage = progress.stage().unwrap_or_default().to_owned();
    derived.goods_state = work.goods;
    derived.money_state = work.money;
    let expects = lines.iter().any(|line| line.kind.expects_goods());
    // Work that comes back has not been done: its time goes, and is set again when it is.
    let mark = |slot: &mut Option<Timestamp>, reached: bool| {
        *slot = reached.then(|| slot.unwrap_or(now));
    };
    mark(&mut derived.received_at, expects && work.core.receive == CoreState::Done);
    let inspected = matches!(work.goods, GoodsState::Inspected | GoodsState::Dispositioned);
    mark(&mut derived.inspected_at, expects && inspected && work.core.receive == CoreState::Done);
    mark(&mut derived.settled_at, work.core.settle == CoreState::Done && derived.agreed_at.is_some());
    derived.refund_minor = lines.iter().map(|line| line.refund_minor).sum();
}

// True when the approvals were passed just now.
fn derive_state(derived: &mut Derived, work: &FlowWork, progress: &Progress<'_>, now: Timestamp) -> bool {
    let agreed_now = matches!(progress.outcome, Outcome::Agreed | Outcome::Completed) && derived.agreed_at.is_none();
    if agreed_now {
        derived.agreed_at = Some(now);
    }
    derived.state = match progress.outcome {
        Outcome::Rejected => CaseState::Rejected,
        Outcome::NeedsInfo => CaseState::NeedsInfo,
        // INVARIANT: whatever the flow says, a case closes only when the core's own guard finds nothing left.
        Outcome::Completed if !agreed_now && work.all_done() => CaseState::Closed,
        Outcome::Agreed | Outcome::Completed => CaseState::InProgress,
        Outcome::Running => CaseState::Submitted,
    };
    if derived.state.is_final() {
        derived.stage = String::new();
        derived.closed_at = Some(now);
    }
    agreed_now
}

fn announce(tx: &Tx<'_>, ctx: &mut Ctx<'_>, loaded: &Loaded, derived: &Derived, agreed_now: bool) -> Result<(), Error> {
    let rma = &loaded.rma;
    let event = |kind| Event::new(kind).rma(rma.id).at(Some(rma.shop_id), rma.warehouse_id);
    if agreed_now {
        store::rma_line::approve_all(tx, rma.id)?;
        ctx.record(event(EventKind::RmaAgreed));
    }
    if derived.received_at.is_some() && rma.received_at.is_none() {
        ctx.record(event(EventKind::GoodsReceived));
    }
    match derived.state {
        CaseState::Rejected => {
            release_budget(tx, rma.id)?;
            end_tasks(tx, ctx, rma.id)?;
            ctx.record(event(EventKind::RmaRejected));
        }
        CaseState::Closed => {
            end_tasks(tx, ctx, rma.id)?;
            ctx.record(event(EventKind::RmaClosed));
        }
        _ => {}
    }
    Ok(())
}

fn end_tasks(tx: &Tx<'_>, ctx: &Ctx<'_>, id: RmaId) -> Result<(), Error> {
    for task in store::task::open_of_rma(tx, id)?.iter().filter(|task| task.kind != "conflict") {
        store::task::end(tx, task.id, "cancelled", None, ctx.now)?;
    }
    Ok(())
}
