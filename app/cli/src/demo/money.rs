//! The money's part: keyed by one, approved by another, sent and answered.

use std::sync::Arc;

use domain::settlement::Basis;
use domain::state::{PayoutState, SettlementState};
use domain::{Permission, RmaId};
use operations::Error;
use operations::payout::answer::{Answered, Outcome, answer};
use operations::payout::begin::{Begin, begin};
use operations::settlement::approve::{ApproveSettlement, approve};
use operations::settlement::mark_done::{MarkDone, mark_done};
use operations::settlement::pay::{Pay, pay};
use operations::settlement::preview::{Ask, preview};
use operations::settlement::propose::{Propose, propose as run_propose};
use store::settlement::SettlementRow;

use super::Demo;

/// Keys what the preview suggests; whether there was anything to key.
pub(crate) fn propose(demo: &mut Demo, id: RmaId) -> Result<bool, Error> {
    let actor = Arc::clone(demo.world.who_may(Permission::SettlementPropose, None)?);
    let lines = demo.app.read(|conn| Ok(store::rma_line::of_rma(conn, id)?))?;
    let open = lines.iter().find(|line| line.kind.settles_money() && !line.money_done && !line.undeclared);
    let Some(line) = open else { return Ok(false) };
    let basis = line.kind.default_basis();
    let basis = if basis == Basis::Advanced { Basis::Counted } else { basis };
    let definitions = demo.app.definitions();
    let now = demo.app.now();
    let ask = Ask { rma: id, order: None, basis, components: Vec::new() };
    let found = demo.app.read(|conn| preview(conn, &actor, &definitions, now, &ask))?;
    if found.suggestion.is_empty() {
        // Nothing is due: finance says so once.
        let command = MarkDone { line: line.id, reason: "无应退款项".to_owned() };
        return match demo.act(&actor, "settlement.mark_done", move |tx, ctx| mark_done(tx, ctx, &command)) {
            Ok(_) => Ok(true),
            Err(Error::Conflict(_)) => Ok(false),
            Err(error) => Err(error),
        };
    }
    let command = Propose {
        rma: id,
        order: None,
        basis,
        means: "original".to_owned(),
        components: found.suggestion,
        platform_number: String::new(),
        note: String::new(),
    };
    match demo.act(&actor, "settlement.propose", move |tx, ctx| run_propose(tx, ctx, &command)) {
        Ok(_) => Ok(true),
        Err(Error::Conflict(_) | Error::Invalid(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Takes an open settlement one step on.
pub(crate) fn go_on(demo: &mut Demo, settlement: &SettlementRow) -> Result<Option<i64>, Error> {
    let id = settlement.id;
    match settlement.state {
        SettlementState::Proposed => {
            let other = settlement.needs_second.then_some(settlement.proposed_by);
            let actor = Arc::clone(demo.world.who_may(Permission::SettlementApprove, other)?);
            let command = ApproveSettlement { settlement: id };
            demo.act(&actor, "settlement.approve", move |tx, ctx| approve(tx, ctx, &command))?;
        }
        SettlementState::Approved => {
            let actor = Arc::clone(demo.world.who_may(Permission::SettlementPay, None)?);
            let command = Pay { settlement: id };
            match demo.act(&actor, "settlement.pay", move |tx, ctx| pay(tx, ctx, &command)) {
                Ok(_) => {}
                // A special invoice blocks: somebody has work to do first.
                Err(Error::Conflict(_)) => return Ok(None),
                Err(error) => return Err(error),
            }
        }
        SettlementState::Executing => return send(demo, settlement),
        SettlementState::Settled | SettlementState::Cancelled => {}
    }
    Ok(Some(demo.random.hours_ms(1, 10)))
}

fn send(demo: &mut Demo, settlement: &SettlementRow) -> Result<Option<i64>, Error> {
    let system = Arc::clone(&demo.world.system);
    let payouts = demo.app.read(|conn| Ok(store::payout::of_settlement(conn, settlement.id)?))?;
    for payout in payouts.into_iter().filter(|payout| super::life::is_open(payout.state)) {
        if payout.state == PayoutState::Requested {
            let command = Begin { payout: payout.id };
            demo.act(&system, "payout.begin", move |tx, ctx| begin(tx, ctx, &command))?;
        }
        let outcome = match demo.random.below(100) {
            0..2 => Outcome::Unknown { detail: "no answer within 10 s".to_owned() },
            2..4 => Outcome::Refused { reason: "account closed".to_owned() },
            _ => Outcome::Done { gateway_id: format!("GW{:012}", demo.random.below(1_000_000_000_000)) },
        };
        let command = Answered { payout: payout.id, outcome, started_at: demo.app.now() };
        demo.act(&system, "payout.answer", move |tx, ctx| answer(tx, ctx, &command))?;
    }
    let open = demo.app.read(|conn| Ok(store::payout::of_settlement(conn, settlement.id)?))?;
    let unknown = open.iter().any(|payout| super::life::is_open(payout.state));
    // An unknown outcome is left for the desk to show, mostly.
    Ok((!unknown || demo.random.chance(60)).then(|| demo.random.hours_ms(1, 6)))
}
