//! Puts a case back to where it stood before a decision, or before a message.

use domain::state::{CaseState, OutboundState};
use domain::{Lang, RmaId, TaskId};
use store::Tx;
use store::claim::Claim;
use store::decision::DecisionRow;
use store::note::NoteRow;
use store::rma::Derived;

use super::super::load::Loaded;
use crate::context::Ctx;
use crate::error::Error;

/// Takes a decision back with all that its command did; the case's axes and to-dos follow when it is brought up to date.
pub(super) fn decision(tx: &Tx<'_>, ctx: &mut Ctx<'_>, loaded: &Loaded, own: &DecisionRow) -> Result<(), Error> {
    let rma = &loaded.rma;
    let (from, at) = (own.id.get(), own.at);
    store::decision::take_back(tx, rma.id, own.id, ctx.now)?;
    let mut derived = rma.derived();
    if rma.agreed_at == Some(at) {
        call_off(tx, ctx, loaded)?;
        store::rma_line::approve_none(tx, rma.id)?;
        derived.agreed_at = None;
        derived.state = CaseState::Submitted;
    }
    if rma.state == CaseState::Rejected {
        claim_again(tx, rma.id)?;
        derived = Derived { state: CaseState::Submitted, closed_at: None, ..derived };
    }
    if derived != rma.derived() {
        store::rma::derive(tx, rma.id, &derived)?;
    }
    if own.decision == "ask_info" {
        store::clock_pause::resume(tx, rma.id, &own.node, ctx.now)?;
    }
    end_opened(tx, ctx, rma.id, own)?;
    store::task::reopen(tx, rma.id, from, at)?;
    for person in store::case_copy::take_back(tx, rma.id, from, at, ctx.now)? {
        ctx.topic(format!("person:{person}"));
    }
    Ok(store::notice::settle(tx, rma.id, from, at, ctx.now)?)
}

// Goods that were to go out because of the agreement stay here. The units are taken off, so that agreeing again asks for
// them anew.
fn call_off(tx: &Tx<'_>, ctx: &mut Ctx<'_>, loaded: &Loaded) -> Result<(), Error> {
    let reason = match ctx.actor.lang {
        Lang::Zh => "审批已撤销",
        Lang::En => "the agreement was taken back",
    };
    for order in store::outbound::of_rma(tx, loaded.rma.id)? {
        if order.state != OutboundState::Open {
            continue;
        }
        for line in store::outbound::lines(tx, order.id)? {
            let units = (order.kind, line.rma_line_id, line.quantity);
            crate::outbound::recall::recall(tx, ctx, &loaded.rma, units, reason)?;
        }
    }
    Ok(())
}

// The refusal gave the units back to the order; somebody else may have claimed them since, and the budget's guard says so.
fn claim_again(tx: &Tx<'_>, rma: RmaId) -> Result<(), Error> {
    for line in store::rma_line::of_rma(tx, rma)? {
        let Some(order_line_id) = line.order_line_id.filter(|_| !line.undeclared) else { continue };
        let claim = Claim {
            order_line_id,
            kind: line.kind,
            quantity: line.requested,
            goods_minor: line.share_goods_minor,
            tax_minor: line.share_tax_minor,
        };
        store::claim::take(tx, &claim)?;
    }
    Ok(())
}

// To-dos that the decision opened: the flow's and the rules'.
fn end_opened(tx: &Tx<'_>, ctx: &mut Ctx<'_>, rma: RmaId, own: &DecisionRow) -> Result<(), Error> {
    let opened = |id: TaskId| id.get() > own.id.get();
    for task in store::task::open_of_rma(tx, rma)? {
        if opened(task.id) && task.opened_at == own.at && task.kind != "conflict" {
            store::task::end(tx, task.id, "cancelled", None, ctx.now)?;
            if let Some(person) = task.assignee_id {
                ctx.topic(format!("person:{person}"));
            }
        }
    }
    Ok(())
}

/// Takes a message to the customer back; what it had dealt with waits again.
pub(super) fn message(tx: &Tx<'_>, ctx: &Ctx<'_>, own: &NoteRow) -> Result<(), Error> {
    store::note::take_back(tx, own, ctx.now)?;
    Ok(store::task::reopen(tx, own.rma_id, own.id.get(), own.at)?)
}
