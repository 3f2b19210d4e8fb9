//! The barcodes of an article, saved one by one.

use contract::master::{Barcode, GET_SKU, SAVE_BARCODE, Sku};
use domain::SkuId;
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::submit::Submit;
use serde::de::IgnoredAny;
use ui::{Bind, Button, Field, Glyph, InputKind, NumberInput, State, Switch, Text, TextInput, say, text, toast};

use crate::rows::wrong;

const TITLE: Text = text("条码", "Barcodes");
const NONE: Text = text("还没有条码，扫描枪认不出它", "No barcode yet: a gun does not know it");
const SAVED: Text = text("条码已保存", "Barcode saved");

fn line(id: SkuId, barcode: Barcode, sku: Fetch<Sku>) -> impl IntoView {
    let submit = Submit::new();
    let row = barcode.clone();
    let set = move |active: bool| {
        let row = Barcode { active, ..row.clone() };
        submit.run(
            move |key| api::send::<IgnoredAny, _>(&SAVE_BARCODE, &[&id], &row, key),
            move |_| {
                toast(State::Good, SAVED);
                sku.reload();
            },
        );
    };
    let active = barcode.active;
    let count = barcode.quantity;
    let pack = move || (count != 1).then(|| say!("每包 {count} 件", "{count} in a pack"));
    view! {
        <li class="master__line">
            <code class="u-grow">{barcode.barcode}</code>
            <span class="u-soft">{pack}</span>
            <Switch on=Bind::new(move || active, set) label=text("在用", "In use")/>
        </li>
    }
}

/// The list, and a new one.
#[component]
pub(super) fn Barcodes(id: SkuId) -> impl IntoView {
    let sku = Fetch::<Sku>::new(move || api::read(&GET_SKU, &[&id]));
    let code = RwSignal::new(String::new());
    let quantity = RwSignal::new(Some(1_i64));
    let submit = Submit::new();
    let add = move || {
        let row = Barcode {
            barcode: code.get_untracked().trim().to_owned(),
            quantity: quantity.get_untracked().unwrap_or(1),
            active: true,
        };
        submit.run(
            move |key| api::send::<IgnoredAny, _>(&SAVE_BARCODE, &[&id], &row, key),
            move |_| {
                toast(State::Good, SAVED);
                code.try_set(String::new());
                quantity.try_set(Some(1));
                sku.reload();
            },
        );
    };
    let list = move || {
        let known = sku.with(|sku| sku.map(|sku| sku.barcodes.clone()))?;
        Some(if known.is_empty() {
            view! { <p class="u-soft">{NONE}</p> }.into_any()
        } else {
            let lines = known.into_iter().map(|barcode| line(id, barcode, sku)).collect_view();
            view! { <ul class="master__lines">{lines}</ul> }.into_any()
        })
    };
    view! {
        <section class="master__more" data-test="sku-barcodes">
            <h3>{TITLE}</h3>
            {list}
            {wrong(submit)}
            <form
                class="master__adder"
                on:submit=move |event| {
                    event.prevent_default();
                    add();
                }
            >
                <Field label=text("新条码", "New barcode") error=submit.field("barcode")>
                    <TextInput value=code kind=InputKind::Text/>
                </Field>
                <Field label=text("每包件数", "Units in the pack") error=submit.field("quantity")>
                    <NumberInput value=quantity min=Signal::stored(1)/>
                </Field>
                <Button icon=Glyph::Plus submit=true busy=submit.busy()>{text("添加", "Add")}</Button>
            </form>
        </section>
    }
}
