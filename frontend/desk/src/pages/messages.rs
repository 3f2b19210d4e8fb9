//! Messages: what left or waits and why, the channels they leave by, their texts, and what was caught instead.

use contract::message::{COUNT, MessageCounts, MessageSettings, SETTINGS};
use domain::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use parts::api;
use parts::fetch::Fetch;
use parts::session::use_session;
use ui::{Glyph, Notice, PageHeader, State, Tab, Tabs, Text, text};

use crate::nav::Place;

mod caught;
mod channel_form;
mod channels;
mod list;
mod one;
mod preview;
mod texts;
mod trial;
mod words;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/messages",
    label: text("消息", "Messages"),
    icon: Glyph::Bell,
    needs: &[Permission::SystemView, Permission::MasterEdit],
    group: None,
};

const LIST: Text = text("收发记录", "Sent and waiting");
const CHANNELS: Text = text("渠道", "Channels");
const TEXTS: Text = text("文案", "Texts");
const CAUGHT: Text = text("开发收件箱", "Caught");
const CATCHING: Text =
    text("开发模式：消息都被截住，没有任何一条真正发出", "Development: messages are caught, and none of them leaves");

/// The page.
pub(in crate::pages) fn page() -> AnyView {
    view! { <Messages/> }.into_any()
}

#[component]
fn Messages() -> impl IntoView {
    let session = use_session();
    let query = use_query_map();
    let asked = query.with_untracked(|query| query.get("tab")).unwrap_or_else(|| "list".to_owned());
    let shown = RwSignal::new(asked);
    let settings =
        Fetch::<MessageSettings>::new(|| api::read(&SETTINGS, &[])).follow(|heard| heard.touches("messages"));
    let counts = Fetch::<MessageCounts>::new(|| api::read(&COUNT, &[])).follow(|heard| heard.touches("messages"));
    let catching = Memo::new(move |_| settings.with(|all| all.is_some_and(|all| all.catching)));
    let (edits, writes) =
        (untrack(|| session.may(Permission::MasterEdit)), untrack(|| session.may(Permission::TemplateManage)));
    let tabs = Signal::derive(move || {
        let mut tabs = vec![Tab::new("list", LIST), Tab::new("channels", CHANNELS)];
        if writes {
            tabs.push(Tab::new("texts", TEXTS));
        }
        if edits && catching.get() {
            tabs.push(Tab::new("caught", CAUGHT));
        }
        tabs
    });
    let panel = move || match shown.get().as_str() {
        "channels" => view! { <channels::Channels settings/> }.into_any(),
        "texts" if writes => view! { <texts::Texts/> }.into_any(),
        "caught" if edits => view! { <caught::CaughtList/> }.into_any(),
        _ => view! { <list::List counts/> }.into_any(),
    };
    let note = move || catching.get().then(|| view! { <Notice state=State::Attention title=CATCHING/> });
    view! {
        <PageHeader title=PLACE.label/>
        {note}
        <Tabs value=shown tabs label=PLACE.label>{panel}</Tabs>
    }
}
