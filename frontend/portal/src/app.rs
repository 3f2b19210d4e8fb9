//! The portal's frame and its routes: the root and everything under `/portal`.

use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

/// The whole portal.
#[component]
pub(crate) fn App() -> impl IntoView {
    view! {
        <Router>
            <main>
                <Routes fallback=LostPage>
                    <Route path=path!("/") view=HomePage />
                    <Route path=path!("/portal") view=HomePage />
                </Routes>
            </main>
        </Router>
    }
}

/// Where a customer starts.
#[component]
fn HomePage() -> impl IntoView {
    view! { <h1>"申请退换货 · Return or exchange"</h1> }
}

/// What a wrong address shows.
#[component]
fn LostPage() -> impl IntoView {
    view! { <h1>"没有这个页面 · No such page"</h1> }
}
