//! Agreeing to many at once, each with its own result.

use contract::inbox::InboxItem;
use contract::rma::{BatchItem, BatchOutcome, BatchRequest, BatchResult, DECIDE_BATCH};
use leptos::prelude::*;
use parts::api;
use parts::submit::Submit;
use ui::{Button, ButtonKind, Dialog, Drawer, Field, Glyph, Icon, Notice, State, Text, TextArea, say, text, toast};

use super::Inbox;
use super::list::APPROVE;
use crate::go::case_address;

const AGREE: Text = text("同意选中", "Agree to chosen");
/// The server takes no more at once.
const MAX_ITEMS: usize = 100;

fn chosen(inbox: Inbox) -> Vec<InboxItem> {
    let selected = inbox.table.selected.get();
    inbox.shown.with(|shown| shown.iter().filter(|item| selected.contains(&item.id.to_string())).cloned().collect())
}

/// Those of the chosen that can be agreed to.
fn agreeable(items: &[InboxItem]) -> Vec<BatchItem> {
    let open = items.iter().filter(|item| item.kind == APPROVE && item.done_at.is_none());
    let all = open.filter_map(|item| {
        let case = item.rma.as_ref()?;
        Some(BatchItem { rma: case.id, node: item.node.clone(), round: item.round })
    });
    all.take(MAX_ITEMS).collect()
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

fn take(inbox: Inbox, items: &[InboxItem], result: BatchResult, outcomes: RwSignal<Vec<Outcome>>) {
    let number = |rma| {
        let found = items.iter().filter_map(|item| item.rma.as_ref()).find(|case| case.id == rma);
        found.map(|case| case.number.clone()).unwrap_or_default()
    };
    let all: Vec<Outcome> =
        result.items.into_iter().map(|result| Outcome { number: number(result.rma), result }).collect();
    let (done, asked) = (all.iter().filter(|one| one.result.done).count(), all.len());
    inbox.table.clear_selection();
    inbox.items.reload();
    if done == asked {
        toast(State::Good, move || say!("已同意 {done} 条", "Agreed to {done}"));
    } else {
        outcomes.set(all);
    }
}

/// The button in the bar for chosen rows, its question, and the results when not all went well.
#[component]
pub(super) fn Batch(inbox: Inbox) -> impl IntoView {
    let asking = RwSignal::new(false);
    let note = RwSignal::new(String::new());
    let outcomes = RwSignal::new(Vec::<Outcome>::new());
    let submit = Submit::new();
    let items = Memo::new(move |_| chosen(inbox));
    let fitting = Memo::new(move |_| items.with(|items| agreeable(items).len()));
    let left_out = move || items.with(Vec::len) - fitting.get();
    let send = move |()| {
        let chosen = items.get_untracked();
        let body = BatchRequest { items: agreeable(&chosen), note: note.get_untracked() };
        let done = move |result: BatchResult| {
            asking.set(false);
            note.set(String::new());
            take(inbox, &chosen, result, outcomes);
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
