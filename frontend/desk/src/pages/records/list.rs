//! A form's records, newest first.

use contract::page::Page;
use contract::record::{DOWNLOAD, LIST, RecordView};
use engine::form::Form;
use leptos::prelude::*;
use parts::api;
use parts::fetch::Pages;
use parts::said::said;
use serde::Serialize;
use ui::{ButtonKind, EmptyState, Glyph, LinkButton, PageHeader, Table, Text, text};

use super::cells::columns;
use super::{NEW, PLACE, intro, record_address};
use crate::go::use_go;

const ADD: Text = text("新增记录", "New record");
const EMPTY: Text = text("还没有记录", "No records yet");
const EMPTY_HINT: Text =
    text("新增的记录出现在这里，最近的在前", "Records appear here as they are added, the latest first");

/// Where a page begins and how long it is.
#[derive(Serialize)]
struct PageQuery {
    after: Option<String>,
    limit: u32,
}

/// The page.
#[component]
pub(super) fn List(
    /// Whose records.
    form: Form,
    /// There is no other form to go back to.
    is_only: bool,
) -> impl IntoView {
    let go = use_go();
    let id = StoredValue::new(form.id.clone());
    let topic = format!("records:{}", form.id);
    let records = Pages::<RecordView>::new(move |after, limit| {
        id.with_value(|id| api::read_with::<Page<RecordView>, _>(&LIST, &[id], &PageQuery { after, limit }))
    })
    .follow(move |heard| heard.touches(&topic));
    let to_new = move || id.with_value(|id| record_address(id, NEW));
    let any = Memo::new(move |_| records.items().with(|records| !records.is_empty()));
    let csv = move || {
        any.get().then(|| {
            let href = id.with_value(|id| DOWNLOAD.address(&[id]));
            view! { <LinkButton href icon=Glyph::Download download="" attr:data-test="records-csv">"CSV"</LinkButton> }
        })
    };
    let actions = move || {
        view! {
            {csv}
            <LinkButton href=to_new() kind=ButtonKind::Primary icon=Glyph::Plus attr:data-test="record-new">{ADD}</LinkButton>
        }
    };
    let empty = move || {
        let action = move || {
            view! { <LinkButton href=to_new() icon=Glyph::Plus>{ADD}</LinkButton> }
        };
        view! { <EmptyState title=EMPTY hint=EMPTY_HINT icon=PLACE.icon action/> }
    };
    let (title, back) = (said(&form.title), (!is_only).then(|| PLACE.href.to_owned()));
    let header = match back {
        Some(back) => view! { <PageHeader title subtitle=intro(&form) back actions/> }.into_any(),
        None => view! { <PageHeader title subtitle=intro(&form) actions/> }.into_any(),
    };
    view! {
        {header}
        <div class="roll__sheet" data-test="records">
            <Table
                label=title
                rows=records.items()
                key=Callback::new(|row: RecordView| row.id.to_string())
                columns=columns(&form)
                on_open=move |key: String| go.to(&id.with_value(|id| record_address(id, &key)))
                loading=records.busy()
                error=records.error()
                on_retry=move |()| records.reload()
                empty
                more=records.has_more()
                on_more=move |()| records.more()
                fill=true
            />
        </div>
    }
}
