//! Money out: what each shop paid back per day, the list behind each sum, and the invoices to be reversed.

use contract::Page;
use contract::refund::{DAYS, LIST, RefundDay, RefundItem, RefundQuery};
use domain::{LocalDate, Permission};
use leptos::prelude::*;
use parts::Sum;
use parts::api;
use parts::fetch::{Fetch, Pages};
use parts::meta::use_meta;
use parts::said::{cell, read, today};
use ui::{
    Bind, Choice, Column, CopyText, DateInput, Drawer, EmptyState, Field, Glyph, PageHeader, Select, Tab, Table, Tabs,
    Text, TimeStamp, Words, text,
};

use crate::go::case_address;
use crate::nav::Place;

mod invoices;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/refunds",
    label: text("退款与红冲", "Refunds"),
    icon: Glyph::Wallet,
    needs: &[Permission::SettlementPropose, Permission::SettlementApprove, Permission::SettlementPay],
    group: None,
};

const TITLE_DAYS: Text = text("每日合计", "Per day");
const TITLE_INVOICES: Text = text("发票红冲", "Invoices to reverse");

/// The page at the rest of an address under `/desk/refunds`.
pub(crate) fn page(rest: &[&str]) -> Option<AnyView> {
    rest.is_empty().then(|| view! { <Refunds/> }.into_any())
}

/// How it was paid.
fn means(word: &str) -> Text {
    match word {
        "original" => text("原路退回", "Original payment"),
        "credit" => text("店铺余额", "Store credit"),
        "manual" => text("人工打款", "Paid by hand"),
        "platform" => text("平台退款", "By the platform"),
        _ => text("其他", "Other"),
    }
}

fn key(row: &RefundDay) -> String {
    format!("{}|{}|{}|{}", row.date, row.shop, row.means, row.sum.currency)
}

fn columns() -> Vec<Column<RefundDay>> {
    let meta = use_meta();
    vec![
        Column::new("date", text("日期", "Day"), |row: &RefundDay| row.date.to_string()).pinned(),
        Column::new("shop", text("店铺", "Shop"), move |row: &RefundDay| {
            let shop = row.shop;
            cell(Words::from(move || read(&meta.shop(shop))))
        })
        .grow(),
        Column::new("means", text("方式", "How"), |row: &RefundDay| cell(means(&row.means))),
        Column::new("count", text("笔数", "Refunds"), |row: &RefundDay| row.count.to_string()),
        Column::new("sum", text("合计", "Sum"), |row: &RefundDay| view! { <Sum amount=row.sum/> }),
    ]
}

fn item_columns() -> Vec<Column<RefundItem>> {
    vec![
        Column::new("case", text("退换货单", "Return"), |row: &RefundItem| {
            view! { <a href=case_address(row.rma)>{row.rma_number.clone()}</a> }
        })
        .pinned(),
        Column::new("order", text("订单", "Order"), |row: &RefundItem| row.order_number.clone()),
        Column::new("amount", text("金额", "Amount"), |row: &RefundItem| view! { <Sum amount=row.amount/> }),
        Column::new("at", text("结清", "Settled"), |row: &RefundItem| view! { <TimeStamp at_ms=row.settled_at.ms()/> }),
        Column::new("reference", text("流水号或凭证", "Reference"), |row: &RefundItem| {
            let reference = row.reference.clone();
            (!reference.is_empty()).then(|| view! { <CopyText value=Signal::stored(reference)/> })
        })
        .grow(),
    ]
}

