//! The rows that were not taken over, each with its reason.

use contract::import::{BAD_ROWS, BadRow, ImportTarget, TARGETS};
use contract::page::Page;
use leptos::prelude::*;
use parts::api;
use parts::fetch::{Fetch, Pages};
use parts::said::{cell, read, said};
use ui::locale::integer;
use ui::{Card, Column, Table, Text, text};

use super::PageQuery;

const TITLE: Text = text("有误的行", "Bad rows");

/// The table.
#[component]
pub(super) fn BadRows(
    /// Which import.
    id: String,
    /// What it tells of.
    target: Signal<String>,
    /// More may come.
    #[prop(into)]
    running: Signal<bool>,
) -> impl IntoView {
    let id = StoredValue::new(id);
    let targets = Fetch::<Vec<ImportTarget>>::new(|| api::read(&TARGETS, &[]));
    let rows = Pages::<BadRow>::new(move |after, limit| {
        // Once more when it ends.
        running.track();
        api::read_with::<Page<BadRow>, _>(&BAD_ROWS, &[&id.get_value()], &PageQuery { after, limit })
    });
    let field = move |row: &BadRow| {
        let own = row.field.clone();
        move || {
            let title = targets.with(|all| {
                let target = all?.iter().find(|one| target.with(|target| one.id == *target))?;
                target.fields.iter().find(|field| field.id == own).map(|field| read(&field.title))
            });
            title.unwrap_or_default()
        }
    };
    let columns = vec![
        Column::new("row", text("行", "Row"), |row: &BadRow| integer(row.row)).number().pinned(),
        Column::new("field", text("列", "Column"), field),
        Column::new("message", text("问题", "What is wrong"), |row: &BadRow| cell(said(&row.message))),
        Column::new("raw", text("原文", "The row"), |row: &BadRow| {
            view! { <code class="imports__raw" title=row.raw.clone()>{row.raw.clone()}</code> }
        })
        .grow(),
    ];
    view! {
        <Card title=TITLE flush=true>
            <div data-test="bad-rows">
                <Table
                    label=TITLE
                    rows=rows.items()
                    key=Callback::new(|row: BadRow| format!("{} {}", row.row, row.field))
                    columns
                    loading=rows.busy()
                    error=rows.error()
                    on_retry=move |()| rows.reload()
                    more=rows.has_more()
                    on_more=move |()| rows.more()
                />
            </div>
        </Card>
    }
}
