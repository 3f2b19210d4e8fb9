//! Step one: the order, by what only its buyer knows. What is already under way on it is listed before anything new.

use contract::portal::{ORDER, ORDER_PROOF, OrderProof, PortalShop};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Headers};
use parts::said::said;
use parts::submit::Submit;
use ui::{
    Button, ButtonKind, Card, Choice, Field, Glyph, InputKind, Notice, Segmented, Select, State, Steps, Text,
    TextInput, Words, text,
};

use crate::address::{self, Page};
use crate::request;
use crate::scan::with_scan;

const TITLE: Text = text("申请退换货", "Return or exchange");
const INTRO: Text = text(
    "先找到您的订单，也可以在这里查看已提交申请的进度。",
    "Find your order first; requests you already made are found here too.",
);
const NUMBER_HINT: Text = text(
    "在购物平台的订单详情里，或商家发给您的短信里",
    "In the order details of the platform, or in the shop's message",
);
const NICKNAME_HINT: Text = text("您在购物平台上的账号名", "Your account's name on the platform");
/// What the buyer proves an order with.
const PHONE: &str = "phone";
const NICKNAME: &str = "nickname";
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
    let known = shops.iter().any(|own| own.code == shop);
    let shop = RwSignal::new(if known { shop } else { String::new() });
    let by = RwSignal::new(PHONE.to_owned());
    let (number, tail, nickname) = (RwSignal::new(order), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = Submit::new();
    let tried = RwSignal::new(false);
    let by_phone = move || by.with(|by| by == PHONE);
    let send = move || {
        tried.set(true);
        let typed = |value: RwSignal<String>| value.with_untracked(|value| value.trim().to_owned());
        let is_phone = untrack(by_phone);
        let proof = OrderProof {
            shop: shop.get_untracked(),
            number: typed(number),
            phone_tail: if is_phone { typed(tail) } else { String::new() },
            nickname: if is_phone { String::new() } else { typed(nickname) },
        };
        let wrong = if is_phone { tail_problem(&proof.phone_tail).is_some() } else { proof.nickname.is_empty() };
        if proof.number.is_empty() || wrong {
            return;
        }
        let headers = proof_header(&proof);
        // The form comes along while the order is looked up.
        spawn_local(request::preload());
        submit.run(move |_| api::read_raw(&ORDER, headers), move |said| on_found.run(Found { proof, said }));
    };
    // Who does not know the shop is asked for it only when the number alone does not say it.
    let shop_wrong = submit.field("shop");
    let asks_shop = Memo::new(move |before: Option<&bool>| before == Some(&true) || shop_wrong.get().is_some());
    let choices = StoredValue::new(shops);
    let select = move || {
        asks_shop.get().then(|| {
            let options = choices.with_value(|shops| {
                shops.iter().map(|shop| Choice::new(shop.code.clone(), said(&shop.title))).collect::<Vec<_>>()
            });
            view! {
                <Field label=text("店铺", "Shop") error=shop_wrong required=true>
                    <Select value=shop options=Signal::stored(options) placeholder=text("请选择", "Please choose") attr:data-test="portal-shop"/>
                </Field>
            }
        })
    };
    let number_wrong = missing(tried, number, text("请填写订单号", "Give the order number"));
    let tail_wrong = Signal::derive(move || {
        let problem = tail.with(|tail| tail_problem(tail.trim())).filter(|_| tried.get());
        problem.map(|words| words.get().to_owned()).or_else(|| submit.field("phone_tail").get())
    });
    let nickname_wrong = missing(tried, nickname, text("请填写买家昵称", "Give the nickname"));
    let ways = Signal::stored(vec![
        Choice::new(PHONE, text("手机后四位", "Phone")),
        Choice::new(NICKNAME, text("买家昵称", "Nickname")),
    ]);
    let proof = move || {
        if by_phone() {
            view! {
                <Field label=text("手机后四位", "Last four digits of your phone") hint=TAIL_HINT error=tail_wrong required=true>
                    <TextInput value=tail kind=InputKind::Digits max_length=4 attr:data-test="portal-tail"/>
                </Field>
            }
            .into_any()
        } else {
            view! {
                <Field label=text("买家昵称", "Nickname") hint=NICKNAME_HINT error=nickname_wrong required=true>
                    <TextInput value=nickname attr:data-test="portal-nickname"/>
                </Field>
            }
            .into_any()
        }
    };
    let wrong = move || {
        let words = submit.words().get().filter(|_| shop_wrong.get().is_none());
        words.map(|words| view! { <Notice state=State::Bad title=words/> })
    };
    view! {
        <form class="u-stack" novalidate=true on:submit=move |event| {
            event.prevent_default();
            send();
        }>
            <Field label=text("订单号或申请单号", "Order number or return number") hint=NUMBER_HINT error=number_wrong required=true>
                {with_scan(number, view! { <TextInput value=number attr:data-test="portal-order"/> })}
            </Field>
            <Segmented value=by options=ways label=text("用什么核对", "What you know of it") attr:data-test="portal-by"/>
            {proof}
            {select}
            {wrong}
            <Button kind=ButtonKind::Primary submit=true busy=submit.busy() icon=Glyph::Search attr:data-test="portal-find">
                {text("查找订单", "Find the order")}
            </Button>
        </form>
    }
}

// What is said of a field that was left empty, once sending was tried.
fn missing(tried: RwSignal<bool>, value: RwSignal<String>, words: Text) -> Signal<Option<String>> {
    let is_blank = move || value.with(|value| value.trim().is_empty());
    Signal::derive(move || (tried.get() && is_blank()).then(|| words.get().to_owned()))
}

// What cannot be the end of a phone number is said beside its field, not as "not found".
fn tail_problem(tail: &str) -> Option<Text> {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    match (tail.chars().count(), tail.chars().all(digit)) {
        (0, _) => Some(text("请填写手机后四位", "Give the last four digits")),
        (_, false) => Some(text("只填数字，例如 1234", "Digits only, such as 1234")),
        (4, true) => None,
        _ => Some(text("需要 4 位数字", "Four digits are needed")),
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
