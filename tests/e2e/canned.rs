//! A customer writes from their phone, and an agent answers with a ready text picked by keyboard alone.

use serde_json::{Value, json};

use crate::portal::{finds, id_of, phone, sends};
use crate::seat::Seat;
use crate::shop::{Sale, Shop};

const AREA: &str = "[data-test=note-form] textarea";
const CTRL_SLASH: &str = "\u{e009}/\u{e000}";
const ENTER: &str = "\u{e007}";
const PALETTE: &str = "dialog[open] .ui-palette__input";

/// `asked` is what the customer writes, `typed` finds the text, `said` is a part of it in the customer's language.
fn story(lang: &str, asked: &str, typed: &str, said: &str, more: &str) {
    let shop = Shop::open(&[Sale { number: "CANNED1", units: 1, price_minor: 10_000, paid_minor: 9_990 }]);
    let customer = phone(&shop, lang);
    customer.go("/portal?order=CANNED1");
    finds(&customer, "CANNED1", "1234");
    let number = sends(&customer);
    customer.type_into("[data-test=portal-message-text] textarea", asked);
    customer.click("[data-test=portal-message]");
    customer.waits_for(".messages__line.is-own");

    let seat = Seat::take(&shop, "agent", lang);
    seat.reads(lang);
    let page = &seat.browser;
    let id = id_of(&shop, &number);
    page.go(&format!("/desk/rmas/{id}"));
    page.waits_for("[data-test=canned]");
    page.type_into(AREA, "1. 2.");
    // Between the two points, where the caret stands.
    page.evaluate(&format!("document.querySelector('{AREA}').setSelectionRange(3, 3)"));
    page.evaluate(&format!("document.querySelector('{AREA}').focus()"));
    let caret = page.evaluate(&format!("return document.querySelector('{AREA}').selectionStart"));
    assert_eq!(caret, json!(3));
    let keys = |keys: &str| page.perform(&chord(keys));
    keys(CTRL_SLASH);
    page.waits_for(PALETTE);
    page.waits_for(".ui-palette__entry:nth-of-type(2)");
    page.press(PALETTE, typed);
    page.waits_without(".ui-palette__entry:nth-of-type(2)");
    page.press(PALETTE, ENTER);
    page.waits_without(PALETTE);
    // The keyboard is back at the caret: what is typed now stands right behind the text.
    keys(more);
    let value = page.evaluate(&format!("return document.querySelector('{AREA}').value"));
    let value = value.as_str().expect("words").to_owned();
    assert!(value.starts_with("1. ") && value.ends_with(&format!("{more}2.")), "{value}");
    assert!(value.contains(said) && value.contains(&number) && value.contains("99.90"), "{value}");
    assert!(!value.contains('{') && !value.contains('['), "every place is filled: {value}");
    page.click("[data-test=send-note]");
    page.waits_without("[data-test=note-waiting]");
    seat.leaves();

    customer.evaluate("window.dispatchEvent(new Event('focus'))");
    customer.waits_for(".messages__line:not(.is-own)");
    customer.sees(said);
    assert_eq!(customer.complaints(), Vec::<String>::new());
}

/// Keys pressed wherever the focus is; a chord when the first one is a modifier.
fn chord(keys: &str) -> Value {
    let mut letters: Vec<char> = keys.chars().filter(|key| *key != '\u{e000}').collect();
    let held = letters.first().copied().filter(|key| *key == '\u{e009}');
    if held.is_some() {
        letters.remove(0);
    }
    let key = |kind: &str, value: char| json!({ "type": kind, "value": value });
    let mut actions: Vec<Value> = held.map(|held| key("keyDown", held)).into_iter().collect();
    actions.extend(letters.into_iter().flat_map(|letter| [key("keyDown", letter), key("keyUp", letter)]));
    actions.extend(held.map(|held| key("keyUp", held)));
    json!([{ "type": "key", "id": "keys", "actions": actions }])
}

#[test]
fn an_agent_answers_with_a_ready_text() {
    story("zh-CN", "什么时候退款", "refund_u", "已安排，原路退回", "ok");
}

#[test]
fn an_agent_answers_with_a_ready_text_in_english() {
    story("en-US", "When do I get my money?", "refund_u", "goes back the way you paid", "ok");
}
