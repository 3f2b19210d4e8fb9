//! The exceptions desk in a browser: numbers that lead to their lists, and what is done about what is chosen.

use crate::browser::Browser;
use crate::seat::Seat;
use crate::shop::Shop;

const ROWS: &str = "[data-test=exceptions] tbody tr[aria-rowindex]";

fn number(page: &Browser, kind: &str) -> i64 {
    let css = format!("[data-test=kind-{kind}] .exceptions__count");
    page.waits_for(&css);
    let text = page.evaluate(&format!("return document.querySelector('{css}').textContent"));
    text.as_str().and_then(|text| text.parse().ok()).expect("a number")
}

fn waits_for_number(page: &Browser, kind: &str, expect: i64) {
    page.waits_for(&format!("[data-test=kind-{kind}]"));
    let text = format!(
        "//*[@data-test='kind-{kind}']//*[contains(@class,'exceptions__count')][normalize-space(.)='{expect}']"
    );
    page.waits_for_path(&text);
}

fn chooses_all(page: &Browser) {
    page.click("[data-test=exceptions] thead .ui-check");
}

fn story(lang: &str, settled: &str) {
    let shop = Shop::open(&[]);
    let seat = Seat::take(&shop, "warehouse_clerk", lang);
    let page = &seat.browser;
    seat.reads(lang);
    page.go("/desk/exceptions");
    // The demo's parcels that nobody announced.
    let strangers = number(page, "Unidentified");
    assert_eq!(strangers, 3);
    page.click("[data-test=kind-Unidentified]");
    page.waits_for("[data-test=kind-Unidentified][aria-pressed=true]");
    let listed = page.evaluate(&format!("return document.querySelectorAll('{ROWS}').length"));
    assert_eq!(listed.as_i64(), Some(strangers));

    chooses_all(page);
    page.click("[data-test=take]");
    page.waits_without("[data-test=take]");
    let mine = "/desk/exceptions?kind=unidentified&owner=me";
    page.go(mine);
    waits_for_number(page, "Unidentified", strangers);

    chooses_all(page);
    page.click("[data-test=settle]");
    page.click("dialog[open] footer button:last-child");
    // Not without saying why.
    page.waits_for("dialog[open] .ui-notice");
    page.type_into("dialog[open] textarea", "given back to the carrier");
    page.click("dialog[open] footer button:last-child");
    page.sees(settled);
    waits_for_number(page, "Unidentified", 0);
    seat.leaves();
}

#[test]
fn strangers_are_taken_and_settled() {
    story("zh-CN", "已了结");
}

#[test]
fn strangers_are_taken_and_settled_in_english() {
    story("en-US", "Settled");
}
