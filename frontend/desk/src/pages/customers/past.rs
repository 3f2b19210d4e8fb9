//! A customer's orders, cases and messages.

use contract::master::{CustomerHistory, CustomerMessage};
use contract::order::OrderListItem;
use contract::rma::RmaListItem;
use leptos::prelude::*;
use parts::Sum;
use parts::meta::use_meta;
use parts::said::{cell, read};
use parts::words::{chip, order_state};
use ui::{Card, Column, Money, Table, Text, TimeStamp, say, text};

use crate::go::case_address;

const ORDERS: Text = text("订单", "Orders");
const CASES: Text = text("退换货", "Returns");
const MESSAGES: Text = text("往来留言", "Messages");

/// Says that there is more than is shown; nothing when there is not.
fn cut(shown: usize, all: i64) -> AnyView {
    let is_cut = i64::try_from(shown).is_ok_and(|shown| shown < all);
    let words = move || say!("只列出最近 {shown} 条，共 {all} 条", "The last {shown} of {all}");
    is_cut.then(|| view! { <p class="customer__none u-soft u-small">{words}</p> }).into_any()
}

/// The orders.
pub(super) fn orders(found: &CustomerHistory) -> AnyView {
    let meta = use_meta();
    let columns = vec![
        Column::new("number", text("订单号", "Number"), |row: &OrderListItem| {
            view! { <a class="cases__number" href=format!("/desk/orders/{}", row.id)>{row.number.clone()}</a> }
        })
        .pinned(),
        Column::new("shop", text("店铺", "Shop"), move |row: &OrderListItem| {
            let shop = row.shop_id;
            move || read(&meta.shop(shop))
        })
        .grow(),
        Column::new("state", text("状态", "State"), |row: &OrderListItem| cell(order_state(&row.state))),
        Column::new("paid", text("实付", "Paid"), |row: &OrderListItem| {
            let currency = row.currency.code().to_owned();
            row.captured_minor.map(|amount| view! { <Money amount_minor=amount currency/> })
        })
        .number(),
        Column::new("ordered", text("下单", "Placed"), |row: &OrderListItem| {
            view! { <TimeStamp at_ms=row.ordered_at.ms()/> }
        }),
    ];
    let key = Callback::new(|row: OrderListItem| row.id.to_string());
    let empty =
        || view! { <p class="customer__none u-soft">{text("没有您能看到的订单", "No order that you can see")}</p> };
    let more = cut(found.orders.len(), found.order_count);
    let rows = Signal::stored(found.orders.clone());
    view! {
        <Card title=ORDERS flush=true>
            <div data-test="customer-orders"><Table label=ORDERS rows key columns empty/> {more}</div>
        </Card>
    }
    .into_any()
}

/// The cases.
pub(super) fn cases(found: &CustomerHistory) -> AnyView {
    let columns = vec![
        Column::new("number", text("单号", "Number"), |case: &RmaListItem| {
            view! { <a class="cases__number" href=case_address(case.id)>{case.number.clone()}</a> }
        })
        .pinned(),
        Column::new("summary", text("商品", "Goods"), |case: &RmaListItem| case.summary.clone()).grow(),
        Column::new("state", text("状态", "State"), |case: &RmaListItem| chip(case.state, "")),
        Column::new("money", text("款", "Money"), |case: &RmaListItem| chip(case.money, "")),
        Column::new("refund", text("退款额", "Refund"), |case: &RmaListItem| {
            case.refund.map(|amount| view! { <Sum amount/> })
        })
        .number(),
        Column::new("filed", text("申请时间", "Filed"), |case: &RmaListItem| {
            view! { <TimeStamp at_ms=case.filed_at.ms()/> }
        }),
    ];
    let key = Callback::new(|case: RmaListItem| case.id.to_string());
    let empty =
        || view! { <p class="customer__none u-soft">{text("没有您能看到的退换货", "No return that you can see")}</p> };
    let more = cut(found.cases.len(), found.case_count);
    let rows = Signal::stored(found.cases.clone());
    view! {
        <Card title=CASES flush=true>
            <div data-test="customer-cases"><Table label=CASES rows key columns empty/> {more}</div>
        </Card>
    }
    .into_any()
}

fn message(one: &CustomerMessage) -> impl IntoView + use<> {
    let from = if one.from_customer { text("顾客", "Customer") } else { text("商家", "The shop") };
    view! {
        <li class="talk__line is-open">
            <p class="talk__head">
                <b>{from}</b>
                <a class="cases__number" href=case_address(one.rma)>{one.number.clone()}</a>
                <TimeStamp at_ms=one.at.ms()/>
            </p>
            <p class="talk__body">{one.body.clone()}</p>
        </li>
    }
}

/// What was written, newest first.
pub(super) fn messages(found: &CustomerHistory) -> AnyView {
    let body = if found.messages.is_empty() {
        view! { <p class="u-soft">{text("还没有往来留言", "Nothing was written yet")}</p> }.into_any()
    } else {
        view! { <ul class="talk">{found.messages.iter().map(message).collect_view()}</ul> }.into_any()
    };
    view! { <Card title=MESSAGES><div data-test="customer-messages">{body}</div></Card> }.into_any()
}
