//! A small count or mark beside a word.

use leptos::prelude::*;

use crate::{locale::integer, state_chip::State};

/// A count; above 999 it says `999+`. Shows nothing at zero.
#[component]
pub fn Badge(
    /// How many.
    #[prop(into)]
    count: Signal<i64>,
    /// What it means; default neutral grey.
    #[prop(optional)]
    state: State,
) -> impl IntoView {
    view! {
        {move || match count.get() {
            0 => None,
            count => Some(view! {
                <span class=format!("ui-badge {}", state.class())>
                    {if count > 999 { "999+".to_owned() } else { integer(count) }}
                </span>
            }),
        }}
    }
    .into_any()
}
