//! A message to try a channel with, and what became of it.

use contract::message::{ChannelView, GET, MessageDetail, TRY_CHANNEL, TrialRequest, TrialView};
use domain::OutboxId;
use engine::channel::ChannelKind;
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::said::said;
use parts::submit::Submit;
use ui::{Button, Field, Notice, State, TextInput, text};

use crate::rows::wrong;

/// Sends one to a receiver that is asked for.
pub(super) fn trial(channel: &ChannelView) -> AnyView {
    let (id, kind) = (channel.id, channel.kind);
    let (to, template) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = Submit::new();
    let sent = RwSignal::new(None::<OutboxId>);
    let press = move |()| {
        let body = TrialRequest { to: to.get_untracked(), template: template.get_untracked() };
        sent.set(None);
        submit.renew();
        submit.run(
            move |key| async move { api::send::<TrialView, _>(&TRY_CHANNEL, &[&id], &body, key).await },
            move |answer: TrialView| sent.set(Some(answer.message)),
        );
    };
    let needs = matches!(kind, ChannelKind::Email | ChannelKind::Sms);
    let label = if kind == ChannelKind::Email {
        text("发到这个邮箱", "Send it to")
    } else {
        text("发到这个手机号", "Send it to")
    };
    let field = needs.then(|| {
        view! { <Field label error=submit.field("to")><TextInput value=to attr:data-test="trial-to"/></Field> }
    });
    let approved = (kind == ChannelKind::Sms).then(|| {
        view! { <Field label=text("模板编号（平台要求时）", "Approved text's number, if needed")><TextInput value=template/></Field> }
    });
    let outcome = move || sent.get().map(|id| view! { <Outcome id/> });
    view! {
        <h3>{text("发一条测试消息", "Send a test message")}</h3>
        {wrong(submit)}
        {needs.then(|| view! { <div class="messages__pair">{field} {approved}</div> })}
        <div class="u-row">
            <Button busy=submit.busy() on_click=press attr:data-test="try-channel">{text("发送测试", "Send it")}</Button>
        </div>
        {outcome}
    }
    .into_any()
}

/// What became of a trial, as soon as it is known.
#[component]
fn Outcome(id: OutboxId) -> impl IntoView {
    let detail = Fetch::<MessageDetail>::new(move || api::read(&GET, &[&id])).follow(|heard| heard.touches("messages"));
    move || {
        detail.with(|detail| {
            let detail = detail?;
            let last = detail.attempts.first();
            let view = match (detail.message.state.as_str(), last) {
                ("sent", Some(last)) if last.code == "caught" => {
                    let title = text("已截住：开发模式下不真正发出", "Caught: nothing leaves in development");
                    view! { <Notice state=State::Attention title/> }.into_any()
                }
                ("sent", _) => {
                    view! { <Notice state=State::Good title=text("对方已收下", "It was taken")/> }.into_any()
                }
                (_, Some(last)) => {
                    let reason = last.reason.as_ref().map(said).unwrap_or_default();
                    let remedy = last.remedy.as_ref().map(said).unwrap_or_default();
                    let words = last.detail.clone();
                    view! {
                        <Notice state=State::Bad title=reason>
                            <p>{remedy}</p>
                            <p class="messages__detail"><code>{words}</code></p>
                        </Notice>
                    }
                    .into_any()
                }
                _ => view! { <Notice state=State::Waiting title=text("正在发送", "On its way")/> }.into_any(),
            };
            Some(view! { <div data-test="trial-outcome" data-state=detail.message.state.clone()>{view}</div> })
        })
    }
}
