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
use crate::pages::customers::CustomersPage;
use crate::pages::file::FilePage;
use crate::pages::gallery::GalleryPage;
use crate::pages::imports::ImportsPage;
use crate::pages::inbox::InboxPage;
use crate::pages::lost::LostPage;
use crate::pages::master::MasterPage;
use crate::pages::orders::{OrderPage, OrdersPage};
use crate::pages::persons::PersonsPage;
use crate::pages::persons::tokens::TokensPage;
use crate::pages::platform_cases::PlatformCasesPage;
use crate::pages::setup::SetupPage;
use crate::pages::sign_in::SignInPage;
use crate::pages::template::TemplatePage;
use crate::pages::work::WorkPage;

/// The whole desk.
#[component]
pub(crate) fn App() -> impl IntoView {
    Session::provide();
    Meta::provide();
    view! {
        <Router base="/desk">
            <Routes fallback=LostPage>
                <Route path=path!("sign-in") view=SignInPage />
                <Route path=path!("setup") view=SetupPage />
                <ParentRoute path=path!("") view=Frame>
                    <Route path=path!("") view=InboxPage />
                    <Route path=path!("rmas") view={Lazy::<CasesPage>::new()} />
                    <Route path=path!("rmas/:id") view=CasePage />
                    <Route path=path!("file") view={Lazy::<FilePage>::new()} />
                    <Route path=path!("receiving") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("receiving/:id") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("receiving/cases/:id") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("inspecting") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("inspecting/:id") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("settling") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("settling/:id") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("outbound") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("outbound/:id") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("outbound/cases/:id") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("daily-files") view={Lazy::<WorkPage>::new()} />
                    <Route path=path!("boards") view={Lazy::<BoardsPage>::new()} />
                    <Route path=path!("boards/:id") view={Lazy::<BoardPage>::new()} />
                    <Route path=path!("orders") view={Lazy::<OrdersPage>::new()} />
                    <Route path=path!("orders/:id") view={Lazy::<OrderPage>::new()} />
                    <Route path=path!("platform-cases") view={Lazy::<PlatformCasesPage>::new()} />
                    <Route path=path!("imports") view={Lazy::<ImportsPage>::new()} />
                    <Route path=path!("imports/:id") view={Lazy::<ImportsPage>::new()} />
                    <Route path=path!("template") view={Lazy::<TemplatePage>::new()} />
                    <Route path=path!("persons") view={Lazy::<PersonsPage>::new()} />
                    <Route path=path!("tokens") view={Lazy::<TokensPage>::new()} />
                    <Route path=path!("customers") view={Lazy::<CustomersPage>::new()} />
                    <Route path=path!("master") view={Lazy::<MasterPage>::new()} />
                    <Route path=path!("master/:list") view={Lazy::<MasterPage>::new()} />
                    <Route path=path!("gallery") view={Lazy::<GalleryPage>::new()} />
                    <Route path=path!("*any") view=LostPage />
                </ParentRoute>
            </Routes>
        </Router>
        <ToastHost />
    }
}
