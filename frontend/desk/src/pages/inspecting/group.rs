//! A group of like units: to be inspected, to be disposed of, or done.

use contract::warehouse::{GoodsLineView, GoodsView, GroupView};
use domain::state::Reception;
use domain::{Permission, UnitGroupId};
use leptos::prelude::*;
use parts::session::use_session;
use parts::words::{Spoken, chip};
use ui::{Card, State, StateChip, TimeStamp, Words, say, text};

use super::again::again;
use super::correct::disposed;
use super::dispose::dispose;
use super::findings::Findings;
use super::form::{Subject, form};
use super::found::found;

/// Where a group stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Inspect,
    Dispose,
    Done,
    Missing,
}

impl Step {
    pub(super) fn of(group: &GroupView) -> Self {
        match (group.reception, &group.inspection, group.dispositions.last()) {
            (Reception::Missing, _, _) => Self::Missing,
            (_, None, _) => Self::Inspect,
            (_, Some(_), None) => Self::Dispose,
            (_, Some(_), Some(_)) => Self::Done,
        }
    }
}

fn head(group: &GroupView, line: &GoodsLineView) -> AnyView {
    let quantity = group.quantity;
    let codes = [group.serial.clone(), group.lot.clone()].into_iter().flatten();
    let codes = line.sku.iter().map(|sku| sku.code.clone()).chain(codes).collect::<Vec<_>>().join(" · ");
    let kind = line.kind.text();
    let swapped = group.swapped.then(|| {
        view! { <StateChip state=State::Bad label=text("被调换", "Another unit")/> }
    });
    view! {
        <p class="group__about">
            <b class="group__quantity">{move || say!("{quantity} 件", "{quantity} units")}</b>
            {chip(group.reception, "")}
            {swapped}
            <span class="u-soft">{kind} " · " {codes}</span>
            <span class="u-soft">{text("清点于", "Counted")} " " <TimeStamp at_ms=group.counted_at.ms()/></span>
        </p>
    }
    .into_any()
}

fn body(subject: Subject, step: Step) -> AnyView {
    let session = use_session();
    let (inspection, last) =
        subject.group.with_untracked(|group| (group.inspection.clone(), group.dispositions.last().cloned()));
    match step {
        Step::Inspect if session.may(Permission::Inspect) => form(subject),
        Step::Inspect => view! { <p class="u-soft">{text("等待质检", "Waits to be inspected")}</p> }.into_any(),
        Step::Missing => {
            view! { <p class="u-soft">{text("登记为缺少，无需质检", "Recorded as missing; nothing to inspect")}</p> }
                .into_any()
        }
        Step::Dispose => {
            let found = inspection.as_ref().map(found);
            view! { {found} {dispose(subject)} {again(subject)} }.into_any()
        }
        Step::Done => {
            let found = inspection.as_ref().map(found);
            let done = last.as_ref().map(|last| disposed(subject, last));
            view! { {found} {done} }.into_any()
        }
    }
}

/// The card of a group.
pub(super) fn group(goods: Memo<GoodsView>, id: UnitGroupId, on_done: Callback<()>) -> AnyView {
    let first = goods.with_untracked(|goods| {
        let group = goods.groups.iter().find(|group| group.id == id).cloned()?;
        let line = goods.lines.iter().find(|line| line.id == group.line).cloned()?;
        Some((group, line))
    });
    let Some((first_group, first_line)) = first else { return ().into_any() };
    let line_id = first_group.line;
    let group = Memo::new(move |_| {
        goods
            .with(|goods| goods.groups.iter().find(|group| group.id == id).cloned())
            .unwrap_or_else(|| first_group.clone())
    });
    let line = Memo::new(move |_| {
        goods
            .with(|goods| goods.lines.iter().find(|line| line.id == line_id).cloned())
            .unwrap_or_else(|| first_line.clone())
    });
    let subject = Subject { group, line, findings: Findings::new(), again: false, on_done };
    let title = Words::from(move || {
        line.with(|line| {
            line.sku
                .as_ref()
                .map_or_else(|| text("不认识的商品", "Unknown article").get().to_owned(), |sku| sku.name.clone())
        })
    });
    let about = move || group.with(|group| line.with(|line| head(group, line)));
    // Typing into the form is not disturbed by news: it is built anew only when the group goes on.
    let step = Memo::new(move |_| {
        group.with(|group| (Step::of(group), group.dispositions.len(), group.inspection.as_ref().map(|found| found.id)))
    });
    let inner = move || body(subject, step.get().0);
    view! {
        <div class="group" data-test="unit-group" data-step=move || name(step.get().0)>
            <Card title><div class="u-stack">{about} {inner}</div></Card>
        </div>
    }
    .into_any()
}

fn name(step: Step) -> &'static str {
    match step {
        Step::Inspect => "inspect",
        Step::Dispose => "dispose",
        Step::Done => "done",
        Step::Missing => "missing",
    }
}
