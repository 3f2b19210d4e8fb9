//! Where the case's parcels are, by their carriers and by colleagues who asked; corrections; the return label.

use contract::rma::ActionView;
use contract::tracking::{
    ADD, AddTrackingRequest, CORRECT, CorrectWaybillRequest, OF_CASE, ParcelTracking, RETURN_LABEL, ReturnLabelView,
    TrackingEventView, WaybillChangeView,
};
use domain::tracking::TrackingState;
use domain::{ParcelId, Permission};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::label::{LabelData, ReturnLabel};
use parts::meta::use_meta;
use parts::said::{read, said};
use parts::session::use_session;
use parts::submit::Submit;
use parts::words::{Spoken, Toned, chip};
use ui::{
    Button, ButtonKind, Card, Choice, ErrorState, Field, Glyph, Notice, Select, Skeleton, State, StateChip, TextInput,
    Timeline, TimelineEntry, say, text, toast,
};

use super::Case;
use crate::go::case_address;

type Parcels = Fetch<Vec<ParcelTracking>>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Correct,
    Add,
}

fn event(event: TrackingEventView) -> TimelineEntry {
    let words = [event.place, event.text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let who = match (event.by, words.is_empty()) {
        (Some(by), true) => by,
        (Some(by), false) => format!("{words} · {by}"),
        (None, _) => words,
    };
    let entry = TimelineEntry::new(event.state.text(), event.at.ms()).state(event.state.state());
    if who.is_empty() { entry } else { entry.who(who) }
}

fn change(change: WaybillChangeView) -> TimelineEntry {
    let WaybillChangeView { from, to, by, reason, .. } = change;
    let title = ui::Words::from(move || {
        if from == to {
            say!("更正了快递公司", "The carrier was corrected")
        } else {
            say!("运单号由 {from} 更正为 {to}", "Waybill corrected from {from} to {to}")
        }
    });
    let who = ui::Words::from(move || {
        let by = by.clone().unwrap_or_else(|| text("顾客", "The customer").get().to_owned());
        if reason.is_empty() { by } else { format!("{by} · {reason}") }
    });
    TimelineEntry::new(title, change.at.ms()).who(who)
}

fn flags(one: &ParcelTracking) -> AnyView {
    let doubt = one.doubt.as_ref().map(|doubt| view! { <Notice state=State::Attention title=read(doubt)/> });
    let others = one.others.iter().map(|other| {
        view! { <a href=case_address(other.rma)>{other.number.clone()}</a> " " }
    });
    let reused = one.reused.then(|| {
        let known = !one.others.is_empty();
        let words = if known {
            text("这个运单号也登记在：", "Also on: ")
        } else {
            text("这个运单号以前用过", "This waybill was used before")
        };
        view! { <p class="u-soft u-small" data-test="waybill-reused">{words} {others.collect_view()}</p> }
    });
    view! { {reused} {doubt} }.into_any()
}

fn correct_form(parcels: Parcels, one: &ParcelTracking, open: RwSignal<Open>) -> AnyView {
    let id = one.parcel;
    let waybill = RwSignal::new(one.waybill.clone());
    let carrier = RwSignal::new(one.carrier.map(|id| id.to_string()).unwrap_or_default());
    let reason = RwSignal::new(String::new());
    let submit = Submit::new();
    let meta = use_meta();
    let options = Signal::derive(move || {
        meta.with(|view| {
            view.carriers.iter().map(|one| Choice::new(one.id.to_string(), said(&one.title))).collect::<Vec<_>>()
        })
    });
    let send = move || {
        let body = CorrectWaybillRequest {
            waybill: waybill.get_untracked(),
            carrier: carrier.get_untracked().parse().ok(),
            reason: reason.get_untracked(),
        };
        submit.run(
            move |key| api::send::<(), _>(&CORRECT, &[&id], &body, key),
            move |()| {
                open.try_set(Open::Nothing);
                toast(State::Good, text("已更正运单", "The waybill is corrected"));
                parcels.reload();
            },
        );
    };
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <form class="u-stack-8" data-test="waybill-correct-form" on:submit=move |event| {
            event.prevent_default();
            send();
        }>
            {wrong}
            <div class="tracking">
                <Field label=text("运单号", "Waybill") error=submit.field("waybill")><TextInput value=waybill max_length=64/></Field>
                <Field label=text("快递公司", "Carrier") error=submit.field("carrier")>
                    <Select value=carrier options placeholder=text("不清楚", "Not known")/>
                </Field>
                <Field label=text("原因", "Why")><TextInput value=reason max_length=500/></Field>
                <Button kind=ButtonKind::Primary submit=true busy=submit.busy()>{text("保存", "Save")}</Button>
            </div>
        </form>
    }
    .into_any()
}

