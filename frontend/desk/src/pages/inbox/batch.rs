//! Agreeing to many at once, each with its own result.

use contract::rma::{BatchItem, BatchOutcome, BatchRequest, BatchResult, DECIDE_BATCH};
use leptos::prelude::*;
use parts::api;
use parts::meta::use_meta;
use parts::submit::Submit;
use ui::{Button, ButtonKind, Dialog, Drawer, Field, Glyph, Icon, Notice, State, Text, TextArea, say, text};

use super::Inbox;
use super::line::Line;
use super::list::APPROVE;
use crate::go::case_address;
use crate::undo::{self, Made, Window};

const AGREE: Text = text("同意选中", "Agree to chosen");
/// The server takes no more at once.
const MAX_ITEMS: usize = 100;

fn chosen(inbox: Inbox) -> Vec<Line> {
    let selected = inbox.table.selected.get();
    inbox.shown.with(|shown| shown.iter().filter(|line| selected.contains(&line.key)).cloned().collect())
}

/// What agreeing to a row asks for, when it can be agreed to.
fn step(line: &Line) -> Option<BatchItem> {
    let task = line.task.as_ref().filter(|task| task.kind == APPROVE && task.done_at.is_none())?;
    Some(BatchItem { rma: line.case.as_ref()?.id, node: task.node.clone(), round: task.round })
}

/// Those of the chosen that can be agreed to at once.
fn agreeable(lines: &[Line]) -> Vec<BatchItem> {
    lines.iter().filter_map(step).take(MAX_ITEMS).collect()
}

/// What came of one, with the number it has on screen.
#[derive(Clone, PartialEq)]
struct Outcome {
    number: String,
    result: BatchOutcome,
}

fn outcome_line(outcome: Outcome) -> impl IntoView {
    let Outcome { number, result } = outcome;
    let (glyph, state) = if result.done { (Glyph::CheckCircle, State::Good) } else { (Glyph::CrossCircle, State::Bad) };
    let why = result.error.map(|error| match error.help {
        Some(help) => format!("{} · {help}", error.message),
        None => error.message,
    });
    let words = move || match &why {
        None => say!("已同意", "Agreed"),
        Some(why) => why.clone(),
    };
    view! {
        <li class=format!("batch__line {}", state.class())>
            <Icon glyph/>
            <a href=case_address(result.rma)>{number}</a>
            <span>{words}</span>
        </li>
    }
}

fn take(
    inbox: Inbox,
    window: Window,
    lines: &[Line],
    asked: Vec<BatchItem>,
    result: BatchResult,
    outcomes: RwSignal<Vec<Outcome>>,
) {
    let line_of = |rma| lines.iter().find(|line| line.case.as_ref().is_some_and(|case| case.id == rma));
    let number = |rma| line_of(rma).and_then(|line| line.case.as_ref()).map(|case| case.number.clone());
    // What was refused stays chosen, so that it can be looked at and tried again.
    let failed = result.items.iter().filter(|one| !one.done).filter_map(|one| line_of(one.rma));
    inbox.table.selected.set(failed.map(|line| line.key.clone()).collect());
    inbox.items.reload();
    let went = asked.into_iter().zip(&result.items).filter(|(_, outcome)| outcome.done);
    let made: Vec<Made> = went.map(|(item, _)| Made { rma: item.rma, node: item.node, round: item.round }).collect();
    let (done, all) = (made.len(), result.items.len());
    if done > 0 {
        undo::decided_many(window, move || say!("已同意 {done} 条", "Agreed to {done}"), made);
    }
    if done < all {
        let outcome = |result: BatchOutcome| Outcome { number: number(result.rma).unwrap_or_default(), result };
        outcomes.set(result.items.into_iter().map(outcome).collect());
    }
}

/// The button in the bar for chosen rows, its question, and the results when not all went well.
#[component]
pub(super) fn Batch(inbox: Inbox) -> impl IntoView {
    let asking = RwSignal::new(false);
    let note = RwSignal::new(String::new());
    let outcomes = RwSignal::new(Vec::<Outcome>::new());
    let (submit, meta) = (Submit::new(), use_meta());
    let items = Memo::new(move |_| chosen(inbox));
    let fitting = Memo::new(move |_| items.with(|items| agreeable(items).len()));
    let left_out = move || items.with(Vec::len) - fitting.get();
    let send = move |()| {
        let chosen = items.get_untracked();
        let (asked, window) = (agreeable(&chosen), undo::window_of(meta));
        let body = BatchRequest { items: asked.clone(), note: note.get_untracked() };
        let done = move |result: BatchResult| {
            asking.set(false);
            note.set(String::new());
            take(inbox, window, &chosen, asked, result, outcomes);
        };
        submit.run(move |key| api::send::<BatchResult, _>(&DECIDE_BATCH, &[], &body, key), done);
    };
    let results_open = ui::Bind::new(
        move || outcomes.with(|outcomes| !outcomes.is_empty()),
        move |open: bool| {
            if !open {
                outcomes.set(Vec::new());
            }
        },
    );
    let title = move || {
        let count = fitting.get();
        say!("同意这 {count} 条？", "Agree to these {count}?")
    };
    let hint = move || {
        let count = left_out();
        (count > 0).then(|| {
            let words = say!(
                "另有 {count} 条不是审批或超过一次上限，不会处理",
                "{count} more are no approvals or beyond the limit and stay"
            );
            view! { <Notice state=State::Attention title=words/> }
        })
    };
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let nothing = Signal::derive(move || fitting.get() == 0);
    view! {
        <Button kind=ButtonKind::Primary icon=Glyph::Check disabled=nothing on_click=move |()| asking.set(true) attr:data-test="batch-agree">
            {AGREE}
        </Button>
        <Dialog open=asking title confirm=text("同意", "Agree") busy=submit.busy() disabled=nothing on_confirm=send>
            <div class="u-stack">
                {wrong}
                {hint}
                <Field label=text("意见（写在每一条上）", "Note, written on each")>
                    <TextArea value=note rows=2/>
                </Field>
            </div>
        </Dialog>
        <Drawer open=results_open title=text("批量同意的结果", "What came of each")>
            <ul class="batch" data-test="batch-result">
                {move || outcomes.get().into_iter().map(outcome_line).collect_view()}
            </ul>
        </Drawer>
    }
}
