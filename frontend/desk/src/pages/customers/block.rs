//! The block list as seen from a customer: why they are on it, putting them on it, taking them off.

use contract::master::{BLOCK_CUSTOMER, BlockRequest, Blocked, UNBLOCK_CUSTOMER};
use domain::CustomerId;
use leptos::prelude::*;
use parts::api;
use parts::said::said;
use parts::submit::Submit;
use parts::words::Spoken;
use serde::de::IgnoredAny;
use ui::{Button, Card, Choice, Dialog, Field, Glyph, Select, State, Text, TextArea, TimeStamp, Words, text, toast};

use super::tags::Tags;
use crate::rows::wrong;

/// That a customer is on the list.
pub(super) const LISTED: Text = text("在黑名单中", "On the block list");
const TITLE: Text = text("黑名单", "Block list");
const PUT: Text = text("加入黑名单", "Put on the block list");
const TAKE: Text = text("移出黑名单", "Take off the block list");

fn entry(one: &Blocked, tags: Tags) -> impl IntoView + use<> {
    let note = one.note.clone();
    let why = move || {
        if note.is_empty() { text("没有写明原因", "No reason is given").get().to_owned() } else { note.clone() }
    };
    view! {
        <li class="u-stack-8">
            <span class="u-row"><b>{one.kind.text()}</b> {tags.chips(std::slice::from_ref(&one.tag))}</span>
            <span>{why}</span>
            <span class="u-soft u-small"><TimeStamp at_ms=one.since.ms()/></span>
        </li>
    }
}

fn putting(id: CustomerId, tags: Tags, changed: Callback<()>) -> AnyView {
    let asking = RwSignal::new(false);
    let (tag, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = Submit::new();
    let options = Signal::derive(move || {
        tags.0.with(|tags| {
            let choice = |tag: &contract::master::Tag| Choice::new(tag.code.clone(), said(&tag.name));
            tags.map(|tags| tags.iter().map(choice).collect::<Vec<_>>()).unwrap_or_default()
        })
    });
    let missing = Signal::derive(move || tag.with(String::is_empty) || note.with(|note| note.trim().is_empty()));
    let send = move |()| {
        let request = BlockRequest { tag: tag.get_untracked(), note: note.get_untracked() };
        submit.run(
            move |key| api::send::<IgnoredAny, _>(&BLOCK_CUSTOMER, &[&id], &request, key),
            move |_| {
                asking.try_set(false);
                toast(State::Good, text("已加入黑名单", "Put on the block list"));
                changed.run(());
            },
        );
    };
    view! {
        <div class="u-row">
            <Button icon=Glyph::Flag on_click=move |()| asking.set(true) attr:data-test="block-customer">{PUT}</Button>
        </div>
        <Dialog open=asking title=text("把这位顾客加入黑名单？", "Put this customer on the block list?") confirm=PUT danger=true disabled=missing busy=submit.busy() on_confirm=send>
            <div class="u-stack">
                <p>{text("登记其电话和昵称，作为政策的依据；不会自动拒绝申请。",
                    "Their phone and nickname are listed for the policy to go by. Nothing is refused by itself.")}</p>
                <Field label=text("标签", "Tag") required=true>
                    <Select value=tag options placeholder=text("请选择", "Choose")/>
                </Field>
                <Field label=text("原因", "Reason") required=true><TextArea value=note rows=2 max_length=500/></Field>
                {wrong(submit)}
            </div>
        </Dialog>
    }
    .into_any()
}

fn taking(id: CustomerId, changed: Callback<()>) -> AnyView {
    let asking = RwSignal::new(false);
    let submit = Submit::new();
    let send = move |()| {
        submit.run(
            move |key| api::act::<IgnoredAny>(&UNBLOCK_CUSTOMER, &[&id], key),
            move |_| {
                asking.try_set(false);
                toast(State::Good, text("已移出黑名单", "Taken off the block list"));
                changed.run(());
            },
        );
    };
    view! {
        <div class="u-row">
            <Button on_click=move |()| asking.set(true) attr:data-test="unblock-customer">{TAKE}</Button>
        </div>
        <Dialog open=asking title=text("把这位顾客移出黑名单？", "Take this customer off the block list?") confirm=TAKE busy=submit.busy() on_confirm=send>
            <p>{text("与其订单上的电话、地址、昵称相符的条目都会删除。",
                "Every entry that matches a phone, an address or a nickname of their orders is taken away.")}</p>
            {wrong(submit)}
        </Dialog>
    }
    .into_any()
}

/// Where they stand, and what an editor can do about it.
pub(super) fn card(id: CustomerId, blocked: &[Blocked], tags: Tags, may_edit: bool, changed: Callback<()>) -> AnyView {
    let (body, act) = if blocked.is_empty() {
        let words = Words::from(text("不在黑名单中", "Not on the block list"));
        (view! { <p class="u-soft">{words}</p> }.into_any(), may_edit.then(|| putting(id, tags, changed)))
    } else {
        let entries = blocked.iter().map(|one| entry(one, tags)).collect_view();
        (view! { <ul class="u-stack">{entries}</ul> }.into_any(), may_edit.then(|| taking(id, changed)))
    };
    view! { <Card title=TITLE><div class="u-stack" data-test="customer-block">{body} {act}</div></Card> }.into_any()
}
