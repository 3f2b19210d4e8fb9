//! The channels messages leave by: how each fares, set up and tried by a form; and where links in messages lead.

use contract::message::{CHANNELS, ChannelView, MessageSettings, SAVE_SETTINGS};
use domain::Permission;
use engine::channel::ChannelKind;
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::said::said;
use parts::session::use_session;
use parts::submit::Submit;
use serde::de::IgnoredAny;
use ui::{
    Bind, Button, ButtonKind, Card, Drawer, EmptyState, ErrorState, Field, Glyph, Icon, Notice, Skeleton, State,
    StateChip, Text, TextInput, TimeStamp, Words, text, toast,
};

use super::channel_form::ChannelForm;
use crate::rows::wrong;

/// What the drawer edits: a channel that stands, or a new one of a kind.
#[derive(Clone)]
pub(super) enum Edited {
    Standing(Box<ChannelView>),
    New(ChannelKind),
}

fn glyph(kind: ChannelKind) -> Glyph {
    match kind {
        ChannelKind::Email => Glyph::Inbox,
        ChannelKind::Sms => Glyph::Bell,
        ChannelKind::Webhook => Glyph::Link,
        ChannelKind::Dingtalk | ChannelKind::Wecom | ChannelKind::Feishu => Glyph::People,
    }
}

fn fares(channel: &ChannelView) -> (State, Text) {
    if !channel.active {
        return (State::Paused, text("停用", "Off"));
    }
    if channel.rests_until.is_some() {
        return (State::Attention, text("暂停中", "Rests"));
    }
    match (channel.last_ok_at, &channel.last_reason) {
        (_, Some(_)) => (State::Bad, text("最近一次没有发出", "The last one failed")),
        (Some(_), None) => (State::Good, text("正常", "Works")),
        (None, None) => (State::Waiting, text("还没有发过", "Not used yet")),
    }
}

fn line(channel: ChannelView, edited: RwSignal<Option<Edited>>, may: bool) -> AnyView {
    let (state, label) = fares(&channel);
    let kind = said(&channel.kind.title());
    let name = channel.name.clone();
    let last = channel.last_ok_at.map(|at| {
        view! { <span class="u-soft u-small">{text("最近成功", "last success")} " " <TimeStamp at_ms=at.ms()/></span> }
    });
    let trouble = channel.last_reason.as_ref().map(|reason| {
        let remedy = channel.last_remedy.as_ref().map(said).unwrap_or_default();
        let detail = channel.last_detail.clone();
        view! {
            <Notice state=State::Bad title=said(reason)>
                <p>{remedy}</p>
                <p class="messages__detail"><code>{detail}</code></p>
            </Notice>
        }
    });
    let glyph = glyph(channel.kind);
    let test = channel.kind.as_str();
    let open = move |()| edited.set(Some(Edited::Standing(Box::new(channel.clone()))));
    let button = may.then(|| {
        view! { <Button icon=Glyph::Edit on_click=open attr:data-test=format!("edit-{test}")>{text("设置与测试", "Set and try")}</Button> }
    });
    view! {
        <li class="messages__channel" data-test="channel" data-kind=test>
            <div class="messages__head">
                <Icon glyph/>
                <div class="u-grow"><p class="u-strong">{name}</p><p class="u-soft u-small">{kind}</p></div>
                <StateChip state label/>
                {last}
                {button}
            </div>
            {trouble}
        </li>
    }
    .into_any()
}

fn links(settings: Fetch<MessageSettings>, may: bool) -> AnyView {
    let submit = Submit::new();
    let url = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some(all) = settings.get() {
            url.set(all.desk_url);
        }
    });
    let save = move |()| {
        let body = MessageSettings { desk_url: url.get_untracked(), catching: false };
        submit.run(
            move |key| async move { api::send::<IgnoredAny, _>(&SAVE_SETTINGS, &[], &body, key).await },
            move |_| {
                toast(State::Good, text("已保存", "Saved"));
                settings.reload();
            },
        );
    };
    let here = move |()| url.set(window().location().origin().unwrap_or_default());
    let hint = text(
        "群机器人和员工邮件里的链接用它打开任务；不填则消息不带链接。",
        "Links in group messages and staff mail open the to-do there; without it messages hold no link.",
    );
    let buttons = may.then(|| {
        view! {
            <div class="u-row">
                <Button kind=ButtonKind::Primary busy=submit.busy() on_click=save attr:data-test="save-desk-url">{text("保存", "Save")}</Button>
                <Button on_click=here>{text("用当前网址", "Use this address")}</Button>
            </div>
        }
    });
    view! {
        <Card title=text("消息里的链接", "Links in messages")>
            <div class="u-stack">
                {wrong(submit)}
                <Field label=text("工作台网址", "The desk's address") hint error=submit.field("url")>
                    <TextInput value=url placeholder="https://desk.example.com" disabled=Signal::stored(!may) attr:data-test="desk-url"/>
                </Field>
                {buttons}
            </div>
        </Card>
    }
    .into_any()
}

fn offers(edited: RwSignal<Option<Edited>>) -> AnyView {
    let offer = |kind: ChannelKind| {
        let press = move |()| edited.set(Some(Edited::New(kind)));
        let title = said(&kind.title());
        view! {
            <Button icon=Glyph::Plus on_click=press attr:data-test=format!("add-{}", kind.as_str())>{title}</Button>
        }
    };
    let all = ChannelKind::ALL.iter().copied().map(offer).collect_view();
    view! {
        <Card title=text("连接渠道", "Connect a channel")>
            <div class="u-row">{all}</div>
        </Card>
    }
    .into_any()
}

/// The channels.
#[component]
pub(super) fn Channels(
    /// What holds for all messages.
    settings: Fetch<MessageSettings>,
) -> impl IntoView {
    let session = use_session();
    let may = untrack(|| session.may(Permission::MasterEdit));
    let channels =
        Fetch::<Vec<ChannelView>>::new(|| api::read(&CHANNELS, &[])).follow(|heard| heard.touches("messages"));
    let edited = RwSignal::new(None::<Edited>);
    let open = Bind::new(move || edited.with(Option::is_some), move |_| edited.set(None));
    let title = Words::from(move || {
        edited.with(|edited| match edited {
            Some(Edited::Standing(channel)) => channel.name.clone(),
            Some(Edited::New(kind)) => parts::said::read(&kind.title()),
            None => String::new(),
        })
    });
    let done = Callback::new(move |()| channels.reload());
    let close = Callback::new(move |()| edited.set(None));
    let form = move || edited.get().map(|edited| view! { <ChannelForm edited on_saved=done on_close=close/> });
    let body = move || match (channels.get(), channels.problem().get()) {
        (Some(all), _) if all.is_empty() => {
            let hint = text(
                "没有渠道时，规则写的消息会等一天，然后放弃",
                "Without one, what rules write waits for a day and is then given up",
            );
            view! { <EmptyState title=text("还没有渠道", "No channel yet") hint icon=Glyph::Bell/> }.into_any()
        }
        (Some(all), _) => {
            let lines = all.into_iter().map(|channel| line(channel, edited, may)).collect_view();
            view! { <Card><ul class="messages__channels">{lines}</ul></Card> }.into_any()
        }
        (None, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| channels.reload()/> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=5/> }.into_any(),
    };
    view! {
        <div class="u-stack messages__settings">
            {body}
            {may.then(|| offers(edited))}
            {links(settings, may)}
        </div>
        <Drawer open title wide=true>{form}</Drawer>
    }
}
