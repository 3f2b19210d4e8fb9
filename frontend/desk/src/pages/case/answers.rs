//! What was answered in the form, in the form's order; goods, order and photos stand elsewhere on the page.

use contract::rma::AnswerView;
use engine::value::Value;
use leptos::prelude::*;
use parts::meta::{Meta, use_meta};
use parts::said::{read, said, value};
use ui::{Card, DescriptionList, Fact, Text, text};

use super::Case;

const TITLE: Text = text("申请内容", "What was asked");
/// Longer answers take a row of their own.
const LONG_CHARS: usize = 40;

/// A record's parts one after the other, so that a person stands on one line.
fn words(meta: Meta, answer: &Value) -> String {
    match answer {
        Value::Record(parts) => {
            parts.values().map(value).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        }
        Value::Text(code) => meta.reason(code).map_or_else(|| code.clone(), |reason| read(&reason)),
        other => value(other),
    }
}

/// Goods stand in the table, uploads in the gallery; a list of plain texts is a choice of several.
fn stands_elsewhere(answer: &Value) -> bool {
    let is_id =
        |item: &Value| item.as_text().is_some_and(|text| text.len() > 9 && text.bytes().all(|b| b.is_ascii_digit()));
    match answer {
        Value::List(items) => items.iter().any(|item| item.as_record().is_some()) || items.iter().all(is_id),
        other => other.is_blank(),
    }
}

/// The answers that stand nowhere else, as names and values.
pub(crate) fn facts(meta: Meta, answers: Vec<AnswerView>) -> Vec<Fact> {
    let own = answers.into_iter().filter(|answer| !stands_elsewhere(&answer.value));
    own.map(|answer| fact(meta, answer)).collect()
}

fn fact(meta: Meta, answer: AnswerView) -> Fact {
    let AnswerView { title, value, .. } = answer;
    let long = matches!(&value, Value::Text(text) if text.chars().count() > LONG_CHARS);
    let fact = Fact::words(said(&title), move || words(meta, &value));
    if long { fact.wide() } else { fact }
}

/// The answers.
pub(super) fn answers(case: Case) -> AnyView {
    let meta = use_meta();
    let answers = Memo::new_with_compare(
        move |_| case.view.with(|view| view.answers.clone()),
        |before: Option<&Vec<AnswerView>>, now: Option<&Vec<AnswerView>>| before != now,
    );
    let order = case.part(|view| view.order.clone());
    let facts = Signal::derive(move || {
        let mut facts = facts(meta, answers.get());
        if let Some(order) = order.get() {
            let stamps = [
                (text("下单", "Ordered"), Some(order.ordered_at)),
                (text("发货", "Shipped"), order.shipped_at),
                (text("签收", "Delivered"), order.delivered_at),
            ];
            for (name, at) in stamps {
                if let Some(at) = at {
                    let at = at.ms();
                    facts.push(Fact::new(name, move || view! { <ui::TimeStamp at_ms=at/> }));
                }
            }
        }
        facts
    });
    view! { <Card title=TITLE><DescriptionList facts/></Card> }.into_any()
}
