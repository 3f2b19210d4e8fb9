//! One order: what was bought and what of it can still be claimed, what left, how it was paid, its returns, its buyer.

use contract::order::{GET, OrderConflict, OrderView, ShipmentView, TenderView};
use domain::{Permission, Timestamp};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use parts::api;
use parts::fetch::Fetch;
use parts::said::{cell, read};
use parts::session::use_session;
use parts::words::{Spoken, chip, invoice, order_conflict, order_state, shipment_state, tender};
use ui::{
    Card, Column, CopyText, DescriptionList, EmptyState, ErrorState, Fact, Glyph, LinkButton, Money, Notice,
    PageHeader, Skeleton, State, StateChip, Table, Text, TimeStamp, Words, say, text,
};

use super::{contact, goods};
use crate::go::case_address;

const LOST: Text = text("没有这个订单", "There is no such order");

/// `/desk/orders/{id}`.
pub(super) fn page() -> AnyView {
    view! { <Order/> }.into_any()
}

fn moment(name: Text, at: Option<Timestamp>) -> Option<Fact> {
    let at = at?.ms();
    Some(Fact::new(name, move || view! { <TimeStamp at_ms=at/> }))
}

fn facts(order: &OrderView) -> Vec<Fact> {
    let version = order.source_version.to_string();
    let known = [
        moment(text("下单", "Placed"), Some(order.ordered_at)),
        moment(text("付款", "Paid"), order.paid_at),
        moment(text("发货", "Shipped"), order.shipped_at),
        moment(text("签收", "Delivered"), order.delivered_at),
        Some(Fact::words(text("发票", "Invoice"), invoice(&order.invoice))),
        Some(Fact::words(text("来源版本", "Source's version"), version)),
    ];
    known.into_iter().flatten().collect()
}

fn money(order: &OrderView) -> AnyView {
    let Some(money) = order.money else { return ().into_any() };
    let currency = order.currency.code().to_owned();
    let fact = |name: Text, amount: i64| {
        let currency = currency.clone();
        Fact::new(name, move || view! { <Money amount_minor=amount currency=currency.clone()/> })
    };
    let mut facts = vec![
        fact(text("实付合计", "Paid in all"), money.captured_minor),
        fact(text("其中运费", "Freight in it"), money.freight_minor),
        fact(text("已退与在途", "Refunded or on its way"), money.held_minor),
    ];
    if money.held_imported_minor != 0 {
        facts.push(fact(text("接入前已退", "Refunded before we knew it"), money.held_imported_minor));
    }
    let paid = tenders(order);
    view! {
        <Card title=text("付款", "Payment")>
            <div class="u-stack"><DescriptionList facts=Signal::stored(facts)/> {paid}</div>
        </Card>
    }
    .into_any()
}

fn tenders(order: &OrderView) -> AnyView {
    let currency = order.currency.code().to_owned();
    let line = |paid: &TenderView| {
        let (amount, back) = (currency.clone(), currency.clone());
        let refunded = (paid.refunded_minor > 0).then(|| {
            view! {
                <span class="u-soft">{text("已退", "refunded")} " " <Money amount_minor=paid.refunded_minor currency=back/></span>
            }
        });
        view! {
            <li class="order__tender">
                <span class="u-grow">{cell(tender(&paid.kind))} " " <span class="u-soft">{paid.reference.clone()}</span></span>
                {refunded}
                <Money amount_minor=paid.amount_minor currency=amount/>
            </li>
        }
    };
    let lines = order.tenders.iter().map(line).collect_view();
    view! { <ul class="order__tenders">{lines}</ul> }.into_any()
}

fn conflicts(order: &OrderView) -> AnyView {
    if order.conflicts.is_empty() {
        return ().into_any();
    }
    let line = |conflict: &OrderConflict| {
        let words = order_conflict(&conflict.code);
        let at = conflict.line_no;
        let line = move || at.map(|at| say!("第 {at} 行：", "Line {at}: "));
        view! { <li>{line} {cell(words)}</li> }
    };
    let lines = order.conflicts.iter().map(line).collect_view();
    let title = text("订单内容与已受理的退换货冲突", "The order contradicts claims that were agreed");
    view! { <div data-test="order-conflicts"><Notice state=State::Bad title><ul>{lines}</ul></Notice></div> }.into_any()
}

