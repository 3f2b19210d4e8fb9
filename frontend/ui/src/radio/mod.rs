//! One or several of a few, all in sight: `RadioGroup` and `CheckGroup`.

use leptos::prelude::*;

use crate::{bind::Bind, browser::next_id, checkbox::Checkbox, field::Wiring, locale::Words, select::Choice};

/// One of a few, all in sight. Put it in a `Field` with `group=true`, or give it a `label`.
#[component]
pub fn RadioGroup(
    /// Stored value of the chosen one.
    #[prop(into)]
    value: Bind<String>,
    /// What can be chosen.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// Name read aloud when there is no `Field` around.
    #[prop(optional, into)]
    label: Words,
    /// Beside each other instead of below.
    #[prop(optional)]
    inline: bool,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let wiring = Wiring::of_group(label);
    let name = next_id("radio");
    let items = move || {
        options
            .get()
            .into_iter()
            .map(|choice| {
                let Choice { value: own, label, hint, disabled: never } = choice;
                let (is_own, chosen) = (own.clone(), own);
                view! {
                    <label class="ui-check">
                        <input
                            class="ui-check__box"
                            type="radio"
                            name=name.clone()
                            disabled=move || never || disabled.get()
                            aria-invalid=move || wiring.invalid()
                            prop:checked=move || value.with(|value| *value == is_own)
                            on:change=move |_| value.set(chosen.clone())
                        />
                        <span class="ui-check__words">
                            {label}
                            {(!matches!(hint, Words::Fixed(""))).then(|| view! { <span class="ui-check__hint">{hint}</span> })}
                        </span>
                    </label>
                }
            })
            .collect_view()
    };
    view! {
        <div
            class="ui-choices"
            class:ui-choices--inline=inline
            role="radiogroup"
            aria-label=move || wiring.label()
            aria-labelledby=wiring.labelled_by()
            aria-describedby=move || wiring.described_by()
            aria-required=move || wiring.required()
        >
            {items}
        </div>
    }
    .into_any()
}

/// Any of a few, all in sight.
#[component]
pub fn CheckGroup(
    /// Stored values of the chosen ones, in the order of the options.
    #[prop(into)]
    value: Bind<Vec<String>>,
    /// What can be chosen.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// Beside each other instead of below.
    #[prop(optional)]
    inline: bool,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let items = move || {
        options
            .get()
            .into_iter()
            .map(|choice| {
                let own = StoredValue::new(choice.value);
                let is_on = move || own.with_value(|own| value.with(|value| value.contains(own)));
                let set = move |on: bool| {
                    let mut chosen = value.get_untracked();
                    chosen.retain(|other| own.with_value(|own| other != own));
                    if on {
                        chosen.push(own.get_value());
                    }
                    let order = options.get_untracked();
                    chosen.sort_by_key(|value| order.iter().position(|choice| choice.value == *value));
                    value.set(chosen);
                };
                let never = choice.disabled;
                view! {
                    <Checkbox
                        checked=Bind::new(is_on, set)
                        label=choice.label
                        hint=choice.hint
                        disabled=Signal::derive(move || never || disabled.get())
                    />
                }
            })
            .collect_view()
    };
    view! { <div class="ui-choices" class:ui-choices--inline=inline>{items}</div> }.into_any()
}
