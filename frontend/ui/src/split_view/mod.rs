//! A list and the thing chosen in it, side by side where there is room; and the bar of actions that never scrolls away.

use leptos::{children::ViewFn, prelude::*};

/// Two panes from 1200 px; below that the chosen thing covers the list.
#[component]
pub fn SplitView(
    /// Something is chosen: on a narrow screen the detail is shown instead of the list.
    #[prop(into)]
    chosen: Signal<bool>,
    /// The list.
    #[prop(into)]
    list: ViewFn,
    /// The chosen thing.
    #[prop(into)]
    detail: ViewFn,
) -> impl IntoView {
    view! {
        <div class="ui-split" class:is-chosen=move || chosen.get()>
            <div class="ui-split__list">{list.run()}</div>
            <div class="ui-split__detail">{detail.run()}</div>
        </div>
    }
    .into_any()
}

/// What can be done here, at the foot of the pane, always in sight. The primary action first.
#[component]
pub fn ActionBar(
    /// A line at the right: until when, why not.
    #[prop(optional, into)]
    note: ViewFn,
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="ui-action-bar">
            <div class="ui-action-bar__buttons">{children()}</div>
            <div class="ui-action-bar__note">{note.run()}</div>
        </div>
    }
    .into_any()
}
