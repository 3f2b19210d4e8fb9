//! Where to send the goods and what to know, and the waybill once they are on their way.

use contract::portal::ReturnAddress;
use leptos::prelude::*;
use parts::said::said;
use parts::words::chip;
use ui::{Card, CopyText, Text, text};

use super::{Case, label, transit};

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
                        {label::label(case)}
                        {transit::parcels(case)}
                        {move || can.get().then(|| transit::give(case))}
                    </div>
                </Card>
            }
        })
    };
    view! { {card} {deliveries(case)} }.into_any()
}
