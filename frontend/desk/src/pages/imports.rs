//! Imports: what was taken over from files and how it went; from here one begins another.

use contract::import::{ImportView, LIST};
use contract::page::Page;
use domain::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use parts::api;
use parts::fetch::Pages;
use parts::said::cell;
use parts::words::{import_state, import_target};
use serde::Serialize;
use ui::locale::integer;
use ui::{
    ButtonKind, Column, EmptyState, Glyph, LinkButton, PageHeader, State, StateChip, Table, Text, TimeStamp, text,
};

use crate::go::use_go;
use crate::nav::Place;

mod bad_rows;
mod begin;
mod columns;
mod run;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/imports",
    label: text("导入", "Imports"),
    icon: Glyph::Upload,
    needs: &[Permission::OrderImport],
    group: None,
};

const BEGIN: Text = text("导入文件", "Import a file");
pub(super) const TRIED: Text = text("试运行", "Dry run");

/// Where a page begins and how long it is.
#[derive(Serialize)]
pub(super) struct PageQuery {
    pub(super) after: Option<String>,
    pub(super) limit: u32,
}

/// `/desk/imports`, `/desk/imports/new` and `/desk/imports/{id}`.
pub(in crate::pages) fn page() -> AnyView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    (move || match id.get().as_str() {
        "" => view! { <History/> }.into_any(),
        "new" => view! { <begin::Begin/> }.into_any(),
        id => view! { <run::Run id=id.to_owned()/> }.into_any(),
    })
    .into_any()
}

/// How far an import is, and whether it was a dry run.
pub(super) fn chips(run: &ImportView) -> AnyView {
    let (words, state) = import_state(&run.state);
    let dry = run.dry.then(|| view! { <StateChip state=State::Paused label=TRIED icon=Glyph::Eye/> });
    view! { <StateChip state label=words/> {dry} }.into_any()
}

fn columns() -> Vec<Column<ImportView>> {
    let count = |value: i64| view! { <span class:u-soft=value == 0>{integer(value)}</span> };
    vec![
        Column::new("file", text("文件", "File"), |row: &ImportView| {
            let name = if row.file_name.is_empty() { row.id.to_string() } else { row.file_name.clone() };
            view! { <a class="cases__number" href=format!("/desk/imports/{}", row.id)>{name}</a> }
        })
        .pinned(),
        Column::new("target", text("内容", "What"), |row: &ImportView| cell(import_target(&row.target))).grow(),
        Column::new("state", text("状态", "State"), |row: &ImportView| {
            let chips = chips(row);
            view! { <span class="u-row">{chips}</span> }
        }),
        Column::new("read", text("行数", "Rows"), move |row: &ImportView| count(row.rows_read)).number(),
        Column::new("new", text("新增", "New"), move |row: &ImportView| count(row.rows_new)).number(),
        Column::new("changed", text("更新", "Changed"), move |row: &ImportView| count(row.rows_changed)).number(),
        Column::new("bad", text("有误", "Bad"), |row: &ImportView| {
            let bad = row.rows_bad;
            view! { <span class:u-soft=bad == 0 class:imports__bad={bad > 0}>{integer(bad)}</span> }
        })
        .number(),
        Column::new("at", text("开始", "Begun"), |row: &ImportView| view! { <TimeStamp at_ms=row.started_at.ms()/> }),
    ]
}

#[component]
fn History() -> impl IntoView {
    let go = use_go();
    let runs = Pages::<ImportView>::new(|after, limit| {
        api::read_with::<Page<ImportView>, _>(&LIST, &[], &PageQuery { after, limit })
    })
    .follow(|heard| heard.touches_any("import:"));
    let begin = || {
        view! {
            <LinkButton href="/desk/imports/new" kind=ButtonKind::Primary icon=Glyph::Upload attr:data-test="import-new">{BEGIN}</LinkButton>
        }
    };
    let empty = move || {
        let hint = text(
            "订单、商品、顾客、发货、历史退货和平台售后单都可以从 CSV 或 XLSX 导入",
            "Orders, articles, customers, shipments, past returns and platforms' cases come from CSV or XLSX",
        );
        view! { <EmptyState title=text("还没有导入", "Nothing was imported yet") hint icon=PLACE.icon action=begin/> }
    };
    view! {
        <PageHeader title=PLACE.label actions=begin/>
        <div class="roll__sheet" data-test="imports">
            <Table
                label=PLACE.label
                rows=runs.items()
                key=Callback::new(|row: ImportView| row.id.to_string())
                columns=columns()
                on_open=move |key: String| go.to(&format!("/desk/imports/{key}"))
                loading=runs.busy()
                error=runs.error()
                on_retry=move |()| runs.reload()
                empty
                more=runs.has_more()
                on_more=move |()| runs.more()
                fill=true
            />
        </div>
    }
}