fn shipments(order: &OrderView) -> AnyView {
    let labels: Vec<(domain::OrderLineId, String)> =
        order.lines.iter().map(|line| (line.id, format!("{} {}", line.label, line.sku))).collect();
    let line = |shipment: &ShipmentView| {
        let (words, state) = shipment_state(&shipment.state);
        let carrier = shipment.carrier.clone().unwrap_or_default();
        let what: Vec<String> = shipment
            .lines
            .iter()
            .map(|part| {
                let label = labels.iter().find(|(id, _)| *id == part.order_line_id).map(|(_, label)| label.as_str());
                format!("{} ×{}", label.unwrap_or_default(), part.quantity)
            })
            .collect();
        let content = move || if what.is_empty() { say!("整单", "The whole order") } else { what.join("，") };
        let delivered = shipment.delivered_at.map(|at| {
            view! { <span>{text("签收", "delivered")} " " <TimeStamp at_ms=at.ms()/></span> }
        });
        view! {
            <li class="order__shipment">
                <span class="u-row">
                    <StateChip state label=words/>
                    <CopyText value=Signal::stored(shipment.waybill.clone())/>
                    <span class="u-soft">{move || read(&carrier)}</span>
                </span>
                <span class="u-row u-soft u-small">
                    <span>{text("发出", "left")} " " <TimeStamp at_ms=shipment.shipped_at.ms()/></span>
                    {delivered}
                    <span>{content}</span>
                </span>
            </li>
        }
    };
    let body = if order.shipments.is_empty() {
        view! { <p class="u-soft">{text("还没有发货", "Nothing has left yet")}</p> }.into_any()
    } else {
        view! { <ul class="order__shipments">{order.shipments.iter().map(line).collect_view()}</ul> }.into_any()
    };
    view! { <Card title=text("发货", "Shipments")>{body}</Card> }.into_any()
}

fn cases(order: &OrderView) -> AnyView {
    let columns = vec![
        Column::new("number", text("单号", "Number"), |row: &contract::order::CaseOnOrder| {
            view! { <a class="cases__number" href=case_address(row.id)>{row.number.clone()}</a> }
        })
        .pinned(),
        Column::new("state", text("状态", "State"), |row: &contract::order::CaseOnOrder| chip(row.state, "")),
        Column::new("origin", text("来源", "Origin"), |row: &contract::order::CaseOnOrder| cell(row.origin.text()))
            .grow(),
        Column::new("filed", text("申请时间", "Filed"), |row: &contract::order::CaseOnOrder| {
            view! { <TimeStamp at_ms=row.filed_at.ms()/> }
        }),
    ];
    let title = text("退换货", "Returns");
    let rows = Signal::stored(order.cases.clone());
    let key = Callback::new(|row: contract::order::CaseOnOrder| row.id.to_string());
    let empty = || view! { <p class="order__none u-soft">{text("这个订单没有退换货", "No returns on this order")}</p> };
    view! { <Card title flush=true><Table label=title rows key columns empty/></Card> }.into_any()
}

fn shown(order: &OrderView) -> AnyView {
    let facts = facts(order);
    view! {
        <div class="order u-stack" data-test="order">
            {conflicts(order)}
            <div class="u-columns">
                <div class="u-stack">{goods::goods(order)} {cases(order)} {shipments(order)}</div>
                <div class="u-stack">
                    <Card title=text("订单", "Order")><DescriptionList facts=Signal::stored(facts)/></Card>
                    {contact::contact(order)}
                    {money(order)}
                </div>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Order() -> impl IntoView {
    let session = use_session();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let order =
        Fetch::<OrderView>::new(move || api::read(&GET, &[&id.get()])).follow(|heard| heard.touches_any("queue:"));
    let title = Words::from(move || order.with(|order| order.map(|order| order.number.clone())).unwrap_or_default());
    let shop = Words::from(move || order.with(|order| order.map(|order| read(&order.shop_name))).unwrap_or_default());
    let chips = move || {
        order
            .with(|order| order.map(|order| view! { <StateChip state=State::Paused label=order_state(&order.state)/> }))
    };
    let file = move || {
        let address = order.with(|order| {
            let order = order?;
            let query = std::collections::BTreeMap::from([
                ("order", order.number.clone()),
                ("shop", order.shop_id.to_string()),
            ]);
            Some(format!("/desk/file{}", api::query(&query)))
        })?;
        session.may(Permission::RmaFile).then(|| {
            view! { <LinkButton href=address icon=Glyph::Plus>{text("代客申请", "File a return")}</LinkButton> }
        })
    };
    let body = move || match (order.get(), order.problem().get()) {
        (Some(view), _) => shown(&view),
        (None, Some(problem)) if problem.is_missing() => {
            view! { <EmptyState title=LOST icon=Glyph::Search/> }.into_any()
        }
        (None, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| order.reload()/> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=8/> }.into_any(),
    };
    view! {
        <PageHeader title subtitle=shop back="/desk/orders" chips=move || chips actions=move || file/>
        {body}
    }
}
