//! Boards in a browser: two windows see a change at once, and a number opens the rows behind it.

use std::time::{Duration, Instant};

use crate::seat::Seat;
use crate::shop::{Sale, Shop};

const NEW_TODAY: &str = "[data-component=new_today] .ui-stat__value";

fn number(seat: &Seat, css: &str) -> i64 {
    seat.browser.waits_for(css);
    let text = seat.browser.evaluate(&format!("return document.querySelector('{css}').textContent"));
    text.as_str().and_then(|text| text.trim().parse().ok()).unwrap_or_else(|| panic!("a number, not {text}"))
}

#[test]
fn a_second_window_sees_a_new_case_within_two_seconds_and_the_number_opens_it() {
    let sale = Sale { number: "BOARD-1", units: 2, price_minor: 10_000, paid_minor: 20_000 };
    let shop = Shop::open(&[sale]);
    let owner = Seat::take(&shop, "after_sales_lead", "zh-CN");
    owner.browser.go("/desk/boards/owner_board");
    let before = number(&owner, NEW_TODAY);
    let agent = Seat::take(&shop, "agent", "zh-CN");
    agent.files("BOARD-1", 1);
    let filed = Instant::now();
    while number(&owner, NEW_TODAY) != before + 1 {
        assert!(filed.elapsed() < Duration::from_secs(2), "the board has not heard of the new case");
    }
    owner.browser.click("[data-component=new_today] a");
    owner.browser.waits_for("[data-test=behind] tbody tr");
    let rows = owner.browser.evaluate("return document.querySelectorAll('[data-test=behind] tbody tr').length");
    assert_eq!(rows.as_i64(), Some(before + 1), "the list is as long as the number says");
    owner.browser.sees(&format!("共 {} 条", before + 1));
    agent.leaves();
    owner.leaves();
}

#[test]
fn an_admin_changes_a_deadline_and_a_line_on_a_page() {
    let shop = Shop::open(&[]);
    let admin = Seat::take(&shop, "business_admin", "zh-CN");
    let page = &admin.browser;
    page.go("/desk/master/clocks");
    page.waits_for("[data-step=first_review] input[inputmode]");
    page.type_into("[data-step=first_review] .clocks-form__maybe:first-of-type input[inputmode]", "6");
    page.click("[data-test=master-clocks] button[type=submit]");
    page.sees("已保存");
    page.go("/desk/master/clocks");
    page.waits_for("[data-step=first_review] input[inputmode]");
    let kept = page.evaluate("return document.querySelector('[data-step=first_review] input[inputmode]').value");
    assert_eq!(kept.as_str(), Some("6"));
    admin.leaves();
}
