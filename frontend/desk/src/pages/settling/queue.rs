//! The queue of finance, by where money stands: cases that may be settled, settlements that wait for somebody.

use contract::Page;
use contract::rma::{LIST as CASES, ListQuery, RmaListItem, RmaPage};
use contract::settlement::{LIST, SettlementQuery, SettlementView};
use domain::RmaId;
use domain::state::{CaseState, GoodsState, MoneyState, SettlementState};
use leptos::prelude::*;
use parts::Sum;
use parts::api;
use parts::fetch::Pages;
use parts::said::cell;
use parts::waits;
use parts::words::{Spoken, chip, means};
use ui::{
    Choice, Column, EmptyState, Glyph, PageHeader, Segmented, State, StateChip, Tab, Table, Tabs, Text, TimeStamp, text,
};

use super::{PLACE, WORK};
use crate::go::{Go, use_go};

/// The parts of the queue.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    ToPropose,
    Settlements(SettlementState),
    Unknown,
    Refused,
}

const PARTS: [(&str, Part, Text); 7] = [
    ("open", Part::ToPropose, text("待录入", "To be keyed")),
    ("proposed", Part::Settlements(SettlementState::Proposed), text("待批准", "To be approved")),
    ("approved", Part::Settlements(SettlementState::Approved), text("待付款", "To be paid")),
    ("executing", Part::Settlements(SettlementState::Executing), text("付款中", "Being paid")),
    ("unknown", Part::Unknown, text("结果未知", "Outcome unknown")),
    ("refused", Part::Refused, text("被拒绝", "Refused")),
    ("settled", Part::Settlements(SettlementState::Settled), text("已结清", "Settled")),
];

fn part_of(key: &str) -> Part {
    PARTS.iter().find(|(own, ..)| *own == key).map_or(Part::ToPropose, |(_, part, _)| *part)
}

fn number(id: RmaId, number: &str) -> AnyView {
    view! { <a class="cases__number" href=(WORK.href)(id)>{number.to_owned()}</a> }.into_any()
}

fn case_columns() -> Vec<Column<RmaListItem>> {
    vec![
        Column::new("number", text("单号", "Number"), |case: &RmaListItem| number(case.id, &case.number)).pinned(),
        Column::new("summary", text("商品", "Goods"), |case: &RmaListItem| case.summary.clone()).grow(),
        Column::new("goods", text("货", "Goods state"), |case: &RmaListItem| chip(case.goods, "")),
        Column::new("money", text("款", "Money"), |case: &RmaListItem| chip(case.money, "")),
        Column::new("refund", text("退款额", "Refund"), |case: &RmaListItem| {
            case.refund.map(|amount| view! { <Sum amount/> })
        })
        .number(),
        Column::new("filed", text("申请时间", "Filed"), |case: &RmaListItem| {
            view! { <TimeStamp at_ms=case.filed_at.ms()/> }
        }),
    ]
}

fn state_cell(one: &SettlementView) -> AnyView {
    if one.outcome_unknown {
        let label = text("结果未知", "Outcome unknown");
        return view! { <StateChip state=State::Attention label/> }.into_any();
    }
    chip(one.state, "")
}

fn settlement_columns() -> Vec<Column<SettlementView>> {
    vec![
        Column::new("number", text("单号", "Number"), |one: &SettlementView| number(one.rma, &one.rma_number)).pinned(),
        Column::new("net", text("金额", "Amount"), |one: &SettlementView| view! { <Sum amount=one.net/> }).number(),
        Column::new("state", text("状态", "State"), state_cell),
        Column::new("basis", text("依据", "Basis"), |one: &SettlementView| cell(one.basis.text())),
        Column::new("means", text("方式", "By"), |one: &SettlementView| cell(means(&one.means))).grow(),
        Column::new("due", text("付款期限", "Pay by"), |one: &SettlementView| waits(one.due_at, one.warn_at, true)),
        Column::new("who", text("录入人", "Keyed by"), |one: &SettlementView| one.proposed_by.name.clone()),
        Column::new("when", text("录入时间", "Keyed"), |one: &SettlementView| {
            view! { <TimeStamp at_ms=one.proposed_at.ms()/> }
        }),
    ]
}

