//! Whom an order went to. What is masked is shown one value at a time, and that is logged.

use contract::order::{OrderContact, OrderView, REVEAL, RevealRequest, RevealedValue};
use domain::{OrderId, Permission};
use leptos::prelude::*;
use parts::api;
use parts::session::use_session;
use parts::submit::Submit;
use ui::{Button, ButtonKind, Card, CopyText, Glyph, State, StateChip, Text, text};

use crate::rows::wrong;

const TITLE: Text = text("顾客", "Customer");
const SHOW: Text = text("显示", "Show");
const LOGGED: Text = text("会记录谁在什么时候查看", "Who looked and when is logged");

type Value = (&'static str, Text, fn(&OrderContact) -> &Option<String>);

const VALUES: [Value; 5] = [
    ("name", text("姓名", "Name"), |contact| &contact.name),
    ("phone", text("电话", "Phone"), |contact| &contact.phone),
    ("nickname", text("昵称", "Nickname"), |contact| &contact.nickname),
    ("email", text("邮箱", "E-mail"), |contact| &contact.email),
    ("address", text("地址", "Address"), |contact| &contact.address),
];

fn line(order: OrderId, contact: &OrderContact, value: Value) -> Option<AnyView> {
    let (field, name, get) = value;
    let known = get(contact).clone()?;
    let masked = contact.masked.iter().any(|own| own == field) && use_session().may(Permission::ContactReveal);
    let shown = RwSignal::new(None::<String>);
    let submit = Submit::new();
    let reveal = move |()| {
        let request = RevealRequest { field: field.to_owned() };
        submit.run(
            move |key| api::send::<RevealedValue, _>(&REVEAL, &[&order], &request, key),
            move |revealed| {
                shown.try_set(Some(revealed.value.unwrap_or_default()));
            },
        );
    };
    let value = Signal::derive(move || shown.get().unwrap_or_else(|| known.clone()));
    let button = move || {
        (masked && shown.with(Option::is_none)).then(|| {
            view! {
                <Button kind=ButtonKind::Quiet icon=Glyph::Eye hint=LOGGED busy=submit.busy() on_click=reveal attr:data-test="reveal-value">{SHOW}</Button>
            }
        })
    };
    let line = view! {
        <div class="order__value">
            <dt class="u-soft u-small">{name}</dt>
            <dd class="u-row"><CopyText value/> {button}</dd>
            {wrong(submit)}
        </div>
    };
    Some(line.into_any())
}

/// The buyer and whom it was sent to.
pub(super) fn contact(order: &OrderView) -> AnyView {
    let session = use_session();
    let buyer = order.customer.as_ref().map(|buyer| {
        let number = if session.may(Permission::CustomerView) {
            let address = format!("/desk/customers/{}", buyer.id);
            view! { <a class="u-strong" href=address data-test="order-customer">{buyer.customer_no.clone()}</a> }
                .into_any()
        } else {
            view! { <span class="u-strong">{buyer.customer_no.clone()}</span> }.into_any()
        };
        let tag = |code: &String| view! { <StateChip state=State::Attention label=code.clone() icon=Glyph::Tag/> };
        view! {
            <p class="u-row">{number}{buyer.tags.iter().map(tag).collect_view()}</p>
        }
    });
    let values = match &order.contact {
        Some(contact) if contact.erased => {
            view! { <p class="u-soft">{text("个人信息已抹除", "Personal values were erased")}</p> }.into_any()
        }
        Some(contact) => {
            let lines: Vec<_> = VALUES.into_iter().filter_map(|value| line(order.id, contact, value)).collect();
            view! { <dl class="u-stack-8">{lines}</dl> }.into_any()
        }
        None => view! { <p class="u-soft">{text("没有联系方式", "No contact is known")}</p> }.into_any(),
    };
    view! { <Card title=TITLE><div class="u-stack-8" data-test="order-contact">{buyer} {values}</div></Card> }
        .into_any()
}
