//! Where one is in a short series of pages.

use leptos::prelude::*;

use crate::{
    icon::{Glyph, Icon},
    locale::Words,
};

/// Numbered steps; done ones can be gone back to.
#[component]
pub fn Steps(
    /// Names of the steps.
    steps: Vec<Words>,
    /// Index of the present one, from 0.
    #[prop(into)]
    current: Signal<usize>,
    /// Goes back to a done step.
    #[prop(optional, into)]
    on_go: Option<Callback<usize>>,
    /// What the steps lead to, read aloud.
    #[prop(into)]
    label: Words,
) -> impl IntoView {
    let step = move |(at, name): (usize, Words)| {
        let done = move || at < current.get();
        let mark = move || {
            if done() { view! { <Icon glyph=Glyph::Check/> }.into_any() } else { (at + 1).to_string().into_any() }
        };
        let inner = move || {
            let face = view! { <span class="ui-steps__mark">{mark}</span><span class="ui-steps__name">{name}</span> };
            match on_go.filter(|_| done()) {
                Some(on_go) => view! {
                    <button type="button" class="ui-steps__go" on:click=move |_| on_go.run(at)>{face}</button>
                }
                .into_any(),
                None => view! { <span class="ui-steps__go">{face}</span> }.into_any(),
            }
        };
        view! {
            <li
                class="ui-steps__step"
                class:is-done=done
                aria-current=move || (at == current.get()).then_some("step")
            >
                {inner}
            </li>
        }
    };
    view! {
        <nav class="ui-steps" aria-label=move || label.get()>
            <ol class="ui-steps__list">{steps.into_iter().enumerate().map(step).collect_view()}</ol>
        </nav>
    }
    .into_any()
}
