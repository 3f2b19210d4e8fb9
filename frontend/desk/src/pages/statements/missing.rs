//! What was paid here on a statement's days, and the statement does not have.

use contract::Page;
use contract::statement::{MISSING, MissingPayout};
use domain::StatementId;
use leptos::prelude::*;
use parts::Sum;
use parts::api;
use parts::fetch::Pages;
use parts::words::chip;
use ui::{Column, CopyText, EmptyState, Glyph, Table, TimeStamp, text};

use super::PageQuery;
use crate::go::case_address;

fn columns() -> Vec<Column<MissingPayout>> {
    vec![
        Column::new("case", text("退换货单", "Return"), |row: &MissingPayout| {
            view! { <a href=case_address(row.rma)>{row.rma_number.clone()}</a> }
        })
        .pinned(),
        Column::new("amount", text("金额", "Amount"), |row: &MissingPayout| view! { <Sum amount=row.amount/> }),
        Column::new("at", text("付款时间", "Paid"), |row: &MissingPayout| view! { <TimeStamp at_ms=row.at.ms()/> }),
        Column::new("state", text("状态", "State"), |row: &MissingPayout| chip(row.state, "")),
        Column::new("reference", text("流水号或凭证", "Reference"), |row: &MissingPayout| {
            let reference = row.reference.clone();
            (!reference.is_empty()).then(|| view! { <CopyText value=Signal::stored(reference)/> })
        })
        .grow(),
    ]
}

/// The list.
#[component]
pub(super) fn Missing(id: StatementId) -> impl IntoView {
    let pages = Pages::<MissingPayout>::new(move |after, limit| {
        let query = PageQuery { after, limit };
        api::read_with::<Page<MissingPayout>, _>(&MISSING, &[&id], &query)
    });
    let empty = || {
        let title = text("这几天付出的都在对账单里", "Everything paid on these days is in the statement");
        view! { <EmptyState title icon=Glyph::Check/> }
    };
    view! {
        <div class="roll__sheet" data-test="statement-missing">
            <Table
                label=text("系统有，对账单没有", "Not in the statement")
                rows=pages.items()
                key=Callback::new(|row: MissingPayout| row.id.to_string())
                columns=columns()
                loading=pages.busy()
                error=pages.error()
                on_retry=move |()| pages.reload()
                empty
                more=pages.has_more()
                on_more=move |()| pages.more()
                fill=true
            />
        </div>
    }
}
