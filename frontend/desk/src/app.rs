//! The desk's routes. Every one lives under `/desk`; all but signing in stand in the frame.

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{Lazy, path};
use parts::meta::Meta;
use parts::session::Session;
use ui::ToastHost;

use crate::frame::Frame;
use crate::pages::board::{BehindPage, BoardPage, BoardsPage};
use crate::pages::case::CasePage;
use crate::pages::cases::CasesPage;
use crate::pages::forms::FormsPage;
use crate::pages::gallery::GalleryPage;
use crate::pages::inbox::InboxPage;
use crate::pages::lost::LostPage;
use crate::pages::office::{SettingsPage, TradePage};
use crate::pages::setup::SetupPage;
use crate::pages::sign_in::SignInPage;
use crate::pages::station::StationPage;
use crate::pages::task::TaskPage;
use crate::pages::work::WorkPage;
use crate::routes::desk_routes;

/// The router of the table of addresses.
macro_rules! router {
    (alone { $($alone:tt => $alone_page:tt;)* } framed { $($path:tt => $page:tt;)* }) => {
        view! {
            <Router base="/desk">
                <Routes fallback=LostPage>
                    $(<Route path=path!($alone) view=$alone_page />)*
                    <ParentRoute path=path!("") view=Frame>
                        $(<Route path=path!($path) view=$page />)*
                        <Route path=path!("*any") view=LostPage />
                    </ParentRoute>
                </Routes>
            </Router>
        }
    };
}

/// The whole desk.
#[component]
pub(crate) fn App() -> impl IntoView {
    crate::gun::provide();
    Session::provide();
    Meta::provide();
    let pages = desk_routes!(router);
    view! {
        {pages}
        <ToastHost />
    }
}
