//! A text as a real case fills it: both languages side by side, what it costs, what is wrong with it.

use contract::message::{SmsCost, TextPreview};
use leptos::prelude::*;
use parts::said::said;
use ui::{Notice, State, Text, Words, say, text};

fn cost(cost: SmsCost) -> Words {
    let SmsCost { units, room, parts } = cost;
    Words::from(move || {
        say!(
            "{units} 字，按短信计 {parts} 条（每条 {room} 字）",
            "{units} letters, {parts} text messages of {room} each"
        )
    })
}

fn side(label: Text, subject: String, words: String, price: Option<SmsCost>) -> AnyView {
    let subject = (!subject.is_empty()).then(|| view! { <p class="u-strong">{subject}</p> });
    let price = price.map(|price| view! { <p class="u-soft u-small">{cost(price)}</p> });
    view! {
        <div class="u-stack-8">
            <h4>{label}</h4>
            <div class="messages__bubble">{subject} <p>{words}</p></div>
            {price}
        </div>
    }
    .into_any()
}

/// What came of a try.
pub(super) fn shown(found: TextPreview) -> AnyView {
    if !found.problems.is_empty() {
        let lines = found.problems.into_iter().map(|problem| {
            let help = problem.help.as_ref().map(said).unwrap_or_default();
            view! {
                <li data-test="text-problem"><b>{said(&problem.message)}</b> " " {help} " " <code>{problem.path}</code></li>
            }
        });
        let title = text("这段文案还不能用", "This text cannot be used yet");
        return view! { <Notice state=State::Bad title><ul>{lines.collect_view()}</ul></Notice> }.into_any();
    }
    let on = match found.number {
        Some(number) => Words::from(move || say!("用 {number} 填写", "filled with {number}")),
        None => Words::from(text("还没有单据可用来填写", "there is no case to fill it with")),
    };
    let params = (!found.params.is_empty()).then(|| {
        let rows =
            found.params.into_iter().map(|(name, value)| view! { <li><code>{name}</code> " = " {said(&value)}</li> });
        view! { <ul class="u-small">{rows.collect_view()}</ul> }
    });
    view! {
        <div class="u-stack" data-test="text-preview">
            <p class="u-soft u-small">{on}</p>
            <div class="messages__pair">
                {side(text("中文", "Chinese"), found.subject.zh, found.text.zh, found.zh)}
                {side(text("英文", "English"), found.subject.en, found.text.en, found.en)}
            </div>
            {params}
        </div>
    }
    .into_any()
}
