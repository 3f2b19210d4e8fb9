//! The questions that the template asks of such goods.

use contract::template::ChecklistView;
use engine::template::{Answer, ChecklistItem};
use leptos::prelude::*;
use parts::meta::Meta;
use parts::said::said;
use serde_json::Value;
use ui::{Bind, Choice, Field, InputKind, RadioGroup, Segmented, TextInput, say, text};

use super::findings::Findings;
use crate::photos::PhotoDrop;

const YES: &str = "yes";
const NO: &str = "no";

/// The list that serves a category, else the one for the rest.
pub(in crate::pages) fn of_category(meta: Meta, category: &str) -> Option<ChecklistView> {
    meta.with(|view| {
        let own = view.checklists.iter().find(|list| list.categories.iter().any(|own| own == category));
        own.or_else(|| view.checklists.iter().find(|list| list.categories.is_empty())).cloned()
    })
}

/// Whether an answer demands a photo.
pub(in crate::pages) fn demands_photo(item: &ChecklistItem, answer: Option<&Value>) -> bool {
    let named = match answer {
        Some(Value::Bool(true)) => YES,
        Some(Value::Bool(false)) => NO,
        Some(Value::String(text)) => text,
        _ => return false,
    };
    item.photo_when.iter().any(|own| own == named)
}

/// Whether an answer demands a photo that is not there.
fn lacks_photo(findings: Findings, item: &ChecklistItem) -> bool {
    findings.photos.ids().is_empty() && findings.answers.with(|answers| demands_photo(item, answers.get(&item.id)))
}

/// Whether a question that must be answered is not, or its answer lacks its photo.
pub(super) fn is_missing(findings: Findings, item: &ChecklistItem) -> bool {
    if lacks_photo(findings, item) {
        return true;
    }
    if !item.required {
        return false;
    }
    if item.answer == Answer::Photo {
        return findings.photos.ids().is_empty();
    }
    findings.answers.with(|answers| answers.get(&item.id).is_none_or(|answer| *answer == Value::String(String::new())))
}

fn write(findings: Findings, id: StoredValue<String>, answer: Option<Value>) {
    findings.begin();
    findings.answers.update(|answers| {
        match answer {
            Some(answer) => answers.insert(id.get_value(), answer),
            None => answers.remove(&id.get_value()),
        };
    });
}

/// The answer as text; a flag as yes or no.
fn written(findings: Findings, id: StoredValue<String>) -> String {
    findings.answers.with(|answers| match id.with_value(|id| answers.get(id).cloned()) {
        Some(Value::Bool(true)) => YES.to_owned(),
        Some(Value::Bool(false)) => NO.to_owned(),
        Some(Value::String(text)) => text,
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    })
}

fn input(findings: Findings, item: &ChecklistItem) -> AnyView {
    let id = StoredValue::new(item.id.clone());
    let read = move || written(findings, id);
    let label = said(&item.title);
    match item.answer {
        Answer::YesNo => {
            let value = Bind::new(read, move |answer: String| write(findings, id, Some(Value::Bool(answer == YES))));
            let options = Signal::stored(vec![Choice::new(YES, text("是", "Yes")), Choice::new(NO, text("否", "No"))]);
            view! { <Segmented value options label/> }.into_any()
        }
        Answer::Choice => {
            let value = Bind::new(read, move |answer: String| write(findings, id, Some(Value::String(answer))));
            let all = item.options.iter().map(|option| Choice::new(option.id.clone(), said(&option.title)));
            view! { <RadioGroup value options=Signal::stored(all.collect::<Vec<_>>()) inline=true/> }.into_any()
        }
        Answer::Number => {
            // What is no number stays as it was typed, so that nothing is lost.
            let number = |typed: String| {
                typed
                    .trim()
                    .parse::<f64>()
                    .ok()
                    .and_then(serde_json::Number::from_f64)
                    .map_or(Value::String(typed), Value::Number)
            };
            let value = Bind::new(read, move |typed: String| {
                write(findings, id, Some(typed).filter(|typed| !typed.is_empty()).map(number));
            });
            view! { <TextInput value kind=InputKind::Decimal max_length=20/> }.into_any()
        }
        Answer::Text => {
            let value = Bind::new(read, move |typed: String| {
                write(findings, id, Some(typed).filter(|typed| !typed.is_empty()).map(Value::String));
            });
            view! { <TextInput value max_length=500/> }.into_any()
        }
        Answer::Photo => view! { <PhotoDrop photos=findings.photos/> }.into_any(),
    }
}

fn question(findings: Findings, item: ChecklistItem) -> AnyView {
    let item = StoredValue::new(item);
    let error = Signal::derive(move || {
        let missing = findings.tried.get() && item.with_value(|item| is_missing(findings, item));
        missing.then(|| {
            if item.with_value(|item| lacks_photo(findings, item)) {
                say!("这个结果需要照片", "This answer needs a photo")
            } else {
                say!("请回答", "Please answer")
            }
        })
    });
    item.with_value(|item| {
        let (label, required) = (said(&item.title), item.required);
        let group = matches!(item.answer, Answer::YesNo | Answer::Choice | Answer::Photo);
        let id = item.id.clone();
        let inner = input(findings, item);
        view! { <div data-question=id><Field label error required=required group>{inner}</Field></div> }.into_any()
    })
}

/// The questions, and a place for photos where no question asks for them.
pub(super) fn questions(findings: Findings, list: Option<ChecklistView>) -> AnyView {
    let items = list.map(|list| list.items).unwrap_or_default();
    let asks_photos = items.iter().any(|item| item.answer == Answer::Photo);
    let photos = (!asks_photos).then(|| {
        view! { <Field label=text("照片", "Photos") group=true><PhotoDrop photos=findings.photos/></Field> }
    });
    view! {
        <div class="findings__questions">{items.into_iter().map(|item| question(findings, item)).collect_view()}</div>
        {photos}
    }
    .into_any()
}
