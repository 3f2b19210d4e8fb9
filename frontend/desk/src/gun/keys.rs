//! Keys that a page reads itself, with nothing in focus: told only when they are known to be no gun's. The first keys of a
//! scan look like a person's; so characters wait until the gun's pace would have shown.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use parts::gun::Answer;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// A character is a person's when no gun has shown for so long after it, in ms.
const KNOWN_MS: u64 = 70;

/// Gives back whether it has used the key, by its name: `7`, `n`, `?`, `Enter`, `F8`.
type Told = Rc<dyn Fn(&str) -> bool>;

#[derive(Default)]
struct Keys {
    /// The newest last: it is the one in front.
    told: Vec<(u32, Told)>,
    next_id: u32,
    /// Characters that may be a person's.
    pending: Vec<String>,
    /// The keys that come now are a gun's.
    catching: bool,
    /// A wait that is over when it is no longer this one.
    wait: u32,
}

thread_local! {
    static KEYS: RefCell<Keys> = RefCell::default();
}

/// Calls `told` with every key that is no gun's and belongs to no field, until the owner is gone. What came last is in
/// front; what it does not use goes to the one behind it.
pub(crate) fn on_key(told: impl Fn(&str) -> bool + 'static) {
    let id = KEYS.with_borrow_mut(|keys| {
        keys.next_id = keys.next_id.wrapping_add(1);
        keys.told.push((keys.next_id, Rc::new(told)));
        keys.next_id
    });
    on_cleanup(move || KEYS.with_borrow_mut(|keys| keys.told.retain(|(other, _)| *other != id)));
}

/// Presses a key by its button on the screen.
pub(crate) fn press_key(name: &str) {
    tell(name);
}

fn tell(name: &str) -> bool {
    // They may come and go while they are told.
    let told: Vec<Told> = KEYS.with_borrow(|keys| keys.told.iter().rev().map(|(_, told)| Rc::clone(told)).collect());
    told.iter().any(|told| told(name))
}

/// Tells the characters that have waited.
fn flush() {
    let pending = KEYS.with_borrow_mut(|keys| std::mem::take(&mut keys.pending));
    for name in pending {
        tell(&name);
    }
}

fn flush_later() {
    let wait = KEYS.with_borrow_mut(|keys| {
        keys.wait = keys.wait.wrapping_add(1);
        keys.wait
    });
    let flush = move || {
        if KEYS.with_borrow(|keys| keys.wait == wait) {
            flush();
        }
    };
    set_timeout(flush, Duration::from_millis(KNOWN_MS));
}

/// The name of a key that writes something; by its place where an input method or Caps Lock may have changed it.
fn character(event: &KeyboardEvent) -> Option<String> {
    let (code, key) = (event.code(), event.key());
    let digit = code.strip_prefix("Digit").or_else(|| code.strip_prefix("Numpad"));
    if let Some(digit) = digit.filter(|digit| digit.len() == 1 && !(event.shift_key() && code.starts_with("Digit"))) {
        return Some(digit.to_owned());
    }
    if let Some(letter) = code.strip_prefix("Key") {
        return Some(letter.to_lowercase());
    }
    if key == "?" || (code == "Slash" && event.shift_key()) {
        return Some("?".to_owned());
    }
    (key.chars().count() == 1).then_some(key)
}

/// Out of the field that somebody wrote in: keys are the page's again.
fn leave_field() {
    if let Some(focused) = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = focused.blur();
    }
}

/// Something in focus has its own use for Enter and the space bar.
fn is_pressed_by(name: &str) -> bool {
    let focused = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let presses = focused.is_some_and(|element| matches!(element.tag_name().as_str(), "BUTTON" | "A" | "SUMMARY"));
    presses && matches!(name, "Enter" | " ")
}

/// A key went down. `answer`: what it is to the gun, when one is waited for. True: the page has used it.
pub(super) fn heard(event: &KeyboardEvent, answer: Option<&Answer>, in_field: bool) -> bool {
    if KEYS.with_borrow(|keys| keys.told.is_empty()) {
        return false;
    }
    if let Some(answer) = answer {
        let is_guns = KEYS.with_borrow_mut(|keys| {
            if answer.caught {
                keys.pending.clear();
            }
            keys.catching = answer.caught || (keys.catching && answer.scan.is_none() && !answer.begins);
            (keys.catching || answer.caught) && answer.swallow
        });
        if is_guns {
            return false;
        }
    }
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat() {
        return false;
    }
    let swallowed = answer.is_some_and(|answer| answer.swallow);
    match character(event).filter(|name| !is_pressed_by(name)) {
        Some(_) if in_field => false,
        Some(name) => {
            KEYS.with_borrow_mut(|keys| keys.pending.push(name));
            flush_later();
            false
        }
        None if swallowed => false,
        None => {
            let name = event.key();
            flush();
            if in_field && name == "Escape" {
                leave_field();
                return true;
            }
            let in_use = is_pressed_by(&name) || (in_field && !name.starts_with('F'));
            !in_use && tell(&name)
        }
    }
}
