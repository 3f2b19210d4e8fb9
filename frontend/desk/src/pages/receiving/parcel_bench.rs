//! A parcel on the bench: where it stands, whose it is, and counting what is in it.

use contract::warehouse::{AtRequest, GET, OPEN, ParcelOnBench, ParcelView, SIGN, SignRequest, SignedView};
use domain::state::ParcelState;
use domain::{ParcelId, Permission};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use parts::api;
use parts::fetch::Fetch;
use parts::label::{PlateData, PlateLabel};
use parts::said::said;
use parts::session::use_session;
use parts::submit::Submit;
use parts::waits;
use parts::words::{chip, direction};
use ui::{
    Button, ButtonKind, Card, CopyText, DescriptionList, EmptyState, ErrorState, Fact, Glyph, Icon, LinkButton, Notice,
    Skeleton, State, StateChip, Text, TimeStamp, Words, text, toast,
};

use super::PLACE;
use super::bench::{Bench, bench};
use super::draft::Draft;
use super::matching::{matching, untie};
use super::warehouse::Here;
use super::weighing::weighing;
use crate::go::use_go;

const MISSING: Text = text("没有这个包裹", "No such parcel");

/// The parcel of this page. Copy freely.
#[derive(Clone, Copy)]
struct Parcel {
    id: ParcelId,
    view: Memo<ParcelOnBench>,
    here: Here,
    on_changed: Callback<()>,
}

fn facts(parcel: &ParcelView) -> Vec<Fact> {
    let mut facts = vec![Fact::words(text("来历", "How it came"), direction(&parcel.direction))];
    if let Some(carrier) = &parcel.carrier {
        facts.push(Fact::words(text("快递公司", "Carrier"), said(&carrier.name)));
    }
    let times = [
        (text("登记", "Announced"), parcel.announced_at, None),
        (text("签收", "Signed for"), parcel.signed_at, parcel.signed_by.as_ref()),
        (text("开箱", "Opened"), parcel.opened_at, parcel.opened_by.as_ref()),
    ];
    for (name, at, who) in times {
        if let Some(at) = at.map(domain::Timestamp::ms) {
            let who = who.map(|who| who.name.clone()).unwrap_or_default();
            facts.push(Fact::new(name, move || view! { <TimeStamp at_ms=at/> " " {who.clone()} }));
        }
    }
    let (due, warn) = (parcel.due_at, parcel.warn_at);
    if due.is_some() {
        facts.push(Fact::new(text("开箱期限", "Open by"), move || waits(due, warn, false)));
    }
    if !parcel.note.is_empty() {
        facts.push(Fact::words(text("备注", "Note"), parcel.note.clone()).wide());
    }
    facts
}

fn head(parcel: Parcel) -> AnyView {
    let own = Memo::new(move |_| parcel.view.with(|view| view.parcel.clone()));
    let waybill = Signal::derive(move || own.with(|own| own.waybill.clone()));
    let chips = move || {
        let (state, reused) = own.with(|own| (own.state, own.reused));
        let label = text("运单号重复使用", "Waybill used before");
        (chip(state, ""), reused.then(|| view! { <StateChip state=State::Attention label/> }))
    };
    let facts = Signal::derive(move || own.with(facts));
    view! {
        <header class="case__head">
            <div class="case__title">
                <a class="ui-page-header__back" href=PLACE.href aria-label=move || text("返回收货台", "Back to receiving").get()>
                    <Icon glyph=Glyph::ArrowLeft/>
                </a>
                <h1 class="case__number"><CopyText value=waybill/></h1>
                <div class="case__chips" data-test="parcel-state">{chips}</div>
            </div>
            <DescriptionList facts/>
        </header>
    }
    .into_any()
}

/// Signing for a parcel that lies here unsigned; opening one without counting.
fn steps(parcel: Parcel) -> AnyView {
    let session = use_session();
    let submit = Submit::new();
    let state = Memo::new(move |_| parcel.view.with(|view| view.parcel.state));
    let sign = move |()| {
        let Some(warehouse) = untrack(|| parcel.here.get()) else { return };
        let waybill = parcel.view.with_untracked(|view| view.parcel.waybill.clone());
        let request = SignRequest { warehouse, carrier: None, waybills: vec![waybill], at: None };
        submit.run(
            move |key| api::send::<Vec<SignedView>, _>(&SIGN, &[], &request, key),
            move |_| {
                toast(State::Good, text("已签收", "Signed"));
                parcel.on_changed.run(());
            },
        );
    };
    let open = move |()| {
        submit.run(
            move |key| api::send::<serde_json::Value, _>(&OPEN, &[&parcel.id], &AtRequest::default(), key),
            move |_| {
                toast(State::Good, text("已开箱", "Opened"));
                parcel.on_changed.run(());
            },
        );
    };
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let row = move || match state.get() {
        ParcelState::Announced if session.may(Permission::ParcelSign) => {
            let action = move || {
                view! {
                    <Button kind=ButtonKind::Primary busy=submit.busy() on_click=sign attr:data-test="parcel-sign">
                        {text("签收", "Sign")}
                    </Button>
                }
            };
            let title = text("包裹还没有签收", "This parcel was not signed for yet");
            view! { <Notice state=State::Waiting title action/> }.into_any()
        }
        ParcelState::Signed if session.may(Permission::ParcelReceive) => {
            let action = move || {
                view! {
                    <Button kind=ButtonKind::Quiet busy=submit.busy() on_click=open attr:data-test="parcel-open">
                        {text("只开箱", "Open only")}
                    </Button>
                }
            };
            let title = text("登记到货时会同时开箱", "Counting opens the parcel too");
            view! { <Notice title action/> }.into_any()
        }
        _ => ().into_any(),
    };
    view! { {wrong} {row} }.into_any()
}

