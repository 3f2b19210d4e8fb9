//! Anything by its number, its end, a phone tail or a name: one key away on every page.

use std::time::Duration;

use contract::rma::{FoundCustomer, FoundKind, FoundOrder, FoundSku, RmaListItem, SEARCH, SearchQuery, SearchResult};
use domain::Permission;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::said::said;
use parts::session::{Session, use_session};
use parts::words::Spoken;
use ui::{Bind, Command, CommandPalette, Glyph, Icon, Kbd, Text, text};

use crate::go::{case_address, use_go};
use crate::nav;

const PLACEHOLDER: Text =
    text("单号 / 订单号 / 快递单号 / 手机尾号 / 姓名 / 商品", "Case, order, waybill, phone tail, name or article");
const EXACT: Text = text("正是这个号码", "Exactly this number");
const CASES: Text = text("退换单", "Cases");
const ORDERS: Text = text("订单", "Orders");
const CUSTOMERS: Text = text("顾客", "Customers");
const ARTICLES: Text = text("商品", "Articles");
const PLACES: Text = text("前往", "Go to");
/// Fewer characters find too much.
const MIN_CHARS: usize = 2;
const PAUSE: Duration = Duration::from_millis(200);

fn case_command(case: &RmaListItem) -> Command {
    let state = case.state.text();
    let summary = case.summary.clone();
    Command::new(case_address(case.id), case.number.clone(), Glyph::Swap)
        .hint(move || format!("{} · {summary}", state.get()))
}

fn order_command(found: &FoundOrder) -> Command {
    let at = found.order.ordered_at.ms();
    let hint = move || ui::locale::date_time(at, ui::locale::zone_minutes());
    Command::new(format!("/desk/orders/{}", found.order.id), found.order.number.clone(), Glyph::Box).hint(hint)
}

fn customer_command(found: &FoundCustomer) -> Command {
    let name = found.name.clone().unwrap_or_default();
    Command::new(format!("/desk/customers/{}", found.id), found.customer_no.clone(), Glyph::Person).hint(name)
}

/// An article leads to the orders it was sold on.
fn article_command(found: &FoundSku) -> Command {
    let asked = std::collections::BTreeMap::from([("by", "sku".to_owned()), ("q", found.code.clone())]);
    let address = format!("/desk/orders{}", api::query(&asked));
    Command::new(address, found.code.clone(), Glyph::Tag).hint(said(&found.name))
}

/// Everything found as entries: exact hits on top, then by kind; what this person cannot open is left out.
fn commands(found: &SearchResult, session: Session) -> Vec<Command> {
    let may = |permission| session.may(permission);
    let (opens_orders, opens_customers) = (may(Permission::OrderView), may(Permission::CustomerView));
    let is_exact = |kind: FoundKind, id: &str| found.exact.iter().any(|hit| hit.kind == kind && hit.id == id);
    let mut all: Vec<(bool, Command)> = Vec::new();
    let mut add = |kind, id: String, command: Command, group: Text| {
        let exact = is_exact(kind, &id);
        all.push((exact, command.group(if exact { EXACT } else { group })));
    };
    for case in &found.rmas {
        add(FoundKind::Rma, case.id.to_string(), case_command(case), CASES);
    }
    for order in found.orders.iter().filter(|_| opens_orders) {
        add(FoundKind::Order, order.order.id.to_string(), order_command(order), ORDERS);
    }
    for customer in found.customers.iter().filter(|_| opens_customers) {
        add(FoundKind::Customer, customer.id.to_string(), customer_command(customer), CUSTOMERS);
    }
    for article in found.skus.iter().filter(|_| opens_orders) {
        add(FoundKind::Sku, article.id.to_string(), article_command(article), ARTICLES);
    }
    all.sort_by_key(|(exact, _)| !exact);
    all.into_iter().map(|(_, command)| command).collect()
}

/// The button in the top bar and the palette it opens.
#[component]
pub(super) fn Search() -> impl IntoView {
    let (session, go) = (use_session(), use_go());
    let open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let asked = RwSignal::new(String::new());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let ask = move |words: String| {
        typed.set(words.clone());
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        let later = move || {
            asked.try_set(words);
        };
        waiting.set_value(set_timeout_with_handle(later, PAUSE).ok());
    };
    let query = Bind::new(move || typed.get(), ask);
    const SEARCHING: &[Permission] = &[Permission::RmaView, Permission::OrderView, Permission::CustomerView];
    let may_search = move || session.may_one_of(SEARCHING);
    let found = Fetch::<SearchResult>::when(move || {
        let q = asked.get().trim().to_owned();
        let enough = q.chars().count() >= MIN_CHARS && may_search();
        enough.then(|| api::read_with(&SEARCH, &[], &SearchQuery { q }))
    });
    let results =
        Signal::derive(move || found.with(|found| found.map(|found| commands(found, session)).unwrap_or_default()));
    let places = Signal::derive(move || {
        let places = nav::commands(session).into_iter();
        places.map(|(href, label, icon)| Command::new(href, label, icon).group(PLACES)).collect::<Vec<_>>()
    });
    let choose = Callback::new(move |address: String| go.to(&address));
    view! {
        <button type="button" class="frame__search" data-test="search" on:click=move |_| open.set(true)>
            <Icon glyph=Glyph::Search/>
            <span class="frame__search-words">{PLACEHOLDER}</span>
            <Kbd keys="/"/>
        </button>
        <CommandPalette open query commands=places found=results on_choose=choose placeholder=PLACEHOLDER/>
    }
}
