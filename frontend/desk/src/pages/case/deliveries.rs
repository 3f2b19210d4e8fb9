//! Messages that went or will go out, each with the rule behind it and why it acted.

use contract::rma::DeliveryView;
use leptos::prelude::*;
use parts::said::{read, said};
use parts::words::{channel, delivery_state};
use ui::{Card, Explain, StateChip, Text, TimeStamp, say, text};

use super::Case;

const TITLE: Text = text("消息", "Messages");

fn line(delivery: DeliveryView) -> impl IntoView {
    let (state, tone) = delivery_state(&delivery.state);
    let attempts = delivery.attempts;
    let tried = move || (attempts > 1).then(|| say!("已试 {attempts} 次", "tried {attempts} times"));
    let (rule, why) = (delivery.rule.clone(), delivery.why.clone());
    let explained = rule.is_some() || why.is_some();
    let reasons = move || {
        let rule_words = rule.as_ref().map(read).unwrap_or_default();
        view! {
            <p class="u-strong">{move || say!("规则：{rule_words}", "Rule: {rule_words}")}</p>
            {why.as_ref().map(|why| view! { <p>{said(why)}</p> })}
        }
        .into_any()
    };
    view! {
        <li class="case__delivery">
            <p class="case__delivery-head">
                <b>{channel(&delivery.channel)}</b>
                <StateChip state=tone label=state/>
                <span class="u-soft"><TimeStamp at_ms=delivery.not_before.ms()/></span>
                <span class="u-soft">{tried}</span>
                {explained.then(|| view! { <Explain>{reasons()}</Explain> })}
            </p>
            <p class="case__note">{said(&delivery.text)}</p>
        </li>
    }
}

/// The messages, once there are some.
pub(super) fn deliveries(case: Case) -> AnyView {
    let all = case.part(|view| view.deliveries.clone());
    let any = Memo::new(move |_| all.with(|all| !all.is_empty()));
    let card = move || {
        any.get().then(|| {
            let lines = move || all.get().into_iter().map(line).collect_view();
            view! { <Card title=TITLE><ul class="case__deliveries">{lines}</ul></Card> }
        })
    };
    view! { {card} }.into_any()
}
