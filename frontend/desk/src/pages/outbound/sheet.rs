//! An order: its slip, and what is done with it.

use contract::outbound::{GET, OutboundView};
use domain::OutboundOrderId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use parts::api;
use parts::fetch::Fetch;
use parts::words::{Spoken, chip};
use ui::{Button, EmptyState, ErrorState, Glyph, LinkButton, PageHeader, Skeleton, Text, Words, text};

use super::PLACE;
use super::actions::{Order, actions};
use super::slip::slip;
use crate::go::case_address;

const MISSING: Text = text("没有这张发货单", "No such order");
const MISSING_HINT: Text =
    text("地址可能写错了，或者您没有查看它的权限", "The address may be wrong, or you may not see it");

fn print() {
    // A browser that refuses to print says so itself.
    let _ = window().print();
}

fn sheet(fetch: Fetch<OutboundView>, first: OutboundView) -> AnyView {
    let rma = first.head.rma;
    let view = Memo::new(move |_| fetch.get().unwrap_or_else(|| first.clone()));
    let on_changed = Callback::new(move |()| fetch.reload());
    let title = Words::from(move || view.with(|view| view.head.number.clone()));
    let subtitle = Words::from(move || view.with(|view| view.head.kind.text().get()));
    let chips = move || move || view.with(|view| chip(view.head.state, ""));
    let buttons = move || {
        view! {
            <LinkButton href=case_address(rma) icon=Glyph::Swap>{text("查看单据", "The case")}</LinkButton>
            <Button icon=Glyph::Printer on_click=move |()| print() attr:data-test="slip-print">{text("打印", "Print")}</Button>
        }
    };
    let paper = move || view.with(|view| slip(view, on_changed));
    view! {
        <div class="u-screen-only"><PageHeader title subtitle chips actions=buttons back=PLACE.href.to_owned()/></div>
        <div class="outbound" data-test="outbound">
            <div>{paper}</div>
            <div class="u-screen-only">{actions(Order { view, on_changed })}</div>
        </div>
    }
    .into_any()
}

/// What stands where nothing is.
pub(super) fn missing() -> AnyView {
    let action = || view! { <LinkButton href=PLACE.href>{PLACE.label}</LinkButton> };
    view! { <EmptyState title=MISSING hint=MISSING_HINT icon=Glyph::Search action/> }.into_any()
}

#[component]
fn Panel(id: OutboundOrderId) -> impl IntoView {
    let fetch =
        Fetch::<OutboundView>::new(move || api::read(&GET, &[&id])).follow(|heard| heard.touches_any("outbound:"));
    let there = fetch.is_there();
    move || {
        if let Some(first) = there.get().then(|| fetch.get_untracked()).flatten() {
            return sheet(fetch, first);
        }
        match fetch.problem().get() {
            Some(problem) if problem.is_missing() => missing(),
            Some(problem) => view! { <ErrorState hint=problem.words() on_retry=move |()| fetch.reload()/> }.into_any(),
            None => view! { <Skeleton lines=8/> }.into_any(),
        }
    }
}

/// The page.
#[component]
pub(super) fn Outbound() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<OutboundOrderId>().ok()));
    move || match id.get() {
        Some(id) => view! { <Panel id/> }.into_any(),
        None => missing(),
    }
}
