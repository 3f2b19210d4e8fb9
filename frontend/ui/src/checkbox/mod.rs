//! Yes or no, beside its words; and `Switch`, for settings that take effect at once.

use leptos::prelude::*;

use crate::{bind::Bind, field::Wiring, locale::Words};

/// A check box with its words as the target.
#[component]
pub fn Checkbox(
    /// Whether it is ticked.
    #[prop(into)]
    checked: Bind<bool>,
    /// The words beside it.
    #[prop(into)]
    label: Words,
    /// One line more, below the words.
    #[prop(optional, into)]
    hint: Words,
    /// Some but not all of what it stands for.
    #[prop(optional, into)]
    mixed: Signal<bool>,
    /// Keeps the words for screen readers only (a column of boxes).
    #[prop(optional)]
    bare: bool,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let wiring = Wiring::find(Words::default());
    let has_hint = !matches!(hint, Words::Fixed(""));
    view! {
        <label class="ui-check" class:ui-check--bare=bare>
            <input
                class="ui-check__box"
                type="checkbox"
                id=wiring.id()
                aria-describedby=move || wiring.described_by()
                aria-invalid=move || wiring.invalid()
                disabled=move || disabled.get()
                prop:checked=move || checked.get()
                prop:indeterminate=move || mixed.get()
                on:change=move |event| checked.set(event_target_checked(&event))
            />
            <span class="ui-check__words" class:u-visually-hidden=bare>
                {label}
                {has_hint.then(|| view! { <span class="ui-check__hint">{hint}</span> })}
            </span>
        </label>
    }
    .into_any()
}

/// An on/off switch: the effect is immediate, nothing is submitted.
#[component]
pub fn Switch(
    /// Whether it is on.
    #[prop(into)]
    on: Bind<bool>,
    /// The words beside it.
    #[prop(into)]
    label: Words,
    /// One line more, below the words.
    #[prop(optional, into)]
    hint: Words,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let has_hint = !matches!(hint, Words::Fixed(""));
    view! {
        <label class="ui-check">
            <input
                class="ui-switch"
                type="checkbox"
                role="switch"
                disabled=move || disabled.get()
                prop:checked=move || on.get()
                on:change=move |event| on.set(event_target_checked(&event))
            />
            <span class="ui-check__words">
                {label}
                {has_hint.then(|| view! { <span class="ui-check__hint">{hint}</span> })}
            </span>
        </label>
    }
    .into_any()
}
