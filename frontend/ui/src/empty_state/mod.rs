//! What stands where nothing is (`EmptyState`) or where something failed (`ErrorState`).

use leptos::{children::ViewFn, prelude::*};

use crate::{
    button::Button,
    icon::{Glyph, Icon},
    locale::{Words, vocabulary as say},
};

/// Says what will appear here and offers the first action.
#[component]
pub fn EmptyState(
    /// What is missing.
    #[prop(into)]
    title: Words,
    /// What will appear here, and when.
    #[prop(optional, into)]
    hint: Words,
    /// A picture; default an inbox.
    #[prop(default = Glyph::Inbox)]
    icon: Glyph,
    /// The first action.
    #[prop(optional, into)]
    action: ViewFn,
) -> impl IntoView {
    let has_hint = !matches!(hint, Words::Fixed(""));
    view! {
        <div class="ui-empty">
            <div class="ui-empty__icon"><Icon glyph=icon/></div>
            <p class="ui-empty__title">{title}</p>
            {has_hint.then(|| view! { <p class="ui-empty__hint">{hint}</p> })}
            <div class="ui-empty__action">{action.run()}</div>
        </div>
    }
    .into_any()
}

/// Says what went wrong, what to do, and offers to try again.
#[component]
pub fn ErrorState(
    /// What went wrong; default "this could not be loaded".
    #[prop(optional, into)]
    title: Option<Words>,
    /// Where, and what helps.
    #[prop(optional, into)]
    hint: Words,
    /// Reference a person can quote, e.g. a request id.
    #[prop(optional, into)]
    reference: Option<Signal<Option<String>>>,
    /// Tries again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let title = title.unwrap_or_else(|| say::LOAD_FAILED.into());
    view! {
        <div class="ui-empty is-bad" role="alert">
            <div class="ui-empty__icon ui-empty__icon--bad"><Icon glyph=Glyph::CrossCircle/></div>
            <p class="ui-empty__title">{title}</p>
            <p class="ui-empty__hint">{hint}</p>
            {reference.map(|reference| view! { <p class="ui-empty__reference">{move || reference.get()}</p> })}
            {on_retry.map(|on_retry| view! {
                <div class="ui-empty__action">
                    <Button icon=Glyph::Refresh on_click=on_retry attr:data-test="retry">{say::RETRY}</Button>
                </div>
            })}
        </div>
    }
    .into_any()
}
