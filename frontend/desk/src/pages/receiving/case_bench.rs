//! The goods of a case: its parcels, each a way to its own bench, and counting what somebody brought without one.

use contract::rma::{CaseParcel, GET, RmaView};
use contract::warehouse::{GOODS, GoodsView};
use domain::state::ParcelState;
use domain::{Permission, RmaId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use parts::api;
use parts::fetch::Fetch;
use parts::session::use_session;
use parts::words::chip;
use ui::{ButtonKind, Card, ErrorState, Glyph, LinkButton, PageHeader, Skeleton, Text, TimeStamp, Words, say, text};

use super::bench::{Bench, bench};
use super::draft::Draft;
use super::parcel_bench::missing;
use super::warehouse::{Here, choice};
use super::{PLACE, parcel_address};
use crate::go::{case_address, use_go};

const MISSING: Text = text("没有这张单", "No such case");
const PARCELS: Text = text("这张单的包裹", "Parcels of this return");
const NO_PARCELS: Text = text(
    "还没有登记运单。包裹到了请在收货台扫描；顾客直接送来的，在下面清点。",
    "No waybill was given yet. Scan its parcel on the receiving page; goods that somebody brought are counted below.",
);
const BY_HAND: Text = text("没有包裹、直接送来的商品", "Goods that came without a parcel");

fn parcel_row(parcel: &CaseParcel) -> AnyView {
    let at = parcel.opened_at.or(parcel.signed_at).or(parcel.announced_at);
    let (words, kind) = match parcel.state {
        ParcelState::Announced => (text("签收", "Sign"), ButtonKind::Secondary),
        ParcelState::Signed => (text("开箱清点", "Open and count"), ButtonKind::Primary),
        ParcelState::Opened => (text("继续清点", "Count on"), ButtonKind::Secondary),
    };
    view! {
        <li class="match__row" data-test="case-parcel">
            <span class="match__words">
                <a class="bench__number" href=parcel_address(parcel.id)>{parcel.waybill.clone()}</a>
                " " {chip(parcel.state, "")} " "
                {at.map(|at| view! { <TimeStamp at_ms=at.ms()/> })}
            </span>
            <LinkButton href=parcel_address(parcel.id) kind>{words}</LinkButton>
        </li>
    }
    .into_any()
}

fn parcels(id: RmaId) -> AnyView {
    let case = Fetch::<RmaView>::new(move || api::read(&GET, &[&id]))
        .follow(move |heard| heard.touches(&format!("rma:{id}")) || heard.touches_any("parcels:"));
    let own = Memo::new(move |_| case.with(|case| case.map(|case| case.parcels.clone())));
    let list = move || {
        own.with(|own| match own {
            None => view! { <Skeleton lines=2/> }.into_any(),
            Some(own) if own.is_empty() => view! { <p class="u-soft">{NO_PARCELS}</p> }.into_any(),
            Some(own) => view! { <ul class="match">{own.iter().map(parcel_row).collect_view()}</ul> }.into_any(),
        })
    };
    view! { <Card title=PARCELS>{list}</Card> }.into_any()
}

fn sheet(id: RmaId, fetch: Fetch<GoodsView>, first: GoodsView) -> AnyView {
    let (session, go) = (use_session(), use_go());
    let view = Memo::new(move |_| fetch.get().unwrap_or_else(|| first.clone()));
    let here = Here::of_browser();
    let cases = Signal::derive(move || vec![view.get()]);
    let ready = Signal::derive(move || {
        session.may(Permission::ParcelReceive) && view.with(|view| !view.state.is_final()) && here.get().is_some()
    });
    let on_bench = Bench {
        cases,
        parcel: None,
        here,
        draft: Draft::new(),
        ready,
        on_changed: Callback::new(move |()| fetch.reload()),
        go,
        said: RwSignal::new(None),
    };
    let title = Words::from(move || view.with(|view| say!("{} 收货", "Receive {}", view.number)));
    let actions = move || {
        view! {
            {choice(here)}
            <LinkButton href=case_address(id) icon=Glyph::Swap>{text("查看单据", "The case")}</LinkButton>
        }
    };
    view! {
        <article class="case" data-test="case-goods">
            <PageHeader title back=PLACE.href.to_owned() actions/>
            {parcels(id)}
            <h2>{BY_HAND}</h2>
            {bench(on_bench)}
        </article>
    }
    .into_any()
}

#[component]
fn Panel(id: RmaId) -> impl IntoView {
    let fetch = Fetch::<GoodsView>::new(move || api::read(&GOODS, &[&id]))
        .follow(move |heard| heard.touches(&format!("rma:{id}")) || heard.touches_any("parcels:"));
    let there = fetch.is_there();
    move || {
        if let Some(first) = there.get().then(|| fetch.get_untracked()).flatten() {
            return sheet(id, fetch, first);
        }
        match fetch.problem().get() {
            Some(problem) if problem.is_missing() => missing(MISSING),
            Some(problem) => view! { <ErrorState hint=problem.words() on_retry=move |()| fetch.reload()/> }.into_any(),
            None => view! { <Skeleton lines=8/> }.into_any(),
        }
    }
}

/// The page.
#[component]
pub(super) fn CaseBench() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<RmaId>().ok()));
    move || match id.get() {
        Some(id) => view! { <Panel id/> }.into_any(),
        None => missing(MISSING),
    }
}
