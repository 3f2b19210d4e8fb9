//! A row of any of the four lists: a case in short, with the to-do or the copy it is there for.

use contract::inbox::{CopyItem, InboxCase, InboxItem};
use domain::{CopyId, Timestamp};
use leptos::prelude::*;
use parts::Clocks;
use parts::meta::Meta;
use parts::said::{money, read};
use parts::words::Spoken;
use ui::{Column, Glyph, Icon, TimeStamp, say, text};

/// A copy of a step, as a row has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Copied {
    pub(super) id: CopyId,
    pub(super) title: domain::Text,
    pub(super) at: Timestamp,
    pub(super) read: bool,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) key: String,
    pub(super) case: Option<InboxCase>,
    pub(super) task: Option<InboxItem>,
    pub(super) copy: Option<Copied>,
}

impl Line {
    pub(super) fn of_task(item: InboxItem) -> Self {
        Self { key: item.id.to_string(), case: item.rma.clone(), task: Some(item), copy: None }
    }

    pub(super) fn of_case(case: InboxCase) -> Self {
        Self { key: case.id.to_string(), case: Some(case), task: None, copy: None }
    }

    pub(super) fn of_copy(item: CopyItem) -> Self {
        let copy = Copied { id: item.id, title: item.title, at: item.at, read: item.read };
        Self { key: item.id.to_string(), case: Some(item.rma), task: None, copy: Some(copy) }
    }

    /// When it is due by the earlier of both clocks, UTC milliseconds; without a clock last.
    pub(super) fn due_ms(&self) -> i64 {
        let own = match &self.task {
            Some(task) => task.due_at,
            None => self.case.as_ref().and_then(|case| case.due_at),
        };
        let platform = self.case.as_ref().and_then(|case| case.platform_due_at);
        own.into_iter().chain(platform).map(Timestamp::ms).min().unwrap_or(i64::MAX)
    }

    /// Whether the earlier of both clocks has run out on something that is still open.
    fn is_late(&self, now_ms: i64) -> bool {
        let open = match (&self.task, &self.case) {
            (Some(task), _) => task.done_at.is_none(),
            (None, Some(case)) => !case.state.is_final(),
            (None, None) => false,
        };
        let breached = self.task.as_ref().is_some_and(|task| task.breached_at.is_some());
        open && (breached || self.due_ms() < now_ms)
    }
}

fn first_line(line: &Line, case: &InboxCase) -> impl IntoView + use<> {
    let late = line.clone();
    let late = move || {
        late.is_late(ui::clock::now_ms()).then(|| {
            view! { <span class="inbox__late" title=move || say!("已超时", "Late")><Icon glyph=Glyph::Alert/></span> }
        })
    };
    let unread = line.copy.as_ref().is_some_and(|copy| !copy.read);
    let unread = unread.then(|| {
        view! { <span class="inbox__unread"><span class="u-visually-hidden">{text("未读", "Unread")}</span></span> }
    });
    view! {
        <span class="inbox__first">
            {unread}
            {late}
            <span class="inbox__number">{case.number.clone()}</span>
            <span class="u-clip">{case.customer.clone()}</span>
        </span>
    }
}

