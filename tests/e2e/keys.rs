//! Keys one by one, as a gun or a person presses them: trusted input with a time between, and what an input method makes
//! of them.

use serde_json::json;

use crate::browser::Browser;

const ENTER: char = '\u{e007}';
const SHIFT: char = '\u{e008}';
const CONTROL: char = '\u{e009}';
/// How far stamps lie ahead of the clock, in seconds: longer than a burst takes on a busy machine.
const AHEAD_S: f64 = 2.0;

/// The keys that are held and the one pressed for a character: `\r` is Enter, `\u{1d}` Control and a bracket.
fn chord(letter: char) -> (Option<char>, char) {
    match letter {
        '\r' => (None, ENTER),
        '\u{1d}' => (Some(CONTROL), ']'),
        letter if letter.is_ascii_uppercase() => (Some(SHIFT), letter),
        letter => (None, letter),
    }
}

/// Presses the keys of a text wherever the focus is, the next one `gap_ms` after the one before.
pub(crate) fn strike(page: &Browser, text: &str, gap_ms: u32) {
    let mut actions = Vec::new();
    for (at, letter) in text.chars().enumerate() {
        if at > 0 {
            actions.push(json!({ "type": "pause", "duration": gap_ms }));
        }
        let (held, key) = chord(letter);
        actions.extend(held.map(|held| json!({ "type": "keyDown", "value": held })));
        actions.push(json!({ "type": "keyDown", "value": key }));
        actions.push(json!({ "type": "keyUp", "value": key }));
        actions.extend(held.map(|held| json!({ "type": "keyUp", "value": held })));
    }
    page.perform(&json!([{ "type": "key", "id": "keys", "actions": actions }]));
}

/// A time on the browser's clock that no key will come after, in seconds.
fn soon_s(page: &Browser) -> f64 {
    let now_ms = page.evaluate("return performance.timeOrigin + performance.now()").as_f64();
    now_ms.expect("a time") / 1_000.0 + AHEAD_S
}

fn stamp_s(start_s: f64, at: usize, gap_ms: u32) -> f64 {
    start_s + f64::from(gap_ms) * f64::from(u32::try_from(at).expect("short")) / 1_000.0
}

/// A gun's keys, trusted like a person's, each stamped exactly `gap_ms` after the one before: the driver waits for the
/// page behind every key, which a gun does not, and a busy machine would slow the gun down. The stamps lie ahead of the
/// clock, so that no key comes after its time.
pub(crate) fn fire(page: &Browser, text: &str, gap_ms: u32) {
    let start_s = soon_s(page);
    for (at, letter) in text.chars().enumerate() {
        let (code, key, number) = match letter {
            '\r' => ("Enter".to_owned(), "Enter".to_owned(), 13),
            '\u{1d}' => ("BracketRight".to_owned(), "]".to_owned(), 221),
            letter if letter.is_ascii_digit() => (format!("Digit{letter}"), letter.to_string(), u32::from(letter)),
            letter => (
                format!("Key{}", letter.to_ascii_uppercase()),
                letter.to_string(),
                u32::from(letter.to_ascii_uppercase()),
            ),
        };
        let modifiers = if letter == '\u{1d}' {
            2
        } else if letter.is_ascii_uppercase() {
            8
        } else {
            0
        };
        let text = match letter {
            '\u{1d}' => String::new(),
            letter => letter.to_string(),
        };
        let stamp_s = stamp_s(start_s, at, gap_ms);
        let press = |kind: &str, text: &str| {
            json!({
                "type": kind, "code": code, "key": key, "windowsVirtualKeyCode": number, "modifiers": modifiers,
                "text": text, "timestamp": stamp_s,
            })
        };
        page.devtools("Input.dispatchKeyEvent", &press("keyDown", &text));
        page.devtools("Input.dispatchKeyEvent", &press("keyUp", ""));
    }
}

/// A gun's keys while an input method composes: the browser sees which physical key it was and no more, and what is
/// composed stands in the field.
pub(crate) fn compose(page: &Browser, text: &str) {
    let start_s = soon_s(page);
    let mut composed = String::new();
    for (at, letter) in text.chars().enumerate() {
        let stamp_s = stamp_s(start_s, at, 10);
        composed.push(letter.to_ascii_lowercase());
        let code = if letter.is_ascii_digit() {
            format!("Digit{letter}")
        } else {
            format!("Key{}", letter.to_ascii_uppercase())
        };
        let shift = if letter.is_ascii_uppercase() { 8 } else { 0 };
        let key = |kind: &str| {
            json!({ "type": kind, "windowsVirtualKeyCode": 229, "key": "Process", "code": code, "modifiers": shift,
                    "timestamp": stamp_s })
        };
        page.devtools("Input.dispatchKeyEvent", &key("rawKeyDown"));
        let end = composed.len();
        page.devtools(
            "Input.imeSetComposition",
            &json!({ "text": composed, "selectionStart": end, "selectionEnd": end }),
        );
        page.devtools("Input.dispatchKeyEvent", &key("keyUp"));
    }
}
