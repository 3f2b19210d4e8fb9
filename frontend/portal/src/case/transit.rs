//! Parcels on their way back: where each is, and its waybill given or put right.

use std::time::Duration;

use contract::portal::{GIVE_TRACKING, PortalCaseView, PortalParcel, PortalTrackingRequest};
use contract::tracking::{CUSTOMER_CHECK, CUSTOMER_CORRECT, PortalTrackingEvent, PortalWaybillCheck};
use domain::state::ParcelState;
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api;
use parts::said::{read, said};
use parts::submit::Submit;
use parts::words::{Spoken, Toned, chip};
use ui::{
    Button, ButtonKind, Choice, CopyText, Field, Glyph, Notice, Select, State, TextInput, Timeline, TimelineEntry,
    text, toast,
};

use super::Case;
use crate::scan::with_scan;

/// Typing rests this long before the number is looked at.
const REST: Duration = Duration::from_millis(400);
/// Shorter is no number yet.
const MIN_CHARS: usize = 8;

fn entry(event: PortalTrackingEvent) -> TimelineEntry {
    let state = event.state;
    let words = [event.place, event.text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let entry = TimelineEntry::new(state.text(), event.at.ms()).state(state.state());
    if words.is_empty() { entry } else { entry.who(words) }
}

fn parcel(case: Case, parcel: PortalParcel) -> AnyView {
    let carrier = parcel.carrier.as_ref().map(|carrier| view! { <span>{said(carrier)}</span> });
    // What the carrier says is nearer to the customer than our own "announced".
    let now = match (parcel.state, parcel.tracking.last()) {
        (ParcelState::Announced, Some(last)) => chip(last.state, ""),
        (state, _) => chip(state, ""),
    };
    let correcting = RwSignal::new(false);
    let can = case.part(|view| view.can.give_tracking);
    let is_on_its_way = parcel.state == ParcelState::Announced;
    let waybill = parcel.waybill.clone();
    let correct = move || {
        (is_on_its_way && can.get() && !correcting.get()).then(|| {
            view! {
                <Button kind=ButtonKind::Quiet icon=Glyph::Edit on_click=move |()| correcting.set(true) attr:data-test="portal-correct">
                    {text("更正", "Correct")}
                </Button>
            }
        })
    };
    let form = move || correcting.get().then(|| waybill_form(case, Some((waybill.clone(), correcting))));
    let entries: Vec<TimelineEntry> = parcel.tracking.into_iter().rev().map(entry).collect();
    let any = !entries.is_empty();
    view! {
        <li class="u-stack-8" data-test="portal-parcel">
            <div class="status__parcel">
                {carrier}
                <CopyText value=Signal::stored(parcel.waybill)/>
                {now}
                {correct}
            </div>
            {form}
            {any.then(|| view! { <Timeline entries=Signal::stored(entries)/> })}
        </li>
    }
    .into_any()
}

/// Parcels that were announced.
pub(super) fn parcels(case: Case) -> AnyView {
    let all = case.part(|view| view.parcels.clone());
    let list = move || {
        let all = all.get();
        (!all.is_empty()).then(|| {
            let lines = all.into_iter().map(|one| parcel(case, one)).collect_view();
            view! { <ul class="status__parcels">{lines}</ul> }
        })
    };
    view! { {list} }.into_any()
}

/// The form for a waybill; once there is one, behind a button for another parcel.
pub(super) fn give(case: Case) -> AnyView {
    let any = case.part(|view| !view.parcels.is_empty());
    let more = RwSignal::new(false);
    // One that was given is done with.
    let count = case.part(|view| view.parcels.len());
    Effect::new(move |_| {
        count.track();
        more.set(false);
    });
    let body = move || {
        if any.get() && !more.get() {
            view! {
                <div>
                    <Button icon=Glyph::Plus on_click=move |()| more.set(true) attr:data-test="portal-another">
                        {text("还有一个包裹", "Another parcel")}
                    </Button>
                </div>
            }
            .into_any()
        } else {
            waybill_form(case, None)
        }
    };
    view! { {body} }.into_any()
}

/// Looks at a number while it is typed: the carrier is filled in, a doubt is said.
fn watch(case: Case, waybill: RwSignal<String>, carrier: RwSignal<String>) -> RwSignal<Option<domain::Text>> {
    let doubt = RwSignal::new(None);
    let guessed = StoredValue::new(String::new());
    let look = leptos::leptos_dom::helpers::debounce(REST, move |typed: String| {
        spawn_local(async move {
            let looked = api::read_at::<PortalWaybillCheck>(&CUSTOMER_CHECK, &[&typed], case.headers()).await;
            // Another number may stand there by now; without an answer nothing is said.
            let Ok(looked) = looked else { return };
            if waybill.try_get_untracked().as_deref().map(str::trim) != Some(typed.as_str()) {
                return;
            }
            doubt.try_set(looked.doubt);
            let own = carrier.try_get_untracked().unwrap_or_default();
            if let Some(first) = looked.carriers.first()
                && (own.is_empty() || guessed.try_get_value().as_ref() == Some(&own))
            {
                guessed.try_set_value(first.clone());
                carrier.try_set(first.clone());
            }
        });
    });
    let look = StoredValue::new_local(look);
    Effect::new(move |_| {
        let typed = waybill.with(|waybill| waybill.trim().to_owned());
        doubt.set(None);
        if typed.chars().count() >= MIN_CHARS {
            look.update_value(|look| look(typed));
        }
    });
    doubt
}

/// The form for a waybill: a new one, or the right one in the place of another.
pub(super) fn waybill_form(case: Case, correcting: Option<(String, RwSignal<bool>)>) -> AnyView {
    let before = correcting.as_ref().map(|(waybill, _)| waybill.clone()).unwrap_or_default();
    let (carrier, waybill) = (RwSignal::new(String::new()), RwSignal::new(before.clone()));
    let doubt = watch(case, waybill, carrier);
    let submit = Submit::new();
    let close = correcting.map(|(_, open)| open);
    let is_new = close.is_none();
    let send = move || {
        let body = PortalTrackingRequest {
            carrier: Some(carrier.get_untracked()).filter(|code| !code.is_empty()),
            waybill: waybill.get_untracked().trim().to_owned(),
        };
        let (headers, before) = (case.headers(), before.clone());
        submit.run(
            move |key| async move {
                if is_new {
                    api::send_as::<PortalCaseView, _>(&GIVE_TRACKING, &[], &body, key, headers).await
                } else {
                    api::send_as(&CUSTOMER_CORRECT, &[&before], &body, key, headers).await
                }
            },
            move |view| {
                if is_new {
                    waybill.try_set(String::new());
                    carrier.try_set(String::new());
                }
                if let Some(open) = close {
                    open.try_set(false);
                }
                toast(State::Good, text("已登记运单号", "Waybill noted"));
                case.take(view);
            },
        );
    };
    let carriers = case.view.with_untracked(|view| view.carriers.clone());
    let options = carriers.iter().map(|one| Choice::new(one.code.clone(), said(&one.title))).collect::<Vec<_>>();
    let blank = Signal::derive(move || waybill.with(|waybill| waybill.trim().is_empty()));
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let doubted = move || {
        doubt.with(|doubt| doubt.as_ref().map(read)).map(|words| view! { <Notice state=State::Attention title=words/> })
    };
    let label =
        if is_new { text("登记运单号", "Save the waybill") } else { text("保存更正", "Save the correction") };
    let cancel = close.map(|open| {
        view! { <Button on_click=move |()| open.set(false)>{text("取消", "Cancel")}</Button> }
    });
    view! {
        <form class="u-stack" on:submit=move |event| {
            event.prevent_default();
            send();
        }>
            <Field label=text("运单号", "Waybill number") error=submit.field("waybill") required=true>
                {with_scan(waybill, view! { <TextInput value=waybill max_length=64 attr:data-test="portal-waybill"/> })}
            </Field>
            {doubted}
            <Field label=text("快递公司", "Carrier") error=submit.field("carrier")>
                <Select value=carrier options=Signal::stored(options) placeholder=text("不确定", "Not sure")/>
            </Field>
            {wrong}
            <Button kind=ButtonKind::Primary submit=true busy=submit.busy() disabled=blank attr:data-test="portal-tracking">
                {label}
            </Button>
            {cancel}
        </form>
    }
    .into_any()
}
