//! What happened, and what comes next, from top to bottom.

use leptos::{children::ViewFn, prelude::*};

use crate::{due_time::TimeStamp, icon::Icon, locale::Words, state_chip::State};

/// One thing that happened or will.
#[derive(Clone)]
pub struct TimelineEntry {
    title: Words,
    who: Words,
    at_ms: Option<i64>,
    state: State,
    took: Words,
    body: Option<ViewFn>,
    to_come: bool,
}

impl TimelineEntry {
    /// Something that happened at `at_ms` (UTC milliseconds).
    pub fn new(title: impl Into<Words>, at_ms: i64) -> Self {
        Self {
            title: title.into(),
            who: Words::default(),
            at_ms: Some(at_ms),
            state: State::Paused,
            took: Words::default(),
            body: None,
            to_come: false,
        }
    }

    /// Something that is expected; drawn grey and hollow.
    pub fn to_come(title: impl Into<Words>) -> Self {
        Self { at_ms: None, to_come: true, ..Self::new(title, 0) }
    }

    /// Who did it or will.
    #[must_use]
    pub fn who(mut self, who: impl Into<Words>) -> Self {
        self.who = who.into();
        self
    }

    /// How it went.
    #[must_use]
    pub fn state(mut self, state: State) -> Self {
        self.state = state;
        self
    }

    /// How long it took.
    #[must_use]
    pub fn took(mut self, took: impl Into<Words>) -> Self {
        self.took = took.into();
        self
    }

    /// More about it: an opinion, pictures, a diff.
    #[must_use]
    pub fn body(mut self, body: impl Into<ViewFn>) -> Self {
        self.body = Some(body.into());
        self
    }
}

fn entry(entry: TimelineEntry) -> impl IntoView {
    let TimelineEntry { title, who, at_ms, state, took, body, to_come } = entry;
    let mark = (!to_come).then(|| view! { <Icon glyph=state.glyph()/> });
    view! {
        <li class=format!("ui-timeline__entry {}", state.class()) class:is-to-come=to_come>
            <span class="ui-timeline__mark">{mark}</span>
            <div class="ui-timeline__words">
                <div class="ui-timeline__line">
                    <span class="ui-timeline__title">{title}</span>
                    {at_ms.map(|at_ms| view! { <span class="ui-timeline__at"><TimeStamp at_ms/></span> })}
                </div>
                <div class="ui-timeline__note">
                    <span>{who}</span>
                    <span>{took}</span>
                </div>
                {body.map(|body| view! { <div class="ui-timeline__body">{body.run()}</div> })}
            </div>
        </li>
    }
}

/// Entries from top to bottom, in the order given.
#[component]
pub fn Timeline(
    /// The entries.
    #[prop(into)]
    entries: Signal<Vec<TimelineEntry>>,
) -> impl IntoView {
    view! { <ol class="ui-timeline">{move || entries.get().into_iter().map(entry).collect_view()}</ol> }.into_any()
}
