//! A bordered sheet with an optional title and actions.

use leptos::{children::ViewFn, prelude::*};

use crate::locale::Words;

/// A sheet of content.
#[component]
pub fn Card(
    /// Title, an `h2`.
    #[prop(optional, into)]
    title: Words,
    /// Actions at the right of the title.
    #[prop(optional, into)]
    actions: ViewFn,
    /// Content touches the border (tables, lists).
    #[prop(optional)]
    flush: bool,
    /// The content.
    children: Children,
) -> impl IntoView {
    let head = (!matches!(title, Words::Fixed(""))).then(|| {
        view! {
            <div class="ui-card__head">
                <h2 class="ui-card__title">{title}</h2>
                <div class="ui-card__actions">{actions.run()}</div>
            </div>
        }
    });
    view! {
        <section class="ui-card">
            {head}
            <div class="ui-card__body" class:ui-card__body--flush=flush>{children()}</div>
        </section>
    }
    .into_any()
}
