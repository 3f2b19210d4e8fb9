//! Settlements and their payouts.

mod payout;
mod view;

use contract::Page;
use contract::refund::ReversalRequest;
use contract::rma::ReasonRequest;
use contract::settlement::{
    APPROVE, CANCEL, CaseSettlements, GET, INVOICE_REVERSED, LIST, MARK_DONE, NewComponent, OF_CASE, PAY, PREVIEW,
    PROPOSE, PreviewRequest, PreviewView, ProposeRequest, SettlementQuery, SettlementView,
};
use domain::{InvoiceWorkId, RmaId, RmaLineId, SettlementId};
use operations::Answer;
use operations::settlement::approve::{ApproveSettlement, approve};
use operations::settlement::cancel::{CancelSettlement, cancel};
use operations::settlement::invoice::{InvoiceReversed, reversed};
use operations::settlement::mark_done::{MarkDone, mark_done};
use operations::settlement::pay::{Pay, pay};
use operations::settlement::preview::{Ask, preview};
use operations::settlement::propose::{self, Propose, propose};
use operations::settlement::read;

use crate::answer::{Reply, changed, created, done, ok};
use crate::doc::Doc;
use crate::error::Failure;
use crate::extract::{Caller, Id, Json, Key, Paging, Query};
use crate::registry::Area;
use crate::state::{Server, State};

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&PREVIEW, Doc::view::<PreviewView>(200).body::<PreviewRequest>(), preview_settlement);
    area.add(&PROPOSE, Doc::view::<SettlementView>(201).body::<ProposeRequest>(), propose_settlement);
    area.add(&OF_CASE, Doc::view::<CaseSettlements>(200), of_case);
    area.add(&LIST, Doc::page::<SettlementView>().query::<SettlementQuery>(), list);
    area.add(&GET, Doc::view::<SettlementView>(200), get);
    area.add(&APPROVE, Doc::view::<SettlementView>(200), approve_settlement);
    area.add(&CANCEL, Doc::view::<SettlementView>(200).body::<ReasonRequest>(), cancel_settlement);
    area.add(&PAY, Doc::view::<SettlementView>(200), pay_settlement);
    area.add(&MARK_DONE, Doc::nothing().body::<ReasonRequest>(), mark_money_done);
    area.add(&INVOICE_REVERSED, Doc::nothing().body::<ReversalRequest>(), invoice_reversed);
    payout::routes(area);
}

async fn preview_settlement(server: Server, caller: Caller, Id(id): Id<RmaId>, asked: Json<PreviewRequest>) -> Reply {
    let Json(asked) = asked;
    let components = asked.components.into_iter().map(component).collect();
    let ask = Ask { rma: id, order: asked.order, basis: asked.basis, components };
    let definitions = server.app.definitions();
    let now = server.app.now();
    let found = server.app.read(|conn| preview(conn, caller.actor(), &definitions, now, &ask))?;
    ok(&view::preview(found, caller.lang))
}

fn component(part: NewComponent) -> propose::NewComponent {
    propose::NewComponent {
        line: part.line,
        kind: part.kind,
        amount_minor: part.amount_minor,
        bearer: part.bearer,
        supplier: part.supplier,
        carrier: part.carrier,
        note: part.note,
    }
}

fn load(server: &State, caller: &Caller, id: SettlementId) -> Result<SettlementView, Failure> {
    Ok(view::settlement(server.app.read(|conn| read::one(conn, caller.actor(), id))?))
}

fn show<T>(server: &State, caller: &Caller, id: SettlementId, answer: &Answer<T>) -> Reply {
    changed(answer, &load(server, caller, id)?)
}

async fn propose_settlement(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<RmaId>,
    wanted: Json<ProposeRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let command = Propose {
        rma: id,
        order: wanted.order,
        basis: wanted.basis,
        means: wanted.means,
        components: wanted.components.into_iter().map(component).collect(),
        platform_number: wanted.platform_number,
        note: wanted.note,
    };
    let call = caller.call("settlement.propose", &key);
    let answer = server.app.run(call, move |tx, ctx| propose(tx, ctx, &command)).await?;
    created(&answer, &load(&server, &caller, answer.value.settlement)?)
}

async fn of_case(server: Server, caller: Caller, Id(id): Id<RmaId>) -> Reply {
    ok(&view::of_case(server.app.read(|conn| read::of_case(conn, caller.actor(), id))?))
}

async fn list(server: Server, caller: Caller, paging: Paging, query: Query<SettlementQuery>) -> Reply {
    if query.outcome_unknown {
        let rows = server.app.read(|conn| read::unknown_payouts(conn, caller.actor(), query.shop, paging.limit))?;
        return ok(&Page { items: rows.into_iter().map(view::settlement).collect(), next: None });
    }
    let filter = read::Filter { state: query.state, shop: query.shop, before: paging.after()? };
    let rows = server.app.read(|conn| read::page(conn, caller.actor(), &filter, paging.one_more()))?;
    let page = Page::cut(rows, paging.limit, |row| row.settlement.id.to_string());
    ok(&page.map(view::settlement))
}

async fn get(server: Server, caller: Caller, Id(id): Id<SettlementId>) -> Reply {
    ok(&load(&server, &caller, id)?)
}

async fn approve_settlement(server: Server, caller: Caller, key: Key, Id(id): Id<SettlementId>) -> Reply {
    let call = caller.call("settlement.approve", &key);
    let command = ApproveSettlement { settlement: id };
    let answer = server.app.run(call, move |tx, ctx| approve(tx, ctx, &command)).await?;
    show(&server, &caller, id, &answer)
}

async fn cancel_settlement(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<SettlementId>,
    why: Json<ReasonRequest>,
) -> Reply {
    let Json(why) = why;
    let command = CancelSettlement { settlement: id, reason: why.reason };
    let call = caller.call("settlement.cancel", &key);
    let answer = server.app.run(call, move |tx, ctx| cancel(tx, ctx, &command)).await?;
    show(&server, &caller, id, &answer)
}

async fn pay_settlement(server: Server, caller: Caller, key: Key, Id(id): Id<SettlementId>) -> Reply {
    let call = caller.call("settlement.pay", &key);
    let answer = server.app.run(call, move |tx, ctx| pay(tx, ctx, &Pay { settlement: id })).await?;
    show(&server, &caller, id, &answer)
}

async fn mark_money_done(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<RmaLineId>,
    why: Json<ReasonRequest>,
) -> Reply {
    let Json(why) = why;
    let command = MarkDone { line: id, reason: why.reason };
    let call = caller.call("settlement.mark_done", &key);
    done(&server.app.run(call, move |tx, ctx| mark_done(tx, ctx, &command)).await?)
}

async fn invoice_reversed(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<InvoiceWorkId>,
    Json(wanted): Json<ReversalRequest>,
) -> Reply {
    let command = InvoiceReversed { invoice: id, number: wanted.number };
    let call = caller.call("invoice.reversed", &key);
    done(&server.app.run(call, move |tx, ctx| reversed(tx, ctx, &command)).await?)
}
