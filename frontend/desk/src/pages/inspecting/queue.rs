//! What waits for an inspector, case by case, and the box that finds one by the label on its shelf.

use contract::rma::{LIST, ListQuery, RmaListItem, RmaPage, SEARCH, SearchQuery, SearchResult};
use domain::state::{CaseState, GoodsState};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api;
use parts::fetch::Pages;
use parts::said::{cell, said};
use parts::words::chip;
use ui::{Choice, Column, EmptyState, Glyph, Notice, PageHeader, Segmented, State, Table, Text, TimeStamp, say, text};

use super::PLACE;
use crate::code_box::CodeBox;
use crate::go::{Go, use_go};

const CODE: Text =
    text("扫描或输入退换货单号、运单号、订单号", "Scan or type a return number, waybill or order number");
const EMPTY: Text = text("没有等待的商品", "Nothing waits here");
const EMPTY_HINT: Text =
    text("仓库清点之后，商品会出现在这里", "Goods appear here once the warehouse has counted them");

fn choices() -> Signal<Vec<Choice>> {
    let names = [
        (GoodsState::Received, text("等待质检", "To be inspected")),
        (GoodsState::PartlyReceived, text("到了一部分", "Partly here")),
        (GoodsState::Inspected, text("待处置", "To be disposed of")),
    ];
    Signal::stored(names.into_iter().map(|(state, name)| Choice::new(state.as_str(), name)).collect())
}

fn columns() -> Vec<Column<RmaListItem>> {
    vec![
        Column::new("number", text("单号", "Number"), |case: &RmaListItem| {
            view! { <a class="cases__number" href=(super::WORK.href)(case.id)>{case.number.clone()}</a> }
        })
        .pinned(),
        Column::new("summary", text("商品", "Goods"), |case: &RmaListItem| case.summary.clone()).grow(),
        Column::new("reason", text("原因", "Reason"), |case: &RmaListItem| {
            case.reason.as_ref().map(|reason| cell(said(reason)))
        }),
        Column::new("goods", text("货", "Goods state"), |case: &RmaListItem| chip(case.goods, "")),
        Column::new("filed", text("申请时间", "Filed"), |case: &RmaListItem| {
            view! { <TimeStamp at_ms=case.filed_at.ms()/> }
        }),
    ]
}

/// Looks a code up and goes to its goods; says so when it fits none or several.
fn find(code: String, go: Go, said: RwSignal<Option<String>>, busy: RwSignal<bool>) {
    busy.set(true);
    said.set(None);
    spawn_local(async move {
        let query = SearchQuery { q: code.clone() };
        let found = api::read_with::<SearchResult, _>(&SEARCH, &[], &query).await;
        busy.try_set(false);
        let words = match found {
            Ok(found) => {
                let open: Vec<&RmaListItem> = found.rmas.iter().filter(|case| !case.state.is_final()).collect();
                match open.as_slice() {
                    [only] => return go.to(&(super::WORK.href)(only.id)),
                    [] => say!("{code}：没有进行中的单", "{code}: no open return"),
                    many => {
                        let numbers = many.iter().map(|case| case.number.as_str()).collect::<Vec<_>>().join(" · ");
                        say!("{code} 对应多张单：{numbers}", "{code} belongs to several returns: {numbers}")
                    }
                }
            }
            Err(problem) => problem.words_in_full(),
        };
        said.try_set(Some(words));
    });
}

/// The page.
#[component]
pub(super) fn Queue() -> impl IntoView {
    let go = use_go();
    let shown = RwSignal::new(GoodsState::Received.as_str().to_owned());
    let (said, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let cases = Pages::<RmaListItem>::new(move |after, limit| {
        let query = ListQuery {
            state: Some(CaseState::InProgress),
            goods: GoodsState::parse(&shown.get()),
            after,
            limit: Some(limit),
            ..ListQuery::default()
        };
        api::read_with::<RmaPage, _>(&LIST, &[], &query)
    })
    .follow(|heard| heard.touches_any("queue:"));
    let open = Callback::new(move |id: String| go.to(&format!("/desk/inspecting/{id}")));
    let notice = move || said.get().map(|words| view! { <Notice state=State::Attention title=words/> });
    let empty = move || view! { <EmptyState title=EMPTY hint=EMPTY_HINT icon=Glyph::Clipboard/> };
    view! {
        <PageHeader title=PLACE.label/>
        <CodeBox
            label=CODE
            verb=text("打开", "Open")
            busy
            on_code=move |code| find(code, go, said, busy)
            on_unused=move |code: String| {
                said.set(Some(say!("{code}：没有使用，扫描时有窗口打开", "{code}: not used, a window was open over the page")));
            }
        />
        <div aria-live="polite">{notice}</div>
        <section class="parcels" data-test="inspecting">
            <Segmented value=shown options=choices() label=PLACE.label/>
            <div class="cases__sheet">
                <Table
                    label=PLACE.label
                    rows=cases.items()
                    key=Callback::new(|case: RmaListItem| case.id.to_string())
                    columns=columns()
                    on_open=open
                    loading=cases.busy()
                    error=cases.error()
                    on_retry=move |()| cases.reload()
                    empty
                    more=cases.has_more()
                    on_more=move |()| cases.more()
                    fill=true
                />
            </div>
        </section>
    }
}
