//! Where to send the goods and what to know, and the waybill once they are on their way.

use contract::portal::{GIVE_TRACKING, PortalCaseView, PortalTrackingRequest, ReturnAddress};
use leptos::prelude::*;
use parts::api;
use parts::said::said;
use parts::submit::Submit;
use parts::words::chip;
use ui::{Button, ButtonKind, Card, Choice, CopyText, Field, Notice, Select, State, Text, TextInput, text, toast};

use super::Case;

const TITLE: Text = text("寄回商品", "Sending the goods back");
const OUT: Text = text("寄给您的包裹", "Parcels to you");

fn address(to: ReturnAddress) -> AnyView {
    let whole = format!("{} {} {}", to.name, to.phone, to.address);
    let has_notes = !to.notes.zh.is_empty() || !to.notes.en.is_empty();
    view! {
        <div class="status__address">
            <CopyText value=Signal::stored(whole)/>
            {has_notes.then(|| view! { <p class="u-soft">{said(&to.notes)}</p> })}
        </div>
    }
    .into_any()
}

fn parcels(case: Case) -> AnyView {
    let all = case.part(|view| view.parcels.clone());
    let list = move || {
        let all = all.get();
        (!all.is_empty()).then(|| {
            let line = |parcel: contract::portal::PortalParcel| {
                let carrier = parcel.carrier.as_ref().map(|carrier| view! { <span>{said(carrier)}</span> });
                view! {
                    <li class="status__parcel">
                        {carrier}
                        <CopyText value=Signal::stored(parcel.waybill)/>
                        {chip(parcel.state, "")}
                    </li>
                }
            };
            view! { <ul class="status__parcels">{all.into_iter().map(line).collect_view()}</ul> }
        })
    };
    view! { {list} }.into_any()
}

fn tracking(case: Case) -> AnyView {
    let (carrier, waybill) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = Submit::new();
    let send = move || {
        let body = PortalTrackingRequest {
            carrier: Some(carrier.get_untracked()).filter(|code| !code.is_empty()),
            waybill: waybill.get_untracked().trim().to_owned(),
        };
        let headers = case.headers();
        submit.run(
            move |key| api::send_as::<PortalCaseView, _>(&GIVE_TRACKING, &[], &body, key, headers),
            move |view| {
                waybill.try_set(String::new());
                toast(State::Good, text("已登记运单号", "Waybill noted"));
                case.take(view);
            },
        );
    };
    let carriers = case.view.with_untracked(|view| view.carriers.clone());
    let options = carriers.iter().map(|one| Choice::new(one.code.clone(), said(&one.title))).collect::<Vec<_>>();
    let blank = Signal::derive(move || waybill.with(|waybill| waybill.trim().is_empty()));
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <form class="u-stack" on:submit=move |event| {
            event.prevent_default();
            send();
        }>
            <Field label=text("快递公司", "Carrier")>
                <Select value=carrier options=Signal::stored(options) placeholder=text("不确定", "Not sure")/>
            </Field>
            <Field label=text("运单号", "Waybill number") error=submit.field("waybill") required=true>
                <TextInput value=waybill attr:data-test="portal-waybill"/>
            </Field>
            {wrong}
            <Button kind=ButtonKind::Primary submit=true busy=submit.busy() disabled=blank attr:data-test="portal-tracking">
                {text("登记运单号", "Save the waybill")}
            </Button>
        </form>
    }
    .into_any()
}

fn deliveries(case: Case) -> AnyView {
    let all = case.part(|view| view.deliveries.clone());
    let card = move || {
        let all = all.get();
        (!all.is_empty()).then(|| {
            let line = |delivery: contract::portal::PortalDelivery| {
                let carrier = delivery.carrier.as_ref().map(|carrier| view! { <span>{said(carrier)}</span> });
                let waybill = delivery.waybill.map(|waybill| view! { <CopyText value=Signal::stored(waybill)/> });
                view! { <li class="status__parcel">{carrier} {waybill} {chip(delivery.state, "")}</li> }
            };
            view! { <Card title=OUT><ul class="status__parcels">{all.into_iter().map(line).collect_view()}</ul></Card> }
        })
    };
    view! { {card} }.into_any()
}

/// The card, while goods are expected or on their way; and what goes out.
pub(super) fn send_back(case: Case) -> AnyView {
    let to = case.part(|view| view.return_to.clone());
    let can = case.part(|view| view.can.give_tracking);
    let any = case.part(|view| view.return_to.is_some() || view.can.give_tracking || !view.parcels.is_empty());
    let card = move || {
        any.get().then(|| {
            view! {
                <Card title=TITLE>
                    <div class="u-stack" id="send-back">
                        {move || to.get().map(address)}
                        {parcels(case)}
                        {move || can.get().then(|| tracking(case))}
                    </div>
                </Card>
            }
        })
    };
    view! { {card} {deliveries(case)} }.into_any()
}