fn empty(part: Part) -> AnyView {
    let (title, hint) = match part {
        Part::ToPropose => (
            text("没有待录入的单", "Nothing waits to be keyed"),
            text("货物质检处置后，或无需退货的单同意后，会出现在这里", "Cases appear here once their goods are done"),
        ),
        Part::Settlements(SettlementState::Proposed) => (
            text("没有待批准的结算", "Nothing waits for approval"),
            text("超过限额的结算由另一位同事在这里批准", "Above the limit a second person approves here"),
        ),
        Part::Settlements(SettlementState::Approved) => (
            text("没有待付款的结算", "Nothing waits to be paid"),
            text("批准后的结算会出现在这里", "Approved settlements appear here"),
        ),
        Part::Unknown => (
            text("没有结果未知的付款", "Every outcome is known"),
            text(
                "付款没有收到答复时会列在这里，系统会自动再查",
                "Payouts without an answer appear here and are asked about by themselves",
            ),
        ),
        Part::Refused => (
            text("没有被拒绝的付款", "No payout was refused"),
            text("被支付渠道拒绝的付款可以重试或改为人工付款", "Refused payouts can be tried again or paid by hand"),
        ),
        Part::Settlements(_) => (
            text("这里还没有结算", "No settlements here"),
            text("付款中和付完的结算会列在这里", "Settlements appear here as they are paid"),
        ),
    };
    view! { <EmptyState title hint icon=Glyph::Wallet/> }.into_any()
}

/// Cases whose money stands so; where keying waits for goods, by what became of them.
fn cases(part: Part, go: Go) -> AnyView {
    let goods = RwSignal::new(GoodsState::Dispositioned.as_str().to_owned());
    let money = if part == Part::Refused { MoneyState::Failed } else { MoneyState::Open };
    let by_goods = part == Part::ToPropose;
    let pages = Pages::<RmaListItem>::new(move |after, limit| {
        let query = ListQuery {
            state: Some(CaseState::InProgress),
            money: Some(money),
            goods: GoodsState::parse(&goods.get()).filter(|_| by_goods),
            after,
            limit: Some(limit),
            ..ListQuery::default()
        };
        api::read_with::<RmaPage, _>(&CASES, &[], &query)
    })
    .follow(|heard| heard.touches_any("queue:") || heard.touches_any("settlements:") || heard.touches("payouts"));
    let options = Signal::stored(vec![
        Choice::new(GoodsState::Dispositioned.as_str(), text("货已处理", "Goods are done")),
        Choice::new(GoodsState::NoneExpected.as_str(), text("无需退货", "No goods expected")),
        Choice::new("", text("全部未结", "All that is open")),
    ]);
    let label = text("货", "Goods state");
    let open = Callback::new(move |id: String| go.to(&format!("/desk/settling/{id}")));
    view! {
        <div class="settling__list">
            {by_goods.then(|| view! { <Segmented value=goods options label/> })}
            <div class="cases__sheet">
                <Table
                    label=PLACE.label
                    rows=pages.items()
                    key=Callback::new(|case: RmaListItem| case.id.to_string())
                    columns=case_columns()
                    on_open=open
                    loading=pages.busy()
                    error=pages.error()
                    on_retry=move |()| pages.reload()
                    empty=move || empty(part)
                    more=pages.has_more()
                    on_more=move |()| pages.more()
                    fill=true
                />
            </div>
        </div>
    }
    .into_any()
}

fn settlements(part: Part, go: Go) -> AnyView {
    let state = if let Part::Settlements(state) = part { Some(state) } else { None };
    let pages = Pages::<SettlementView>::new(move |after, limit| {
        let query =
            SettlementQuery { state, shop: None, outcome_unknown: part == Part::Unknown, after, limit: Some(limit) };
        api::read_with::<Page<SettlementView>, _>(&LIST, &[], &query)
    })
    .follow(|heard| heard.touches_any("queue:") || heard.touches_any("settlements:") || heard.touches("payouts"));
    let open = Callback::new(move |id: String| {
        let rma =
            pages.items().with_untracked(|all| all.iter().find(|one| one.id.to_string() == id).map(|one| one.rma));
        if let Some(rma) = rma {
            go.to(&(WORK.href)(rma));
        }
    });
    view! {
        <div class="cases__sheet">
            <Table
                label=PLACE.label
                rows=pages.items()
                key=Callback::new(|one: SettlementView| one.id.to_string())
                columns=settlement_columns()
                on_open=open
                loading=pages.busy()
                error=pages.error()
                on_retry=move |()| pages.reload()
                empty=move || empty(part)
                more=pages.has_more()
                on_more=move |()| pages.more()
                fill=true
            />
        </div>
    }
    .into_any()
}

/// The page.
#[component]
pub(super) fn Queue() -> impl IntoView {
    let go = use_go();
    let shown = RwSignal::new("open".to_owned());
    let tabs = Signal::stored(PARTS.iter().map(|(key, _, name)| Tab::new(*key, *name)).collect::<Vec<_>>());
    let part = Memo::new(move |_| part_of(&shown.get()));
    let panel = move || match part.get() {
        part @ (Part::ToPropose | Part::Refused) => cases(part, go),
        part @ (Part::Settlements(_) | Part::Unknown) => settlements(part, go),
    };
    view! {
        <PageHeader title=PLACE.label/>
        <div class="settling" data-test="settling">
            <Tabs value=shown tabs label=PLACE.label>{panel}</Tabs>
        </div>
    }
}
