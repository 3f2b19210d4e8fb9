//! Something the reader should know before going on, inside the page.

use leptos::{children::ViewFn, prelude::*};

use crate::{
    icon::{Glyph, Icon},
    locale::Words,
    state_chip::State,
};

/// A tinted block with a title, words and perhaps an action.
#[component]
pub fn Notice(
    /// What kind of news; default neutral.
    #[prop(optional, into)]
    state: Signal<State>,
    /// The news in one line.
    #[prop(optional, into)]
    title: Words,
    /// What to do about it.
    #[prop(optional, into)]
    action: ViewFn,
    /// More words.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let has_title = !matches!(title, Words::Fixed(""));
    let glyph = move || if state.get() == State::Paused { Glyph::Info } else { state.get().glyph() };
    let role = move || if state.get() == State::Bad { "alert" } else { "note" };
    view! {
        <div class=move || format!("ui-notice {}", state.get().class()) role=role>
            {move || view! { <Icon glyph=glyph()/> }}
            <div class="ui-notice__words">
                {has_title.then(|| view! { <p class="ui-notice__title">{title}</p> })}
                {children.map(|children| view! { <div class="ui-notice__body">{children()}</div> })}
            </div>
            <div class="ui-notice__action">{action.run()}</div>
        </div>
    }
    .into_any()
}
