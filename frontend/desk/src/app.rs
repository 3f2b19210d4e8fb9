//! The desk's frame and its routes. Every route lives under `/desk`.

use leptos::prelude::*;
use leptos_router::components::{A, Route, Router, Routes};
use leptos_router::{Lazy, path};

use crate::pages::{boards::BoardsPage, gallery::GalleryPage, home::HomePage, lost::LostPage};

/// The whole desk.
#[component]
pub(crate) fn App() -> impl IntoView {
    view! {
        <Router base="/desk">
            <nav aria-label="ReturnDesk">
                <A href="/desk">"工作台 · Desk"</A>
                <A href="/desk/boards">"看板 · Boards"</A>
                <A href="/desk/gallery">"组件 · Gallery"</A>
            </nav>
            <main>
                <Routes fallback=LostPage>
                    <Route path=path!("") view=HomePage />
                    <Route path=path!("boards") view={Lazy::<BoardsPage>::new()} />
                    <Route path=path!("gallery") view={Lazy::<GalleryPage>::new()} />
                </Routes>
            </main>
        </Router>
    }
}
