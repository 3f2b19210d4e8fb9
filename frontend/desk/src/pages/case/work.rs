//! What is done in other places for this case: its parcels, its settlements, what goes out again; each a way there.

use contract::rma::{ActionView, CaseOutbound, CaseParcel, CaseSettlement};
use domain::Permission;
use domain::state::OutboundState;
use leptos::prelude::*;
use parts::Sum;
use parts::said::{cell, said};
use parts::session::use_session;
use parts::waits;
use parts::words::{Spoken, chip, means};
use ui::{Card, State, StateChip, TimeStamp, text};

use super::{Case, tracking};
use crate::pages;

/// A name that leads somewhere for those who may go there.
fn way(name: String, href: Option<String>) -> AnyView {
    match href {
        Some(href) => view! { <a class="bench__number" href=href>{name}</a> }.into_any(),
        None => view! { <span class="bench__number">{name}</span> }.into_any(),
    }
}

fn parcel(one: &CaseParcel, may: bool) -> AnyView {
    let href = may.then(|| format!("{}/{}", pages::receiving::PLACE.href, one.id));
    let at = one.opened_at.or(one.signed_at).or(one.announced_at);
    view! {
        <li class="work__row" data-test="case-parcel">
            {way(one.waybill.clone(), href)}
            {chip(one.state, "")}
            <span class="u-soft">{one.carrier.as_ref().map(|name| cell(said(name)))}</span>
            <span class="u-soft">{at.map(|at| view! { <TimeStamp at_ms=at.ms()/> })}</span>
            {waits(one.due_at, one.warn_at, false)}
        </li>
    }
    .into_any()
}

fn settlement(case: Case, one: &CaseSettlement, may: bool) -> AnyView {
    let name = one.basis.text();
    let href = (pages::settling::WORK.href)(case.id);
    let name = if may {
        view! { <a class="bench__number" href=href>{name}</a> }.into_any()
    } else {
        view! { <span class="bench__number">{name}</span> }.into_any()
    };
    let unknown = one.outcome_unknown.then(|| {
        view! { <StateChip state=State::Attention label=text("结果未知", "Outcome unknown")/> }
    });
    let at = one.settled_at.unwrap_or(one.proposed_at);
    view! {
        <li class="work__row" data-test="case-settlement">
            {name}
            {one.net.map(|amount| view! { <Sum amount/> })}
            {chip(one.state, "")}
            {unknown}
            <span class="u-soft">{if one.paid_by_hand { means("manual") } else { means(&one.means) }}</span>
            <span class="u-soft"><TimeStamp at_ms=at.ms()/></span>
            {waits(one.due_at, one.warn_at, false)}
        </li>
    }
    .into_any()
}

fn outbound(case: Case, one: &CaseOutbound, may: bool) -> AnyView {
    let href = may.then(|| pages::outbound::outbound_address(one.id));
    let goods =
        one.lines.iter().map(|line| format!("{} ×{}", line.name, line.quantity)).collect::<Vec<_>>().join(" · ");
    let kind = one.kind.text();
    // Who may see the order's own page ends it there; who decides without shipping anything, here.
    let waits = !may && matches!(one.state, OutboundState::Open | OutboundState::Shipped);
    let end = waits.then(|| pages::outbound::waive(one.id, Callback::new(move |()| case.reload())));
    let why =
        (!one.waived_reason.is_empty()).then(|| view! { <span class="u-soft">{one.waived_reason.clone()}</span> });
    view! {
        <li class="work__row" data-test="case-outbound">
            {way(one.number.clone(), href)}
            {chip(one.state, "")}
            <span>{kind}</span>
            <span class="u-soft">{goods}</span>
            <span class="u-soft">{one.carrier.as_ref().map(|name| cell(said(name)))} " " {one.waybill.clone()}</span>
            {why}
            {end}
        </li>
    }
    .into_any()
}

/// A card of rows, once there are some.
fn card<T: Clone + PartialEq + Send + Sync + 'static>(
    title: ui::Text,
    all: Memo<Vec<T>>,
    row: impl Fn(&T) -> AnyView + Send + Sync + 'static,
    foot: Option<(Memo<bool>, Callback<(), AnyView>)>,
) -> AnyView {
    let below = move || foot.filter(|(shown, _)| shown.get());
    let any = Memo::new(move |_| below().is_some() || all.with(|all| !all.is_empty()));
    let row = StoredValue::new(row);
    let card = move || {
        any.get().then(|| {
            let rows = move || all.with(|all| all.iter().map(|one| row.with_value(|row| row(one))).collect_view());
            let more = move || below().map(|(_, draw)| draw.run(()));
            view! { <Card title><div class="u-stack"><ul class="work">{rows}</ul> {more}</div></Card> }
        })
    };
    view! { {card} }.into_any()
}

/// The cards.
pub(super) fn work(case: Case) -> AnyView {
    let session = use_session();
    let parcels = case.part(|view| view.parcels.clone());
    let settlements = case.part(|view| view.settlements.clone());
    let outbounds = case.part(|view| view.outbound.clone());
    let receives = move || session.may_one_of(pages::receiving::PLACE.needs);
    let settles = move || session.may_one_of(pages::settling::PLACE.needs);
    let ships = move || session.may(Permission::OutboundManage);
    let tracks = case.part(|view| view.actions.contains(&ActionView::GiveTracking));
    let track = Callback::new(move |()| tracking::form(case));
    view! {
        {card(text("包裹", "Parcels"), parcels, move |one| parcel(one, receives()), Some((tracks, track)))}
        {card(text("结算", "Settlements"), settlements, move |one| settlement(case, one, settles()), None)}
        {card(text("发出的货", "Sent out again"), outbounds, move |one| outbound(case, one, ships()), None)}
    }
    .into_any()
}
