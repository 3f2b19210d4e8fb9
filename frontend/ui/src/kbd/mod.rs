//! A key on the keyboard.

use leptos::prelude::*;

/// A key cap: `<Kbd keys="⌘K"/>`.
#[component]
pub fn Kbd(
    /// What is printed on it.
    #[prop(into)]
    keys: Signal<String>,
) -> impl IntoView {
    view! { <kbd class="ui-kbd">{move || keys.get()}</kbd> }.into_any()
}
