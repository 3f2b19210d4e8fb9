//! The goods of a case before an inspector: groups that wait first, beside what the customer said.

use contract::warehouse::{GOODS, GoodsView};
use domain::RmaId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use parts::api;
use parts::fetch::Fetch;
use parts::words::chip;
use ui::{EmptyState, ErrorState, Glyph, LinkButton, PageHeader, Skeleton, Text, Words, say, text};

use super::PLACE;
use super::claim::claim;
use super::group::{Step, group};

const MISSING: Text = text("没有这张单", "No such case");
const MISSING_HINT: Text =
    text("地址可能写错了，或者您没有查看它的权限", "The address may be wrong, or you may not see it");
const NOTHING: Text = text("还没有清点过的商品", "Nothing was counted yet");
const NOTHING_HINT: Text = text("仓库清点之后就可以质检", "Goods can be inspected once the warehouse has counted them");

fn sheet(id: RmaId, fetch: Fetch<GoodsView>, first: GoodsView) -> AnyView {
    let view = Memo::new(move |_| fetch.get().unwrap_or_else(|| first.clone()));
    let on_done = Callback::new(move |()| fetch.reload());
    let ids = Memo::new(move |_| {
        view.with(|view| {
            let mut groups: Vec<_> = view.groups.iter().map(|group| (Step::of(group), group.id)).collect();
            groups.sort_by_key(|(step, _)| *step);
            groups.into_iter().map(|(_, id)| id).collect::<Vec<_>>()
        })
    });
    let waiting = Memo::new(move |_| {
        view.with(|view| {
            let open = view.groups.iter().filter(|group| Step::of(group) == Step::Inspect);
            open.map(|group| group.quantity).sum::<i64>()
        })
    });
    let title = Words::from(move || view.with(|view| say!("{} 质检", "Inspect {}", view.number)));
    let subtitle = Words::from(move || match waiting.get() {
        0 => say!("没有待质检的商品", "Nothing waits to be inspected"),
        waiting => say!("{waiting} 件待质检", "{waiting} units wait to be inspected"),
    });
    let chips = move || move || view.with(|view| chip(view.state, ""));
    let none = move || {
        ids.with(Vec::is_empty).then(|| view! { <EmptyState title=NOTHING hint=NOTHING_HINT icon=Glyph::Clipboard/> })
    };
    view! {
        <PageHeader title subtitle chips back=PLACE.href.to_owned()/>
        <div class="inspect" data-test="inspect">
            <div class="u-stack">
                {none}
                <For each=move || ids.get() key=|id| *id children=move |id| group(view, id, on_done)/>
            </div>
            <div class="u-stack">{claim(id)}</div>
        </div>
    }
    .into_any()
}

#[component]
fn Panel(id: RmaId) -> impl IntoView {
    let fetch = Fetch::<GoodsView>::new(move || api::read(&GOODS, &[&id]))
        .follow(move |heard| heard.touches(&format!("rma:{id}")));
    let there = fetch.is_there();
    move || {
        if let Some(first) = there.get().then(|| fetch.get_untracked()).flatten() {
            return sheet(id, fetch, first);
        }
        match fetch.problem().get() {
            Some(problem) if problem.is_missing() => missing(),
            Some(problem) => view! { <ErrorState hint=problem.words() on_retry=move |()| fetch.reload()/> }.into_any(),
            None => view! { <Skeleton lines=8/> }.into_any(),
        }
    }
}

fn missing() -> AnyView {
    let action = || view! { <LinkButton href=PLACE.href>{PLACE.label}</LinkButton> };
    view! { <EmptyState title=MISSING hint=MISSING_HINT icon=Glyph::Search action/> }.into_any()
}

/// The page.
#[component]
pub(super) fn Inspect() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<RmaId>().ok()));
    move || match id.get() {
        Some(id) => view! { <Panel id/> }.into_any(),
        None => missing(),
    }
}
