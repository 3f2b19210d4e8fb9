//! The first pages speak the reader's language and fit a phone.

use crate::browser::Browser;
use crate::shop::Shop;

#[test]
fn the_portal_and_the_desk_speak_the_readers_language() {
    let shop = Shop::open(&[]);
    for (lang, portal, desk) in [("zh-CN", "订单号", "登录"), ("en-US", "Order number", "Sign in")] {
        let browser = Browser::open(&shop.server.url, lang, 390);
        browser.go("/");
        browser.sees(portal);
        let wide =
            browser.evaluate("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assert_eq!(wide, 0, "the portal scrolls sideways on a phone");
        browser.go("/desk/");
        browser.sees(desk);
        assert_eq!(browser.complaints(), Vec::<String>::new());
    }
}
