//! The flow's steps, passed, open and expected; and all that happened, one tab further.

use contract::rma::{DecisionView, StepView, TimelineView};
use leptos::prelude::*;
use parts::said::{read, said};
use parts::words::{decision, step_state};
use ui::{Card, State, Tab, Tabs, Text, Timeline, TimelineEntry, Words, say, text};

use super::Case;

const TITLE: Text = text("流程与记录", "Flow and record");

/// What was decided and by whom, in one line.
fn decided(one: &DecisionView) -> Words {
    let (words, _) = decision(&one.decision);
    let person = one.person.as_ref().map(|person| person.name.clone()).unwrap_or_default();
    Words::from(
        move || if person.is_empty() { words.get().into_owned() } else { format!("{} · {person}", words.get()) },
    )
}

/// Every decision of a step that took several, or whose words are worth reading.
fn decisions(all: Vec<DecisionView>) -> impl Fn() -> AnyView + Send + Sync + Clone {
    move || {
        let lines = all.iter().map(|one| {
            let (_, state) = decision(&one.decision);
            let note = Some(one.note.clone()).filter(|note| !note.is_empty());
            view! {
                <li class=format!("case__decision {}", state.class())>
                    <p><b>{decided(one)}</b> " " <span class="u-soft"><ui::TimeStamp at_ms=one.at.ms()/></span></p>
                    {note.map(|note| view! { <p class="case__note">{note}</p> })}
                </li>
            }
        });
        let lines = lines.collect_view();
        view! { <ul class="case__decisions">{lines}</ul> }.into_any()
    }
}

/// An open step stands where its to-do began; what is only expected has no time yet.
fn step(step: StepView, since: Option<i64>) -> TimelineEntry {
    let (words, state) = step_state(&step.state);
    let title = step.title.clone();
    let label = Words::from(move || format!("{} · {}", read(&title), words.get()));
    let last = step.decisions.last();
    let at = last.map(|last| last.at.ms());
    let entry = match (step.state.as_str(), at.or(since)) {
        ("passed", Some(at)) => TimelineEntry::new(said(&step.title), at),
        ("open" | "waiting", Some(at)) => TimelineEntry::new(label, since.unwrap_or(at)),
        _ => TimelineEntry::to_come(label),
    };
    let rejected = last.is_some_and(|last| last.decision == "reject");
    let entry = entry.state(if rejected { State::Bad } else { state });
    match step.decisions.as_slice() {
        [] => entry,
        [only] if only.note.is_empty() => entry.who(decided(only)),
        _ => entry.body(decisions(step.decisions)),
    }
}

fn event(event: TimelineView) -> TimelineEntry {
    let actor = match event.rule {
        Some(rule) => Words::from(move || {
            let rule = read(&rule);
            say!("规则：{rule}", "Rule: {rule}")
        }),
        None => Words::from(event.actor.clone()),
    };
    TimelineEntry::new(said(&event.text), event.at.ms()).who(actor)
}

/// Both tabs.
pub(super) fn flow(case: Case) -> AnyView {
    let shown = RwSignal::new("steps".to_owned());
    let steps = case.part(|view| {
        let since = |node: &str| view.tasks.iter().find(|task| task.node == node).map(|task| task.opened_at.ms());
        view.steps.iter().map(|step| (step.clone(), since(&step.node))).collect::<Vec<_>>()
    });
    let events = case.part(|view| view.timeline.clone());
    let tabs =
        Signal::stored(vec![Tab::new("steps", text("流程", "Steps")), Tab::new("events", text("时间线", "Timeline"))]);
    let body = move || {
        if shown.with(|shown| shown == "events") {
            let entries = Signal::derive(move || events.get().into_iter().rev().map(event).collect::<Vec<_>>());
            view! { <Timeline entries/> }.into_any()
        } else {
            let entries = Signal::derive(move || {
                steps.get().into_iter().map(|(one, since)| step(one, since)).collect::<Vec<_>>()
            });
            view! { <Timeline entries/> }.into_any()
        }
    };
    view! { <Card><Tabs value=shown tabs label=TITLE>{body}</Tabs></Card> }.into_any()
}
