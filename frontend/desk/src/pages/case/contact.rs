//! The customer, masked as the reader's roles say; showing what is masked is logged.

use contract::rma::{ContactView, REVEAL};
use domain::Permission;
use leptos::prelude::*;
use parts::api;
use parts::session::use_session;
use parts::submit::Submit;
use ui::{Button, Card, CopyText, DescriptionList, EmptyState, Fact, Glyph, Notice, State, Text, text};

use super::Case;

const TITLE: Text = text("顾客", "Customer");
const SHOW: Text = text("显示完整信息", "Show in full");
const LOGGED: Text = text("会记录谁在什么时候查看", "Who looked and when is logged");
const PAST: Text = text("查看该顾客的订单与退换货", "Their orders and returns");
const NONE: Text = text("没有联系方式", "No contact is known");

fn facts(contact: &ContactView) -> Vec<Fact> {
    let copied = |value: &Option<String>| {
        value.clone().map(|value| {
            move || {
                let value = value.clone();
                view! { <CopyText value=Signal::stored(value)/> }
            }
        })
    };
    let parts = [
        (text("姓名", "Name"), copied(&contact.name), false),
        (text("电话", "Phone"), copied(&contact.phone), false),
        (text("邮箱", "E-mail"), copied(&contact.email), false),
        (text("地址", "Address"), copied(&contact.address), true),
    ];
    let facts = parts.into_iter().filter_map(|(name, value, wide)| {
        let fact = Fact::new(name, value?);
        Some(if wide { fact.wide() } else { fact })
    });
    facts.collect()
}

/// The contact, and showing it.
pub(super) fn contact(case: Case) -> AnyView {
    let session = use_session();
    let own = case.part(|view| view.contact.clone());
    let shown = RwSignal::new(None::<ContactView>);
    let submit = Submit::new();
    let contact = Memo::new(move |_| shown.get().or_else(|| own.get()));
    let reveal = move |()| {
        let id = case.id;
        submit.run(
            move |key| api::act::<ContactView>(&REVEAL, &[&id], key),
            move |full| {
                shown.try_set(Some(full));
            },
        );
    };
    let can_show = move || {
        shown.with(Option::is_none)
            && own.with(|own| own.as_ref().is_some_and(|own| own.masked))
            && session.may(Permission::ContactReveal)
    };
    let button = move || {
        can_show().then(|| {
            view! {
                <Button icon=Glyph::Eye hint=LOGGED busy=submit.busy() on_click=reveal attr:data-test="reveal-contact">{SHOW}</Button>
            }
        })
    };
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let body = move || match contact.get() {
        Some(contact) => {
            let facts = facts(&contact);
            if facts.is_empty() {
                view! { <p class="u-soft">{NONE}</p> }.into_any()
            } else {
                view! { <DescriptionList facts=Signal::stored(facts)/> }.into_any()
            }
        }
        None => view! { <EmptyState title=NONE icon=Glyph::Person/> }.into_any(),
    };
    let customer = case.part(|view| view.customer);
    let past = move || {
        let address = format!("/desk/customers/{}", customer.get()?);
        Some(view! { <p><a href=address data-test="case-customer">{PAST}</a></p> })
    };
    view! { <Card title=TITLE><div class="u-stack">{body} {wrong} {button} {past} {super::for_customer::copying(case)}</div></Card> }.into_any()
}
