//! A parcel that nobody announced, matched to its case: looked for by number, order, phone tail or name.

use contract::rma::{RmaListItem, SEARCH, SearchQuery, SearchResult};
use contract::warehouse::{MATCH, UNMATCH};
use domain::{ParcelId, RmaId};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::submit::Submit;
use parts::words::chip;
use ui::{Bind, Button, Notice, SearchBox, State, Text, say, text, toast};

use crate::go::case_address;

const LOOK: Text = text("单号、订单号、手机尾号或姓名", "Return or order number, phone tail or name");
/// Fewer characters find too much.
const MIN_CHARS: usize = 2;

fn row(case: RmaListItem, tie: Callback<RmaId>, busy: Signal<bool>) -> AnyView {
    let id = case.id;
    view! {
        <li class="match__row" data-test="match-row">
            <div class="match__words">
                <p>
                    <a class="bench__number" href=case_address(id)>{case.number.clone()}</a>
                    " " {chip(case.goods, "")}
                </p>
                <p class="u-soft">{case.summary.clone()}</p>
            </div>
            <Button busy on_click=move |()| tie.run(id)>{text("归入这张单", "Match")}</Button>
        </li>
    }
    .into_any()
}

/// The search and what it finds.
pub(crate) fn matching(parcel: ParcelId, on_changed: Callback<()>) -> AnyView {
    let words = RwSignal::new(String::new());
    let found = Fetch::<SearchResult>::when(move || {
        let q = words.get().trim().to_owned();
        (q.chars().count() >= MIN_CHARS).then(|| api::read_with(&SEARCH, &[], &SearchQuery { q }))
    });
    let submit = Submit::new();
    let tie = Callback::new(move |rma: RmaId| {
        submit.run(
            move |key| api::act::<serde_json::Value>(&MATCH, &[&parcel, &rma], key),
            move |_| {
                toast(State::Good, text("已归入", "Matched"));
                on_changed.run(());
            },
        );
    });
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let list = move || {
        let open: Vec<RmaListItem> = found.with(|found| {
            let all = found.map(|found| found.rmas.clone()).unwrap_or_default();
            all.into_iter().filter(|case| !case.state.is_final()).collect()
        });
        let none = open.is_empty() && found.is_there().get();
        if none {
            let words = move || say!("没有找到进行中的单", "No open return fits");
            return view! { <p class="u-soft">{words}</p> }.into_any();
        }
        view! { <ul class="match">{open.into_iter().map(|case| row(case, tie, submit.busy())).collect_view()}</ul> }
            .into_any()
    };
    let look = Bind::new(move || words.get(), move |text: String| words.set(text));
    view! {
        <div class="u-stack-8" data-test="match">
            <SearchBox value=look placeholder=LOOK attr:data-takes-scan=""/>
            {wrong}
            {list}
        </div>
    }
    .into_any()
}

/// Takes a parcel off a case.
pub(super) fn untie(parcel: ParcelId, rma: RmaId, submit: Submit, on_changed: Callback<()>) {
    submit.run(
        move |key| api::act::<serde_json::Value>(&UNMATCH, &[&parcel, &rma], key),
        move |_| {
            toast(State::Good, text("已解除归属", "Taken off the case"));
            on_changed.run(());
        },
    );
}
