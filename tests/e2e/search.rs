//! The search box by keyboard: opened with a slash, exact numbers first, arrows and Enter lead to what was found.

use serde_json::{Value, json};

use crate::seat::Seat;
use crate::shop::Shop;

const INPUT: &str = "dialog[open] .ui-palette__input";
const DOWN: &str = "\u{e015}";
const ENTER: &str = "\u{e007}";

fn strike(seat: &Seat, key: &str) {
    let key = |kind: &str| json!({ "type": kind, "value": key });
    let actions = [key("keyDown"), key("keyUp")];
    seat.browser.perform(&json!([{ "type": "key", "id": "keys", "actions": actions }]));
}

fn story(lang: &str, exact: &str, cases: &str) {
    let shop = Shop::open(&[]);
    let found = shop.reader.get("/api/rmas?limit=50").expect(200);
    let items = found["items"].as_array().cloned().unwrap_or_default();
    let with_order = items.iter().map(|item| shop.case(item["id"].as_str().expect("an id")));
    let case: Value = with_order.into_iter().find(|case| case["order"].is_object()).expect("a case of an order");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let (id, number) = (text(&case["head"]["id"]), text(&case["head"]["number"]));
    let (order, order_number) = (text(&case["order"]["id"]), text(&case["order"]["number"]));

    let seat = Seat::take(&shop, "after_sales_lead", lang);
    seat.reads(lang);
    let page = &seat.browser;
    page.go("/desk/rmas");
    page.waits_for("tbody tr");
    strike(&seat, "/");
    page.waits_for(INPUT);
    page.press(INPUT, &number);
    page.waits_for_path(&format!("//li[contains(@class,'ui-palette__group')][normalize-space(.)='{exact}']"));
    page.press(INPUT, ENTER);
    page.waits_for("[data-test=case-now]");
    assert_eq!(page.evaluate("return location.pathname"), json!(format!("/desk/rmas/{id}")));

    // The order comes first, its case below; the arrow leads from one to the other and back.
    let open = |keys: &[&str]| {
        strike(&seat, "/");
        page.waits_for(INPUT);
        page.press(INPUT, &order_number);
        page.waits_for_path(&format!("//li[contains(@class,'ui-palette__group')][normalize-space(.)='{cases}']"));
        keys.iter().for_each(|key| page.press(INPUT, key));
    };
    open(&[ENTER]);
    page.waits_without(INPUT);
    page.waits_for_path(&format!("//h1[contains(normalize-space(.),'{order_number}')]"));
    assert_eq!(page.evaluate("return location.pathname"), json!(format!("/desk/orders/{order}")));
    open(&[DOWN, ENTER]);
    page.waits_for("[data-test=case-now]");
    let at = page.evaluate("return location.pathname");
    assert!(at.as_str().is_some_and(|at| at.starts_with("/desk/rmas/")), "{at}");
    // A slash that is typed is a slash.
    page.type_into("[data-test=note-form] textarea", "1/2");
    page.waits_without(INPUT);
    seat.leaves();
}

#[test]
fn a_case_and_an_order_are_opened_by_keyboard() {
    story("zh-CN", "正是这个号码", "退换单");
}

#[test]
fn a_case_and_an_order_are_opened_by_keyboard_in_english() {
    story("en-US", "Exactly this number", "Cases");
}
