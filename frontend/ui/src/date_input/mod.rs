//! A calendar day, with the browser's own picker.

use leptos::prelude::*;

use crate::{bind::Bind, field::Wiring, locale::Words};

/// A day as `YYYY-MM-DD`; empty while nothing is chosen.
#[component]
pub fn DateInput(
    /// The day.
    #[prop(into)]
    value: Bind<String>,
    /// First day accepted, `YYYY-MM-DD`.
    #[prop(optional, into)]
    min: Option<Signal<String>>,
    /// Last day accepted, `YYYY-MM-DD`.
    #[prop(optional, into)]
    max: Option<Signal<String>>,
    /// Asks for a time of day too; the value is then `YYYY-MM-DDTHH:MM`.
    #[prop(optional)]
    with_time: bool,
    /// Name read aloud when there is no `Field` around.
    #[prop(optional, into)]
    label: Words,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let wiring = Wiring::find(label);
    view! {
        <div class="ui-input">
            <input
                class="ui-input__box ui-date"
                type=if with_time { "datetime-local" } else { "date" }
                id=wiring.id()
                aria-label=move || wiring.label()
                aria-describedby=move || wiring.described_by()
                aria-invalid=move || wiring.invalid()
                aria-required=move || wiring.required()
                min=move || min.map(|min| min.get())
                max=move || max.map(|max| max.get())
                disabled=move || disabled.get()
                prop:value=move || value.get()
                on:change=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}
