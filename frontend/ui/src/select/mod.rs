//! One of a few: the browser's own drop-down, which is right on every phone and with every reader.

use leptos::prelude::*;

use crate::{
    bind::Bind,
    field::Wiring,
    icon::{Glyph, Icon},
    locale::Words,
};

/// Something that can be chosen: what is stored and what is read.
#[derive(Clone)]
pub struct Choice {
    /// Stored value.
    pub value: String,
    /// What the person reads.
    pub label: Words,
    /// One line more about it, where there is room (radio buttons, palette).
    pub hint: Words,
    /// Shown but cannot be chosen.
    pub disabled: bool,
}

impl Choice {
    /// A choice that can be chosen.
    pub fn new(value: impl Into<String>, label: impl Into<Words>) -> Self {
        Self { value: value.into(), label: label.into(), hint: Words::default(), disabled: false }
    }

    /// Adds a line about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Words>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Shown but not to be chosen.
    #[must_use]
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }
}

/// A drop-down. With a `placeholder` the empty value is offered first and means "nothing chosen".
#[component]
pub fn Select(
    /// Stored value of the chosen one.
    #[prop(into)]
    value: Bind<String>,
    /// What can be chosen.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// Name read aloud when there is no `Field` around.
    #[prop(optional, into)]
    label: Words,
    /// Words for "nothing chosen".
    #[prop(optional, into)]
    placeholder: Words,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let wiring = Wiring::find(label);
    let empty = (!matches!(placeholder, Words::Fixed(""))).then(|| {
        view! { <option value="" prop:selected=move || value.with(String::is_empty)>{placeholder}</option> }
    });
    let items = move || {
        options
            .get()
            .into_iter()
            .map(|choice| {
                let own = choice.value.clone();
                view! {
                    <option
                        value=choice.value
                        disabled=choice.disabled
                        prop:selected=move || value.with(|value| *value == own)
                    >
                        {choice.label}
                    </option>
                }
            })
            .collect_view()
    };
    view! {
        <div class="ui-input ui-select">
            <select
                class="ui-input__box ui-select__box"
                class:ui-select__box--empty=move || value.with(String::is_empty)
                id=wiring.id()
                aria-label=move || wiring.label()
                aria-describedby=move || wiring.described_by()
                aria-invalid=move || wiring.invalid()
                aria-required=move || wiring.required()
                disabled=move || disabled.get()
                on:change=move |event| value.set(event_target_value(&event))
            >
                {empty}
                {items}
            </select>
            <Icon glyph=Glyph::ChevronDown/>
        </div>
    }
    .into_any()
}
