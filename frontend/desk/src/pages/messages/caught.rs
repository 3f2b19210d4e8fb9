//! What would have gone out where messages are caught, exactly as it would have left.

use contract::Page;
use contract::message::{CAUGHT, CaughtView};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Pages;
use parts::said::said;
use ui::{Card, EmptyState, ErrorState, Glyph, LoadMore, Skeleton, TimeStamp, text};

#[derive(serde::Serialize)]
struct From {
    after: Option<String>,
    limit: u32,
}

fn card(one: CaughtView) -> AnyView {
    let title = said(&one.kind.title());
    if one.raw.is_empty() {
        let hidden = text("内容属于您看不到的单据", "The content belongs to a case that your role does not see");
        return view! {
            <Card>
                <article class="u-stack-8" data-test="caught" data-kind=one.kind.as_str()>
                    <p class="u-row"><b>{title}</b> <TimeStamp at_ms=one.at.ms()/></p>
                    <p class="u-soft">{hidden}</p>
                </article>
            </Card>
        }
        .into_any();
    }
    view! {
        <Card>
            <article class="u-stack-8" data-test="caught" data-kind=one.kind.as_str()>
                <p class="u-row"><b>{title}</b> <span>{one.receiver}</span> <TimeStamp at_ms=one.at.ms()/></p>
                <p class="u-strong">{one.subject}</p>
                <p>{one.text}</p>
                <details>
                    <summary>{text("原样（密钥已隐去）", "As it would have left (secrets taken out)")}</summary>
                    <pre class="messages__raw" tabindex="0">{one.raw}</pre>
                </details>
            </article>
        </Card>
    }
    .into_any()
}

/// The list.
#[component]
pub(super) fn CaughtList() -> impl IntoView {
    let pages = Pages::<CaughtView>::new(|after, limit| {
        api::read_with::<Page<CaughtView>, _>(&CAUGHT, &[], &From { after, limit })
    })
    .follow(|heard| heard.touches("messages"));
    let items = pages.items();
    let body = move || {
        let nothing = items.with(Vec::is_empty);
        match pages.error().get() {
            Some(words) if nothing => view! { <ErrorState hint=words on_retry=move |()| pages.reload()/> }.into_any(),
            _ if nothing && pages.busy().get() => view! { <Skeleton lines=5/> }.into_any(),
            _ if nothing => {
                let hint = text("规则发出的消息会停在这里", "What rules send stops here");
                view! { <EmptyState title=text("还没有截住消息", "Nothing caught yet") hint icon=Glyph::Inbox/> }
                    .into_any()
            }
            _ => view! { <div class="u-stack">{items.get().into_iter().map(card).collect_view()}</div> }.into_any(),
        }
    };
    let shown = Signal::derive(move || items.with(Vec::len) as i64);
    let more = move || {
        pages.has_more().get().then(|| {
            view! { <LoadMore shown more=pages.has_more() loading=pages.busy() on_more=move |()| pages.more()/> }
        })
    };
    view! { {body} {more} }
}
