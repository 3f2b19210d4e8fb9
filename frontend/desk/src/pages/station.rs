//! The station: one screen for a shared machine with a gun and no mouse. Parcels are signed one after another, opened,
//! counted and inspected; what is done is kept in the browser until the server has heard it.

use contract::station::{HERE, StationHere};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::{LazyRoute, lazy_route};
use parts::api;
use parts::meta::use_meta;
use parts::queue::Queue;
use parts::session::{self, use_session};
use ui::{EmptyState, ErrorState, Glyph, Skeleton, Text, text};

use crate::nav::Place;
use domain::Permission;

mod bar;
mod bench;
mod enrol;
mod hand_over;
mod help;
mod job;
mod lock;
mod park;
mod photo;
mod plate;
mod post;
mod sign;
mod unsent;
mod weigh;

pub(crate) use hand_over::sheet;
use post::{Post, Stage};

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/station",
    label: text("工作站", "Station"),
    icon: Glyph::Box,
    needs: &[Permission::ParcelSign, Permission::ParcelReceive, Permission::Inspect, Permission::MasterEdit],
    group: None,
};

/// What a station tells the server of.
const ROUTES: &[&[contract::Route]] =
    &[contract::warehouse::ROUTES, contract::station::ROUTES, contract::filing::ROUTES, contract::exception::ROUTES];
const NO_SHELF: Text = text("这个浏览器不能保存扫描记录", "This browser keeps nothing");
const NO_SHELF_HINT: Text = text(
    "请退出无痕模式，或允许网站在本机保存数据，然后刷新",
    "Leave private browsing or allow sites to store data here, then reload",
);
const FAILED: Text = text("没有连上服务器", "The server cannot be reached");

/// The page.
pub(crate) struct StationPage;

#[lazy_route]
impl LazyRoute for StationPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <Station/> }.into_any()
    }
}

/// What this browser is, and who works here.
async fn enter(post: Post) -> Stage {
    if post.queue.open().await.is_err() {
        return Stage::NoShelf;
    }
    look(post).await
}

async fn look(post: Post) -> Stage {
    let here = match api::read::<StationHere>(&HERE, &[]).await {
        Ok(here) => here,
        Err(problem) => return Stage::Failed(problem.words()),
    };
    post.note_clock(here.now);
    let Some(station) = here.station else { return Stage::Enrol };
    post.station.try_set(Some(station));
    let Some(shift) = here.shift else { return Stage::Locked };
    if post.session.ask().await.is_err() || post.meta.ask().await.is_err() {
        return Stage::Locked;
    }
    post.begin(shift);
    Stage::Open
}

#[component]
fn Station() -> impl IntoView {
    let post = Post::new(use_session(), use_meta(), Queue::new(ROUTES));
    let start = move || {
        spawn_local(async move {
            let stage = enter(post).await;
            post.stage.try_set(stage);
        });
    };
    start();
    // The session may end while its operator works: the work stays on the screen, behind the lock.
    Effect::new(move |_| {
        if session::is_lost() && post.stage.with_untracked(|stage| *stage == Stage::Open) {
            post.stage.set(Stage::Locked);
        }
    });
    let retry = move |()| {
        post.stage.set(Stage::Waiting);
        start();
    };
    let door = move || match post.stage.get() {
        Stage::Waiting => view! { <div class="frame__waiting"><Skeleton lines=6/></div> }.into_any(),
        Stage::Failed(words) => view! { <ErrorState title=FAILED hint=words on_retry=retry/> }.into_any(),
        Stage::NoShelf => view! { <EmptyState title=NO_SHELF hint=NO_SHELF_HINT icon=Glyph::Alert/> }.into_any(),
        Stage::Enrol => enrol::enrol(post),
        Stage::Locked | Stage::Switch => lock::lock(post),
        Stage::Open => ().into_any(),
    };
    let person = Memo::new(move |_| post.shift.with(|shift| shift.as_ref().map(|shift| shift.operator.id)));
    let hidden = move || post.stage.with(|stage| *stage != Stage::Open);
    view! {
        <div class="station" data-test="station">
            <div class="station__work" class:is-hidden=hidden inert=hidden>
                <For each=move || person.get() key=|person| *person children=move |_| job::work(post)/>
            </div>
            {door}
        </div>
    }
}
