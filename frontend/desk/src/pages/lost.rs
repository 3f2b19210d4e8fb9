//! What a wrong address shows.

use leptos::prelude::*;
use leptos_router::components::A;

/// Says that the page does not exist and leads back.
#[component]
pub(crate) fn LostPage() -> impl IntoView {
    view! {
        <h1>"没有这个页面 · No such page"</h1>
        <p><A href="/desk">"回到工作台 · Back to the desk"</A></p>
    }
}
