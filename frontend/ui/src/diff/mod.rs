//! What changed: field, old value, new value.

use leptos::prelude::*;

use crate::locale::{Words, vocabulary as say};

/// One changed field; a missing side means it was added or removed.
#[derive(Clone)]
pub struct Change {
    /// Name of the field.
    pub field: Words,
    /// What it was.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
}

impl Change {
    /// A field that went from `old` to `new`.
    pub fn new(field: impl Into<Words>, old: impl Into<Option<String>>, new: impl Into<Option<String>>) -> Self {
        Self { field: field.into(), old: old.into(), new: new.into() }
    }
}

/// Fields that changed, old struck through, new beside it.
#[component]
pub fn Diff(
    /// The changed fields.
    #[prop(into)]
    changes: Signal<Vec<Change>>,
) -> impl IntoView {
    let nothing = || view! { <span class="u-soft">{say::NONE}</span> };
    let line = move |change: Change| {
        let old = change
            .old
            .map_or_else(|| nothing().into_any(), |old| view! { <del class="ui-diff__old">{old}</del> }.into_any());
        let new = change
            .new
            .map_or_else(|| nothing().into_any(), |new| view! { <ins class="ui-diff__new">{new}</ins> }.into_any());
        view! {
            <div class="ui-diff__line">
                <dt class="ui-diff__field">{change.field}</dt>
                <dd class="ui-diff__values">
                    <span class="u-visually-hidden">{say::CHANGED_FROM}</span>
                    {old}
                    <span class="ui-diff__arrow" aria-hidden="true">"→"</span>
                    <span class="u-visually-hidden">{say::CHANGED_TO}</span>
                    {new}
                </dd>
            </div>
        }
    };
    view! { <dl class="ui-diff">{move || changes.get().into_iter().map(line).collect_view()}</dl> }.into_any()
}
