//! Another variant than the one that came back goes out: found by the beginning of its code.

use contract::Page;
use contract::master::{SKUS, Sku, SkuQuery};
use contract::outbound::{OutboundLineView, SUBSTITUTE, SubstituteRequest};
use domain::{OutboundLineId, OutboundOrderId, SkuId};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::said::read;
use parts::submit::Submit;
use ui::{
    Bind, Button, ButtonKind, Choice, Drawer, Field, Notice, RadioGroup, SearchBox, State, Text, say, text, toast,
};

const TITLE: Text = text("换发另一款", "Send another variant");
const LOOK: Text = text("商品编码的开头", "Beginning of the article's code");
/// More are found by typing on.
const MAX_SHOWN: usize = 20;

fn choices(page: &Page<Sku>) -> Vec<Choice> {
    let active = page.items.iter().filter(|sku| sku.active).take(MAX_SHOWN);
    active
        .filter_map(|sku| {
            let name = sku.name.clone();
            Some(Choice::new(sku.id?.to_string(), sku.code.clone()).hint(move || read(&name)))
        })
        .collect()
}

#[component]
fn Finder(words: RwSignal<String>, chosen: RwSignal<String>) -> impl IntoView {
    let found = Fetch::<Page<Sku>>::when(move || {
        let code = words.get().trim().to_owned();
        (!code.is_empty()).then(|| api::read_with(&SKUS, &[], &SkuQuery { code }))
    });
    let options = Signal::derive(move || found.with(|page| page.map(choices).unwrap_or_default()));
    let none = move || {
        let nothing = found.is_there().get() && options.with(Vec::is_empty);
        nothing.then(|| view! { <p class="u-soft">{move || say!("没有以此开头的商品", "No article begins so")}</p> })
    };
    let look = Bind::new(move || words.get(), move |text: String| words.set(text));
    view! {
        <SearchBox value=look placeholder=LOOK/>
        {none}
        <RadioGroup value=chosen options label=TITLE/>
    }
}

fn send(order: OutboundOrderId, line: OutboundLineId, sku: SkuId, submit: Submit, done: Callback<()>) {
    let request = SubstituteRequest { sku };
    submit.run(
        move |key| api::send::<serde_json::Value, _>(&SUBSTITUTE, &[&order, &line], &request, key),
        move |_| {
            toast(State::Good, text("已更换商品", "The article is changed"));
            done.run(());
        },
    );
}

/// The button beside a line, and its drawer.
pub(super) fn swap(order: OutboundOrderId, line: &OutboundLineView, on_changed: Callback<()>) -> AnyView {
    let open = RwSignal::new(false);
    let (words, chosen) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = Submit::new();
    let id = line.id;
    let own = StoredValue::new(line.sku.clone());
    let done = Callback::new(move |()| {
        open.try_set(false);
        on_changed.run(());
    });
    let take = move |()| {
        if let Ok(sku) = chosen.get_untracked().parse() {
            send(order, id, sku, submit, done);
        }
    };
    let blank = Signal::derive(move || chosen.with(String::is_empty));
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Primary busy=submit.busy() disabled=blank on_click=take attr:data-test="substitute-send">
                {text("换发这一款", "Send this one")}
            </Button>
        }
    };
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <span class="u-screen-only">
            <Button kind=ButtonKind::Quiet on_click=move |()| open.set(true) attr:data-test="substitute">{TITLE}</Button>
        </span>
        <Drawer open title=TITLE footer>
            <div class="u-stack">
                {wrong}
                <Field label=text("现在要发", "Goes out now")><p><code>{own.get_value()}</code></p></Field>
                <Finder words chosen/>
            </div>
        </Drawer>
    }
    .into_any()
}
