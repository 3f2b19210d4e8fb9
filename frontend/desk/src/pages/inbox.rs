//! The inbox: what waits for this person and until when, with the case beside it; keys for everything that is done often.

use contract::Page;
use contract::inbox::{InboxItem, InboxQuery, LIST};
use domain::RmaId;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use parts::api;
use parts::fetch::Pages;
use ui::{Bind, EmptyState, Glyph, SplitView, Tab, TableState, Tabs, Text, text};

use crate::go::{Go, case_address, use_go};
use crate::nav::Place;
use crate::pages::case::CasePanel;

mod batch;
mod filter;
mod list;

use filter::{Filter, FilterLine};
use list::List;

/// In the navigation.
pub(crate) const PLACE: Place =
    Place { href: "/desk", label: text("工作台", "Inbox"), icon: Glyph::Inbox, needs: &[], group: None };

const LABEL: Text = text("我的待办", "My to-dos");
const CHOOSE: Text = text("选择一条待办，这里显示单据", "Choose a to-do to see its case here");
const PREVIEW: Text = text("单据预览", "Preview of the case");
/// To-dos asked for at once: a person's whole day.
const PAGE: u32 = 200;
/// From here on two panes stand side by side; the same as in the design system.
const WIDE: &str = "(min-width: 75rem)";

fn is_wide() -> bool {
    window().match_media(WIDE).ok().flatten().is_some_and(|wide| wide.matches())
}

/// The inbox as it is on this page. Copy freely.
#[derive(Clone, Copy)]
struct Inbox {
    items: Pages<InboxItem>,
    shown: Memo<Vec<InboxItem>>,
    filter: Filter,
    table: TableState,
    done: Memo<bool>,
    go: Go,
}

impl Inbox {
    /// The to-do the keyboard is on.
    fn active(self) -> Option<InboxItem> {
        let active = self.table.active.get();
        self.shown.with(|shown| match active {
            Some(key) => shown.iter().find(|item| item.id.to_string() == key).cloned(),
            None => shown.first().cloned(),
        })
    }

    /// Its case.
    fn case(self) -> Option<RmaId> {
        self.active()?.rma.map(|case| case.id)
    }
}

fn tab_bind(go: Go) -> Bind<String> {
    let query = use_query_map();
    let current =
        Memo::new(
            move |_| if query.with(|query| query.get("tab")).as_deref() == Some("done") { "done" } else { "open" },
        );
    Bind::new(
        move || current.get().to_owned(),
        move |tab: String| go.replace(if tab == "done" { "/desk?tab=done" } else { "/desk" }),
    )
}

/// The page.
#[component]
pub(crate) fn InboxPage() -> impl IntoView {
    let go = use_go();
    let tab = tab_bind(go);
    let done = Memo::new(move |_| tab.get() == "done");
    let items = Pages::<InboxItem>::by(PAGE, move |after, limit| {
        let tab = if done.get() { "done" } else { "open" };
        let asked = InboxQuery { tab: tab.to_owned(), after, limit: Some(limit) };
        api::read_with::<Page<InboxItem>, _>(&LIST, &[], &asked)
    })
    .follow(|heard| heard.touches_any("queue:") || heard.touches_any("person:"));
    let filter = Filter::new();
    let shown = Memo::new(move |_| items.items().with(|items| filter.apply(items, done.get())));
    let inbox = Inbox { items, shown, filter, table: TableState::new(), done, go };
    let tabs = Signal::derive(move || {
        let waiting = Signal::derive(move || if done.get() { 0 } else { items.items().with(Vec::len) as i64 });
        vec![Tab::new("open", text("待办", "To do")).count(waiting).urgent(), Tab::new("done", text("已办", "Done"))]
    });
    let case = Memo::new(move |_| inbox.case());
    let location = use_location();
    // On a narrow screen a case has a page of its own; nothing is ever shown instead of the list.
    let chosen = Signal::stored(false);
    let detail = move || {
        let shown = move || case.get().filter(|_| is_wide());
        let any = Memo::new(move |_| !inbox.shown.with(Vec::is_empty));
        let panel = move || {
            location.pathname.track();
            match shown() {
                Some(id) => view! { <CasePanel id on_changed=move |()| items.reload()/> }.into_any(),
                None if any.get() => view! { <EmptyState title=CHOOSE icon=Glyph::Clipboard/> }.into_any(),
                None => ().into_any(),
            }
        };
        view! { <section class="inbox__preview" aria-label=move || PREVIEW.get()>{panel}</section> }
    };
    view! {
        <h1 class="u-visually-hidden">{LABEL}</h1>
        <div class="inbox">
            <Tabs value=tab tabs label=LABEL>
                <SplitView chosen list=move || view! { <FilterLine inbox/> <List inbox/> } detail/>
            </Tabs>
        </div>
    }
}

/// Where the keyboard's Enter leads.
fn open_case(inbox: Inbox) {
    if let Some(id) = untrack(|| inbox.case()) {
        inbox.go.to(&case_address(id));
    }
}
