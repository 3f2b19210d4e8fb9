//! A customer's store credit: what they may spend, and where it came from or went.

use contract::ledger::{CreditEntryView, STORE_CREDIT, STORE_CREDIT_ENTRIES, StoreCreditView};
use contract::page::Page;
use domain::CustomerId;
use leptos::prelude::*;
use parts::Sum;
use parts::api;
use parts::fetch::{Fetch, Pages};
use serde::Serialize;
use ui::{ErrorState, LoadMore, Money, Sign, Skeleton, Text, TimeStamp, text};

use crate::go::case_address;

const TITLE: Text = text("店铺余额", "Store credit");
const NONE: Text = text("没有店铺余额，也没有收支", "No store credit was given or used");
/// Entries asked for at a time.
const PAGE: u32 = 20;

/// Where a page begins and how long it is.
#[derive(Serialize)]
struct PageQuery {
    after: Option<String>,
    limit: u32,
}

fn entry(entry: &CreditEntryView) -> AnyView {
    let what = if entry.amount.minor > 0 { text("退款存入", "Refunded into it") } else { text("使用", "Used") };
    let case = entry.rma.zip(entry.rma_number.clone());
    let case = case.map(|(id, number)| view! { <a class="cases__number" href=case_address(id)>{number}</a> });
    let by = entry.by.as_ref().map(|who| who.name.clone());
    let currency = entry.amount.currency.code().to_owned();
    view! {
        <li class="books__entry">
            <span class="u-grow">
                <span>{what} " " {case}</span>
                <span class="u-soft u-small books__when"><TimeStamp at_ms=entry.at.ms()/> " " {by}</span>
            </span>
            <Money amount_minor=entry.amount.minor currency sign=Sign::Always/>
        </li>
    }
    .into_any()
}

fn entries(customer: CustomerId) -> AnyView {
    let rows = Pages::<CreditEntryView>::by(PAGE, move |after, limit| {
        let query = PageQuery { after, limit };
        api::read_with::<Page<CreditEntryView>, _>(&STORE_CREDIT_ENTRIES, &[&customer], &query)
    })
    .follow(|heard| heard.touches_any("settlements:"));
    let shown = Signal::derive(move || i64::try_from(rows.items().with(Vec::len)).unwrap_or(i64::MAX));
    let list = move || {
        if let Some(words) = rows.error().get() {
            return view! { <ErrorState hint=words on_retry=move |()| rows.reload()/> }.into_any();
        }
        rows.items().with(|all| match (all.is_empty(), rows.busy().get()) {
            (true, true) => view! { <Skeleton lines=2/> }.into_any(),
            (true, false) => view! { <p class="u-soft">{NONE}</p> }.into_any(),
            _ => view! { <ul class="books__entries">{all.iter().map(entry).collect_view()}</ul> }.into_any(),
        })
    };
    let more = move || {
        let has_more = rows.has_more();
        has_more.get().then(|| {
            view! { <LoadMore shown more=has_more loading=rows.busy() on_more=move |()| rows.more()/> }
        })
    };
    view! { {list} {more} }.into_any()
}

/// What a customer may spend, with its entries; nothing for a reader who sees no prices.
pub(in crate::pages) fn of_customer(customer: CustomerId) -> AnyView {
    let credit = Fetch::<StoreCreditView>::new(move || api::read(&STORE_CREDIT, &[&customer]))
        .follow(|heard| heard.touches_any("settlements:"));
    let hidden = Memo::new(move |_| credit.with(|credit| credit.is_some_and(|credit| credit.balances.is_none())));
    let balances = move || {
        credit.with(|credit| {
            let balances = credit.and_then(|credit| credit.balances.clone()).unwrap_or_default();
            balances.into_iter().map(|amount| view! { <Sum amount strong=true/> }).collect_view()
        })
    };
    let section = move || {
        (!hidden.get()).then(|| {
            view! {
                <section class="u-stack-8" data-test="store-credit">
                    <h3 class="u-row u-between"><span>{TITLE}</span> <span class="u-row">{balances}</span></h3>
                    {entries(customer)}
                </section>
            }
        })
    };
    view! { {section} }.into_any()
}
