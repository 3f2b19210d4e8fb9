//! The steps, passed and to come; what happened.

use contract::portal::{PortalEvent, PortalStep};
use leptos::prelude::*;
use parts::said::said;
use ui::{Card, Glyph, Icon, State, Text, Timeline, TimelineEntry, text};

use super::Case;

const STEPS: Text = text("进度", "Progress");
const HAPPENED: Text = text("记录", "What happened");

fn step(step: PortalStep) -> impl IntoView {
    let (words, state, glyph) = match step.state.as_str() {
        "done" => (text("已完成", "Done"), State::Good, Glyph::Check),
        "current" => (text("进行中", "Now"), State::Waiting, State::Waiting.glyph()),
        _ => (text("接下来", "Next"), State::Paused, Glyph::Minus),
    };
    let open = step.state == "current";
    view! {
        <li class=format!("steps__step {}", state.class()) aria-current=open.then_some("step")>
            <span class="steps__mark"><Icon glyph/></span>
            <span class="u-grow">{said(&step.title)}</span>
            <span class="u-soft u-small">{words}</span>
        </li>
    }
}

fn event(event: PortalEvent) -> TimelineEntry {
    TimelineEntry::new(said(&event.text), event.at.ms())
}

/// Two cards, each while it has something to show.
pub(super) fn record(case: Case) -> AnyView {
    let steps = case.part(|view| view.steps.clone());
    let events = case.part(|view| view.timeline.clone());
    let step_card = move || {
        let steps = steps.get();
        (!steps.is_empty()).then(|| {
            view! { <Card title=STEPS><ol class="steps">{steps.into_iter().map(step).collect_view()}</ol></Card> }
        })
    };
    let any = Memo::new(move |_| events.with(|events| !events.is_empty()));
    let event_card = move || {
        any.get().then(|| {
            let entries = Signal::derive(move || events.get().into_iter().rev().map(event).collect::<Vec<_>>());
            view! { <Card title=HAPPENED><Timeline entries/></Card> }
        })
    };
    view! { {step_card} {event_card} }.into_any()
}
