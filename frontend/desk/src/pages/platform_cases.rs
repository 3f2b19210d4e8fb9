//! Cases as platforms know them: their own deadline, what they contradict, and which of ours they are.

use contract::external_case::{ExternalCaseQuery, ExternalCaseView, LINK, LIST, LinkRequest};
use contract::page::Page;
use contract::rma::{RmaListItem, SEARCH, SearchQuery, SearchResult};
use domain::{Permission, RmaId};
use leptos::prelude::*;
use parts::api;
use parts::fetch::{Fetch, Pages};
use parts::meta::{Meta, use_meta};
use parts::said::{cell, read};
use parts::session::use_session;
use parts::submit::Submit;
use parts::words::{chip, platform, platform_conflict};
use serde::Serialize;
use serde::de::IgnoredAny;
use ui::{
    Bind, Button, Checkbox, Column, DescriptionList, Drawer, DueTime, EmptyState, Fact, Field, FilterBar, Glyph, Money,
    Notice, PageHeader, SearchBox, Select, State, StateChip, Table, Text, TimeStamp, Words, text, toast,
};

use crate::go::case_address;
use crate::nav::Place;
use crate::rows::wrong;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/platform-cases",
    label: text("平台售后单", "Platform cases"),
    icon: Glyph::Globe,
    needs: &[Permission::RmaView],
    group: None,
};

const EMPTY: Text = text("没有平台售后单", "No platform cases");
const EMPTY_HINT: Text = text(
    "导入文件或接口推送后出现在这里，最近到期的在前",
    "Imported or put by other systems; the nearest deadline first",
);

/// The page.
pub(in crate::pages) fn page() -> AnyView {
    view! { <PlatformCases/> }.into_any()
}

/// Where a page begins, how long it is, what is wanted.
#[derive(Serialize)]
struct PageQuery {
    after: Option<String>,
    limit: u32,
    #[serde(flatten)]
    query: ExternalCaseQuery,
}

fn conflict_chip(case: &ExternalCaseView) -> Option<AnyView> {
    let words = platform_conflict(case.conflict.as_ref()?);
    Some(view! { <StateChip state=State::Bad label=words/> }.into_any())
}

fn ours(case: &ExternalCaseView) -> AnyView {
    match (case.rma_id, &case.rma_number) {
        (Some(id), Some(number)) => {
            view! { <a class="cases__number" href=case_address(id)>{number.clone()}</a> }.into_any()
        }
        _ => view! { <span class="u-soft">{text("未关联", "Not linked")}</span> }.into_any(),
    }
}

fn columns(meta: Meta) -> Vec<Column<ExternalCaseView>> {
    vec![
        Column::new("number", text("平台单号", "Platform's number"), |row: &ExternalCaseView| row.number.clone())
            .pinned(),
        Column::new("due", text("平台截止", "Platform's deadline"), |row: &ExternalCaseView| {
            row.due_at.map(|at| view! { <DueTime due_ms=at.ms() short=true/> })
        }),
        Column::new("status", text("处理状态", "Status"), |row: &ExternalCaseView| chip(row.status, "")),
        Column::new("conflict", text("冲突", "Conflict"), conflict_chip).grow(),
        Column::new("ours", text("我方单号", "Our case"), ours),
        Column::new("platform", text("平台", "Platform"), |row: &ExternalCaseView| cell(platform(&row.platform))),
        Column::new("shop", text("店铺", "Shop"), move |row: &ExternalCaseView| {
            let shop = row.shop_id;
            move || read(&meta.shop(shop))
        }),
        Column::new("order", text("订单号", "Order"), |row: &ExternalCaseView| row.order_number.clone()),
        Column::new("amount", text("申请金额", "Asked for"), |row: &ExternalCaseView| {
            let currency = row.currency?.code().to_owned();
            row.amount_minor.map(|amount| view! { <Money amount_minor=amount currency/> })
        })
        .number(),
    ]
}

