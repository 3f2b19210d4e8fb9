//! Statements of payment channels: taken in, matched line by line with what was paid here, and what only one side has.

use contract::Page;
use contract::statement::{LIST, StatementView};
use domain::{Permission, StatementId};
use leptos::prelude::*;
use parts::Sum;
use parts::api;
use parts::fetch::Pages;
use parts::meta::use_meta;
use parts::said::{cell, read};
use parts::session::use_session;
use serde::Serialize;
use ui::{
    Button, ButtonKind, Column, Drawer, EmptyState, Glyph, PageHeader, State, StateChip, Table, Text, TimeStamp, Words,
    text,
};

use crate::go::use_go;
use crate::nav::Place;

mod begin;
mod line;
mod lines;
mod missing;
mod sheet;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/statements",
    label: text("对账", "Statements"),
    icon: Glyph::Wallet,
    needs: &[Permission::SettlementPropose, Permission::SettlementApprove, Permission::SettlementPay],
    group: None,
};

const TAKE_IN: Text = text("导入对账单", "Take in a statement");

/// Where a page begins and how long it is.
#[derive(Serialize)]
struct PageQuery {
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    limit: u32,
}

/// The page at the rest of an address under `/desk/statements`.
pub(crate) fn page(rest: &[&str]) -> Option<AnyView> {
    match rest {
        [] => Some(view! { <Statements/> }.into_any()),
        [_] => Some(view! { <sheet::Sheet/> }.into_any()),
        _ => None,
    }
}

/// The address of a statement.
fn address(id: StatementId) -> String {
    format!("/desk/statements/{id}")
}

/// Whose bill it is.
fn layout(word: &str) -> Text {
    match word {
        "alipay" => text("支付宝", "Alipay"),
        "wechat" => text("微信支付", "WeChat Pay"),
        _ => text("其他渠道", "Another channel"),
    }
}

/// How much of a statement still asks for a person.
fn left(row: &StatementView) -> i64 {
    row.suggested.count + row.open.count + row.different.count + row.missing.count
}

fn columns() -> Vec<Column<StatementView>> {
    let meta = use_meta();
    vec![
        Column::new("file", text("文件", "File"), |row: &StatementView| {
            view! { <a href=address(row.id) translate="no">{row.file_name.clone()}</a> }
        })
        .pinned(),
        Column::new("shop", text("店铺", "Shop"), move |row: &StatementView| {
            let shop = row.shop;
            cell(Words::from(move || read(&meta.shop(shop))))
        })
        .grow(),
        Column::new("layout", text("渠道", "Channel"), |row: &StatementView| cell(layout(&row.layout))),
        Column::new("from", text("从", "From"), |row: &StatementView| view! { <TimeStamp at_ms=row.from.ms()/> }),
        Column::new("out", text("付出", "Paid out"), |row: &StatementView| view! { <Sum amount=row.out.sum/> }),
        Column::new(
            "matched",
            text("已核对", "Matched"),
            |row: &StatementView| view! { <Sum amount=row.matched.sum/> },
        ),
        Column::new("left", text("待处理", "Left to do"), |row: &StatementView| match left(row) {
            0 => view! { <StateChip state=State::Good label=text("已对平", "All matched")/> }.into_any(),
            count => count.to_string().into_any(),
        }),
        Column::new(
            "at",
            text("导入时间", "Taken in"),
            |row: &StatementView| view! { <TimeStamp at_ms=row.imported_at.ms()/> },
        ),
    ]
}

#[component]
fn Statements() -> impl IntoView {
    let session = use_session();
    let go = use_go();
    let may = untrack(|| session.may(Permission::SettlementPay));
    let pages = Pages::<StatementView>::new(move |after, limit| {
        let query = PageQuery { after, limit };
        api::read_with::<Page<StatementView>, _>(&LIST, &[], &query)
    });
    let open = RwSignal::new(false);
    let begin = move || open.get().then(|| view! { <begin::Begin/> });
    let actions = move || {
        may.then(|| {
            view! {
                <Button
                    kind=ButtonKind::Primary
                    icon=Glyph::Upload
                    on_click=move |()| open.set(true)
                    attr:data-test="statement-begin"
                >
                    {TAKE_IN}
                </Button>
            }
        })
    };
    let empty = || {
        let hint = text(
            "从支付宝或微信支付下载商户账单，导入后逐笔与退款核对",
            "Download a merchant's bill from Alipay or WeChat Pay; each line is matched with a refund",
        );
        view! { <EmptyState title=text("还没有对账单", "No statement yet") hint icon=PLACE.icon/> }
    };
    let choose = Callback::new(move |id: String| go.to(&format!("/desk/statements/{id}")));
    view! {
        <PageHeader title=PLACE.label actions/>
        <div class="roll__sheet" data-test="statements">
            <Table
                label=PLACE.label
                rows=pages.items()
                key=Callback::new(|row: StatementView| row.id.to_string())
                columns=columns()
                on_open=choose
                loading=pages.busy()
                error=pages.error()
                on_retry=move |()| pages.reload()
                empty
                more=pages.has_more()
                on_more=move |()| pages.more()
                fill=true
            />
        </div>
        <Drawer open title=TAKE_IN wide=true>{begin}</Drawer>
    }
}
