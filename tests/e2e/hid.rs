//! A gun that sends past the keyboard: connected by a click, heard on every page, said when it goes, there again when it is
//! plugged in or the page is opened anew.

use serde_json::json;

use crate::browser::Browser;
use crate::keys::fire;
use crate::seat::Seat;
use crate::shop::Shop;

const GUN: &str = include_str!("hid_gun.js");
const DOCK: &str = "[data-test=code-box] input";

fn codes(page: &Browser) -> Vec<String> {
    let read = "return [...document.querySelectorAll('.scan__code')].map(code => code.textContent)";
    let mut codes: Vec<String> = serde_json::from_value(page.evaluate(read)).expect("texts");
    codes.sort();
    codes
}

fn heard(page: &Browser, count: usize) {
    page.waits_for(&format!(".scans > .scan:nth-child({count}):last-child"));
    page.waits_without(".scan.is-paused");
}

#[test]
fn a_gun_past_the_keyboard_is_connected_once_and_heard_everywhere() {
    let shop = Shop::open(&[]);
    let seat = Seat::take(&shop, "business_admin", "zh-CN");
    let page = &seat.browser;
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": GUN }));
    page.go("/desk/master/guns");
    page.sees("没有直连的枪");
    page.click("[data-test=hid-connect]");
    page.waits_for("[data-test=hid-names]");
    page.sees("扫描枪已连接：Test gun");
    seat.leaves();

    // Another page, opened anew: the gun is there without a click. Nothing has the focus.
    let clerk = Seat::take(&shop, "warehouse_clerk", "en-US");
    clerk.reads("en-US");
    let page = &clerk.browser;
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": GUN }));
    page.evaluate("localStorage.setItem('test.hid.granted', '1')");
    page.go("/desk/receiving");
    page.waits_for(DOCK);
    page.sees("Gun connected: Test gun");
    page.evaluate("testGun.scan(']C0', 'E2EHID0001')");
    heard(page, 1);

    // It types as well: heard once. Then another one by the keyboard alone.
    page.evaluate("testGun.scan(']C0', 'E2EHID0002')");
    fire(page, "E2EHID0002\r", 8);
    fire(page, "E2EHID0003\r", 8);
    heard(page, 3);

    // Somebody is writing: not a letter of it is touched.
    page.press(DOCK, "note");
    page.evaluate("testGun.scan(']C0', 'E2EHID0004')");
    heard(page, 4);
    assert_eq!(page.evaluate("return document.activeElement.value"), "note");

    // Longer than one report.
    let long = format!("E2EHID{}", "7".repeat(58));
    page.evaluate(&format!("testGun.scan(']C0', '{long}')"));
    heard(page, 5);
    assert_eq!(codes(page), ["E2EHID0001", "E2EHID0002", "E2EHID0003", "E2EHID0004", long.as_str()]);

    page.evaluate("testGun.broken()");
    page.sees("The gun sent what cannot be read");
    page.evaluate("testGun.unplug()");
    page.sees("Gun gone: Test gun");
    page.evaluate("testGun.scan(']C0', 'E2EHID0005')");
    page.evaluate("testGun.plug()");
    page.evaluate("return new Promise(done => setTimeout(done))");
    page.evaluate("testGun.scan(']C0', 'E2EHID0006')");
    heard(page, 6);
    assert!(codes(page).contains(&"E2EHID0006".to_owned()));
    clerk.leaves();
}

#[test]
fn where_it_cannot_be_done_the_page_says_why() {
    let shop = Shop::open(&[]);
    let seat = Seat::take(&shop, "business_admin", "en-US");
    seat.reads("en-US");
    let page = &seat.browser;
    let without = "Object.defineProperty(Navigator.prototype, 'hid', { get: () => undefined, configurable: true })";
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": without }));
    page.go("/desk/master/guns");
    page.waits_for("[data-test=hid-obstacle]");
    page.sees("This browser cannot do it");
    page.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        &json!({ "source": "Object.defineProperty(window, 'isSecureContext', { get: () => false })" }),
    );
    page.go("/desk/master/guns");
    page.waits_for("[data-test=hid-obstacle]");
    page.sees("This page did not come by a trusted https connection");
    seat.leaves();
}

#[test]
fn a_gun_is_tried_and_set_and_every_page_obeys() {
    let shop = Shop::open(&[]);
    let seat = Seat::take(&shop, "business_admin", "en-US");
    seat.reads("en-US");
    let page = &seat.browser;
    page.go("/desk/master/guns");
    page.click("[data-test=trial]");
    fire(page, "]C1E2ETRY0001\r", 10);
    page.waits_for("[data-test=trial-outcome]");
    page.sees("]C1E2ETRY0001");
    page.sees("add it to the prefixes");
    page.type_into("[data-field=prefixes] input", "]C1 ]C10");
    page.type_into("[data-field=min_keys] input", "3");
    page.click("[data-test=gun-form] button[type=submit]");
    page.sees("between 4 and 20");
    page.type_into("[data-field=min_keys] input", "6");
    page.click("[data-test=gun-form] button[type=submit]");
    page.sees("Saved, and in force on every page");
    page.click("[data-test=trial]");
    fire(page, "]C1E2ETRY0002\r", 10);
    page.sees("This gun is set just right");
    // Another person's page has it too.
    let clerk = Seat::take(&shop, "warehouse_clerk", "zh-CN");
    clerk.browser.go("/desk/receiving");
    clerk.browser.waits_for(DOCK);
    fire(&clerk.browser, "]C10E2ESET0001\r", 10);
    heard(&clerk.browser, 1);
    assert_eq!(codes(&clerk.browser), ["E2ESET0001"]);
    clerk.leaves();
    seat.leaves();
}
