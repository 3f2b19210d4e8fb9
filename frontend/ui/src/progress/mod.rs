//! How far something is, in counted things.

use leptos::prelude::*;

use crate::locale::{Words, integer, percent};

/// A bar with its numbers. Without a known end it only says that something goes on.
#[component]
pub fn Progress(
    /// What goes on.
    #[prop(into)]
    label: Words,
    /// How much is done.
    #[prop(into)]
    done: Signal<i64>,
    /// How much there is; `None` while unknown.
    #[prop(into)]
    total: Signal<Option<i64>>,
    /// What is counted, and what else there is to say: "rows · 2 min left".
    #[prop(optional, into)]
    note: Words,
) -> impl IntoView {
    let known = move || total.get().filter(|total| *total > 0);
    let share = move || known().map(|total| percent((i128::from(done.get()) * 1000 / i128::from(total)) as i64));
    let numbers = move || match known() {
        Some(total) => format!("{} / {}", integer(done.get()), integer(total)),
        None => integer(done.get()),
    };
    view! {
        <div class="ui-progress">
            <div class="ui-progress__line">
                <span>{label}</span>
                <span class="ui-progress__share">{share}</span>
            </div>
            <progress
                class="ui-progress__bar"
                aria-label=move || label.get()
                max=move || known().map(|total| total.to_string())
                value=move || known().map(|total| done.get().clamp(0, total).to_string())
            ></progress>
            <div class="ui-progress__note">
                <span>{numbers}</span>
                <span>{note}</span>
            </div>
        </div>
    }
    .into_any()
}
