//! A number or sentence one often needs elsewhere, with a button that copies it.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    browser,
    icon::{Glyph, Icon},
    locale::vocabulary as say,
};

/// How long the tick stays.
const TICK: Duration = Duration::from_millis(1500);

/// The text, and a button that copies it; without a clipboard the text is selected instead.
#[component]
pub fn CopyText(
    /// What is shown and copied.
    #[prop(into)]
    value: Signal<String>,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let node = NodeRef::<leptos::html::Span>::new();
    let press = move |_| {
        if browser::copy(&value.get_untracked()) {
            copied.set(true);
            // The text may be gone by then.
            set_timeout(
                move || {
                    copied.try_set(false);
                },
                TICK,
            );
        } else if let Some(node) = node.get_untracked() {
            browser::select(&node);
        }
    };
    let glyph = move || if copied.get() { Glyph::Check } else { Glyph::Copy };
    let label = move || if copied.get() { say::COPIED.get() } else { say::COPY.get() };
    view! {
        <span class="ui-copy">
            <span class="ui-copy__text" node_ref=node>{move || value.get()}</span>
            <button type="button" class="ui-copy__button" aria-label=label title=label on:click=press>
                {move || view! { <Icon glyph=glyph()/> }}
            </button>
        </span>
    }
    .into_any()
}
