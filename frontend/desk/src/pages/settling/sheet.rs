//! The money of a case: what was settled, what can be keyed, invoices, and the lines it is about.

use contract::rma::{GET, RmaView};
use contract::settlement::{CaseSettlements, OF_CASE, SettlementView};
use domain::{Permission, RmaId, SettlementId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use parts::api;
use parts::fetch::Fetch;
use parts::session::use_session;
use parts::words::chip;
use ui::{EmptyState, ErrorState, Glyph, LinkButton, PageHeader, Skeleton, Text, Words, say, text};

use super::PLACE;
use super::form::form;
use super::invoices::invoices;
use super::money_done::lines as line_card;
use super::settlement::settlement;
use crate::go::case_address;

const MISSING: Text = text("没有这张单", "No such case");
const MISSING_HINT: Text =
    text("地址可能写错了，或者您没有查看它的权限", "The address may be wrong, or you may not see it");

/// What the page shows. Copy freely.
#[derive(Clone, Copy)]
struct Money {
    id: RmaId,
    case: Fetch<RmaView>,
    settlements: Fetch<CaseSettlements>,
}

impl Money {
    fn of(id: RmaId) -> Self {
        let topic = format!("rma:{id}");
        let case = {
            let topic = topic.clone();
            Fetch::<RmaView>::new(move || api::read(&GET, &[&id])).follow(move |heard| heard.touches(&topic))
        };
        let settlements = Fetch::<CaseSettlements>::new(move || api::read(&OF_CASE, &[&id]))
            .follow(move |heard| heard.touches(&topic) || heard.touches("payouts"));
        Self { id, case, settlements }
    }

    fn reload(self) {
        self.case.reload();
        self.settlements.reload();
    }
}

fn list(money: Money, lines: Memo<Vec<contract::rma::LineView>>, on_changed: Callback<()>) -> AnyView {
    let ids = Memo::new(move |_| {
        money.settlements.with(|all| {
            // The newest first: it is the one that waits.
            all.map(|all| all.settlements.iter().rev().map(|one| one.id).collect::<Vec<_>>()).unwrap_or_default()
        })
    });
    let card = move |id: SettlementId| {
        let find = move |all: Option<&CaseSettlements>| {
            all.and_then(|all| all.settlements.iter().find(|one| one.id == id)).cloned()
        };
        let Some(first) = money.settlements.with(find) else { return ().into_any() };
        let view = Memo::new(move |before: Option<&SettlementView>| {
            money.settlements.with(find).or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
        });
        settlement(view, lines, on_changed)
    };
    view! { <For each=move || ids.get() key=|id| *id children=card/> }.into_any()
}

fn sheet(money: Money, first: RmaView) -> AnyView {
    let session = use_session();
    let case = Memo::new(move |_| money.case.get().unwrap_or_else(|| first.clone()));
    let on_changed = Callback::new(move |()| money.reload());
    let lines = Memo::new(move |_| case.with(|case| case.lines.clone()));
    let under_way = Memo::new(move |_| case.with(|case| !case.head.state.is_final() && case.agreed_at.is_some()));
    let bills =
        Memo::new(move |_| money.settlements.with(|all| all.map(|all| all.invoices.clone()).unwrap_or_default()));
    let title = Words::from(move || case.with(|case| say!("{} 结算", "Settle {}", case.head.number)));
    let subtitle = Words::from(move || case.with(|case| case.head.summary.clone()));
    let chips = move || {
        move || {
            case.with(|case| (chip(case.head.goods, text("货", "Goods")), chip(case.head.money, text("款", "Money"))))
        }
    };
    // What settlements hold: when it differs, what can be keyed differs too.
    let held = Memo::new(move |_| {
        money.settlements.with(|all| {
            let all = all.map(|all| all.settlements.as_slice()).unwrap_or_default();
            all.iter().map(|one| (one.id, one.state)).collect::<Vec<_>>()
        })
    });
    let id = money.id;
    let actions = move || {
        view! { <LinkButton href=case_address(id) icon=Glyph::Swap>{text("查看单据", "The case")}</LinkButton> }
    };
    let key_form =
        move || (under_way.get() && session.may(Permission::SettlementPropose)).then(|| form(case, held, on_changed));
    view! {
        <PageHeader title subtitle chips actions back=PLACE.href.to_owned()/>
        <div class="settle" data-test="settle">
            <div class="u-stack">
                {list(money, lines, on_changed)}
                {key_form}
            </div>
            <div class="u-stack">
                {invoices(bills, on_changed)}
                {line_card(lines, under_way.into(), on_changed)}
            </div>
        </div>
    }
    .into_any()
}

fn missing() -> AnyView {
    let action = || view! { <LinkButton href=PLACE.href>{PLACE.label}</LinkButton> };
    view! { <EmptyState title=MISSING hint=MISSING_HINT icon=Glyph::Search action/> }.into_any()
}

#[component]
fn Panel(id: RmaId) -> impl IntoView {
    let money = Money::of(id);
    let (case, there) = (money.case, money.case.is_there());
    move || {
        if let Some(first) = there.get().then(|| case.get_untracked()).flatten() {
            return sheet(money, first);
        }
        match case.problem().get() {
            Some(problem) if problem.is_missing() => missing(),
            Some(problem) => view! { <ErrorState hint=problem.words() on_retry=move |()| money.reload()/> }.into_any(),
            None => view! { <Skeleton lines=8/> }.into_any(),
        }
    }
}

/// The page.
#[component]
pub(super) fn Settle() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<RmaId>().ok()));
    move || match id.get() {
        Some(id) => view! { <Panel id/> }.into_any(),
        None => missing(),
    }
}
