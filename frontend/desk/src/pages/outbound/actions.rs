//! What is done with an order: it leaves under a waybill, it arrives, or it does not go.

use contract::outbound::{DELIVER, OutboundView, SHIP, ShipRequest, WAIVE};
use contract::rma::ReasonRequest;
use contract::warehouse::AtRequest;
use domain::state::OutboundState;
use domain::{OutboundOrderId, Permission};
use leptos::prelude::*;
use parts::api;
use parts::meta::use_meta;
use parts::said::said;
use parts::session::use_session;
use parts::submit::Submit;
use ui::{Button, ButtonKind, Card, Choice, Field, Glyph, Notice, Select, State, TextInput, TimeStamp, text, toast};

use crate::ask::{AskReason, Asking};

/// An order on screen. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Order {
    pub(super) view: Memo<OutboundView>,
    pub(super) on_changed: Callback<()>,
}

fn ship(order: Order) -> AnyView {
    let meta = use_meta();
    let (carrier, waybill) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = Submit::new();
    let options = Signal::derive(move || {
        meta.with(|view| {
            view.carriers.iter().map(|one| Choice::new(one.id.to_string(), said(&one.title))).collect::<Vec<_>>()
        })
    });
    let send = move || {
        let id = order.view.with_untracked(|view| view.head.id);
        let carrier = carrier.get_untracked().parse().ok();
        let request = ShipRequest { carrier, waybill: waybill.get_untracked().trim().to_owned(), at: None };
        submit.run(
            move |key| api::send::<serde_json::Value, _>(&SHIP, &[&id], &request, key),
            move |_| {
                toast(State::Good, text("已登记发出", "It has left"));
                order.on_changed.run(());
            },
        );
    };
    let blank = Signal::derive(move || waybill.with(|waybill| waybill.trim().is_empty()));
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <form class="u-stack" data-test="ship-form" on:submit=move |event| {
            event.prevent_default();
            if !blank.get_untracked() {
                send();
            }
        }>
            {wrong}
            <Field label=text("快递公司", "Carrier") error=submit.field("carrier")>
                <Select value=carrier options placeholder=text("不指定", "Not named")/>
            </Field>
            <Field label=text("运单号", "Waybill") error=submit.field("waybill") required=true>
                <TextInput value=waybill max_length=64 icon=Glyph::Scan autofocus=true/>
            </Field>
            <div class="u-row">
                <Button kind=ButtonKind::Primary icon=Glyph::Truck submit=true busy=submit.busy() disabled=blank attr:data-test="ship-send">
                    {text("发出", "Ship")}
                </Button>
            </div>
        </form>
    }
    .into_any()
}

fn deliver(order: Order) -> AnyView {
    let submit = Submit::new();
    let send = move |()| {
        let id = order.view.with_untracked(|view| view.head.id);
        submit.run(
            move |key| api::send::<serde_json::Value, _>(&DELIVER, &[&id], &AtRequest::default(), key),
            move |_| {
                toast(State::Good, text("已登记送达", "It has arrived"));
                order.on_changed.run(());
            },
        );
    };
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        {wrong}
        <div class="u-row">
            <Button kind=ButtonKind::Primary icon=Glyph::Check busy=submit.busy() on_click=send attr:data-test="deliver-send">
                {text("已送达", "It has arrived")}
            </Button>
        </div>
    }
    .into_any()
}

/// The button for an order that does not go, or does not arrive; for who may decide that.
pub(crate) fn waive(id: OutboundOrderId, on_changed: Callback<()>) -> AnyView {
    let session = use_session();
    if !session.may(Permission::Waive) {
        return ().into_any();
    }
    let asking = Asking::new();
    let submit = asking.submit;
    let send = move |reason: String| {
        let request = ReasonRequest { reason };
        submit.run(
            move |key| api::send::<serde_json::Value, _>(&WAIVE, &[&id], &request, key),
            move |_| {
                asking.done();
                toast(State::Good, text("已登记不再发货", "It does not go"));
                on_changed.run(());
            },
        );
    };
    view! {
        <div class="u-row">
            <Button kind=ButtonKind::Danger on_click=move |()| asking.ask() attr:data-test="outbound-waive">{text("不再发货", "Do not send")}</Button>
        </div>
        <AskReason
            asking
            title=text("不再发货？", "Do not send it?")
            what=text("单据不再等待这批货，可以完结。改为退款等请写明已征得顾客同意。", "The case no longer waits for it and can close. If something else is done instead, say that the customer agreed.")
            verb=text("不再发货", "Do not send")
            danger=true
            on_reason=send
        />
    }
    .into_any()
}

fn stamps(view: &OutboundView) -> AnyView {
    let times = [
        (text("建单", "Opened"), Some(view.head.opened_at)),
        (text("发出", "Left"), view.head.shipped_at),
        (text("送达", "Arrived"), view.head.delivered_at),
    ];
    let rows = times.into_iter().filter_map(|(name, at)| {
        let at = at?.ms();
        Some(view! { <dt>{name}</dt><dd><TimeStamp at_ms=at/></dd> })
    });
    let why = (!view.head.waived_reason.is_empty()).then(|| {
        view! { <dt>{text("不再发货的原因", "Why it does not go")}</dt><dd>{view.head.waived_reason.clone()}</dd> }
    });
    view! { <dl class="slip__facts">{rows.collect_view()} {why}</dl> }.into_any()
}

/// The card beside the slip.
pub(super) fn actions(order: Order) -> AnyView {
    let state = Memo::new(move |_| order.view.with(|view| view.head.state));
    let end = move || waive(order.view.with_untracked(|view| view.head.id), order.on_changed);
    let body = move || match state.get() {
        OutboundState::Open => view! { {ship(order)} {end()} }.into_any(),
        OutboundState::Shipped => view! { {deliver(order)} {end()} }.into_any(),
        OutboundState::Delivered | OutboundState::Waived => ().into_any(),
    };
    let stamps = move || order.view.with(stamps);
    view! { <Card title=text("进度", "Progress")><div class="u-stack">{stamps} {body}</div></Card> }.into_any()
}