fn facts(case: &ExternalCaseView, meta: Meta) -> Vec<Fact> {
    let shop = case.shop_id;
    let (due, seen) = (case.due_at.map(domain::Timestamp::ms), case.seen_at.ms());
    let words = |name: Text, value: &str| (!value.is_empty()).then(|| Fact::words(name, value.to_owned()));
    let (status, linked) = (case.status, case.clone());
    [
        Some(Fact::new(text("处理状态", "Status"), move || chip(status, ""))),
        words(text("平台原状态", "The platform's own status"), &case.raw_status),
        due.map(|due| Fact::new(text("平台截止", "Platform's deadline"), move || view! { <DueTime due_ms=due/> })),
        Some(Fact::words(text("平台", "Platform"), platform(&case.platform))),
        Some(Fact::new(text("店铺", "Shop"), move || move || read(&meta.shop(shop)))),
        words(text("订单号", "Order"), &case.order_number),
        words(text("平台类型", "The platform's kind"), &case.kind),
        Some(Fact::new(text("我方单号", "Our case"), move || ours(&linked))),
        Some(Fact::words(text("版本", "Version"), case.source_version.to_string())),
        Some(Fact::new(text("最近更新", "Last heard of"), move || view! { <TimeStamp at_ms=seen/> })),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Which of ours it is.
fn linking(case: &ExternalCaseView, on_change: Callback<()>) -> AnyView {
    let (id, linked) = (case.id, case.rma_id.is_some());
    let q = RwSignal::new(case.order_number.clone());
    let submit = Submit::new();
    let link = move |rma_id: Option<RmaId>| {
        submit.run(
            move |key| api::send::<IgnoredAny, _>(&LINK, &[&id], &LinkRequest { rma_id }, key),
            move |_| {
                toast(
                    State::Good,
                    if rma_id.is_some() { text("已关联", "Linked") } else { text("已解除关联", "Unlinked") },
                );
                on_change.run(());
            },
        );
    };
    if linked {
        return view! {
            <div class="u-stack-8">
                {wrong(submit)}
                <div class="u-row">
                    <Button icon=Glyph::Close busy=submit.busy() on_click=move |()| link(None)>{text("解除关联", "Unlink")}</Button>
                </div>
            </div>
        }
        .into_any();
    }
    let found = Fetch::<SearchResult>::when(move || {
        let q = q.get().trim().to_owned();
        (q.chars().count() >= 2).then(|| api::read_with(&SEARCH, &[], &SearchQuery { q }))
    });
    let shop = case.shop_id;
    let line = move |row: RmaListItem| {
        let id = row.id;
        view! {
            <li class="platform__found">
                <span class="u-grow"><a class="cases__number" href=case_address(id)>{row.number}</a> " " <span class="u-soft">{row.summary}</span></span>
                <Button icon=Glyph::Link busy=submit.busy() on_click=move |()| link(Some(id)) attr:data-test="link-case">{text("关联", "Link")}</Button>
            </li>
        }
    };
    let list = move || {
        let rows = found.with(|found| found.map(|found| found.rmas.clone()))?;
        let rows: Vec<RmaListItem> = rows.into_iter().filter(|row| row.shop == shop).take(8).collect();
        Some(if rows.is_empty() {
            view! { <p class="u-soft">{text("没有找到同一店铺的退换货单", "No return of this shop was found")}</p> }
                .into_any()
        } else {
            view! { <ul>{rows.into_iter().map(line).collect_view()}</ul> }.into_any()
        })
    };
    view! {
        <section class="u-stack-8">
            {wrong(submit)}
            <Field label=text("关联到我方退换货单", "Link to one of our returns") hint=text("按单号、订单号、手机尾号或姓名查找", "By number, order, phone tail or name")>
                <SearchBox value=q/>
            </Field>
            {list}
        </section>
    }
    .into_any()
}

#[component]
fn PlatformCases() -> impl IntoView {
    let (meta, session) = (use_meta(), use_session());
    let query = RwSignal::new(ExternalCaseQuery::default());
    let cases = Pages::<ExternalCaseView>::new(move |after, limit| {
        let query = PageQuery { after, limit, query: query.get() };
        api::read_with::<Page<ExternalCaseView>, _>(&LIST, &[], &query)
    })
    .follow(|heard| heard.touches_any("queue:"));
    let chosen = RwSignal::new(None::<String>);
    let case = move || {
        let key = chosen.get()?;
        cases.items().with(|all| all.iter().find(|row| row.id.to_string() == key).cloned())
    };
    let open = Bind::new(move || chosen.with(Option::is_some), move |_| chosen.set(None));
    let title = Words::from(move || case().map(|case| case.number).unwrap_or_default());
    let changed = Callback::new(move |()| cases.reload());
    let body = move || {
        let case = case()?;
        let facts = facts(&case, meta);
        let conflict = case.conflict.as_deref().map(platform_conflict).map(|words| {
            view! { <Notice state=State::Bad title=words/> }
        });
        let link = session.may(Permission::RmaFile).then(|| linking(&case, changed));
        Some(view! {
            <div class="u-stack-24" data-test="platform-case">{conflict} <DescriptionList facts=Signal::stored(facts)/> {link}</div>
        })
    };
    let shop = Bind::new(
        move || query.with(|query| query.shop.map(|shop| shop.to_string()).unwrap_or_default()),
        move |value: String| query.update(|query| query.shop = value.parse().ok()),
    );
    let unlinked =
        Bind::new(move || query.with(|query| query.unlinked), move |on| query.update(|query| query.unlinked = on));
    let conflict =
        Bind::new(move || query.with(|query| query.conflict), move |on| query.update(|query| query.conflict = on));
    let shops = move || {
        meta.has_many_shops().then(|| {
            let options = Signal::derive(move || meta.shop_choices());
            view! { <Select value=shop options label=text("店铺", "Shop") placeholder=text("全部店铺", "All shops")/> }
        })
    };
    let empty = || view! { <EmptyState title=EMPTY hint=EMPTY_HINT icon=PLACE.icon/> };
    view! {
        <PageHeader title=PLACE.label/>
        <FilterBar>
            {shops}
            <Checkbox checked=conflict label=text("只看冲突", "Conflicts only")/>
            <Checkbox checked=unlinked label=text("只看未关联", "Not linked only")/>
        </FilterBar>
        <div class="roll__sheet" data-test="platform-cases">
            <Table
                label=PLACE.label
                rows=cases.items()
                key=Callback::new(|row: ExternalCaseView| row.id.to_string())
                columns=columns(meta)
                on_open=move |key: String| chosen.set(Some(key))
                loading=cases.busy()
                error=cases.error()
                on_retry=move |()| cases.reload()
                empty
                more=cases.has_more()
                on_more=move |()| cases.more()
                fill=true
            />
        </div>
        <Drawer open title>{body}</Drawer>
    }
}