fn add_form(parcels: Parcels, id: ParcelId, open: RwSignal<Open>) -> AnyView {
    let (state, place, words) = (
        RwSignal::new(TrackingState::OnTheWay.to_string()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
    );
    let submit = Submit::new();
    let options = Signal::derive(|| {
        TrackingState::ALL.iter().map(|state| Choice::new(state.as_str(), state.text())).collect::<Vec<_>>()
    });
    let send = move || {
        let Some(state) = TrackingState::parse(&state.get_untracked()) else { return };
        let body = AddTrackingRequest { at: None, state, place: place.get_untracked(), text: words.get_untracked() };
        submit.run(
            move |key| api::send::<(), _>(&ADD, &[&id], &body, key),
            move |()| {
                open.try_set(Open::Nothing);
                toast(State::Good, text("已登记进展", "Noted"));
                parcels.reload();
            },
        );
    };
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <form class="u-stack-8" data-test="tracking-add-form" on:submit=move |event| {
            event.prevent_default();
            send();
        }>
            {wrong}
            <div class="tracking">
                <Field label=text("到哪一步", "State")><Select value=state options/></Field>
                <Field label=text("地点", "Place") error=submit.field("place")><TextInput value=place max_length=100/></Field>
                <Field label=text("说明", "What was said") error=submit.field("text")><TextInput value=words max_length=500/></Field>
                <Button kind=ButtonKind::Primary submit=true busy=submit.busy()>{text("登记", "Enter")}</Button>
            </div>
        </form>
    }
    .into_any()
}

fn parcel(parcels: Parcels, one: ParcelTracking, may: bool) -> AnyView {
    let open = RwSignal::new(Open::Nothing);
    let meta = use_meta();
    let carrier = one
        .carrier
        .map(|id| move || meta.with(|view| view.carriers.iter().find(|one| one.id == id).map(|one| read(&one.title))));
    let last = one.events.last().filter(|_| !one.signed_elsewhere);
    let now = last.map(|event| chip(event.state, ""));
    let mut entries: Vec<(i64, TimelineEntry)> =
        one.events.iter().cloned().map(|one| (one.at.ms(), event(one))).collect();
    entries.extend(one.changes.iter().cloned().map(|one| (one.at.ms(), change(one))));
    entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let entries: Vec<TimelineEntry> = entries.into_iter().map(|(_, entry)| entry).collect();
    let body = if entries.is_empty() {
        view! { <p class="u-soft u-small">{text("快递还没有消息", "No word from the carrier yet")}</p> }.into_any()
    } else {
        view! { <Timeline entries=Signal::stored(entries)/> }.into_any()
    };
    let elsewhere = one.signed_elsewhere.then(|| {
        let label = text("快递说已签收，我们还没有", "Delivered by the carrier, not signed here");
        view! { <StateChip state=State::Attention label/> }
    });
    let press = move |wanted: Open| open.update(|open| *open = if *open == wanted { Open::Nothing } else { wanted });
    let tools = may.then(|| view! {
        <Button kind=ButtonKind::Quiet icon=Glyph::Edit on_click=move |()| press(Open::Correct) attr:data-test="waybill-correct">{text("更正", "Correct")}</Button>
        <Button kind=ButtonKind::Quiet icon=Glyph::Plus on_click=move |()| press(Open::Add) attr:data-test="tracking-add">{text("登记进展", "Note progress")}</Button>
    });
    let id = one.parcel;
    let flagged = flags(&one);
    let waybill = one.waybill.clone();
    let form = move || match open.get() {
        Open::Nothing => ().into_any(),
        Open::Correct => correct_form(parcels, &one, open),
        Open::Add => add_form(parcels, id, open),
    };
    view! {
        <li class="u-stack-8" data-test="case-transit">
            <div class="u-row"><span class="bench__number">{waybill}</span> <span class="u-soft">{carrier}</span> {now} {elsewhere} {tools}</div>
            {flagged}
            {form}
            {body}
        </li>
    }
    .into_any()
}

