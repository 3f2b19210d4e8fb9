//! What an editor of master data changes about a customer: tags, and erasing personal values.

use contract::master::{CustomerView, ERASE_CONTACT, TAG_CUSTOMER, Tag, TagsRequest};
use leptos::prelude::*;
use parts::api;
use parts::said::said;
use parts::submit::Submit;
use serde::de::IgnoredAny;
use ui::{Button, ButtonKind, CheckGroup, Choice, Dialog, Field, Glyph, State, Text, text, toast};

use super::ERASED;
use super::tags::Tags;
use crate::rows::wrong;

const ERASE: Text = text("抹除个人信息", "Erase personal values");

/// Choosing tags.
pub(super) fn tagging(customer: &CustomerView, tags: Tags, on_change: Callback<()>) -> AnyView {
    let id = customer.id;
    let chosen = RwSignal::new(customer.tags.clone());
    let submit = Submit::new();
    let options = Signal::derive(move || {
        let choice = |tag: &Tag| Choice::new(tag.code.clone(), said(&tag.name));
        tags.0.with(|tags| tags.map(|tags| tags.iter().map(choice).collect::<Vec<_>>()).unwrap_or_default())
    });
    let save = move |()| {
        let request = TagsRequest { tags: chosen.get_untracked() };
        submit.run(
            move |key| api::send::<IgnoredAny, _>(&TAG_CUSTOMER, &[&id], &request, key),
            move |_| {
                toast(State::Good, text("标签已保存", "Tags saved"));
                on_change.run(());
            },
        );
    };
    view! {
        <section class="u-stack-8">
            {wrong(submit)}
            <Field label=text("标签", "Tags") group=true><CheckGroup value=chosen options inline=true/></Field>
            <div class="u-row">
                <Button busy=submit.busy() on_click=save attr:data-test="save-tags">{text("保存标签", "Save the tags")}</Button>
            </div>
        </section>
    }
    .into_any()
}

/// Erasing, asked once more.
pub(super) fn erasing(customer: &CustomerView, on_change: Callback<()>) -> AnyView {
    let Some(contact) = customer.contact.as_ref().filter(|contact| !contact.erased) else { return ().into_any() };
    let id = contact.id;
    let asking = RwSignal::new(false);
    let submit = Submit::new();
    let erase = move |()| {
        submit.run(
            move |key| api::act::<IgnoredAny>(&ERASE_CONTACT, &[&id], key),
            move |_| {
                asking.try_set(false);
                toast(State::Good, ERASED);
                on_change.run(());
            },
        );
    };
    view! {
        <div class="u-row">
            <Button kind=ButtonKind::Danger icon=Glyph::Trash on_click=move |()| asking.set(true) attr:data-test="erase-contact">{ERASE}</Button>
        </div>
        <Dialog open=asking title=text("抹除这位顾客的个人信息？", "Erase this customer's personal values?") confirm=ERASE danger=true busy=submit.busy() on_confirm=erase>
            <p>{text("姓名、电话、邮箱、地址、昵称将永久删除，无法恢复；订单、退换货和金额保留。",
                "Name, phone, e-mail, address and nickname are deleted for good. Orders, returns and amounts stay.")}</p>
            {wrong(submit)}
        </Dialog>
    }
    .into_any()
}
