//! All cases one may see: narrowed by state, stage, owner and shop, newest first, with the exact total. The address holds
//! what is set, so that a figure of a board or a colleague's link leads to the same list.

use contract::rma::{LIST, ListQuery, RmaListItem, RmaPage};
use domain::Permission;
use domain::state::CaseState;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use parts::Clocks;
use parts::Sum;
use parts::api;
use parts::fetch::Pages;
use parts::meta::{Meta, use_meta};
use parts::said::{cell, read, said};
use parts::session::{Session, use_session};
use parts::words::chip;
use ui::{
    Button, Column, ColumnChoice, EmptyState, Glyph, LinkButton, PageHeader, State, StateChip, Table, TableState, Text,
    TimeStamp, text,
};

use crate::asked::Asked;
use crate::go::{case_address, use_go};
use crate::nav::Place;

mod asked;
mod filters;

use filters::Filters;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/rmas",
    label: text("退换货", "Returns"),
    icon: Glyph::Swap,
    needs: &[Permission::RmaView],
    group: None,
};

const EMPTY: Text = text("还没有退换货单", "No returns yet");
const EMPTY_HINT: Text =
    text("顾客提交或代客申请后会出现在这里", "What customers file, or staff file for them, appears here");
/// Columns that stay away until they are wanted.
const HIDDEN: [&str; 3] = ["owner", "shop", "filed"];
const PAUSED: Text = text("等顾客，暂停计时", "Waiting for the customer");
const NO_MATCH: Text = text("没有符合筛选的单据", "No case fits the filters");

fn number_cell(case: &RmaListItem) -> AnyView {
    // A real link, so that it can be opened in another tab.
    view! { <a class="cases__number" href=case_address(case.id)>{case.number.clone()}</a> }.into_any()
}

fn refund_cell(case: &RmaListItem) -> AnyView {
    case.refund.map(|amount| view! { <Sum amount/> }).into_any()
}

fn due_cell(case: &RmaListItem) -> AnyView {
    if case.state.is_final() {
        return ().into_any();
    }
    let (own, platform) = (case.due_at.map(domain::Timestamp::ms), case.platform_due_at.map(domain::Timestamp::ms));
    let near = case.warn_at.map(domain::Timestamp::ms);
    let paused = case.state == CaseState::NeedsInfo;
    view! {
        {paused.then(|| view! { <StateChip state=State::Paused label=PAUSED icon=Glyph::Pause/> })}
        <Clocks own_ms=own near_ms=near platform_ms=platform short=true/>
    }
    .into_any()
}

fn owner_cell(session: Session, case: &RmaListItem) -> AnyView {
    let owner = case.owner;
    let words = move || match owner {
        None => text("未分配", "Nobody").get(),
        Some(id) if session.person() == Some(id) => text("我", "Me").get(),
        Some(_) => text("同事", "A colleague").get(),
    };
    view! { <span class:u-soft=owner.is_none()>{words}</span> }.into_any()
}

fn columns(meta: Meta, session: Session) -> Vec<Column<RmaListItem>> {
    vec![
        Column::new("number", text("单号", "Number"), number_cell).pinned(),
        Column::new("summary", text("商品", "Goods"), |case: &RmaListItem| case.summary.clone()).grow(),
        Column::new("reason", text("原因", "Reason"), |case: &RmaListItem| {
            case.reason.as_ref().map(|reason| cell(said(reason)))
        }),
        Column::new("state", text("状态", "State"), |case: &RmaListItem| chip(case.state, "")),
        Column::new("stage", text("环节", "Stage"), |case: &RmaListItem| cell(said(&case.stage_title))),
        Column::new("goods", text("货", "Goods state"), |case: &RmaListItem| chip(case.goods, "")),
        Column::new("money", text("款", "Money"), |case: &RmaListItem| chip(case.money, "")),
        Column::new("refund", text("退款额", "Refund"), refund_cell).number(),
        Column::new("due", text("截止", "Due"), due_cell),
        Column::new("owner", text("负责人", "Owner"), move |case: &RmaListItem| owner_cell(session, case)),
        Column::new("shop", text("店铺", "Shop"), move |case: &RmaListItem| {
            let shop = case.shop;
            move || read(&meta.shop(shop))
        }),
        Column::new("filed", text("申请时间", "Filed"), |case: &RmaListItem| {
            view! { <TimeStamp at_ms=case.filed_at.ms()/> }
        }),
    ]
}

fn empty(asked: Asked<ListQuery>, may_file: bool) -> AnyView {
    if asked.is_set() {
        let clear = move |()| asked.set(&ListQuery::default());
        let action = move || view! { <Button on_click=clear>{text("清除筛选", "Clear filters")}</Button> };
        return view! { <EmptyState title=NO_MATCH icon=Glyph::Filter action/> }.into_any();
    }
    let action = move || {
        may_file.then(|| view! { <LinkButton href="/desk/file" icon=Glyph::Plus>{text("代客申请", "File a return")}</LinkButton> })
    };
    view! { <EmptyState title=EMPTY hint=EMPTY_HINT icon=Glyph::Swap action/> }.into_any()
}

/// The page.
pub(crate) struct CasesPage;

#[lazy_route]
impl LazyRoute for CasesPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <Cases/> }.into_any()
    }
}

#[component]
fn Cases() -> impl IntoView {
    let (meta, session, go) = (use_meta(), use_session(), use_go());
    let asked = Asked::of_address(go);
    let cases = Pages::<RmaListItem>::new(move |after, limit| {
        let total = after.is_none();
        let query = ListQuery { after, limit: Some(limit), total, ..asked.get() };
        api::read_with::<RmaPage, _>(&LIST, &[], &query)
    })
    .follow(|heard| heard.touches_any("queue:"));
    let table = TableState::new();
    // What most people look at least stays away until it is wanted.
    table.hidden.set(HIDDEN.map(str::to_owned).to_vec());
    let may_file = move || session.may(Permission::RmaFile);
    let actions = move || {
        untrack(may_file).then(|| {
            view! { <LinkButton href="/desk/file" icon=Glyph::Plus>{text("代客申请", "File a return")}</LinkButton> }
        })
    };
    let open = Callback::new(move |id: String| go.to(&format!("/desk/rmas/{id}")));
    let columns = columns(meta, session);
    let choice = Column::hideable(&columns);
    let tools = move || view! { <ColumnChoice state=table columns=choice.clone()/> };
    view! {
        <PageHeader title=PLACE.label actions/>
        <Filters asked tools/>
        <div class="cases__sheet">
            <Table
                label=PLACE.label
                rows=cases.items()
                key=Callback::new(|case: RmaListItem| case.id.to_string())
                columns
                state=table
                on_open=open
                loading=cases.busy()
                error=cases.error()
                on_retry=move |()| cases.reload()
                empty=move || empty(asked, untrack(may_file))
                more=cases.has_more()
                on_more=move |()| cases.more()
                total=cases.total()
                fill=true
            />
        </div>
    }
}
