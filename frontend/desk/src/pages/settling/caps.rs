//! How much may be paid and why: line by line, and over the whole order.

use contract::rma::LineView;
use contract::settlement::{CapsView, LinePreview, PreviewView};
use domain::Money;
use leptos::prelude::*;
use parts::Sum;
use parts::said::{money, said};
use parts::words::Spoken;
use ui::{Column, Table, Text, Words, say, text};

use super::draft::Draft;

const LABEL: Text = text("每行可退多少", "What each line may be paid");

/// A line's amounts with its article's name.
#[derive(Clone, PartialEq)]
struct Row {
    name: String,
    line: LinePreview,
}

fn rows(preview: &PreviewView, lines: &[LineView]) -> Vec<Row> {
    let all = preview.lines.iter();
    all.filter_map(|line| {
        let own = lines.iter().find(|own| own.id == line.line).filter(|own| !own.undeclared)?;
        let name = own.sku.as_ref().map(|sku| sku.name.clone()).unwrap_or_default();
        Some(Row { name, line: line.clone() })
    })
    .collect()
}

/// Whose units do not stand for the same amount.
const ROUNDED: Text =
    text("（单件分摊不等，尾差在最后一件）", "(units differ by a cent; the last takes the remainder)");

fn why_cell(row: &Row) -> AnyView {
    let rounded = row.line.rounded.then(|| view! { <span>" " {ROUNDED}</span> });
    view! { <span class="caps__why">{said(&row.line.why)} {rounded}</span> }.into_any()
}

fn amount(amount: Money) -> AnyView {
    view! { <span class:u-soft=amount.minor == 0><Sum amount/></span> }.into_any()
}

fn columns() -> Vec<Column<Row>> {
    vec![
        Column::new("goods", text("商品", "Goods"), |row: &Row| {
            let kind = row.line.kind.text();
            view! {
                <span class="case__item">
                    <span class="case__goods">{row.name.clone()}</span>
                    <span class="case__code">{kind}</span>
                </span>
            }
        })
        .grow()
        .pinned(),
        Column::new("units", text("申 / 批 / 合格", "Asked / agreed / accepted"), |row: &Row| {
            let (requested, approved, accepted) = (row.line.requested, row.line.approved, row.line.accepted);
            format!("{requested} / {approved} / {accepted}")
        })
        .number(),
        Column::new("share", text("实付分摊", "Paid share"), |row: &Row| amount(row.line.share)).number(),
        Column::new("cap", text("上限", "At most"), |row: &Row| amount(row.line.cap)).number(),
        Column::new("held", text("已占用", "Held"), |row: &Row| amount(row.line.held)).number(),
        Column::new("room", text("还可退", "Left"), |row: &Row| view! { <b><Sum amount=row.line.room/></b> }).number(),
        Column::new("why", text("为什么", "Why"), why_cell),
    ]
}

/// What bounds the whole, in one line each.
fn bounds(caps: &CapsView) -> Vec<String> {
    let (captured, held) = (money(caps.captured), money(caps.order_held));
    let mut all =
        vec![say!("订单实付 {captured}，已占用 {held}", "{captured} was paid for the order, {held} of it is held")];
    if caps.freight_paid.minor > 0 {
        let (paid, held) = (money(caps.freight_paid), money(caps.freight_held));
        all.push(say!("发货运费 {paid}，已占用 {held}", "{paid} shipping was paid, {held} of it is held"));
    }
    let extra = money(caps.compensation);
    all.push(say!("补偿额度还剩 {extra}", "{extra} may still be given without goods"));
    all
}

/// The table and the bounds.
pub(super) fn caps(draft: Draft, lines: Memo<Vec<LineView>>) -> AnyView {
    let rows = Memo::new(move |_| {
        draft.preview.with(|preview| {
            preview.as_ref().map(|preview| lines.with(|lines| rows(preview, lines))).unwrap_or_default()
        })
    });
    let rows = Signal::derive(move || rows.get());
    let order = Words::from(move || {
        let caps = draft.preview.with(|preview| preview.as_ref().map(|preview| preview.caps));
        caps.map(|caps| bounds(&caps).join(" · ")).unwrap_or_default()
    });
    view! {
        <div class="caps" data-test="settlement-caps">
            <Table label=LABEL rows key=Callback::new(|row: Row| row.line.line.to_string()) columns=columns()/>
            <p class="u-soft u-small">{order}</p>
        </div>
    }
    .into_any()
}