/// Whose it is: to be found for an unknown one, to be taken back where it was wrong.
fn owners(parcel: Parcel) -> AnyView {
    let session = use_session();
    let cases = Memo::new(move |_| parcel.view.with(|view| view.parcel.cases.clone()));
    let submit = Submit::new();
    let adding = RwSignal::new(false);
    let may = move || session.may(Permission::ParcelReceive);
    let search = move || {
        let wanted = may() && (adding.get() || cases.with(Vec::is_empty));
        wanted.then(|| matching(parcel.id, parcel.on_changed))
    };
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let row = move |case: contract::warehouse::ParcelCase| {
        let rma = case.rma;
        let off = may().then(|| {
            view! {
                <Button
                    kind=ButtonKind::Quiet
                    busy=submit.busy()
                    on_click=move |()| untie(parcel.id, rma, submit, parcel.on_changed)
                    attr:data-test="unmatch"
                >
                    {text("解除归属", "Take off")}
                </Button>
            }
        });
        view! {
            <li class="match__row">
                <span class="match__words">
                    <a class="bench__number" href=crate::go::case_address(rma)>{case.number.clone()}</a> " " {chip(case.state, "")}
                </span>
                {off}
            </li>
        }
    };
    let list = move || cases.get().into_iter().map(row).collect_view();
    let unknown = move || {
        let title = text("无主包裹：它属于哪张单？", "Nobody announced this parcel: whose is it?");
        cases.with(Vec::is_empty).then(|| view! { <Notice state=State::Attention title/> })
    };
    let more = move || {
        (may() && !cases.with(Vec::is_empty)).then(|| {
            view! {
                <Button kind=ButtonKind::Quiet icon=Glyph::Plus on_click=move |()| adding.update(|on| *on = !*on)>
                    {text("还属于另一张单", "It belongs to another return too")}
                </Button>
            }
        })
    };
    view! {
        <Card title=text("属于", "Belongs to")>
            <div class="u-stack-8">
                {unknown}
                {wrong}
                <ul class="match">{list}</ul>
                {search}
                <div class="u-row">{more}</div>
            </div>
        </Card>
    }
    .into_any()
}

/// Its licence plate, for a parcel whose label is torn or missing.
fn label(parcel: Parcel) -> AnyView {
    let plate = Signal::derive(move || {
        parcel.view.with(|view| PlateData {
            plate: view.parcel.plate.clone(),
            waybill: view.parcel.waybill.clone(),
            cases: view.parcel.cases.iter().map(|case| case.number.clone()).collect(),
        })
    });
    view! { <Card title=text("箱号标签", "Licence plate")><PlateLabel plate/></Card> }.into_any()
}

fn sheet(id: ParcelId, fetch: Fetch<ParcelOnBench>, first: ParcelOnBench) -> AnyView {
    let (session, go) = (use_session(), use_go());
    let view = Memo::new(move |_| fetch.get().unwrap_or_else(|| first.clone()));
    let on_changed = Callback::new(move |()| fetch.reload());
    let here = Here::of_browser();
    let parcel = Parcel { id, view, here, on_changed };
    let ready = Signal::derive(move || {
        session.may(Permission::ParcelReceive)
            && view.with(|view| view.parcel.state != ParcelState::Announced && !view.cases.is_empty())
    });
    let cases = Signal::derive(move || view.with(|view| view.cases.clone()));
    let on_bench =
        Bench { cases, parcel: Some(id), here, draft: Draft::new(), ready, on_changed, go, said: RwSignal::new(None) };
    view! {
        <article class="case" data-test="parcel">
            {head(parcel)}
            {steps(parcel)}
            {weighing(id, view, on_changed)}
            {owners(parcel)}
            {bench(on_bench)}
            {label(parcel)}
        </article>
    }
    .into_any()
}

#[component]
fn Panel(id: ParcelId) -> impl IntoView {
    let fetch = Fetch::<ParcelOnBench>::new(move || api::read(&GET, &[&id]))
        .follow(|heard| heard.touches_any("parcels:") || heard.touches_any("rma:"));
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

/// What stands where nothing is, with the way back.
pub(super) fn missing(title: impl Into<Words>) -> AnyView {
    let action = || view! { <LinkButton href=PLACE.href>{PLACE.label}</LinkButton> };
    let hint = text("地址可能写错了，或者您没有查看它的权限", "The address may be wrong, or you may not see it");
    view! { <EmptyState title=title hint icon=Glyph::Search action/> }.into_any()
}

/// The page.
#[component]
pub(super) fn ParcelBench() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<ParcelId>().ok()));
    move || match id.get() {
        Some(id) => view! { <Panel id/> }.into_any(),
        None => missing(MISSING),
    }
}
