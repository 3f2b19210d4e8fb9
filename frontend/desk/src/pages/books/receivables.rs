//! What customers and outside parties owe, case by case.

use contract::ledger::{RECEIVABLES, ReceivableQuery, ReceivableView};
use contract::page::Page;
use domain::ShopId;
use domain::state::Bearer;
use leptos::prelude::*;
use parts::Sum;
use parts::api;
use parts::fetch::Pages;
use parts::meta::{Meta, use_meta};
use parts::said::{cell, read};
use parts::words::{Spoken, about, party};
use serde::Serialize;
use ui::{
    Bind, Button, ButtonKind, Choice, Column, EmptyState, FilterBar, Glyph, Segmented, Select, State, StateChip, Table,
    Text, TimeStamp, text,
};

use super::PLACE;
use super::owed;
use super::recover::{self, Owed, RECOVER_IT, Recovery};
use crate::go::{case_address, use_go};

const NOTHING_OPEN: Text = text("没有人欠款", "Nobody owes anything");
const NOTHING_OPEN_HINT: Text = text(
    "质检判定承运商或供应商的责任、先退款而货未退回、或人工登记的应收，会出现在这里",
    "Damage that others answer for, money that went ahead of goods and claims booked by hand appear here",
);

/// Where a page begins, how long it is, what is wanted.
#[derive(Serialize)]
struct PageQuery {
    after: Option<String>,
    limit: u32,
    #[serde(flatten)]
    query: ReceivableQuery,
}

/// What is left, or how it ended.
fn left(row: &ReceivableView) -> AnyView {
    let chip = |state, label: Text| view! { <StateChip state label/> }.into_any();
    match row.owed.minor {
        0 if row.paid.minor > 0 => chip(State::Good, text("已收回", "Recovered")),
        0 if row.given_up.minor > 0 => chip(State::Paused, text("已核销", "Written off")),
        0 => chip(State::Paused, text("已冲回", "Taken back")),
        1.. => view! { <span class="u-strong"><Sum amount=row.owed/></span> }.into_any(),
        _ => view! {
            <span class="u-row books__over">
                <StateChip state=State::Attention label=text("多收", "Too much")/>
                <Sum amount=row.owed/>
            </span>
        }
        .into_any(),
    }
}

/// What came in, and below it what was given up, where something was.
fn came_in(row: &ReceivableView) -> AnyView {
    let given_up = (row.given_up.minor != 0).then(|| {
        view! { <span class="u-soft u-small books__when">{text("核销", "written off")} " " <Sum amount=row.given_up/></span> }
    });
    let paid = (row.paid.minor != 0 || given_up.is_none()).then(|| some_of(row.paid));
    view! { <span>{paid} {given_up}</span> }.into_any()
}

/// An amount; a dash for none.
pub(in crate::pages) fn some_of(amount: domain::Money) -> AnyView {
    if amount.minor == 0 {
        return view! { <span class="u-soft">"–"</span> }.into_any();
    }
    view! { <Sum amount/> }.into_any()
}

fn columns(meta: Meta, recovery: Recovery) -> Vec<Column<ReceivableView>> {
    let mut columns = vec![
        Column::new("number", text("单号", "Number"), |row: &ReceivableView| {
            view! { <a class="cases__number" href=case_address(row.rma)>{row.rma_number.clone()}</a> }
        })
        .pinned(),
        Column::new("who", text("欠款方", "Who owes"), |row: &ReceivableView| cell(party(&row.party))),
        Column::new("about", text("事由", "What for"), |row: &ReceivableView| cell(about(&row.about, false))).grow(),
        Column::new("charged", text("应收", "Booked"), |row: &ReceivableView| view! { <Sum amount=row.charged/> })
            .number(),
        Column::new("paid", text("已收回", "Came in"), came_in).number(),
        Column::new("owed", text("还欠", "Left"), left).number(),
        Column::new("since", text("登记时间", "Since"), |row: &ReceivableView| {
            view! { <TimeStamp at_ms=row.since.ms()/> }
        }),
    ];
    if meta.has_many_shops() {
        columns.push(Column::new("shop", text("店铺", "Shop"), move |row: &ReceivableView| {
            let shop = row.shop;
            move || read(&meta.shop(shop))
        }));
    }
    columns.push(Column::new("do", "", move |row: &ReceivableView| {
        let owed = Owed {
            rma: row.rma,
            number: row.rma_number.clone(),
            account: row.account,
            party: row.party.clone(),
            owed: row.owed,
        };
        row.may_recover.then(|| {
            let owed = owed.clone();
            view! {
                <Button kind=ButtonKind::Quiet icon=Glyph::Wallet on_click=move |()| recovery.ask(owed.clone()) attr:data-test="recover">{RECOVER_IT}</Button>
            }
        })
    }));
    columns
}

