//! Customers with store credit, over all shops.

use contract::ledger::{CreditView, STORE_CREDITS};
use contract::page::Page;
use leptos::prelude::*;
use parts::Sum;
use parts::api;
use parts::fetch::Pages;
use serde::Serialize;
use ui::{Bind, Column, Drawer, EmptyState, Glyph, Table, Text, Words, text};

use super::credit;

const LABEL: Text = text("有余额的顾客", "Customers with store credit");
const EMPTY_HINT: Text =
    text("退款方式为店铺余额的结算付出后，顾客出现在这里", "They appear once a settlement is paid as store credit");

/// Where a page begins and how long it is.
#[derive(Serialize)]
struct PageQuery {
    after: Option<String>,
    limit: u32,
}

fn columns() -> Vec<Column<CreditView>> {
    vec![
        Column::new("customer", text("客户编号", "Customer"), |row: &CreditView| row.customer_no.clone())
            .pinned()
            .grow(),
        Column::new("balance", text("余额", "Balance"), |row: &CreditView| view! { <Sum amount=row.balance/> })
            .number(),
    ]
}

/// The list; a row opens its entries.
pub(super) fn list() -> AnyView {
    let rows = Pages::<CreditView>::new(move |after, limit| {
        api::read_with::<Page<CreditView>, _>(&STORE_CREDITS, &[], &PageQuery { after, limit })
    })
    .follow(|heard| heard.touches_any("settlements:"));
    let chosen = RwSignal::new(None::<CreditView>);
    let open = Bind::new(move || chosen.with(Option::is_some), move |_| chosen.set(None));
    let title =
        Words::from(move || chosen.with(|row| row.as_ref().map(|row| row.customer_no.clone()).unwrap_or_default()));
    let choose = Callback::new(move |key: String| {
        chosen.set(rows.items().with_untracked(|all| all.iter().find(|row| row.account.to_string() == key).cloned()));
    });
    let body = move || chosen.with(|row| row.as_ref().map(|row| row.customer)).map(credit::of_customer);
    let empty = || view! { <EmptyState title=text("没有顾客有余额", "No customer has credit") hint=EMPTY_HINT icon=Glyph::Wallet/> };
    view! {
        <div class="roll__sheet" data-test="store-credits">
            <Table
                label=LABEL
                rows=rows.items()
                key=Callback::new(|row: CreditView| row.account.to_string())
                columns=columns()
                on_open=choose
                loading=rows.busy()
                error=rows.error()
                on_retry=move |()| rows.reload()
                empty
                more=rows.has_more()
                on_more=move |()| rows.more()
                fill=true
            />
        </div>
        <Drawer open title>{body}</Drawer>
    }
    .into_any()
}
