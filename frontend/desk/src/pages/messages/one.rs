//! One message: what was sent to whom, every try with its reason and what would help, and what a person can do.

use contract::message::{AttemptView, CANCEL, GET, MessageDetail, MessageView, RETRY};
use domain::{OutboxId, Permission};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::said::said;
use parts::session::use_session;
use parts::submit::Submit;
use serde::de::IgnoredAny;
use ui::{
    Button, ButtonKind, DescriptionList, ErrorState, Fact, Glyph, Notice, Skeleton, State, StateChip, TimeStamp, Words,
    say, text, toast,
};

use super::words::{chip, means, receiver};
use crate::go::case_address;
use crate::rows::wrong;

fn facts(message: &MessageView) -> Vec<Fact> {
    let (state, to) = (message.clone(), message.clone());
    let mut facts = vec![
        Fact::new(text("状态", "State"), move || chip(&state)),
        Fact::new(text("收件", "To"), move || receiver(&to)),
    ];
    let by = match &message.channel {
        Some(name) => Words::from(name.clone()),
        None => Words::from(means(&message.means)),
    };
    facts.push(Fact::words(text("方式", "By"), by));
    if let Some((id, number)) = message.rma.zip(message.number.clone()) {
        facts.push(Fact::new(text("退换货单", "Return"), move || {
            view! { <a href=case_address(id)>{number.clone()}</a> }
        }));
    }
    let written = message.created_at.ms();
    facts.push(Fact::new(text("写于", "Written"), move || view! { <TimeStamp at_ms=written/> }));
    if let Some(next) = message.next_attempt_at {
        facts.push(Fact::new(text("下次尝试", "Next try"), move || view! { <TimeStamp at_ms=next.ms()/> }));
    }
    facts
}

fn content(message: &MessageView) -> AnyView {
    match &message.text {
        Some(text) => {
            let subject = message.subject.clone().filter(|subject| !subject.zh.is_empty() || !subject.en.is_empty());
            let subject = subject.map(|subject| view! { <p class="u-strong">{said(&subject)}</p> });
            view! { <div class="messages__words" data-test="message-text">{subject} <p>{said(text)}</p></div> }
                .into_any()
        }
        None => {
            let title = text("内容属于您看不到的单据", "The content belongs to a case that your role does not see");
            view! { <Notice state=State::Paused title/> }.into_any()
        }
    }
}

fn attempt(one: AttemptView) -> AnyView {
    let (state, label) = match one.outcome.as_str() {
        "ok" if one.code == "caught" => (State::Attention, text("截住，没有发出", "Caught, not sent")),
        "ok" => (State::Good, text("已收下", "Taken")),
        "unknown" => (State::Bad, text("结果未知", "Unknown")),
        _ => (State::Bad, text("没有发出", "Not sent")),
    };
    let took = one.took_ms;
    let number = one.attempt;
    let head = Words::from(move || say!("第 {number} 次，用时 {took} 毫秒", "try {number}, {took} ms"));
    let reason = one.reason.as_ref().map(|reason| view! { <p class="u-strong">{said(reason)}</p> });
    let remedy = one.remedy.as_ref().map(|remedy| view! { <p>{said(remedy)}</p> });
    let detail =
        (!one.detail.is_empty()).then(|| view! { <p class="messages__detail"><code>{one.detail.clone()}</code></p> });
    view! {
        <li class="messages__try" data-code=one.code>
            <p class="u-row"><StateChip state label/> <TimeStamp at_ms=one.started_at.ms()/> <span class="u-soft u-small">{head}</span></p>
            {reason}
            {remedy}
            {detail}
        </li>
    }
    .into_any()
}

fn actions(message: &MessageView, on_done: Callback<()>) -> AnyView {
    let id = message.id;
    let submit = Submit::new();
    let retry = move |()| {
        submit.run(
            move |key| api::act::<IgnoredAny>(&RETRY, &[&id], key),
            move |_| {
                toast(State::Good, text("已重新排队", "It waits again"));
                on_done.run(());
            },
        );
    };
    let cancel = move |()| {
        submit.run(
            move |key| api::act::<IgnoredAny>(&CANCEL, &[&id], key),
            move |_| {
                toast(State::Good, text("已放弃", "Given up"));
                on_done.run(());
            },
        );
    };
    let open = !matches!(message.state.as_str(), "sent" | "cancelled");
    let unsure = message.state == "unknown";
    let warning = unsure.then(|| {
        let title = text("对方可能已经收到：先查看，避免重复", "It may have arrived: look first, or it comes twice");
        view! { <Notice state=State::Attention title/> }
    });
    open.then(|| {
        view! {
            <div class="u-stack">
                {wrong(submit)}
                {warning}
                <div class="u-row">
                    <Button kind=ButtonKind::Primary icon=Glyph::Refresh busy=submit.busy() on_click=retry attr:data-test="message-retry">
                        {text("现在重发", "Send again now")}
                    </Button>
                    <Button icon=Glyph::Close busy=submit.busy() on_click=cancel attr:data-test="message-cancel">
                        {text("放弃", "Give up")}
                    </Button>
                </div>
            </div>
        }
    })
    .into_any()
}

/// One message.
#[component]
pub(super) fn One(
    /// Which.
    id: OutboxId,
    /// It was sent again or given up.
    on_change: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let may = untrack(|| session.may(Permission::MasterEdit));
    let detail = Fetch::<MessageDetail>::new(move || api::read(&GET, &[&id])).follow(|heard| heard.touches("messages"));
    let done = Callback::new(move |()| {
        detail.reload();
        on_change.run(());
    });
    move || match (detail.get(), detail.problem().get()) {
        (Some(all), _) => {
            let facts = facts(&all.message);
            let stale = all.message.state == "dead";
            let nothing = all.attempts.is_empty().then(|| {
                let words = if stale {
                    text(
                        "等了一天没有渠道可发，已放弃；连接渠道后可以重发",
                        "It waited a day without a channel and was given up; connect one, then send it again",
                    )
                } else {
                    text("还没有尝试过", "It was not tried yet")
                };
                view! { <p class="u-soft">{words}</p> }
            });
            view! {
                <div class="u-stack" data-test="message">
                    <DescriptionList facts=Signal::stored(facts)/>
                    {content(&all.message)}
                    {may.then(|| actions(&all.message, done))}
                    <h3>{text("每次尝试", "Every try")}</h3>
                    {nothing}
                    <ul class="messages__tries">{all.attempts.into_iter().map(attempt).collect_view()}</ul>
                </div>
            }
            .into_any()
        }
        (None, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| detail.reload()/> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=8/> }.into_any(),
    }
}
