//! A handful of views of the same thing, one pressed.

use leptos::prelude::*;

use crate::{bind::Bind, browser::next_id, locale::Words, select::Choice};

/// Radio buttons that look like one bar; for two to five short words.
#[component]
pub fn Segmented(
    /// Stored value of the chosen one.
    #[prop(into)]
    value: Bind<String>,
    /// What can be chosen.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// Name read aloud.
    #[prop(into)]
    label: Words,
) -> impl IntoView {
    let name = next_id("segmented");
    let items = move || {
        options
            .get()
            .into_iter()
            .map(|choice| {
                let (own, chosen) = (choice.value.clone(), choice.value);
                view! {
                    <label class="ui-segmented__part">
                        <input
                            class="ui-segmented__radio"
                            type="radio"
                            name=name.clone()
                            disabled=choice.disabled
                            prop:checked=move || value.with(|value| *value == own)
                            on:change=move |_| value.set(chosen.clone())
                        />
                        <span class="ui-segmented__words">{choice.label}</span>
                    </label>
                }
            })
            .collect_view()
    };
    view! { <div class="ui-segmented" role="radiogroup" aria-label=move || label.get()>{items}</div> }.into_any()
}