fn case_cell(meta: Meta, line: &Line) -> AnyView {
    let todo = line.task.as_ref().map(|task| task.title.clone());
    let Some(case) = line.case.clone() else {
        return view! { <span class="inbox__first">{move || todo.as_ref().map(read)}</span> }.into_any();
    };
    let first = first_line(line, &case);
    let (reason, shop, stage, state) = (case.reason.clone(), case.shop, case.stage_title.clone(), case.state);
    let (kinds, summary) = (case.kinds.clone(), case.summary.clone());
    let second = move || {
        let kinds = kinds.iter().map(|kind| kind.text().get().to_owned()).collect::<Vec<_>>().join(" / ");
        [kinds, summary.clone()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    let told = line.copy.as_ref().map(|copy| copy.title.clone());
    let third = move || {
        let step = match (&todo, &told) {
            (Some(todo), _) => read(todo),
            (None, Some(told)) => {
                let told = read(told);
                say!("{told} 已通过", "{told} passed")
            }
            (None, None) if stage.zh.is_empty() => state.text().get().to_owned(),
            (None, None) => read(&stage),
        };
        let reason = reason.as_ref().map(read).unwrap_or_default();
        let shop = if meta.has_many_shops() { read(&meta.shop(shop)) } else { String::new() };
        [step, reason, shop].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    view! {
        <span class="inbox__case">
            {first}
            <span class="inbox__second inbox__goods">{second}</span>
            <span class="inbox__second">{third}</span>
        </span>
    }
    .into_any()
}

fn due_cell(line: &Line) -> AnyView {
    let refund = line.case.as_ref().and_then(|case| case.refund);
    let refund = refund.map(|refund| view! { <span class="inbox__money">{move || money(refund)}</span> });
    let platform = line.case.as_ref().and_then(|case| case.platform_due_at).map(Timestamp::ms);
    let clocks = |own: Option<Timestamp>, near: Option<Timestamp>| {
        let (own, near) = (own.map(Timestamp::ms), near.map(Timestamp::ms));
        view! { <Clocks own_ms=own near_ms=near platform_ms=platform short=true/> }.into_any()
    };
    let stamp = |at: Timestamp| view! { <TimeStamp at_ms=at.ms()/> }.into_any();
    let when = match (&line.task, &line.copy, &line.case) {
        (Some(task), ..) => match task.done_at {
            Some(done) => stamp(done),
            None => clocks(task.due_at, task.warn_at),
        },
        (None, Some(copy), _) => stamp(copy.at),
        (None, None, Some(case)) if case.state.is_final() => stamp(case.filed_at),
        (None, None, Some(case)) => clocks(case.due_at, case.warn_at),
        (None, None, None) => ().into_any(),
    };
    view! { <span class="inbox__due">{refund}{when}</span> }.into_any()
}

pub(super) fn columns(meta: Meta) -> Vec<Column<Line>> {
    vec![
        Column::new("case", text("单据", "Case"), move |line: &Line| case_cell(meta, line)).grow().pinned(),
        Column::new("due", text("金额 / 时限", "Amount / due"), due_cell).number(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::state::CaseState;
    use domain::{RmaId, ShopId, TaskId};

    fn line(due: Option<i64>, platform: Option<i64>) -> Line {
        let case = InboxCase {
            id: RmaId::from_raw(1),
            number: "RT-1".to_owned(),
            shop: ShopId::from_raw(1),
            kinds: Vec::new(),
            customer: None,
            summary: "dress".to_owned(),
            reason: None,
            state: CaseState::Submitted,
            stage_title: domain::Text::new("审", "look"),
            refund: None,
            filed_at: Timestamp::from_ms(0),
            due_at: None,
            warn_at: None,
            platform_due_at: platform.map(Timestamp::from_ms),
        };
        Line::of_task(InboxItem {
            id: TaskId::from_raw(1),
            kind: "approve".to_owned(),
            node: String::new(),
            round: 1,
            title: domain::Text::new("审", "look"),
            assignee: None,
            due_at: due.map(Timestamp::from_ms),
            warn_at: None,
            breached_at: None,
            opened_at: Timestamp::from_ms(0),
            done_at: None,
            rma: Some(case),
        })
    }

    #[track_caller]
    fn check(due: Option<i64>, platform: Option<i64>, earlier: i64, late_at_50: bool) {
        let line = line(due, platform);
        assert_eq!((line.due_ms(), line.is_late(50)), (earlier, late_at_50));
    }

    #[test]
    fn the_earlier_clock_counts() {
        check(Some(90), None, 90, false);
        check(Some(90), Some(20), 20, true);
        check(Some(20), Some(90), 20, true);
        check(None, None, i64::MAX, false);
    }
}
