//! The inbox in a browser: a refusal made by a key and taken back by the news, and filters that are kept.

use serde_json::{Value, json};

use crate::seat::Seat;
use crate::shop::Shop;

const ROW: &str = ".inbox tbody tr[aria-rowindex]";

/// A demo case that waits for the first review, and its number.
fn waiting(shop: &Shop) -> (String, String) {
    let page = shop.reader.get("/api/rmas?state=submitted&stage=first_review").expect(200);
    let case = &page["items"][0];
    let text = |name: &str| case[name].as_str().expect("a case that waits").to_owned();
    (text("id"), text("number"))
}

fn messages(case: &Value) -> Vec<(String, String)> {
    let all = case["deliveries"].as_array().expect("deliveries").iter();
    let text = |one: &Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
    all.map(|one| (text(one, "channel"), text(one, "state"))).collect()
}

fn story(lang: &str, taken_back: &str, kept: &str) {
    let shop = Shop::open(&[]);
    let (id, number) = waiting(&shop);
    let before = messages(&shop.case(&id));
    let seat = Seat::take(&shop, "agent", lang);
    seat.reads(lang);
    let page = &seat.browser;
    page.go("/desk");
    page.waits_for(ROW);
    page.type_into(".inbox .ui-filters__search input", &number);
    page.waits_for_path(&format!("//*[contains(@class,'inbox__number')][normalize-space(.)='{number}']"));
    page.waits_without(&format!("{ROW}[aria-rowindex='3']"));

    page.press(ROW, "r");
    page.waits_for("[data-test=decide-form]");
    page.type_into("dialog[open] [data-test=decide-form] textarea", "a slip of the finger");
    page.click("dialog[open] footer button:last-child");
    page.waits_without(ROW);
    assert_eq!(shop.case(&id)["head"]["state"], "rejected");
    page.click(".ui-toast__undo");
    page.sees(taken_back);
    page.waits_for(ROW);
    let case = shop.case(&id);
    assert_eq!((&case["head"]["state"], &case["head"]["stage"]), (&json!("submitted"), &json!("first_review")));
    let new: Vec<_> = messages(&case).into_iter().filter(|one| !before.contains(one)).collect();
    assert!(new.iter().all(|(_, state)| state == "cancelled") && !new.is_empty(), "no message left: {new:?}");

    // What is set is kept under a name, and shown with how many fit.
    page.click(".ui-view--save");
    page.type_into("dialog[open] [data-test=filter-form] input[type=text]", kept);
    page.click("dialog[open] footer button:last-child");
    page.waits_for(".ui-view[aria-pressed=true]");
    page.sees(&format!("{kept} 1"));

    // Each list has an address, and "back" leads to the one before.
    page.click("[role=tab]:nth-child(3)");
    page.waits_for("[role=tab]:nth-child(3)[aria-selected=true]");
    assert_eq!(page.evaluate("return location.search"), json!("?list=started"));
    page.evaluate("history.back()");
    page.waits_for("[role=tab]:nth-child(1)[aria-selected=true]");
    let wide = page.evaluate("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert_eq!(wide, 0);
    seat.leaves();
}

#[test]
fn a_refusal_is_taken_back_by_the_news() {
    story("zh-CN", "已撤销，单据回到待处理", "急件");
}

#[test]
fn a_refusal_is_taken_back_by_the_news_in_english() {
    story("en-US", "Taken back; the case waits again", "Urgent");
}
