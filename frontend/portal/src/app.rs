//! The portal's frame: whose it is, the reader's language and appearance, the page.

use contract::portal::{START, StartView};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::said::said;
use ui::{
    EmptyState, ErrorState, Glyph, Icon, LangSwitch, LinkButton, Skeleton, Text, ThemeSwitch, ToastHost, clock, text,
};

use crate::address::{self, Page};
use crate::case::case_page;
use crate::find::FindPage;

const LOST: Text = text("没有这个页面", "No such page");
const LOST_HINT: Text =
    text("链接可能不完整，请重新打开，或从这里开始", "The link may be cut off; open it again, or start here");
const NO_SHOP: Text = text("暂时不能在线申请", "Requests cannot be made here yet");
const NO_SHOP_HINT: Text = text("请联系商家客服", "Please contact the shop");

fn lost() -> AnyView {
    let action = || view! { <LinkButton href="/portal">{text("从头开始", "Start")}</LinkButton> };
    view! { <EmptyState title=LOST hint=LOST_HINT icon=Glyph::Help action/> }.into_any()
}

fn page(start: StartView, page: RwSignal<Page>) -> AnyView {
    let shops = StoredValue::new(start.shops);
    let shown = move || match page.get() {
        Page::Lost => lost(),
        Page::Case { token, is_new } => {
            let shown = Suspend::new(async move { case_page(token, is_new).await });
            view! { {shown} }.into_any()
        }
        Page::Find { .. } if shops.with_value(Vec::is_empty) => {
            view! { <EmptyState title=NO_SHOP hint=NO_SHOP_HINT icon=Glyph::Lock/> }.into_any()
        }
        Page::Find { shop, order } => view! { <FindPage shops=shops.get_value() shop order page/> }.into_any(),
    };
    view! { {shown} }.into_any()
}

/// The whole portal.
#[component]
pub(crate) fn App() -> impl IntoView {
    let asked = RwSignal::new(address::page());
    // "Back" and "forward" of the browser.
    let moved = window_event_listener(leptos::ev::popstate, move |_| {
        let now = address::page();
        if asked.get_untracked() != now {
            asked.set(now);
        }
    });
    on_cleanup(move || moved.remove());
    let start = Fetch::<StartView>::new(|| async {
        let view: StartView = api::read(&START, &[]).await?;
        clock::set_server_now(view.now.ms());
        Ok(view)
    });
    let title =
        move || start.with(|start| start.map(|start| said(&start.title))).map(|title| view! { <span>{title}</span> });
    let body = move || match (start.get(), start.problem().get()) {
        (Some(view), _) => page(view, asked),
        (None, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| start.reload()/> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=6/> }.into_any(),
    };
    // A shop's own page that frames the portal has a head of its own.
    let head = (!address::is_framed()).then(|| {
        view! {
            <header class="portal__top">
                <a class="portal__brand" href="/portal">
                    <span class="portal__mark"><Icon glyph=Glyph::Swap/></span>
                    {title}
                </a>
                <span class="portal__tools"><LangSwitch/><ThemeSwitch/></span>
            </header>
        }
    });
    view! {
        {head}
        <main class="portal" id="content">{body}</main>
        <ToastHost/>
    }
}
