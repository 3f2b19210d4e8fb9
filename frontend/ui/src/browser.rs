//! The handful of browser facts the components need, in one place; natively each is a quiet nothing.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::{document, window};
use web_sys::{Element, HtmlElement, wasm_bindgen::JsCast};

/// Whether there is a browser around (there is none in native tests).
const IN_BROWSER: bool = cfg!(target_family = "wasm");

/// A fresh element id for wiring labels to controls.
pub fn next_id(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A value kept in this browser; `None` when absent or storage is refused (private windows).
pub(crate) fn stored(key: &str) -> Option<String> {
    if !IN_BROWSER {
        return None;
    }
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Keeps a value in this browser; a refusal only means it is asked again next time.
pub(crate) fn store(key: &str, value: &str) {
    if IN_BROWSER && let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Forgets a kept value.
pub(crate) fn forget(key: &str) {
    if IN_BROWSER && let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(key);
    }
}

/// The browser's preferred language tag.
pub(crate) fn language() -> Option<String> {
    if IN_BROWSER { window().navigator().language() } else { None }
}

/// The browser's zone now, in minutes east of UTC.
pub(crate) fn zone_minutes() -> i32 {
    if IN_BROWSER { -(js_sys::Date::new_0().get_timezone_offset() as i32) } else { 0 }
}

/// The browser's clock, UTC milliseconds.
pub(crate) fn now_ms() -> i64 {
    if IN_BROWSER { js_sys::Date::now() as i64 } else { 0 }
}

/// Sets an attribute of the document element.
pub(crate) fn set_root_attribute(name: &str, value: &str) {
    if IN_BROWSER && let Some(root) = document().document_element() {
        let _ = root.set_attribute(name, value);
    }
}

/// Removes an attribute of the document element.
pub(crate) fn remove_root_attribute(name: &str) {
    if IN_BROWSER && let Some(root) = document().document_element() {
        let _ = root.remove_attribute(name);
    }
}

/// The element that has the keyboard now.
pub(crate) fn focused() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

/// Whether a key belongs to somebody: something is typed into, or a sheet stands above the page.
pub(crate) fn is_busy() -> bool {
    let typed = "input, textarea, select, [contenteditable], [role=menu]";
    let is_typed = focused().is_some_and(|at| at.closest(typed).ok().flatten().is_some());
    is_typed || document().query_selector("dialog[open]").ok().flatten().is_some()
}

/// Moves the keyboard to an element.
pub(crate) fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Lifts a popover of the document above everything, also above a modal that was opened after it. A browser that knows
/// no popovers leaves it where it is.
pub(crate) fn raise(popover: &HtmlElement) {
    let is_up = popover.matches(":popover-open").unwrap_or(false);
    let is_covered = document().query_selector("dialog[open]").ok().flatten().is_some();
    if is_up && is_covered {
        let _ = popover.hide_popover();
    }
    if !is_up || is_covered {
        let _ = popover.show_popover();
    }
}

/// Moves the keyboard to the first match inside `scope`.
pub(crate) fn focus_first(scope: &Element, selector: &str) {
    if let Ok(Some(found)) = scope.query_selector(selector) {
        focus(&found);
    }
}

/// All matches inside `scope`, in document order.
pub(crate) fn all(scope: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = scope.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

/// Copies text; `false` when the browser has no clipboard for this page (no secure connection).
pub(crate) fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    let has = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object());
    if has {
        let _ = navigator.clipboard().write_text(text);
    }
    has
}

/// Selects the content of an element, for copying by hand.
pub(crate) fn select(element: &Element) {
    if let Ok(Some(selection)) = window().get_selection() {
        let _ = selection.select_all_children(element);
    }
}

/// Whether an element takes text or a choice.
pub(crate) fn is_input(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT") || element.has_attribute("contenteditable")
}

/// Whether a key event comes from a place where letters are text, not commands.
pub(crate) fn is_typing(event: &web_sys::Event) -> bool {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return false };
    is_input(&target)
}
