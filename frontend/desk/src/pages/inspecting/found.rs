//! What an inspection found, to be read.

use contract::warehouse::InspectionView;
use engine::template::{Answer, ChecklistItem};
use leptos::prelude::*;
use parts::meta::{Meta, use_meta};
use parts::said::{read, said};
use parts::words::Spoken;
use serde_json::Value;
use ui::{Explain, State, StateChip, TimeStamp, say, text};

/// An answer in words, by the question it answers.
fn answer(item: &ChecklistItem, value: &Value) -> String {
    match (item.answer, value) {
        (_, Value::Bool(true)) => text("是", "Yes").get().to_owned(),
        (_, Value::Bool(false)) => text("否", "No").get().to_owned(),
        (Answer::Choice, Value::String(code)) => {
            let option = item.options.iter().find(|option| option.id == *code);
            option.map_or_else(|| code.clone(), |option| read(&option.title))
        }
        (_, Value::String(words)) => words.clone(),
        (_, other) => other.to_string(),
    }
}

fn answers(meta: Meta, found: &InspectionView) -> Vec<(String, String)> {
    meta.with(|view| {
        let list = view.checklists.iter().find(|list| list.id == found.checklist);
        let items = list.map(|list| list.items.as_slice()).unwrap_or_default();
        let own = items.iter().filter_map(|item| Some((read(&item.title), answer(item, found.answers.get(&item.id)?))));
        own.collect()
    })
}

/// The result in one line, with the answers one press away.
pub(super) fn found(found: &InspectionView) -> AnyView {
    let meta = use_meta();
    let state = if found.accepted { State::Good } else { State::Bad };
    let result = if found.accepted { text("验收", "Accepted") } else { text("拒收", "Refused") };
    let bearer = found.liability;
    let who = found.inspector.name.clone();
    let own = found.clone();
    let details = (!found.answers.is_empty()).then(|| {
        let rows = move || {
            let all = answers(meta, &own);
            all.into_iter().map(|(question, answer)| view! { <dt>{question}</dt><dd>{answer}</dd> }).collect_view()
        };
        view! { <Explain label=text("检查项", "Answers")><dl class="found__answers">{rows.clone()}</dl></Explain> }
    });
    let note = (!found.note.is_empty()).then(|| view! { <p class="case__note">{found.note.clone()}</p> });
    view! {
        <div class="found" data-test="inspection">
            <p class="found__line">
                <StateChip state label=said(&found.grade.name)/>
                <b>{result}</b>
                <span>{move || { let who = bearer.text().get(); say!("责任：{who}", "Liable: {who}") }}</span>
                <span class="u-soft">{who} " " <TimeStamp at_ms=found.at.ms()/></span>
                {details}
            </p>
            {note}
        </div>
    }
    .into_any()
}
