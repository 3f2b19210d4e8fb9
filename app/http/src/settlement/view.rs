//! Settlements into views. Whoever may read them works with money: amounts come whole.

use contract::settlement::{
    AttemptView, CapsView, CaseSettlements, ComponentView, InvoiceView, LinePreview, NewComponent, PayoutAction,
    PayoutView, PreviewView, SettlementAction, SettlementView, WithheldView,
};
use domain::state::PayoutState;
use domain::{Lang, Money};
use operations::person::names::Names;
use operations::settlement::preview::Preview;
use operations::settlement::propose;
use operations::settlement::read;

use crate::error::Failure;
use crate::warehouse::person;

pub(super) fn settlement(found: read::SettlementDetail) -> SettlementView {
    let read::SettlementDetail { settlement: row, rma_number, components, payouts, names, actions, clock } = found;
    let currency = row.currency;
    let component = |part: read::ComponentRow| ComponentView {
        id: part.id,
        line: part.rma_line_id,
        kind: part.kind,
        amount: Money::new(part.amount_minor, currency),
        bearer: part.bearer,
        supplier: part.supplier_id,
        carrier: part.carrier_id,
        note: part.note,
    };
    SettlementView {
        id: row.id,
        rma: row.rma_id,
        rma_number,
        shop: row.shop_id,
        order: row.order_id,
        basis: row.basis,
        state: row.state,
        net: Money::new(row.net_minor, currency),
        means: row.means,
        platform_number: row.platform_number,
        note: row.note,
        proposed_by: person(row.proposed_by, &names),
        proposed_at: row.proposed_at,
        needs_second: row.needs_second,
        approved_by: row.approved_by.map(|id| person(id, &names)),
        approved_at: row.approved_at,
        settled_at: row.settled_at,
        due_at: clock.due_at,
        warn_at: clock.warn_at,
        settled_on: row.local_date,
        outcome_unknown: payouts.iter().any(|one| one.payout.state == PayoutState::Unknown),
        components: components.into_iter().map(component).collect(),
        payouts: payouts.into_iter().map(|one| payout(one, &names)).collect(),
        actions: actions.into_iter().map(action).collect(),
    }
}

const fn action(action: read::SettlementAction) -> SettlementAction {
    match action {
        read::SettlementAction::Approve => SettlementAction::Approve,
        read::SettlementAction::Cancel => SettlementAction::Cancel,
        read::SettlementAction::Pay => SettlementAction::Pay,
        read::SettlementAction::PayByHand => SettlementAction::PayByHand,
    }
}

fn payout(found: read::PayoutDetail, names: &Names) -> PayoutView {
    let row = found.payout;
    let attempt = |one: read::AttemptRow| AttemptView {
        attempt: one.attempt,
        outcome: one.outcome,
        detail: one.detail,
        started_at: one.started_at,
        finished_at: one.finished_at,
    };
    PayoutView {
        id: row.id,
        state: row.state,
        amount: Money::new(row.amount_minor, row.currency),
        gateway_id: row.gateway_id,
        error: row.error,
        proof: row.proof,
        paid_by: row.paid_by.map(|id| person(id, names)),
        requested_at: row.requested_at,
        sent_at: row.sent_at,
        finished_at: row.finished_at,
        next_query_at: row.next_query_at,
        attempts: found.attempts.into_iter().map(attempt).collect(),
        actions: found.actions.into_iter().map(payout_action).collect(),
    }
}

const fn payout_action(action: read::PayoutAction) -> PayoutAction {
    match action {
        read::PayoutAction::Query => PayoutAction::Query,
        read::PayoutAction::Retry => PayoutAction::Retry,
        read::PayoutAction::Stop => PayoutAction::Stop,
        read::PayoutAction::PayByHand => PayoutAction::PayByHand,
    }
}

pub(super) fn of_case(found: read::CaseSettlements) -> CaseSettlements {
    let currency = found.currency;
    let invoice = |row: read::InvoiceWorkRow| InvoiceView {
        id: row.id,
        order: row.order_id,
        invoice: row.invoice,
        amount: Money::new(row.amount_minor, currency),
        state: row.state,
        opened_at: row.opened_at,
        done_at: row.done_at,
    };
    CaseSettlements {
        settlements: found.settlements.into_iter().map(settlement).collect(),
        invoices: found.invoices.into_iter().map(invoice).collect(),
    }
}

pub(super) fn preview(found: Preview, lang: Lang) -> PreviewView {
    let money = |minor: i64| Money::new(minor, found.currency);
    let lines = found.lines.into_iter().map(|line| LinePreview {
        line: line.line,
        kind: line.kind,
        requested: line.units.0,
        approved: line.units.1,
        accepted: line.units.2,
        admitted: line.admitted,
        share: money(line.share_minor),
        cap: money(line.cap_minor),
        held: money(line.held_minor),
        room: money(line.room_minor),
        why: line.why,
        rounded: line.rounded,
    });
    let withheld = found.withheld.into_iter().map(|one| WithheldView {
        line: one.line,
        grade: one.grade,
        money_percent: one.money_percent,
        liability: one.liability,
        quantity: one.quantity,
        share: money(one.share_minor),
        amount: money(one.withheld_minor),
    });
    let caps = found.caps;
    let (net, refusal) = match found.net {
        Ok(net) => (Some(money(net)), None),
        Err(error) => (None, Some(Failure::from(error).body(lang, ""))),
    };
    PreviewView {
        order: found.order,
        currency: found.currency,
        basis: found.basis,
        lines: lines.collect(),
        caps: CapsView {
            basis: money(caps.basis_minor),
            captured: money(caps.captured_minor),
            order_held: money(caps.order_held_minor),
            freight_paid: money(caps.freight_paid_minor),
            freight_held: money(caps.freight_held_minor),
            compensation: money(caps.compensation_minor),
        },
        suggestion: found.suggestion.into_iter().map(suggested).collect(),
        withheld: withheld.collect(),
        net,
        refusal,
        needs_second: found.needs_second,
    }
}

fn suggested(part: propose::NewComponent) -> NewComponent {
    NewComponent {
        line: part.line,
        kind: part.kind,
        amount_minor: part.amount_minor,
        bearer: part.bearer,
        supplier: part.supplier,
        carrier: part.carrier,
        note: part.note,
    }
}
