//! Step one: the order, by what only its buyer knows. What is already under way on it is listed before anything new.

use contract::portal::{ORDER, ORDER_PROOF, OrderProof, PortalShop};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Headers};
use parts::said::said;
use parts::submit::Submit;
use ui::{
    Button, ButtonKind, Card, Choice, Field, Glyph, InputKind, Notice, Select, State, Steps, Text, TextInput, Words,
    text,
};

use crate::address::{self, Page};
use crate::request;

const TITLE: Text = text("申请退换货", "Return or exchange");
const INTRO: Text = text(
    "先找到您的订单，也可以在这里查看已提交申请的进度。",
    "Find your order first; requests you already made are found here too.",
);
const TAIL_HINT: Text = text("下单时填写的手机号", "Of the phone number given with the order");
const STEPS: Text = text("步骤", "Steps");

/// The header that opens what belongs to an order.
pub(crate) fn proof_header(proof: &OrderProof) -> Headers {
    vec![(ORDER_PROOF, api::query(proof).trim_start_matches('?').to_owned())]
}

/// An order that was found: what opened it, and what the server said of it. It is understood by the part of the app that
/// shows it, which comes when it is needed.
#[derive(Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) proof: OrderProof,
    pub(crate) said: String,
}

#[component]
fn FindForm(
    shops: Vec<PortalShop>,
    shop: String,
    order: String,
    /// It was found.
    on_found: Callback<Found>,
) -> impl IntoView {
    let only = shops.first().filter(|_| shops.len() == 1).map(|shop| shop.code.clone());
    let known = shops.iter().any(|own| own.code == shop);
    let shop = RwSignal::new(if known { shop } else { only.clone().unwrap_or_default() });
    let (number, tail) = (RwSignal::new(order), RwSignal::new(String::new()));
    let submit = Submit::new();
    let tried = RwSignal::new(false);
    let missing = move |value: RwSignal<String>, words: Text| {
        Signal::derive(move || {
            (tried.get() && value.with(|value| value.trim().is_empty())).then(|| words.get().to_owned())
        })
    };
    let send = move || {
        tried.set(true);
        let proof = OrderProof {
            shop: shop.get_untracked(),
            number: number.get_untracked().trim().to_owned(),
            phone_tail: tail.get_untracked().trim().to_owned(),
        };
        if [&proof.shop, &proof.number, &proof.phone_tail].into_iter().any(|part| part.is_empty()) {
            return;
        }
        let headers = proof_header(&proof);
        // The form comes along while the order is looked up.
        spawn_local(request::preload());
        submit.run(move |_| api::read_raw(&ORDER, headers), move |said| on_found.run(Found { proof, said }));
    };
    let select = only.is_none().then(|| {
        let options = shops.iter().map(|shop| Choice::new(shop.code.clone(), said(&shop.title))).collect::<Vec<_>>();
        view! {
            <Field label=text("店铺", "Shop") error=missing(shop, text("请选择店铺", "Choose the shop")) required=true>
                <Select value=shop options=Signal::stored(options) placeholder=text("请选择", "Please choose") attr:data-test="portal-shop"/>
            </Field>
        }
    });
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <form class="u-stack" on:submit=move |event| {
            event.prevent_default();
            send();
        }>
            {select}
            <Field label=text("订单号", "Order number") error=missing(number, text("请填写订单号", "Give the order number")) required=true>
                <TextInput value=number attr:data-test="portal-order"/>
            </Field>
            <Field label=text("手机后四位", "Last four digits of your phone") hint=TAIL_HINT error=missing(tail, text("请填写手机后四位", "Give the last four digits")) required=true>
                <TextInput value=tail kind=InputKind::Digits max_length=4 attr:data-test="portal-tail"/>
            </Field>
            {wrong}
            <Button kind=ButtonKind::Primary submit=true busy=submit.busy() icon=Glyph::Search attr:data-test="portal-find">
                {text("查找订单", "Find the order")}
            </Button>
        </form>
    }
}

/// The page: finding, then asking.
#[component]
pub(crate) fn FindPage(
    shops: Vec<PortalShop>,
    /// What the address brought along.
    shop: String,
    order: String,
    page: RwSignal<Page>,
) -> impl IntoView {
    let found = RwSignal::new(None::<Found>);
    let current = Signal::derive(move || usize::from(found.with(Option::is_some)));
    let steps = vec![
        Words::from(text("订单", "Order")),
        Words::from(text("商品与原因", "Goods and reason")),
        Words::from(text("提交成功", "Done")),
    ];
    // The browser's "back" leads from the form to the search, not away.
    let back = window_event_listener(leptos::ev::popstate, move |_| found.set(None));
    on_cleanup(move || back.remove());
    let take = Callback::new(move |new: Found| {
        address::step();
        window().scroll_to_with_x_and_y(0.0, 0.0);
        found.set(Some(new));
    });
    let again = Callback::new(move |()| found.set(None));
    let remembered = StoredValue::new((shops, shop, order));
    let body = move || match found.get() {
        None => {
            let (shops, shop, order) = remembered.get_value();
            view! {
                <p class="u-soft">{INTRO}</p>
                <Card><FindForm shops shop order on_found=take/></Card>
            }
            .into_any()
        }
        Some(found) => {
            let asking = Suspend::new(async move { request::request(found, again, page).await });
            view! { {asking} }.into_any()
        }
    };
    let go = Callback::new(move |_: usize| found.set(None));
    view! {
        <h1>{TITLE}</h1>
        <Steps steps current on_go=go label=STEPS/>
        {body}
    }
}
