//! What stands still or does not fit: how much of it by kind and age, the oldest first, and what is done about it.

use contract::Page;
use contract::exception::{COUNTS, ExceptionCounts, ExceptionKind, ExceptionQuery, ExceptionView, LIST};
use domain::Permission;
use leptos::prelude::*;
use parts::api;
use parts::fetch::{Fetch, Pages};
use parts::meta::use_meta;
use parts::session::use_session;
use parts::words::Spoken;
use ui::{Button, EmptyState, Glyph, PageHeader, Table, TableState, Text, text};

use crate::asked::Asked;
use crate::go::use_go;
use crate::nav::Place;

mod asked;
mod batch;
mod cells;
mod kinds;

use kinds::{Ages, Filters, Kinds};

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/exceptions",
    label: text("异常件", "Exceptions"),
    icon: Glyph::Alert,
    needs: &[Permission::ParcelSign, Permission::ParcelReceive, Permission::RmaView],
    group: None,
};

const HINT: Text = text("卡住的、对不上的，最久的在前", "What stands still or does not fit, the oldest first");

/// Everything the page's parts share. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    asked: Asked<ExceptionQuery>,
    items: Pages<ExceptionView>,
    counts: Fetch<ExceptionCounts>,
    table: TableState,
}

impl Desk {
    /// Asks for everything anew after something was done.
    fn reload(self) {
        self.table.clear_selection();
        self.items.reload();
        self.counts.reload();
    }
}

/// What tells a row from the others.
fn key(item: &ExceptionView) -> String {
    format!("{:?}-{}", item.kind, item.id)
}

/// The page, for `/desk/exceptions`.
pub(super) fn page(rest: &[&str]) -> Option<AnyView> {
    rest.is_empty().then(|| view! { <Exceptions/> }.into_any())
}

fn empty(asked: Asked<ExceptionQuery>) -> AnyView {
    if asked.is_set() {
        let clear = move |()| asked.set(&ExceptionQuery::default());
        let action = move || view! { <Button on_click=clear>{text("清除筛选", "Clear filters")}</Button> };
        let title = text("没有符合筛选的异常", "No exception fits the filters");
        return view! { <EmptyState title icon=Glyph::Filter action/> }.into_any();
    }
    let title = text("没有异常件", "No exceptions");
    let hint = text(
        "无主、久未到仓、签收未拆、重量不符、跟进逾期的都会自动出现在这里",
        "What is unidentified, late, unopened, of the wrong weight or overdue appears here by itself",
    );
    view! { <EmptyState title hint icon=Glyph::CheckCircle/> }.into_any()
}

#[component]
fn Exceptions() -> impl IntoView {
    let (go, session, meta) = (use_go(), use_session(), use_meta());
    let asked = Asked::of_address(go);
    let items = Pages::<ExceptionView>::new(move |after, limit| {
        let query = ExceptionQuery { after, limit: Some(limit), ..asked.get() };
        api::read_with::<Page<ExceptionView>, _>(&LIST, &[], &query)
    })
    .follow(|heard| heard.touches_any("parcels:") || heard.touches_any("queue:") || heard.touches_any("master:"));
    let counts = Fetch::<ExceptionCounts>::new(move || {
        let query = ExceptionQuery { kind: None, age: None, ..asked.get() };
        async move { api::read_with::<ExceptionCounts, _>(&COUNTS, &[], &query).await }
    })
    .follow(|heard| heard.touches_any("parcels:") || heard.touches_any("queue:") || heard.touches_any("master:"));
    let desk = Desk { asked, items, counts, table: TableState::new() };
    let total = Signal::derive(move || {
        let query = asked.get();
        counts.with(|counts| counts.map(|counts| kinds::number(counts, query.kind, query.age)))
    });
    let works_with_parcels = move || session.may_one_of(&[Permission::ParcelSign, Permission::ParcelReceive]);
    let open = Callback::new(move |row: String| {
        let found = items.items().with_untracked(|items| items.iter().find(|item| key(item) == row).cloned());
        if let Some(address) = found.and_then(|item| cells::address(&item, works_with_parcels())) {
            go.to(&address);
        }
    });
    let columns = cells::columns(meta, untrack(works_with_parcels));
    let title = move || asked.get().kind.map_or(PLACE.label, ExceptionKind::text).get();
    let bulk = move || view! { <batch::Batch desk/> };
    view! {
        <PageHeader title=PLACE.label subtitle=HINT/>
        <section class="exceptions" data-test="exceptions">
            <Kinds desk/>
            <div class="exceptions__bar">
                <Ages desk/>
                <Filters desk/>
            </div>
            <div class="cases__sheet">
                <Table
                    label=title
                    rows=items.items()
                    key=Callback::new(|item: ExceptionView| key(&item))
                    columns
                    state=desk.table
                    selectable=true
                    on_open=open
                    loading=items.busy()
                    error=items.error()
                    on_retry=move |()| desk.reload()
                    empty=move || empty(asked)
                    more=items.has_more()
                    on_more=move |()| items.more()
                    total
                    bulk=bulk
                    fill=true
                />
            </div>
        </section>
    }
}