fn label_of(view: ReturnLabelView) -> Option<LabelData> {
    let to = view.to?;
    Some(LabelData {
        number: view.number,
        shop: view.shop,
        order_number: view.order_number,
        name: to.name,
        phone: to.phone,
        // Those who bring it read Chinese, whatever the reader of this page reads.
        address: if to.address.zh.is_empty() { to.address.en } else { to.address.zh },
        notes: to.notes,
        lines: view.lines.into_iter().map(|line| (line.goods, line.quantity)).collect(),
    })
}

fn label(case: Case) -> AnyView {
    let fetch = Fetch::<ReturnLabelView>::new(move || api::read(&RETURN_LABEL, &[&case.id]));
    let body = move || {
        match (fetch.get(), fetch.problem().get()) {
        (Some(view), _) => match label_of(view) {
            Some(label) => view! { <ReturnLabel label=Signal::stored(label)/> }.into_any(),
            None => view! { <p class="u-soft">{text("还没有收货仓库，没有标签可打", "No warehouse takes the goods yet, so there is no label")}</p> }.into_any(),
        },
        (None, Some(problem)) => view! { <ErrorState hint=problem.words() on_retry=move |()| fetch.reload()/> }.into_any(),
        (None, None) => view! { <Skeleton lines=4/> }.into_any(),
    }
    };
    view! { {body} }.into_any()
}

/// The card, once goods are to come back.
pub(super) fn transit(case: Case) -> AnyView {
    let wanted = case.part(|view| !view.parcels.is_empty() || view.actions.contains(&ActionView::GiveTracking));
    let card = move || wanted.get().then(|| card(case));
    view! { {card} }.into_any()
}

fn card(case: Case) -> AnyView {
    let id = case.id;
    let count = case.part(|view| view.parcels.len());
    let parcels = Fetch::<Vec<ParcelTracking>>::new(move || {
        count.track();
        api::read(&OF_CASE, &[&id])
    })
    .follow(move |heard| heard.touches(&format!("rma:{id}")));
    let session = use_session();
    let may = move || session.may(Permission::RmaNote) || session.may(Permission::ParcelSign);
    let open = RwSignal::new(false);
    let list = move || match (parcels.get(), parcels.problem().get()) {
        (Some(all), _) if all.is_empty() => {
            view! { <p class="u-soft">{text("还没有登记包裹", "No parcel announced yet")}</p> }.into_any()
        }
        (Some(all), _) => {
            let rows = all.into_iter().map(|one| parcel(parcels, one, may())).collect_view();
            view! { <ul class="u-stack">{rows}</ul> }.into_any()
        }
        (None, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| parcels.reload()/> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=3/> }.into_any(),
    };
    let shown = move || open.get().then(|| label(case));
    view! {
        <Card title=text("物流与退货标签", "Transit and return label")>
            <div class="u-stack">
                {list}
                <div class="u-screen-only">
                    <Button icon=Glyph::Printer on_click=move |()| open.update(|open| *open = !*open) attr:data-test="case-label">
                        {text("退货标签", "Return label")}
                    </Button>
                </div>
                {shown}
            </div>
        </Card>
    }
    .into_any()
}
