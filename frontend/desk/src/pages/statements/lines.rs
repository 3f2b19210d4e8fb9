//! Lines of a statement that stand at one place, and a drawer for the one that is worked on.

use contract::Page;
use contract::statement::{LINES, StatementLine, StatementLineQuery};
use domain::StatementId;
use leptos::prelude::*;
use parts::Sum;
use parts::api;
use parts::fetch::Pages;
use ui::{Bind, Column, Drawer, EmptyState, Glyph, State, StateChip, Table, Text, TimeStamp, Words, say, text};

use super::line::OneLine;
use crate::go::case_address;

/// Why a line stands where it does.
pub(super) fn why(word: &str) -> Option<Text> {
    Some(match word {
        "reference" => text("单号一致", "Same number"),
        "person" => text("人工确认", "Confirmed by a person"),
        "amount" => text("金额", "Amount"),
        "twice" => text("该付款已与另一行匹配：可能重复付款", "The payout has another line: perhaps paid twice"),
        "not_paid" => text("系统中未付出", "Not paid here"),
        "not_final" => text("渠道尚未完成", "The channel is not done"),
        "parted" => text("人工取消了匹配", "Taken apart by a person"),
        _ => return None,
    })
}

fn chip(row: &StatementLine) -> AnyView {
    let label = match (row.state.as_str(), row.why.as_str()) {
        ("different", "amount") => text("金额不一致", "The amounts differ"),
        ("suggested", _) => text("金额与日期相近", "Same amount, near in time"),
        (_, word) => match why(word) {
            Some(label) => label,
            None => return ().into_any(),
        },
    };
    let state = match row.state.as_str() {
        "matched" => State::Good,
        "different" => State::Bad,
        "suggested" => State::Attention,
        _ => State::Paused,
    };
    view! { <StateChip state label/> }.into_any()
}

fn columns() -> Vec<Column<StatementLine>> {
    vec![
        Column::new("at", text("时间", "Time"), |row: &StatementLine| view! { <TimeStamp at_ms=row.at.ms()/> })
            .pinned(),
        Column::new("amount", text("金额", "Amount"), |row: &StatementLine| view! { <Sum amount=row.amount/> }),
        Column::new("channel", text("渠道单号", "The channel's number"), |row: &StatementLine| {
            row.channel_reference.clone()
        }),
        Column::new("ours", text("我方单号", "Our number"), |row: &StatementLine| row.our_reference.clone()),
        Column::new("why", text("核对", "Matching"), chip),
        Column::new("case", text("退换货单", "Return"), |row: &StatementLine| {
            let number = row.rma_number.clone().unwrap_or_default();
            row.rma.map(|rma| view! { <a href=case_address(rma)>{number}</a> })
        }),
        Column::new("note", text("备注", "Note"), |row: &StatementLine| {
            if row.note.is_empty() { row.text.clone() } else { row.note.clone() }
        })
        .grow(),
    ]
}

/// The list.
#[component]
pub(super) fn Lines(id: StatementId, part: String, may: bool, on_changed: Callback<()>) -> impl IntoView {
    let pages = Pages::<StatementLine>::new(move |after, limit| {
        let query = StatementLineQuery { state: Some(part.clone()), after, limit: Some(limit) };
        api::read_with::<Page<StatementLine>, _>(&LINES, &[&id], &query)
    });
    let items = pages.items();
    let chosen = RwSignal::new(None::<StatementLine>);
    let open = Bind::new(move || chosen.with(Option::is_some), move |_| chosen.set(None));
    let choose = Callback::new(move |key: String| {
        chosen.set(items.with_untracked(|all| all.iter().find(|row| row.id.to_string() == key).cloned()));
    });
    let done = Callback::new(move |()| {
        chosen.set(None);
        pages.reload();
        on_changed.run(());
    });
    let title = Words::from(move || {
        let row = chosen.with(|chosen| chosen.as_ref().map(|line| line.row)).unwrap_or_default();
        say!("对账单第 {row} 行", "Row {row} of the statement")
    });
    let body = move || chosen.get().map(|line| view! { <OneLine statement=id line may on_done=done/> });
    let empty = || view! { <EmptyState title=text("这里没有行", "No line here") icon=Glyph::Check/> };
    view! {
        <div class="roll__sheet" data-test="statement-lines">
            <Table
                label=text("对账单的行", "Lines")
                rows=items
                key=Callback::new(|row: StatementLine| row.id.to_string())
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
        <Drawer open title wide=true>{body}</Drawer>
    }
}
