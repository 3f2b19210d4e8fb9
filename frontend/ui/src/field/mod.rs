//! A label, a hint and an error around any input. The input finds its id and state through context.

use leptos::{context::Provider, prelude::*};

use crate::{browser::next_id, locale::Words, locale::vocabulary as say};

/// What a `Field` tells the input inside it.
#[derive(Clone, Copy)]
pub struct FieldContext {
    id: StoredValue<String>,
    /// The label points at the one input of the field; the inputs of a group, and whatever comes second, have ids of their own.
    taken: StoredValue<bool>,
    error: Signal<Option<String>>,
    has_hint: bool,
    required: Signal<bool>,
}

impl FieldContext {
    /// The id the label points at.
    pub fn id(self) -> String {
        self.id.get_value()
    }

    /// Takes the label for an input, unless another one has it.
    fn take(self) -> bool {
        let is_first = self.taken.try_update_value(|taken| !std::mem::replace(taken, true)) == Some(true);
        if is_first {
            // What takes this input's place later is labelled just as well.
            on_cleanup(move || {
                self.taken.try_set_value(false);
            });
        }
        is_first
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
    own_id: Option<StoredValue<String>>,
    label: Words,
}

impl Wiring {
    /// Looks for a `Field` around; `label` names the input when there is none. The first input of a field is the one its
    /// label points at.
    pub(crate) fn find(label: Words) -> Self {
        let field = use_context::<FieldContext>();
        let is_first = field.is_some_and(FieldContext::take);
        let own_id = (field.is_some() && !is_first).then(|| StoredValue::new(next_id("input")));
        Self { field, own_id, label }
    }

    /// The same for what has no id of its own, such as a group of inputs.
    pub(crate) fn of_group(label: Words) -> Self {
        Self { field: use_context::<FieldContext>(), own_id: None, label }
    }

    pub(crate) fn id(self) -> Option<String> {
        self.own_id.map(|id| id.get_value()).or_else(|| self.field.map(FieldContext::id))
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
    let context =
        FieldContext { id: StoredValue::new(id.clone()), taken: StoredValue::new(group), error, has_hint, required };
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

#[cfg(test)]
mod tests {
    use super::*;

    fn field(group: bool) -> FieldContext {
        FieldContext {
            id: StoredValue::new("field-a".to_owned()),
            taken: StoredValue::new(group),
            error: Signal::stored(None),
            has_hint: false,
            required: Signal::stored(false),
        }
    }

    /// The ids of inputs inside a field, one after the other.
    fn ids(group: bool, inputs: usize) -> Vec<String> {
        let ids = || {
            provide_context(field(group));
            (0..inputs).filter_map(|_| Wiring::find(Words::default()).id()).collect()
        };
        Owner::new().with(ids)
    }

    #[test]
    fn no_two_inputs_have_one_id() {
        for group in [false, true] {
            let mut found = ids(group, 4);
            assert_eq!(found.iter().filter(|id| *id == "field-a").count(), usize::from(!group), "{found:?}");
            found.sort();
            found.dedup();
            assert_eq!(found.len(), 4, "{found:?}");
        }
    }

    #[test]
    fn an_input_in_the_place_of_another_is_labelled_as_it_was() {
        Owner::new().with(|| {
            provide_context(field(false));
            let own = || Wiring::find(Words::default()).id();
            let first = Owner::new();
            assert_eq!(first.with(own).as_deref(), Some("field-a"));
            first.cleanup();
            assert_eq!(own().as_deref(), Some("field-a"));
        });
    }
}
