//! The orders of one case; a single one is shown at once.

use contract::rma::{CaseOutbound, GET, RmaView};
use domain::RmaId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use parts::api;
use parts::fetch::Fetch;
use parts::words::{Spoken, chip};
use ui::{Card, EmptyState, ErrorState, Glyph, LinkButton, PageHeader, Skeleton, Words, say, text};

use super::sheet::missing;
use super::{PLACE, outbound_address};
use crate::go::{case_address, use_go};

fn row(order: &CaseOutbound) -> AnyView {
    let goods =
        order.lines.iter().map(|line| format!("{} ×{}", line.name, line.quantity)).collect::<Vec<_>>().join(" · ");
    view! {
        <li class="match__row">
            <span class="match__words">
                <a class="bench__number" href=outbound_address(order.id)>{order.number.clone()}</a>
                " " {chip(order.state, "")} " " <span>{order.kind.text()}</span>
                <span class="case__code">{goods}</span>
            </span>
            <LinkButton href=outbound_address(order.id)>{text("打开", "Open")}</LinkButton>
        </li>
    }
    .into_any()
}

fn list(id: RmaId, view: &RmaView) -> AnyView {
    let number = view.head.number.clone();
    let title = Words::from(move || say!("{number} 发货", "Ship for {number}"));
    let rows = view.outbound.iter().map(row).collect_view();
    let actions = move || {
        view! { <LinkButton href=case_address(id) icon=Glyph::Swap>{text("查看单据", "The case")}</LinkButton> }
    };
    let none = text("这张单没有要发出的货", "Nothing goes out for this return");
    let body = if view.outbound.is_empty() {
        view! { <EmptyState title=none icon=Glyph::Truck/> }.into_any()
    } else {
        view! { <Card><ul class="match">{rows}</ul></Card> }.into_any()
    };
    view! { <PageHeader title actions back=PLACE.href.to_owned()/> {body} }.into_any()
}

#[component]
fn Panel(id: RmaId) -> impl IntoView {
    let go = use_go();
    let fetch = Fetch::<RmaView>::new(move || api::read(&GET, &[&id]));
    move || match (fetch.get(), fetch.problem().get()) {
        (Some(view), _) => {
            if let [only] = view.outbound.as_slice() {
                let address = outbound_address(only.id);
                request_animation_frame(move || go.replace(&address));
                return view! { <Skeleton lines=8/> }.into_any();
            }
            list(id, &view)
        }
        (None, Some(problem)) if problem.is_missing() => missing(),
        (None, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| fetch.reload()/> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=8/> }.into_any(),
    }
}

/// The page.
#[component]
pub(super) fn OfCase() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<RmaId>().ok()));
    move || match id.get() {
        Some(id) => view! { <Panel id/> }.into_any(),
        None => missing(),
    }
}
