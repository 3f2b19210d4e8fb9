//! What customer and shop wrote to each other, and writing more while the case is open.

use contract::portal::{PortalCaseView, PortalMessage, PortalMessageRequest, SAY};
use leptos::prelude::*;
use parts::api;
use parts::attach::{AttachDrop, Attached};
use parts::submit::Submit;
use ui::{Button, Card, Field, Glyph, Icon, Notice, State, Text, TextArea, TimeStamp, say, text, toast};

use super::Case;
use crate::uploads::uploader;

const TITLE: Text = text("给商家留言", "Messages");
const HINT: Text = text(
    "补充说明、照片，或有任何问题，都可以写在这里，商家会在此回复。",
    "Add words or photos, or ask anything; the shop answers here.",
);
const OVER: Text = text("申请已结束，不能再留言。", "The request is over; nothing can be added.");

fn message(message: PortalMessage) -> impl IntoView {
    let who = if message.from_customer { text("您", "You") } else { text("商家", "The shop") };
    let count = message.files;
    let files = (count > 0).then(|| {
        let words = move || say!("附 {count} 个文件", "{count} files attached");
        view! { <p class="messages__files u-soft u-small"><Icon glyph=Glyph::Image/><span>{words}</span></p> }
    });
    let body = (!message.body.is_empty()).then(|| view! { <p class="messages__body">{message.body}</p> });
    view! {
        <li class="messages__line" class:is-own=message.from_customer>
            <p class="u-soft u-small">{who} " · " <TimeStamp at_ms=message.at.ms()/></p>
            {body}
            {files}
        </li>
    }
}

fn write(case: Case) -> AnyView {
    let words = RwSignal::new(String::new());
    // A message that went makes room for the next one and its files.
    let limits = case.view.with_untracked(|view| view.uploads.clone());
    let empty = move || Attached::new(uploader(case.headers(), &limits));
    let files = RwSignal::new(empty());
    let submit = Submit::new();
    let send = move |()| {
        let body = PortalMessageRequest {
            text: words.get_untracked().trim().to_owned(),
            attachments: untrack(|| files.get_untracked().ids()),
        };
        let headers = case.headers();
        let empty = empty.clone();
        submit.run(
            move |key| api::send_as::<PortalCaseView, _>(&SAY, &[], &body, key, headers),
            move |view| {
                words.try_set(String::new());
                files.try_set(empty());
                toast(State::Good, text("已发送", "Sent"));
                case.take(view);
            },
        );
    };
    let nothing = Signal::derive(move || {
        let files = files.get();
        files.is_busy() || (words.with(|words| words.trim().is_empty()) && files.ids().is_empty())
    });
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <div class="u-stack">
            <Field label=text("留言内容", "Your message") hint=HINT error=submit.field("text")>
                <TextArea value=words rows=3 max_length=2000 attr:data-test="portal-message-text"/>
            </Field>
            {move || view! { <AttachDrop attached=files.get()/> }}
            {wrong}
            <Button busy=submit.busy() disabled=nothing on_click=send attr:data-test="portal-message">
                {text("发送留言", "Send the message")}
            </Button>
        </div>
    }
    .into_any()
}

/// The thread; writing is offered while the case is open.
pub(super) fn thread(case: Case) -> AnyView {
    let messages = case.part(|view| view.messages.clone());
    let can = case.part(|view| view.can.write && view.question.is_none());
    let is_over = case.part(|view| view.state.is_final());
    let any = Memo::new(move |_| messages.with(|all| !all.is_empty()));
    let list = move || {
        any.get().then(|| {
            let lines = move || messages.get().into_iter().map(message).collect_view();
            view! { <ul class="messages" data-test="portal-messages">{lines}</ul> }
        })
    };
    let shown = Memo::new(move |_| any.get() || can.get());
    let card = move || {
        shown.get().then(|| {
            let over = move || is_over.get().then(|| view! { <p class="u-soft">{OVER}</p> });
            view! {
                <Card title=TITLE>
                    <div class="u-stack">
                        {list}
                        {move || can.get().then(|| write(case))}
                        {over}
                    </div>
                </Card>
            }
        })
    };
    view! { {card} }.into_any()
}
