//! What was counted of a case before; a miscount is taken back while nobody has inspected it.

use contract::warehouse::{GoodsView, GroupView, RECOUNT, RecountRequest, RecountedView};
use domain::state::Reception;
use domain::{Permission, RmaId};
use leptos::prelude::*;
use parts::api;
use parts::session::use_session;
use parts::words::chip;
use ui::{Button, ButtonKind, Field, Glyph, QuantityStepper, State, StateChip, Text, TimeStamp, say, text, toast};

use super::bench::Bench;
use crate::ask::{AskReason, Asking};

const TITLE: Text = text("已清点", "Counted before");

fn name(case: &GoodsView, group: &GroupView) -> String {
    let sku = case.lines.iter().find(|line| line.id == group.line).and_then(|line| line.sku.as_ref());
    sku.map_or_else(|| text("不认识的商品", "Unknown article").get().to_owned(), |sku| sku.name.clone())
}

fn row(case: &GoodsView, group: &GroupView, undo: Option<Callback<GroupView>>) -> AnyView {
    let (own, name, quantity) = (group.clone(), name(case, group), group.quantity);
    let here = group.reception != Reception::Missing;
    let button = undo.filter(|_| here && group.inspection.is_none()).map(|undo| {
        view! {
            <Button kind=ButtonKind::Quiet icon=Glyph::Undo on_click=move |()| undo.run(own.clone()) attr:data-test="recount">
                {text("撤销清点", "Take back")}
            </Button>
        }
    });
    let inspected = group.inspection.as_ref().map(|found| {
        view! { <StateChip state=State::Good label=parts::said::said(&found.grade.name)/> }
    });
    let detail = [group.serial.clone(), group.lot.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <li class="counted__row">
            <span class="counted__goods">{name} " ×" {quantity} " " <span class="u-soft">{detail}</span></span>
            {chip(group.reception, "")}
            {inspected}
            <TimeStamp at_ms=group.counted_at.ms()/>
            {button}
        </li>
    }
    .into_any()
}

/// What is being taken back. Copy freely.
#[derive(Clone, Copy)]
struct Undo {
    group: RwSignal<Option<GroupView>>,
    quantity: RwSignal<i64>,
    asking: Asking,
}

fn dialog(bench: Bench, undo: Undo) -> AnyView {
    let Undo { group, quantity, asking } = undo;
    let most = Signal::derive(move || group.with(|group| group.as_ref().map_or(1, |group| group.quantity)));
    let submit = asking.submit;
    let send = move |reason: String| {
        let Some(group) = group.get_untracked() else { return };
        let request = RecountRequest { quantity: Some(quantity.get_untracked()), reason };
        submit.run(
            move |key| api::send::<RecountedView, _>(&RECOUNT, &[&group.id], &request, key),
            move |_| {
                asking.done();
                toast(State::Good, text("已撤销", "Taken back"));
                bench.on_changed.run(());
            },
        );
    };
    let more = move || {
        view! {
            <Field label=text("其实没有的件数", "Units that are not there") error=submit.field("quantity")>
                <QuantityStepper value=quantity min=1 max=most/>
            </Field>
        }
    };
    view! {
        <AskReason
            asking
            title=text("撤销清点？", "Take this count back?")
            what=text("这些件会登记为缺少，待检库存随之减少。", "These units are recorded as missing and leave the stock to be inspected.")
            verb=text("撤销", "Take back")
            danger=true
            more
            on_reason=send
        />
    }
    .into_any()
}

/// The groups; nothing while there are none.
pub(super) fn counted(bench: Bench, rma: RmaId) -> AnyView {
    let session = use_session();
    let case = Memo::new(move |_| bench.cases.with(|cases| cases.iter().find(|case| case.rma == rma).cloned()));
    let undoing = Undo { group: RwSignal::new(None), quantity: RwSignal::new(1), asking: Asking::new() };
    let undo = Callback::new(move |group: GroupView| {
        undoing.quantity.set(group.quantity);
        undoing.group.set(Some(group));
        undoing.asking.ask();
    });
    let may = move || session.may(Permission::ParcelReceive).then_some(undo);
    let rows = move || {
        case.with(|case| {
            let case = case.as_ref().filter(|case| !case.groups.is_empty())?;
            let rows = case.groups.iter().map(|group| row(case, group, may())).collect_view();
            let count = case.groups.len();
            Some(view! {
                <details class="counted" open=count <= 4>
                    <summary>{TITLE} " " <span class="u-soft">{move || if count == 1 { say!("1 组", "1 group") } else { say!("{count} 组", "{count} groups") }}</span></summary>
                    <ul class="counted__rows">{rows}</ul>
                </details>
            })
        })
    };
    view! { {rows} {dialog(bench, undoing)} }.into_any()
}
