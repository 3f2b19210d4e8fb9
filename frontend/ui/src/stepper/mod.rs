//! A small count between a minus and a plus.

use leptos::prelude::*;

use crate::{
    bind::Bind,
    field::Wiring,
    icon::{Glyph, Icon},
    locale::{Words, vocabulary as say},
};

/// `− n +`, between a smallest and a largest count.
#[component]
pub fn QuantityStepper(
    /// The count.
    #[prop(into)]
    value: Bind<i64>,
    /// Smallest; default 0.
    #[prop(optional, into)]
    min: Signal<i64>,
    /// Largest.
    #[prop(into)]
    max: Signal<i64>,
    /// What is counted, read aloud when there is no `Field` around; default "quantity".
    #[prop(optional, into)]
    label: Option<Words>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let label = label.unwrap_or_else(|| say::QUANTITY.into());
    let wiring = Wiring::find(label);
    let clamp = move |count: i64| count.min(max.get_untracked()).max(min.get_untracked());
    let by = move |change: i64| value.set(clamp(value.get_untracked().saturating_add(change)));
    // A typed count outside the limits is put right when the keyboard leaves; the box then shows what counts.
    let take = move |event: leptos::ev::Event| {
        let typed = crate::locale::parse_amount(&event_target_value(&event), 0).ok().flatten();
        let next = typed.map_or_else(|| value.get_untracked(), clamp);
        value.set(next);
        if let Some(target) = event.target() {
            let input: web_sys::HtmlInputElement = web_sys::wasm_bindgen::JsCast::unchecked_into(target);
            input.set_value(&next.to_string());
        }
    };
    let at_least = move || disabled.get() || value.get() <= min.get();
    let at_most = move || disabled.get() || value.get() >= max.get();
    let keys = move |event: leptos::ev::KeyboardEvent| {
        match event.key().as_str() {
            "ArrowUp" => by(1),
            "ArrowDown" => by(-1),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="ui-stepper" role="group" aria-label=move || label.get()>
            <button
                type="button"
                class="ui-stepper__side"
                aria-label=move || say::DECREASE.get()
                disabled=at_least
                on:click=move |_| by(-1)
            >
                <Icon glyph=Glyph::Minus/>
            </button>
            <input
                class="ui-stepper__count"
                type="text"
                inputmode="numeric"
                role="spinbutton"
                autocomplete="off"
                id=wiring.id()
                aria-label=move || label.get()
                aria-describedby=move || wiring.described_by()
                aria-invalid=move || wiring.invalid()
                aria-valuenow=move || value.get().to_string()
                aria-valuemin=move || min.get().to_string()
                aria-valuemax=move || max.get().to_string()
                disabled=move || disabled.get()
                prop:value=move || value.get().to_string()
                on:change=take
                on:keydown=keys
                on:focus=move |event| {
                    if let Some(target) = event.target() {
                        let input: web_sys::HtmlInputElement = web_sys::wasm_bindgen::JsCast::unchecked_into(target);
                        input.select();
                    }
                }
            />
            <button
                type="button"
                class="ui-stepper__side"
                aria-label=move || say::INCREASE.get()
                disabled=at_most
                on:click=move |_| by(1)
            >
                <Icon glyph=Glyph::Plus/>
            </button>
        </div>
    }
    .into_any()
}