/// The list behind a sum: the same day, shop and means.
#[component]
fn Behind(row: RefundDay) -> impl IntoView {
    let (day, shop, means, currency) = (row.date, row.shop, row.means, row.sum.currency);
    let pages = Pages::<RefundItem>::new(move |after, limit| {
        let query = RefundQuery { from: day, to: day, shop: Some(shop), after, limit: Some(limit) };
        api::read_with::<Page<RefundItem>, _>(&LIST, &[], &query)
    });
    let items = pages.items();
    let own = Signal::derive(move || {
        let all = items.get();
        all.into_iter().filter(|one| one.means == means && one.amount.currency == currency).collect::<Vec<_>>()
    });
    view! {
        <div data-test="refund-list">
            <Table
                label=text("退款明细", "Refunds")
                rows=own
                key=Callback::new(|row: RefundItem| row.id.to_string())
                columns=item_columns()
                loading=pages.busy()
                error=pages.error()
                on_retry=move |()| pages.reload()
                more=pages.has_more()
                on_more=move |()| pages.more()
            />
        </div>
    }
}

#[component]
fn Days() -> impl IntoView {
    let meta = use_meta();
    let now: LocalDate = untrack(today);
    let (from, to) = (RwSignal::new(now.plus_days(-6).to_string()), RwSignal::new(now.to_string()));
    let shop = RwSignal::new(String::new());
    let shops = Signal::derive(move || -> Vec<Choice> { meta.shop_choices() });
    let days = Fetch::<Vec<RefundDay>>::when(move || {
        let query = RefundQuery {
            from: from.with(|day| day.parse().ok())?,
            to: to.with(|day| day.parse().ok())?,
            shop: shop.with(|shop| shop.parse().ok()),
            after: None,
            limit: None,
        };
        Some(async move { api::read_with::<Vec<RefundDay>, _>(&DAYS, &[], &query).await })
    })
    .follow(|heard| heard.touches_any("settlements:"));
    let rows = Signal::derive(move || days.get().unwrap_or_default());
    let error = Signal::derive(move || days.problem().get().map(|problem| problem.words()));
    let chosen = RwSignal::new(None::<RefundDay>);
    let open = Bind::new(move || chosen.with(Option::is_some), move |_| chosen.set(None));
    let choose = Callback::new(move |wanted: String| {
        chosen.set(rows.with_untracked(|rows| rows.iter().find(|row| key(row) == wanted).cloned()));
    });
    let title = Words::from(move || {
        let parts = chosen
            .get()
            .map(|row| format!("{} · {} · {}", row.date, read(&meta.shop(row.shop)), means(&row.means).get()));
        parts.unwrap_or_default()
    });
    let body = move || chosen.get().map(|row| view! { <Behind row/> });
    let empty = || {
        let title = text("这几天没有退款", "Nothing was paid back on these days");
        let hint =
            text("退款成功后，按店铺和日期在这里合计", "Refunds appear here by shop and day once they are paid back");
        view! { <EmptyState title hint icon=Glyph::Wallet/> }
    };
    view! {
        <div class="refunds__filter">
            <Field label=text("从", "From")><DateInput value=from/></Field>
            <Field label=text("到", "Until") error><DateInput value=to/></Field>
            <Field label=text("店铺", "Shop")><Select value=shop options=shops placeholder=text("全部", "All")/></Field>
        </div>
        <div class="roll__sheet" data-test="refund-days">
            <Table
                label=TITLE_DAYS
                rows
                key=Callback::new(|row: RefundDay| key(&row))
                columns=columns()
                on_open=choose
                loading=days.busy()
                error
                on_retry=move |()| days.reload()
                empty
                fill=true
            />
        </div>
        <Drawer open title wide=true>{body}</Drawer>
    }
}

#[component]
fn Refunds() -> impl IntoView {
    let shown = RwSignal::new("days".to_owned());
    let tabs = Signal::stored(vec![Tab::new("days", TITLE_DAYS), Tab::new("invoices", TITLE_INVOICES)]);
    let panel = move || match shown.get().as_str() {
        "invoices" => view! { <invoices::Invoices/> }.into_any(),
        _ => view! { <Days/> }.into_any(),
    };
    view! {
        <PageHeader title=PLACE.label/>
        <Tabs value=shown tabs label=PLACE.label>{panel}</Tabs>
    }
}
