//! What the desk opens with.

use leptos::prelude::*;

/// The desk's first page.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    view! {
        <h1>"退换货工作台"</h1>
        <p>"ReturnDesk"</p>
    }
}
