//! A label, a hint and an error around any input. The input finds its id and state through context.

use leptos::{context::Provider, prelude::*};

use crate::{browser::next_id, locale::Words, locale::vocabulary as say};

/// What a `Field` tells the input inside it.
#[derive(Clone, Copy)]
pub struct FieldContext {
    id: StoredValue<String>,
    error: Signal<Option<String>>,
    has_hint: bool,
    required: Signal<bool>,
}

impl FieldContext {
    /// The id the label points at.
    pub fn id(self) -> String {
        self.id.get_value()
    }

    /// Whether the field shows an error now.
    pub fn invalid(self) -> bool {
        self.error.with(Option::is_some)
    }

    /// Whether the field must be filled in.
    pub fn required(self) -> bool {
        self.required.get()
    }

    /// Ids of hint and error, for `aria-describedby`.
    pub fn described_by(self) -> Option<String> {
        let id = self.id();
        let parts = [self.invalid().then(|| format!("{id}-error")), self.has_hint.then(|| format!("{id}-hint"))]
            .map(Option::into_iter);
        let ids: Vec<String> = parts.into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// The attributes every input sets, from the `Field` around it or from its own `label`.
#[derive(Clone, Copy)]
pub(crate) struct Wiring {
    field: Option<FieldContext>,
    label: Words,
}

impl Wiring {
    /// Looks for a `Field` around; `label` names the input when there is none.
    pub(crate) fn find(label: Words) -> Self {
        Self { field: use_context::<FieldContext>(), label }
    }

    pub(crate) fn id(self) -> Option<String> {
        self.field.map(FieldContext::id)
    }

    pub(crate) fn label(self) -> Option<String> {
        Some(self.label.get().into_owned()).filter(|label| !label.is_empty())
    }

    pub(crate) fn labelled_by(self) -> Option<String> {
        self.field.map(|field| format!("{}-label", field.id()))
    }

    pub(crate) fn described_by(self) -> Option<String> {
        self.field.and_then(FieldContext::described_by)
    }

    pub(crate) fn invalid(self) -> Option<&'static str> {
        self.field.is_some_and(FieldContext::invalid).then_some("true")
    }

    pub(crate) fn required(self) -> Option<&'static str> {
        self.field.is_some_and(FieldContext::required).then_some("true")
    }
}

/// A label with its input, a hint below and the error beside it.
#[component]
pub fn Field(
    /// Name of the field.
    #[prop(into)]
    label: Words,
    /// How to fill it in, shown below.
    #[prop(optional, into)]
    hint: Words,
    /// What is wrong; replaces nothing, stands under the input.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Must be filled in: a mark before the label.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// Several inputs under one label (radio buttons, check boxes): a group instead of a `label`.
    #[prop(optional)]
    group: bool,
    /// The input.
    children: Children,
) -> impl IntoView {
    let id = next_id("field");
    let has_hint = !matches!(hint, Words::Fixed(""));
    let context = FieldContext { id: StoredValue::new(id.clone()), error, has_hint, required };
    let mark = move || {
        required.get().then(|| {
            view! {
                <span class="ui-field__mark" aria-hidden="true">"*"</span>
                <span class="u-visually-hidden">{say::REQUIRED}</span>
            }
        })
    };
    let label_id = format!("{id}-label");
    let name = if group {
        view! { <span class="ui-field__label" id=label_id.clone()>{mark}{label}</span> }.into_any()
    } else {
        view! { <label class="ui-field__label" id=label_id.clone() for=id.clone()>{mark}{label}</label> }.into_any()
    };
    let (error_id, hint_id) = (format!("{id}-error"), format!("{id}-hint"));
    view! {
        <div
            class="ui-field"
            class:ui-field--bad=move || context.invalid()
            role=group.then_some("group")
            aria-labelledby=group.then_some(label_id)
        >
            {name}
            <Provider value=context>{children()}</Provider>
            <div class="ui-field__error" id=error_id role="alert">
                {move || error.get()}
            </div>
            {has_hint.then(|| view! { <div class="ui-field__hint" id=hint_id>{hint}</div> })}
        </div>
    }
    .into_any()
}
