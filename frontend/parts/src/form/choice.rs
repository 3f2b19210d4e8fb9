//! One or several of a field's options: all in sight while they are few, else a list that opens.

use engine::value::Value;
use leptos::prelude::*;
use ui::{Bind, CheckGroup, Choice, RadioGroup, Select, Text, text};

use super::slot::Slot;
use crate::said::said;

/// More options than this are a list that opens.
pub(super) const MAX_IN_SIGHT: usize = 5;

const PLEASE_CHOOSE: Text = text("请选择", "Please choose");

fn options(slot: Slot) -> Vec<Choice> {
    slot.field.with_value(|field| {
        field.options.iter().map(|option| Choice::new(option.id.clone(), said(&option.title))).collect()
    })
}

/// One of its options.
pub(super) fn one(slot: Slot) -> AnyView {
    let options = options(slot);
    let disabled = slot.read_only();
    if options.len() <= MAX_IN_SIGHT {
        view! { <RadioGroup value=slot.code() options=Signal::stored(options) disabled inline=true/> }.into_any()
    } else {
        view! { <Select value=slot.code() options=Signal::stored(options) disabled placeholder=PLEASE_CHOOSE/> }
            .into_any()
    }
}

/// Any of its options.
pub(super) fn several(slot: Slot) -> AnyView {
    let chosen = Bind::new(
        move || match slot.value() {
            Value::List(items) => items.iter().filter_map(Value::as_text).map(str::to_owned).collect(),
            Value::Text(one) => vec![one],
            _ => Vec::new(),
        },
        move |codes: Vec<String>| slot.choose(if codes.is_empty() { Value::Blank } else { Value::texts(codes) }),
    );
    let options = Signal::stored(options(slot));
    view! { <CheckGroup value=chosen options disabled=slot.read_only() inline=true/> }.into_any()
}
