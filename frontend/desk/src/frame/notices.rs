//! Messages to oneself: a bell that counts, a drawer that lists.

use contract::Page;
use contract::inbox::{NOTICES, NoticeView, READ_NOTICES, ReadRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Key};
use parts::fetch::Pages;
use parts::said::said;
use ui::{Badge, Drawer, EmptyState, ErrorState, Glyph, IconButton, LoadMore, Skeleton, State, Text, TimeStamp, text};

use crate::go::case_address;

const TITLE: Text = text("消息", "Messages");
const EMPTY: Text = text("没有消息", "No messages");
const EMPTY_HINT: Text =
    text("规则和提醒发给您的消息会出现在这里", "What rules and reminders send to you appears here");

#[derive(serde::Serialize)]
struct From {
    after: Option<String>,
    limit: u32,
}

fn line(notice: NoticeView) -> impl IntoView {
    let words = said(&notice.text);
    let body = match (notice.task, notice.rma) {
        (Some(id), _) => view! { <a href=format!("/desk/tasks/{id}")>{words}</a> }.into_any(),
        (None, Some(id)) => view! { <a href=case_address(id)>{words}</a> }.into_any(),
        (None, None) => view! { <span>{words}</span> }.into_any(),
    };
    view! {
        <li class="notices__line" class:is-unread=!notice.read>
            <p>{body}</p>
            <p class="u-soft u-small"><TimeStamp at_ms=notice.at.ms()/></p>
        </li>
    }
}

#[component]
fn List(on_read: Callback<()>) -> impl IntoView {
    let pages = Pages::<NoticeView>::new(|after, limit| {
        api::read_with::<Page<NoticeView>, _>(&NOTICES, &[], &From { after, limit })
    })
    .follow(|heard| heard.touches_any("person:"));
    let items = pages.items();
    // What was shown counts as read.
    Effect::new(move |_| {
        let newest = items.with(|items| items.iter().find(|notice| !notice.read).map(|notice| notice.id));
        if let Some(upto) = newest {
            spawn_local(async move {
                if api::send::<(), _>(&READ_NOTICES, &[], &ReadRequest { upto }, Key::new()).await.is_ok() {
                    on_read.run(());
                }
            });
        }
    });
    let body = move || {
        let nothing = items.with(Vec::is_empty);
        match pages.error().get() {
            Some(words) if nothing => view! { <ErrorState hint=words on_retry=move |()| pages.reload()/> }.into_any(),
            _ if nothing && pages.busy().get() => view! { <Skeleton lines=5/> }.into_any(),
            _ if nothing => view! { <EmptyState title=EMPTY hint=EMPTY_HINT icon=Glyph::Bell/> }.into_any(),
            _ => view! { <ul class="notices">{items.get().into_iter().map(line).collect_view()}</ul> }.into_any(),
        }
    };
    let shown = Signal::derive(move || items.with(Vec::len) as i64);
    let more = move || {
        pages.has_more().get().then(|| {
            view! { <LoadMore shown more=pages.has_more() loading=pages.busy() on_more=move |()| pages.more()/> }
        })
    };
    view! {
        {body}
        {more}
    }
}

/// The bell.
#[component]
pub(super) fn Notices(
    /// How many are unread.
    unread: Signal<i64>,
    /// They were read.
    #[prop(into)]
    on_read: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <span class="frame__bell">
            <IconButton glyph=Glyph::Bell label=TITLE on_click=move |()| open.set(true) attr:data-test="notices"/>
            <Badge count=unread state=State::Waiting/>
        </span>
        <Drawer open title=TITLE>
            <List on_read/>
        </Drawer>
    }
}
