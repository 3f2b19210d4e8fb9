//! What a bundle is made of: parts with counts and the weight by which its money is shared.

use contract::master::{BundlePart, GET_SKU, PartsRequest, SAVE_PARTS, Sku};
use domain::SkuId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api;
use parts::fetch::Fetch;
use parts::said::read;
use parts::submit::Submit;
use serde::de::IgnoredAny;
use ui::{Bind, Button, ButtonKind, Field, Glyph, IconButton, NumberInput, State, Text, TextInput, say, text, toast};

use crate::rows::wrong;

const TITLE: Text = text("组合装", "Bundle");
const PLAIN: Text = text("普通商品；加入部件后成为组合装", "A plain article; parts make it a bundle");
const SHARE: Text = text("金额权重", "Weight of the money");
const COUNT: Text = text("数量", "Count");
const NO_SUCH: Text = text("没有这个编码的商品", "No article has this code");

/// A part with its article's code and name.
#[derive(Clone)]
struct Part {
    part: BundlePart,
    code: String,
    name: domain::Text,
}

async fn named(part: BundlePart) -> Part {
    let sku = api::read::<Sku>(&GET_SKU, &[&part.sku_id]).await.ok();
    let (code, name) = sku.map(|sku| (sku.code, sku.name)).unwrap_or_default();
    Part { part, code, name }
}

fn line(at: usize, part: Part, parts: RwSignal<Vec<Part>>) -> impl IntoView {
    let number = move |get: fn(&BundlePart) -> i64, set: fn(&mut BundlePart, i64)| {
        Bind::new(
            move || parts.with(|all| all.get(at).map(|part| get(&part.part))),
            move |typed: Option<i64>| {
                parts.update(|all| {
                    if let (Some(part), Some(typed)) = (all.get_mut(at), typed) {
                        set(&mut part.part, typed);
                    }
                });
            },
        )
    };
    let count = number(|part| part.quantity, |part, value| part.quantity = value);
    let share = number(|part| part.money_share, |part, value| part.money_share = value);
    let remove = move |()| {
        parts.update(|all| {
            if at < all.len() {
                all.remove(at);
            }
        });
    };
    let name = part.name;
    view! {
        <li class="master__line">
            <span class="u-grow">
                <code>{part.code}</code>
                " "
                <span class="u-soft">{move || read(&name)}</span>
            </span>
            <NumberInput value=count min=Signal::stored(1) unit="×" label=COUNT/>
            <NumberInput value=share min=Signal::stored(0) label=SHARE/>
            <IconButton glyph=Glyph::Trash label=text("移除", "Remove") on_click=remove/>
        </li>
    }
}

/// The parts and a way to add one.
#[component]
pub(super) fn Parts(id: SkuId) -> impl IntoView {
    let sku = Fetch::<Sku>::new(move || api::read(&GET_SKU, &[&id]));
    let parts = RwSignal::new(Vec::<Part>::new());
    let length = Memo::new(move |_| parts.with(Vec::len));
    let had_parts = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(known) = sku.with(|sku| sku.map(|sku| sku.parts.clone())) else { return };
        spawn_local(async move {
            let mut all = Vec::with_capacity(known.len());
            for part in known {
                all.push(named(part).await);
            }
            had_parts.try_set(!all.is_empty());
            parts.try_set(all);
        });
    });
    let code = RwSignal::new(String::new());
    let unknown = RwSignal::new(false);
    let add = move || {
        let wanted = code.get_untracked().trim().to_owned();
        spawn_local(async move {
            let found = super::find(wanted.clone(), None, 5).await.ok();
            let found = found.and_then(|page| page.items.into_iter().find(|sku| sku.code == wanted));
            let Some((sku, sku_id)) = found.and_then(|sku| sku.id.map(|id| (sku, id))) else {
                unknown.try_set(true);
                return;
            };
            let part = BundlePart { sku_id, quantity: 1, money_share: sku.list_price_minor.max(1) };
            unknown.try_set(false);
            code.try_set(String::new());
            parts.try_update(|all| all.push(Part { part, code: sku.code, name: sku.name }));
        });
    };
    let submit = Submit::new();
    let save = move |()| {
        let request = PartsRequest { parts: parts.get_untracked().into_iter().map(|part| part.part).collect() };
        submit.run(
            move |key| api::send::<IgnoredAny, _>(&SAVE_PARTS, &[&id], &request, key),
            move |_| {
                toast(State::Good, text("组合装已保存", "Bundle saved"));
                sku.reload();
            },
        );
    };
    let list = move || {
        // Counts may change without building the lines anew.
        let count = length.get();
        if count == 0 {
            return view! { <p class="u-soft">{PLAIN}</p> }.into_any();
        }
        let lines =
            untrack(|| parts.get()).into_iter().enumerate().map(|(at, part)| line(at, part, parts)).collect_view();
        view! { <ul class="master__lines">{lines}</ul> }.into_any()
    };
    let missing = Signal::derive(move || unknown.get().then(|| NO_SUCH.get().to_owned()));
    let saving = move || {
        (length.get() > 0 || had_parts.get()).then(|| {
            view! { <Button kind=ButtonKind::Secondary busy=submit.busy() on_click=save>{text("保存组合装", "Save the bundle")}</Button> }
        })
    };
    let sum = move || {
        let whole: i64 = parts.with(|all| all.iter().map(|part| part.part.money_share).sum());
        (length.get() > 0).then(|| say!("权重合计 {whole}", "weights sum to {whole}"))
    };
    view! {
        <section class="master__more" data-test="sku-parts">
            <h3>{TITLE}</h3>
            {list}
            <p class="u-soft u-small">{sum}</p>
            {wrong(submit)}
            <form
                class="master__adder"
                on:submit=move |event| {
                    event.prevent_default();
                    add();
                }
            >
                <Field label=text("部件编码", "Part's code") error=missing>
                    <TextInput value=code/>
                </Field>
                <Button icon=Glyph::Plus submit=true>{text("加入部件", "Add the part")}</Button>
                {saving}
            </form>
        </section>
    }
}
