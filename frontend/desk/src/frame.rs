//! The frame around every page: who is signed in, the navigation, search, messages, the person's own things.

use contract::gun::{GunSettings, SETTINGS as GUN_SETTINGS};
use contract::inbox::{COUNT, InboxCount};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;
use parts::api::{self, Problem};
use parts::fetch::Fetch;
use parts::live;
use parts::meta::{Meta, use_meta};
use parts::session::{Session, use_session};
use ui::{ErrorState, Glyph, Icon, LangSwitch, Shell, Skeleton, Text, ThemeSwitch, text};

use crate::go::{Go, use_go};
use crate::nav;

mod closed;
mod notices;
mod own_language;
mod password;
mod pin;
mod search;
pub(crate) mod sessions;
mod sign_in_again;
mod user_menu;

use closed::ClosedPage;
use notices::Notices;
use search::Search;
use sign_in_again::SignInAgain;
use user_menu::UserMenu;

const BRAND: Text = text("退换台", "ReturnDesk");

/// How far the frame is.
#[derive(Clone, PartialEq)]
enum Entry {
    /// Asking who is signed in.
    Waiting,
    /// All is there.
    Open,
    /// The server did not answer.
    Failed(Problem),
}

async fn enter(session: Session, meta: Meta) -> Result<(), Problem> {
    if !untrack(|| session.is_open()) {
        session.ask().await?;
    }
    meta.ask().await
}

fn begin(session: Session, meta: Meta, entry: RwSignal<Entry>, go: Go, here: String) {
    spawn_local(async move {
        match enter(session, meta).await {
            Ok(()) => {
                entry.try_set(Entry::Open);
            }
            Err(problem) if problem.status == 401 => {
                session.end();
                let next = api::query(&std::collections::BTreeMap::from([("next", here)]));
                go.replace(&format!("/desk/sign-in{next}"));
            }
            Err(problem) => {
                entry.try_set(Entry::Failed(problem));
            }
        }
    });
}

/// The frame with the page inside.
#[component]
pub(crate) fn Frame() -> impl IntoView {
    let (session, meta, go) = (use_session(), use_meta(), use_go());
    let location = use_location();
    let entry = RwSignal::new(Entry::Waiting);
    let here = move || format!("{}{}", location.pathname.get_untracked(), asked(&location.search.get_untracked()));
    begin(session, meta, entry, go, here());
    on_cleanup(live::stop);
    let retry = Callback::new(move |()| {
        entry.set(Entry::Waiting);
        begin(session, meta, entry, go, here());
    });
    move || match entry.get() {
        Entry::Waiting => view! { <div class="frame__waiting"><Skeleton lines=6/></div> }.into_any(),
        Entry::Failed(problem) => view! { <ErrorState hint=problem.words() on_retry=retry/> }.into_any(),
        Entry::Open => open(session, location.pathname.into()),
    }
}

fn asked(search: &str) -> String {
    if search.is_empty() { String::new() } else { format!("?{}", search.trim_start_matches('?')) }
}

fn brand() -> AnyView {
    view! { <span class="frame__mark"><Icon glyph=Glyph::Swap/></span><span>{BRAND}</span> }.into_any()
}

/// Guns are told from typing as it is set here, also when somebody sets it anew.
fn keep_guns_set() {
    let set = Fetch::<GunSettings>::new(|| api::read(&GUN_SETTINGS, &[])).follow(|heard| heard.touches("master:guns"));
    Effect::new(move |_| {
        if let Some(set) = set.get() {
            crate::gun::set(&set);
        }
    });
}

fn open(session: Session, path: Signal<String>) -> AnyView {
    own_language::keep(session);
    keep_guns_set();
    let count = Fetch::<InboxCount>::new(|| api::read(&COUNT, &[]))
        .follow(|heard| heard.touches_any("queue:") || heard.touches_any("person:"));
    let waiting = Signal::derive(move || count.with(|count| count.map_or(0, |count| i64::from(count.open))));
    let unread = Signal::derive(move || count.with(|count| count.map_or(0, |count| i64::from(count.unread))));
    let items = Signal::derive(move || nav::items(session, waiting));
    // Known before the page asks for anything: nobody is shown a frame with nothing in it.
    let is_open = Memo::new(move |_| path.with(|path| nav::is_open(path, |some| session.may_one_of(some))));
    let page = move || {
        if is_open.get() { view! { <Outlet/> }.into_any() } else { view! { <ClosedPage/> }.into_any() }
    };
    let tools = move || {
        view! {
            <Notices unread on_read=move |()| count.reload()/>
            <LangSwitch/>
            <ThemeSwitch/>
            <UserMenu/>
        }
    };
    view! {
        <Shell brand nav=items path search=|| view! { <Search/> } tools>
            {page}
        </Shell>
        <SignInAgain/>
    }
    .into_any()
}
