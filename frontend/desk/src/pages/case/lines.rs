//! What it is about: each line's way from ordered to accepted, and its money with the reasons.

use contract::rma::LineView;
use domain::Money;
use leptos::prelude::*;
use parts::said::{cell, money, said};
use parts::words::Spoken;
use parts::{Price, Sum};
use ui::{Card, Column, Table, Text, say, text};

use super::Case;

const TITLE: Text = text("商品", "Goods");
const PAID: Text = text("已结清", "paid");
const KEYED: Text = text("已录未结", "keyed, not paid");

fn goods_cell(line: &LineView) -> AnyView {
    let (name, code) =
        line.sku.as_ref().map_or_else(|| (String::new(), String::new()), |sku| (sku.name.clone(), sku.code.clone()));
    let kind = line.kind.text();
    let undeclared =
        line.undeclared.then(|| view! { <span class="case__undeclared">{text("申请外", "Not announced")}</span> });
    view! {
        <span class="case__item">
            <span class="case__goods" title=name.clone()>{name.clone()}</span>
            <span class="case__code">{kind} {(!code.is_empty()).then(|| format!(" · {code}"))} {undeclared}</span>
        </span>
    }
    .into_any()
}

/// A count; zero steps back.
fn count(value: i64) -> AnyView {
    view! { <span class:u-soft=value == 0>{ui::locale::integer(value)}</span> }.into_any()
}

fn accepted_cell(line: &LineView) -> AnyView {
    let (accepted, refused, waived) = (line.accepted, line.refused, line.waived);
    let more = move || {
        let refused_words = (refused > 0).then(|| say!("拒 {refused}", "{refused} refused"));
        let waived_words = (waived > 0).then(|| say!("免 {waived}", "{waived} waived"));
        [refused_words, waived_words].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    view! { {count(accepted)} <span class="case__code">{more}</span> }.into_any()
}

/// What settlements hold of a line and have not paid: keyed, approved or on its way.
fn unpaid(line: &LineView) -> Option<Money> {
    line.settled.zip(line.paid).and_then(|(settled, paid)| settled.minus(paid).ok()).filter(|money| money.minor != 0)
}

fn paid_cell(line: &LineView) -> AnyView {
    let keyed = unpaid(line).map(|amount| view! { <span class="case__code">{KEYED} " " <Sum amount/></span> });
    let paid = line.paid.map(|amount| view! { <span class:u-soft=amount.minor == 0><Sum amount/></span> });
    view! { {paid} {keyed} }.into_any()
}

/// What is paid of a line, and what is only keyed so far; nothing while there is neither.
pub(crate) fn settled(line: &LineView) -> AnyView {
    amounts(line.paid, unpaid(line))
}

fn amounts(paid: Option<Money>, keyed: Option<Money>) -> AnyView {
    let part = |name: Text, amount: Option<Money>| {
        let amount = amount.filter(|amount| amount.minor != 0);
        amount.map(|amount| view! { <span class="case__settled">{name} " " <Sum amount/></span> })
    };
    view! { {part(PAID, paid)} {part(KEYED, keyed)} }.into_any()
}

fn sum(amounts: impl Iterator<Item = Money>) -> Option<Money> {
    let mut amounts = amounts;
    let first = amounts.next()?;
    amounts.try_fold(first, |sum, amount| sum.plus(amount).ok())
}

fn columns(prices: bool) -> Vec<Column<LineView>> {
    let mut columns = vec![
        Column::new("goods", TITLE, goods_cell).grow().pinned(),
        Column::new("reason", text("原因", "Reason"), |line: &LineView| {
            line.reason.as_ref().map(|reason| cell(said(reason)))
        }),
        Column::new("ordered", text("购", "Bought"), |line: &LineView| count(line.ordered)).number(),
        Column::new("shipped", text("交", "Shipped"), |line: &LineView| count(line.shipped)).number(),
        Column::new("requested", text("申", "Asked"), |line: &LineView| count(line.requested)).number(),
        Column::new("approved", text("批", "Agreed"), |line: &LineView| count(line.approved)).number(),
        Column::new("received", text("收", "Received"), |line: &LineView| count(line.received)).number(),
        Column::new("accepted", text("合格", "Accepted"), accepted_cell).number(),
    ];
    if prices {
        columns.push(
            Column::new("share", text("分摊", "Paid share"), |line: &LineView| {
                line.share.map(|amount| view! { <Sum amount/> })
            })
            .number(),
        );
        columns.push(Column::new("settled", text("已结清", "Paid"), paid_cell).number());
    }
    columns
}

/// Why the refund is what it is: line by line.
fn why(lines: &[LineView]) -> AnyView {
    let line = |line: &LineView| {
        let name = line.sku.as_ref().map(|sku| sku.name.clone()).unwrap_or_default();
        let share = line.share.map(money).unwrap_or_default();
        let (requested, approved, accepted) = (line.requested, line.approved, line.accepted);
        let words = move || {
            say!(
                "申 {requested}，批 {approved}，合格 {accepted}；这些件实付分摊 {share}",
                "asked {requested}, agreed {approved}, accepted {accepted}; their share of what was paid is {share}"
            )
        };
        view! { <li><p class="u-strong">{name}</p><p>{words}</p></li> }
    };
    view! {
        <ul class="case__why">{lines.iter().map(line).collect_view()}</ul>
        <p class="u-soft u-small">
            {text(
                "分摊已含优惠和税，按最大余数法精确到分；退款不超过验收合格部分的分摊。",
                "Shares include discounts and tax, exact to the cent; a refund never exceeds the share of what was accepted.",
            )}
        </p>
    }
    .into_any()
}

fn total(case: Case) -> impl IntoView {
    let refund = case.part(|view| view.head.refund);
    let settled = case
        .part(|view| (sum(view.lines.iter().filter_map(|line| line.paid)), sum(view.lines.iter().filter_map(unpaid))));
    move || {
        refund.get().map(|amount| {
            let lines = case.view.with_untracked(|view| view.lines.clone());
            let (paid, keyed) = settled.get();
            let paid = amounts(paid, keyed);
            view! {
                <p class="case__total" data-test="case-refund">
                    <span>{text("退款", "Refund")}</span>
                    <Price amount strong=true>{why(&lines)}</Price>
                    {paid}
                </p>
            }
        })
    }
}

/// The lines and what they come to.
pub(super) fn lines(case: Case) -> AnyView {
    let lines = case.part(|view| view.lines.clone());
    let prices = case.part(|view| view.lines.iter().any(|line| line.share.is_some()));
    let rows = Signal::derive(move || lines.get());
    let table = move || {
        let key = Callback::new(|line: LineView| line.id.to_string());
        let sums = if prices.get() { " repeat(2, minmax(0, 1.45fr))" } else { "" };
        let tracks = format!("repeat(6, minmax(0, 1fr)){sums}");
        view! {
            <div class="ui-table-folds" style=("--tracks", tracks)>
                <Table label=TITLE rows key columns=columns(prices.get())/>
            </div>
        }
    };
    view! { <div class="case__lines"><Card title=TITLE flush=true>{table} {total(case)}</Card></div> }.into_any()
}
