//! The steps, passed and to come; what was said; what happened.

use contract::portal::{PortalEvent, PortalMessage, PortalStep};
use leptos::prelude::*;
use parts::said::said;
use ui::{Card, Glyph, Icon, State, Text, TimeStamp, Timeline, TimelineEntry, text};

use super::Case;

const STEPS: Text = text("进度", "Progress");
const MESSAGES: Text = text("留言", "Messages");
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

fn message(message: PortalMessage) -> impl IntoView {
    let who = if message.from_customer { text("您", "You") } else { text("商家", "The shop") };
    view! {
        <li class="messages__line" class:is-own=message.from_customer>
            <p class="u-soft u-small">{who} " · " <TimeStamp at_ms=message.at.ms()/></p>
            <p class="messages__body">{message.body}</p>
        </li>
    }
}

fn event(event: PortalEvent) -> TimelineEntry {
    TimelineEntry::new(said(&event.text), event.at.ms())
}

/// Three cards, each while it has something to show.
pub(super) fn record(case: Case) -> AnyView {
    let steps = case.part(|view| view.steps.clone());
    let messages = case.part(|view| view.messages.clone());
    let events = case.part(|view| view.timeline.clone());
    let step_card = move || {
        let steps = steps.get();
        (!steps.is_empty()).then(|| {
            view! { <Card title=STEPS><ol class="steps">{steps.into_iter().map(step).collect_view()}</ol></Card> }
        })
    };
    let message_card = move || {
        let messages = messages.get();
        (!messages.is_empty()).then(|| {
            view! { <Card title=MESSAGES><ul class="messages">{messages.into_iter().map(message).collect_view()}</ul></Card> }
        })
    };
    let any = Memo::new(move |_| events.with(|events| !events.is_empty()));
    let event_card = move || {
        any.get().then(|| {
            let entries = Signal::derive(move || events.get().into_iter().rev().map(event).collect::<Vec<_>>());
            view! { <Card title=HAPPENED><Timeline entries/></Card> }
        })
    };
    view! { {step_card} {message_card} {event_card} }.into_any()
}
