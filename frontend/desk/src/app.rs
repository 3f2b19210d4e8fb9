//! The desk's routes. Every one lives under `/desk`; all but signing in stand in the frame.

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{Lazy, path};
use parts::meta::Meta;
use parts::session::Session;
use ui::ToastHost;

use crate::frame::Frame;
use crate::pages::board::{BoardPage, BoardsPage};
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
use crate::pages::work::WorkPage;

/// The whole desk.
#[component]
pub(crate) fn App() -> impl IntoView {
    crate::gun::provide();
    Session::provide();
    Meta::provide();
    view! {
        <Router base="/desk">
            <Routes fallback=LostPage>
                <Route path=path!("sign-in") view=SignInPage />
                <Route path=path!("setup") view=SetupPage />
                <Route path=path!("station") view={Lazy::<StationPage>::new()} />
                <ParentRoute path=path!("") view=Frame>
                    <Route path=path!("") view=InboxPage />
                    <Route path=path!("rmas") view={Lazy::<CasesPage>::new()} />
                    <Route path=path!("rmas/:id") view=CasePage />
                    <Route path=path!("file") view={Lazy::<FormsPage>::new()} />
                    <Route path=path!("receiving") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("receiving/:id") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("receiving/cases/:id") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("inspecting") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("inspecting/:id") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("exceptions") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("settling") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("settling/:id") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("books") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("outbound") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("outbound/:id") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("outbound/cases/:id") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("daily-files") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("records/:form?/:id?") view={Lazy::<FormsPage>::new()} />
                    <Route path=path!("boards") view={Lazy::<BoardsPage>::new()} />
                    <Route path=path!("boards/:id") view={Lazy::<BoardPage>::new()} />
                    <Route path=path!("orders") view={Lazy::<TradePage>::new()} />
                    <Route path=path!("orders/:id") view={Lazy::<TradePage>::new()} />
                    <Route path=path!("platform-cases") view={Lazy::<TradePage>::new()} />
                    <Route path=path!("imports") view={Lazy::<SettingsPage>::new()} />
                    <Route path=path!("imports/:id") view={Lazy::<SettingsPage>::new()} />
                    <Route path=path!("template") view={Lazy::<SettingsPage>::new()} />
                    <Route path=path!("persons") view={Lazy::<SettingsPage>::new()} />
                    <Route path=path!("backups") view={Lazy::<SettingsPage>::new()} />
                    <Route path=path!("tokens") view={Lazy::<SettingsPage>::new()} />
                    <Route path=path!("customers") view={Lazy::<TradePage>::new()} />
                    <Route path=path!("master") view={Lazy::<SettingsPage>::new()} />
                    <Route path=path!("master/:list") view={Lazy::<SettingsPage>::new()} />
                    <Route path=path!("gallery") view={Lazy::<GalleryPage>::new()} />
                    <Route path=path!("*any") view=LostPage />
                </ParentRoute>
            </Routes>
        </Router>
        <ToastHost />
    }
}