/// Filters that narrow the list.
fn filters(query: RwSignal<ReceivableQuery>, meta: Meta) -> AnyView {
    let state = Bind::new(
        move || query.with(|query| query.open.map_or("all", |open| if open { "open" } else { "ended" }).to_owned()),
        move |value: String| {
            query.update(|query| {
                query.open = match value.as_str() {
                    "open" => Some(true),
                    "ended" => Some(false),
                    _ => None,
                };
            });
        },
    );
    let states = Signal::stored(vec![
        Choice::new("open", text("还欠", "Open")),
        Choice::new("ended", text("已了结", "Ended")),
        Choice::new("all", text("全部", "All")),
    ]);
    let bearer = Bind::new(
        move || query.with(|query| query.bearer.map(|bearer| bearer.to_string()).unwrap_or_default()),
        move |value: String| {
            query.update(|query| {
                query.bearer = Bearer::parse(&value);
                query.account = None;
            });
        },
    );
    let others = Bearer::ALL.iter().filter(|bearer| **bearer != Bearer::Shop);
    let bearers = Signal::stored(others.map(|one| Choice::new(one.as_str(), one.text())).collect::<Vec<_>>());
    let shop = Bind::new(
        move || query.with(|query| query.shop.map(|shop| shop.to_string()).unwrap_or_default()),
        move |value: String| query.update(|query| query.shop = value.parse::<ShopId>().ok()),
    );
    let shops = move || {
        meta.has_many_shops().then(|| {
            let options = Signal::derive(move || meta.shop_choices());
            view! { <Select value=shop options label=text("店铺", "Shop") placeholder=text("全部店铺", "All shops")/> }
        })
    };
    view! {
        <FilterBar>
            <Segmented value=state options=states label=text("状态", "State")/>
            <Select value=bearer options=bearers label=text("欠款方", "Who owes") placeholder=text("全部欠款方", "Whoever owes")/>
            {shops}
        </FilterBar>
    }
    .into_any()
}

fn empty(query: ReceivableQuery) -> AnyView {
    let first = ReceivableQuery { open: Some(true), ..ReceivableQuery::default() };
    if query == first || query == ReceivableQuery::default() {
        return view! { <EmptyState title=NOTHING_OPEN hint=NOTHING_OPEN_HINT icon=Glyph::CheckCircle/> }.into_any();
    }
    view! { <EmptyState title=text("没有符合的应收款", "Nothing fits") icon=Glyph::Search/> }.into_any()
}

/// The list with its sums.
pub(super) fn list() -> AnyView {
    let (meta, go) = (use_meta(), use_go());
    let query = RwSignal::new(ReceivableQuery { open: Some(true), ..ReceivableQuery::default() });
    let rows = Pages::<ReceivableView>::new(move |after, limit| {
        let query = PageQuery { after, limit, query: query.get() };
        api::read_with::<Page<ReceivableView>, _>(&RECEIVABLES, &[], &query)
    })
    .follow(|heard| heard.touches_any("queue:") || heard.touches_any("settlements:"));
    let recovery = Recovery::new();
    let changed = Callback::new(move |()| rows.reload());
    let open = Callback::new(move |id: String| {
        let rma = rows.items().with_untracked(|all| all.iter().find(|row| row.id.to_string() == id).map(|row| row.rma));
        if let Some(rma) = rma {
            go.to(&case_address(rma));
        }
    });
    view! {
        <div class="books__list">
            {owed::sums(query, rows.items())}
            {filters(query, meta)}
            <div class="roll__sheet" data-test="receivables">
                <Table
                    label=PLACE.label
                    rows=rows.items()
                    key=Callback::new(|row: ReceivableView| row.id.to_string())
                    columns=columns(meta, recovery)
                    on_open=open
                    loading=rows.busy()
                    error=rows.error()
                    on_retry=move |()| rows.reload()
                    empty=move || empty(query.get())
                    more=rows.has_more()
                    on_more=move |()| rows.more()
                    fill=true
                />
            </div>
            {recover::dialog(recovery, changed)}
        </div>
    }
    .into_any()
}
