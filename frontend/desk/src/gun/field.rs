//! Fields that a scan may slip into: how they were before it, and putting them back.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// Inputs that take no characters.
const BUTTONS: [&str; 10] =
    ["button", "checkbox", "color", "file", "hidden", "image", "radio", "range", "reset", "submit"];
/// Around a field that is there for a code of its own, such as a lot: the next scan is written into it.
const TAKES_SCAN: &str = "[data-takes-scan]";

/// What has the focus, when it takes characters.
pub(super) fn focused() -> Option<HtmlElement> {
    let element = document().active_element()?.dyn_into::<HtmlElement>().ok()?;
    let takes = match element.dyn_ref::<HtmlInputElement>() {
        Some(input) => !BUTTONS.contains(&input.type_().as_str()),
        None => {
            element.has_type::<HtmlTextAreaElement>()
                || element.has_type::<HtmlSelectElement>()
                || element.is_content_editable()
        }
    };
    takes.then_some(element)
}

/// A secret is typed here, perhaps by a program that keeps it: as fast as a gun.
pub(super) fn is_secret(element: &HtmlElement) -> bool {
    element.dyn_ref::<HtmlInputElement>().is_some_and(|input| input.type_() == "password")
}

/// The field is there for a code of its own.
pub(super) fn takes_scan(element: &HtmlElement) -> bool {
    element.closest(TAKES_SCAN).ok().flatten().is_some()
}

/// Whether a sheet lies over the page.
pub(crate) fn is_page_covered() -> bool {
    document().query_selector("dialog[open]").ok().flatten().is_some()
}

fn value(element: &Element) -> Option<String> {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        return Some(input.value());
    }
    if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        return Some(area.value());
    }
    element.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value)
}

/// Start and end of what is selected; `None` where a field has no caret.
fn selection(element: &Element) -> Option<(u32, u32)> {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        return Some((input.selection_start().ok()??, input.selection_end().ok()??));
    }
    let area = element.dyn_ref::<HtmlTextAreaElement>()?;
    Some((area.selection_start().ok()??, area.selection_end().ok()??))
}

/// Writes into a field and tells its owner, as if it had been typed.
pub(super) fn write(element: &HtmlElement, text: &str) {
    let is_choice = element.has_type::<HtmlSelectElement>();
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.set_value(text);
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(text);
    } else if let Some(choice) = element.dyn_ref::<HtmlSelectElement>() {
        choice.set_value(text);
    }
    let up = EventInit::new();
    up.set_bubbles(true);
    for name in ["input", "change"].iter().take(if is_choice { 2 } else { 1 }) {
        if let Ok(event) = Event::new_with_event_init_dict(name, &up) {
            let _ = element.dispatch_event(&event);
        }
    }
}

/// A field as it was before a key.
#[derive(Clone)]
pub(super) struct Before {
    pub(super) element: HtmlElement,
    value: Option<String>,
    selection: Option<(u32, u32)>,
}

impl Before {
    pub(super) fn of(element: &HtmlElement) -> Self {
        Self { element: element.clone(), value: value(element), selection: selection(element) }
    }

    /// Puts the field back, and says so to its owner where something has changed.
    pub(super) fn restore(&self) {
        let Some(before) = &self.value else { return };
        if value(&self.element).as_ref() == Some(before) {
            return;
        }
        write(&self.element, before);
        let Some((start, end)) = self.selection else { return };
        // The owner may have written something shorter meanwhile; then the caret stands at its end.
        if let Some(input) = self.element.dyn_ref::<HtmlInputElement>() {
            let _ = input.set_selection_range(start, end);
        } else if let Some(area) = self.element.dyn_ref::<HtmlTextAreaElement>() {
            let _ = area.set_selection_range(start, end);
        }
    }
}
