//! Anything by its number, its end, a phone tail or a name: one key away on every page.

use std::time::Duration;

use contract::rma::{FoundOrder, RmaListItem, SEARCH, SearchQuery, SearchResult};
use domain::Permission;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::session::use_session;
use parts::words::Spoken;
use ui::{Bind, Command, CommandPalette, Glyph, Icon, Kbd, Text, text};

use crate::go::{case_address, use_go};
use crate::nav;

const PLACEHOLDER: Text =
    text("订单号 / 单号 / 手机尾号 / 姓名 / 快递单号", "Order, case, phone tail, name or waybill");
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
    let (shop, number) = (found.shop, found.order.number.clone());
    let address = format!(
        "/desk/file{}",
        api::query(
            &[("shop", shop.to_string()), ("order", number.clone())]
                .into_iter()
                .collect::<std::collections::BTreeMap<_, _>>()
        )
    );
    Command::new(address, number, Glyph::Box).hint(text("为这个订单申请", "File a return on this order"))
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
    let may_search = move || session.may(Permission::RmaView);
    let found = Fetch::<SearchResult>::when(move || {
        let q = asked.get().trim().to_owned();
        let enough = q.chars().count() >= MIN_CHARS && may_search();
        enough.then(|| api::read_with(&SEARCH, &[], &SearchQuery { q }))
    });
    let may_file = move || session.may(Permission::RmaFile);
    let results = Signal::derive(move || {
        found.with(|found| {
            let Some(found) = found else { return Vec::new() };
            let cases = found.rmas.iter().map(case_command);
            let orders = found.orders.iter().filter(|_| may_file()).map(order_command);
            cases.chain(orders).collect()
        })
    });
    let commands = Signal::derive(move || {
        let places = nav::commands(session).into_iter();
        places.map(|(href, label, icon)| Command::new(href, label, icon)).collect::<Vec<_>>()
    });
    let choose = Callback::new(move |address: String| go.to(&address));
    view! {
        <button type="button" class="frame__search" data-test="search" on:click=move |_| open.set(true)>
            <Icon glyph=Glyph::Search/>
            <span class="frame__search-words">{PLACEHOLDER}</span>
            <Kbd keys="Ctrl K"/>
        </button>
        <CommandPalette open query commands found=results on_choose=choose placeholder=PLACEHOLDER/>
    }
}
