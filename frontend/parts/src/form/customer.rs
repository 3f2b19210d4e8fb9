//! Who asks: name, phone and e-mail of one answer.

use engine::value::{Record, Value};
use leptos::prelude::*;
use ui::{Bind, InputKind, Text, TextInput, text};

use super::slot::Slot;
use super::written::written;

/// The parts of the answer: id, name on screen, keyboard, the browser's help.
const PARTS: [(&str, Text, InputKind, &str); 3] = [
    ("name", text("姓名", "Name"), InputKind::Text, "name"),
    ("phone", text("电话", "Phone"), InputKind::Tel, "tel"),
    ("email", text("邮箱", "E-mail"), InputKind::Email, "email"),
];

fn part(slot: Slot, id: &'static str) -> Bind<String> {
    let read = move || slot.value().as_record().and_then(|parts| parts.get(id)).map(written).unwrap_or_default();
    let write = move |text: String| {
        let mut parts: Record = untrack(|| slot.value()).as_record().cloned().unwrap_or_default();
        if text.is_empty() {
            parts.remove(id);
        } else {
            parts.insert(id.to_owned(), Value::Text(text));
        }
        slot.set(if parts.is_empty() { Value::Blank } else { Value::Record(parts) });
    };
    Bind::new(read, write)
}

/// Three inputs beside each other where there is room.
pub(super) fn customer(slot: Slot) -> AnyView {
    let read_only = slot.read_only();
    let inputs = PARTS.map(|(id, name, kind, autocomplete)| {
        let leave = move |()| {
            // Who is still at the name has not forgotten the phone.
            if id != "name" {
                slot.leave();
            }
        };
        let value = part(slot, id);
        let input = ui::next_id("part");
        view! {
            <div class="form__part">
                <label class="form__part-name" for=input.clone()>{name}</label>
                <TextInput value kind id=input read_only autocomplete on_blur=leave/>
            </div>
        }
    });
    view! { <div class="form__parts">{inputs.into_iter().collect_view()}</div> }.into_any()
}
