//! The page of messages in a browser: a channel is set up by its form, tried, and its refusal explained.

use support::Receiver;

use crate::seat::Seat;
use crate::shop::Shop;

fn story(lang: &str, taken: &str, refused: &str) {
    let receiver = Receiver::start(|_, before| (if before == 0 { 204 } else { 401 }, String::new()));
    let shop = Shop::open(&[]);
    let seat = Seat::take(&shop, "business_admin", lang);
    let page = &seat.browser;
    if lang.starts_with("en") {
        seat.reads("en");
    }
    page.go("/desk/messages?tab=channels");
    page.click("[data-test=add-webhook]");
    page.type_into("[data-test=channel-url] input", &receiver.url);
    page.click("[data-test=save-channel]");
    // Neither without a secret nor in the own network unasked; each field says so itself.
    page.waits_for("[data-test=channel-form] [aria-invalid=true]");
    assert!(receiver.heard().is_empty());
    page.type_into("[data-test=channel-secret] input", "shared");
    page.click("[data-test=channel-inside] input");
    page.click("[data-test=save-channel]");
    page.waits_for("[data-test=channel][data-kind=webhook]");

    page.click("[data-test=edit-webhook]");
    page.click("[data-test=try-channel]");
    page.waits_for("[data-test=trial-outcome][data-state=sent]");
    page.sees(taken);
    assert!(receiver.heard()[0].header("x-returndesk-signature").starts_with("sha256="));
    page.click("[data-test=try-channel]");
    page.waits_for("[data-test=trial-outcome][data-state=failed]");
    page.sees(refused);

    // Both are on the list; the refused one opens with its reason.
    page.go("/desk/messages");
    page.click("[data-test=messages] tbody tr[aria-rowindex]");
    page.waits_for("[data-test=message] [data-code='http.401']");
    let wide = page.evaluate("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert_eq!(wide, 0);
    seat.leaves();
}

#[test]
fn a_channel_is_set_up_tried_and_explained() {
    story("zh-CN", "对方已收下", "对方不接受密钥");
}

#[test]
fn a_channel_is_set_up_tried_and_explained_in_english() {
    story("en-US", "It was taken", "the other side refuses the secret");
}
