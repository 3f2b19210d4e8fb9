//! The table: full, long, loading, empty, failed.

use leptos::prelude::*;

use super::{
    Specimen,
    data::{Loan, loans},
};
use crate::{
    Button, ButtonKind, Card, Column, ColumnChoice, DueTime, EmptyState, ErrorState, FilterBar, LoadMore, Money,
    Person, Skeleton, State, StateChip, Table, TableState, clock, icon::Glyph, locale::text, toast,
};

fn columns() -> Vec<Column<Loan>> {
    vec![
        Column::new("code", text("单号", "Number"), |loan: &Loan| loan.code.clone()).pinned().sortable(),
        Column::new(
            "person",
            text("借用人", "Borrower"),
            |loan: &Loan| view! { <Person name=loan.person.to_owned()/> },
        ),
        Column::new("thing", text("物品", "Thing"), |loan: &Loan| loan.thing.into_render()).grow(),
        Column::new("count", text("数量", "Count"), |loan: &Loan| loan.count).number().sortable(),
        Column::new(
            "value",
            text("价值", "Value"),
            |loan: &Loan| view! { <Money amount_minor=loan.value_minor currency="CNY".to_owned()/> },
        )
        .number()
        .sortable(),
        Column::new(
            "state",
            text("状态", "State"),
            |loan: &Loan| view! { <StateChip state=loan.state label=loan.word/> },
        ),
        Column::new("due", text("到期", "Due"), |loan: &Loan| {
            let due_ms = untrack(clock::now_ms) + loan.due_in_ms;
            view! { <DueTime due_ms short=true explains=text("借出后三个工作日", "Three working days after lending")/> }
        }),
    ]
}

fn key(loan: Loan) -> String {
    loan.code
}

pub(super) fn content() -> AnyView {
    view! {
        <div class="u-stack">
            {full()}
            {long()}
            {states()}
        </div>
    }
    .into_any()
}

fn full() -> impl IntoView {
    let state = TableState::new();
    let rows = RwSignal::new(loans(7));
    let hideable = Column::hideable(&columns());
    let bulk = move || {
        view! {
            <Button kind=ButtonKind::Primary icon=Glyph::Check on_click=move |()| state.clear_selection()>{text("同意", "Agree")}</Button>
            <Button>{text("转交", "Hand over")}</Button>
        }
    };
    view! {
        <Specimen name="Table">
            <Card flush=true>
                <div class="ui-specimen__pad">
                    <FilterBar tools=move || view! { <ColumnChoice state columns=hideable.clone()/> }/>
                </div>
                <Table
                    label=text("借用", "Loans")
                    columns=columns()
                    rows
                    key
                    state
                    selectable=true
                    on_open=|code: String| toast(State::Paused, code)
                    current=Signal::stored(Some("EQ-2043".to_owned()))
                    total=Some(1_234)
                    more=true
                    on_more=move |()| rows.update(|rows| *rows = loans(rows.len() + 7))
                    bulk
                />
            </Card>
        </Specimen>
    }
}

fn long() -> impl IntoView {
    view! {
        <Specimen name="Table · 10,000">
            <Card flush=true>
                <Table label=text("一万行", "Ten thousand rows") columns=columns() rows=Signal::stored(loans(10_000)) key on_open=|_: String| ()/>
            </Card>
        </Specimen>
    }
}

fn states() -> impl IntoView {
    let none = || Signal::stored(Vec::<Loan>::new());
    let empty = || {
        view! {
            <EmptyState
                title=text("还没有借用记录", "No loans yet")
                hint=text("有人借出物品后，会按到期时间排在这里。", "When somebody borrows something it appears here, soonest due first.")
                action=|| view! { <Button kind=ButtonKind::Primary icon=Glyph::Plus>{text("登记借用", "Record a loan")}</Button> }
            />
        }
    };
    view! {
        <div class="u-grid">
            <Specimen name="loading">
                <Card flush=true><Table label=text("加载中", "Loading") columns=columns() rows=none() key loading=true/></Card>
            </Specimen>
            <Specimen name="empty">
                <Card flush=true><Table label=text("空", "Empty") columns=columns() rows=none() key empty/></Card>
            </Specimen>
            <Specimen name="failed">
                <Card flush=true>
                    <Table
                        label=text("失败", "Failed")
                        columns=columns()
                        rows=none()
                        key
                        error=Signal::derive(|| Some(crate::say!("服务器没有应答。检查网络后重试。", "The server does not answer. Check the network and try again.")))
                        on_retry=|()| toast(State::Paused, text("正在重试", "Trying again"))
                    />
                </Card>
            </Specimen>
            <Specimen name="ErrorState">
                <Card><ErrorState hint=text("请把编号告诉管理员。", "Give this reference to your administrator.") reference=Signal::stored(Some("req-01JQ8Z".to_owned())) on_retry=|()| ()/></Card>
            </Specimen>
            <Specimen name="Skeleton"><Card><Skeleton lines=5/></Card></Specimen>
            <Specimen name="LoadMore">
                <Card><LoadMore shown=50 total=Some(320) more=true on_more=|()| ()/></Card>
            </Specimen>
        </div>
    }
}
