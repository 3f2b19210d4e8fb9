//! An order's number, looked up as it is written; the goods come with the order.

use leptos::prelude::*;
use ui::{Button, Glyph, Text, TextInput, text};

use super::slot::Slot;
use super::written::written;

const LOOK_UP: Text = text("查找", "Look up");

/// How an order is found.
#[derive(Clone, Copy)]
pub struct OrderLookup {
    /// Called with a number that was written: on Enter, on leaving the input, on the button.
    pub on_number: Callback<String>,
    /// It is being looked for.
    pub busy: Signal<bool>,
    /// Why there is none.
    pub error: Signal<Option<String>>,
    /// What was found, in short.
    pub found: Signal<Option<String>>,
}

/// The number with its look-up.
pub(super) fn order(slot: Slot) -> AnyView {
    let Some(lookup) = slot.form.lookup() else { return ().into_any() };
    let asked = StoredValue::new(String::new());
    let ask = move |again: bool| {
        let number = untrack(|| written(&slot.value())).trim().to_owned();
        let new = asked.with_value(|asked| *asked != number);
        if !number.is_empty() && (new || again) {
            asked.set_value(number.clone());
            lookup.on_number.run(number);
        }
    };
    let leave = move |()| {
        slot.leave();
        ask(false);
    };
    let note = move || {
        let error = lookup.error.get().map(|words| view! { <p class="ui-field__error" role="alert">{words}</p> });
        let found = lookup.found.get().map(|words| view! { <p class="form__note" role="status">{words}</p> });
        (error, found)
    };
    let read_only = slot.read_only();
    view! {
        <div class="form__lookup">
            <TextInput value=slot.text() read_only icon=Glyph::Scan on_enter=move |()| ask(true) on_blur=leave/>
            <Button busy=lookup.busy icon=Glyph::Search on_click=move |()| ask(true) attr:data-test="order-lookup">
                {LOOK_UP}
            </Button>
        </div>
        {note}
    }
    .into_any()
}
