//! What left or waits, by state, means and case; one opens beside it.

use contract::Page;
use contract::message::{LIST, MessageCounts, MessageQuery, MessageView, RETRY_ALL, RetriedView, RetryAllRequest};
use domain::Permission;
use engine::channel::ChannelKind;
use leptos::prelude::*;
use parts::api;
use parts::fetch::{Fetch, Pages};
use parts::said::cell;
use parts::session::use_session;
use parts::submit::Submit;
use ui::{
    Bind, Button, Choice, Column, Drawer, EmptyState, Field, Glyph, Segmented, Select, State, Table, TextInput,
    TimeStamp, Words, say, text, toast,
};

use super::one::One;
use super::words::{chip, gist, means, means_choices, receiver};
use crate::go::case_address;
use crate::rows::wrong;

fn columns() -> Vec<Column<MessageView>> {
    vec![
        Column::new("state", text("状态", "State"), chip).pinned(),
        Column::new("to", text("收件", "To"), receiver),
        Column::new("text", text("内容", "Content"), |message: &MessageView| {
            let words = gist(message);
            view! { <span class="messages__gist">{words}</span> }
        })
        .grow(),
        Column::new("means", text("方式", "By"), |message: &MessageView| match &message.channel {
            Some(name) => cell(Words::from(name.clone())),
            None => cell(means(&message.means)),
        }),
        Column::new("case", text("退换货单", "Return"), |message: &MessageView| {
            let link = message.rma.zip(message.number.clone());
            link.map(|(id, number)| view! { <a href=case_address(id)>{number}</a> })
        }),
        Column::new("at", text("写于", "Written"), |message: &MessageView| {
            view! { <TimeStamp at_ms=message.created_at.ms()/> }
        }),
    ]
}

fn state_choices(counts: Fetch<MessageCounts>) -> Vec<Choice> {
    let count = counts.get().unwrap_or_default();
    let counted = |value: &'static str, name: ui::Text, count: u32| {
        let label =
            Words::from(move || if count == 0 { name.get().to_owned() } else { format!("{} {count}", name.get()) });
        Choice::new(value, label)
    };
    vec![
        Choice::new("", text("全部", "All")),
        counted("pending", text("待发", "Waiting"), count.pending),
        counted("failed", text("被拒", "Refused"), count.failed),
        counted("unknown", text("未知", "Unknown"), count.unknown),
        counted("dead", text("已放弃", "Given up"), count.dead),
        Choice::new("sent", text("已发出", "Sent")),
    ]
}

/// Sends again what was given up by a means.
fn again(means: RwSignal<String>, state: RwSignal<String>, on_done: Callback<()>) -> AnyView {
    let submit = Submit::new();
    let kind = move || ChannelKind::ALL.iter().copied().find(|kind| means.with(|means| kind.means() == means));
    let press = move |()| {
        let Some(kind) = kind() else { return };
        submit.run(
            move |key| api::send::<RetriedView, _>(&RETRY_ALL, &[], &RetryAllRequest { kind, channel: None }, key),
            move |answer: RetriedView| {
                let count = answer.count;
                toast(State::Good, Words::from(move || say!("{count} 条重新排队", "{count} wait again")));
                on_done.run(());
            },
        );
    };
    let shown = move || kind().is_some() && state.with(|state| matches!(state.as_str(), "dead" | "failed"));
    let button = move || {
        shown().then(|| {
            view! {
                <Button icon=Glyph::Refresh busy=submit.busy() on_click=press attr:data-test="retry-all">
                    {text("全部重发", "Send all again")}
                </Button>
            }
        })
    };
    view! { {button} {wrong(submit)} }.into_any()
}

/// The list.
#[component]
pub(super) fn List(
    /// How many wait or failed.
    counts: Fetch<MessageCounts>,
) -> impl IntoView {
    let session = use_session();
    let (state, means, case) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let messages = Pages::<MessageView>::new(move |after, limit| {
        let query =
            MessageQuery { state: state.get(), means: means.get(), case: case.get(), after, limit: Some(limit) };
        api::read_with::<Page<MessageView>, _>(&LIST, &[], &query)
    })
    .follow(|heard| heard.touches("messages"));
    let chosen = RwSignal::new(None::<domain::OutboxId>);
    let open = Bind::new(move || chosen.with(Option::is_some), move |_| chosen.set(None));
    let choose = Callback::new(move |key: String| chosen.set(key.parse().ok()));
    let refresh = Callback::new(move |()| {
        messages.reload();
        counts.reload();
    });
    let body = move || chosen.get().map(|id| view! { <One id on_change=refresh/> });
    let retry = untrack(|| session.may(Permission::MasterEdit)).then(|| again(means, state, refresh));
    let empty = || {
        let hint = text(
            "规则发给顾客和员工的短信、邮件、群消息会列在这里",
            "Texts, mails and group messages that rules send are listed here",
        );
        view! { <EmptyState title=text("没有符合的消息", "No message fits") hint icon=Glyph::Bell/> }
    };
    view! {
        <div class="messages__filter">
            <Segmented value=state options=Signal::derive(move || state_choices(counts)) label=text("状态", "State")/>
            <Field label=text("方式", "By")>
                <Select value=means options=Signal::stored(means_choices()) placeholder=text("全部", "All")/>
            </Field>
            <Field label=text("单号", "Case number")><TextInput value=case attr:data-test="message-case"/></Field>
            {retry}
        </div>
        <div class="roll__sheet" data-test="messages">
            <Table
                label=super::PLACE.label
                rows=messages.items()
                key=Callback::new(|message: MessageView| message.id.to_string())
                columns=columns()
                on_open=choose
                loading=messages.busy()
                error=messages.error()
                on_retry=move |()| messages.reload()
                empty
                more=messages.has_more()
                on_more=move |()| messages.more()
                fill=true
            />
        </div>
        <Drawer open title=text("消息", "Message")>{body}</Drawer>
    }
}
