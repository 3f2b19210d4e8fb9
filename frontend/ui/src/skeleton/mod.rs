//! A quiet stand-in with the shape of what is coming.

use leptos::prelude::*;

use crate::locale::vocabulary as say;

/// Grey lines of text while something loads.
#[component]
pub fn Skeleton(
    /// How many lines.
    #[prop(default = 3)]
    lines: u8,
) -> impl IntoView {
    view! {
        <div class="ui-skeleton" role="status" aria-label=move || say::LOADING.get()>
            {(0..lines).map(|_| view! { <span class="ui-skeleton__line"></span> }).collect_view()}
        </div>
    }
    .into_any()
}
