//! A poster for a shop's counter: its code says the address below it, however long that is; another's decoder reads it.

use serde_json::json;

use crate::browser::Browser;
use crate::camera::film::Film;
use crate::seat::Seat;
use crate::shop::Shop;

/// The code on the poster: its modules, how wide it is, the address in letters.
fn code(page: &Browser) -> (String, usize, String) {
    page.waits_for("[data-test=poster] .qr");
    let read = page.evaluate(
        "const poster = document.querySelector('[data-test=poster]');
         const code = poster.querySelector('.qr');
         return [code.querySelector('path').getAttribute('d'), code.viewBox.baseVal.width,
                 poster.querySelector('.poster__url').textContent]",
    );
    let width = read[1].as_u64().and_then(|width| usize::try_from(width).ok());
    let text = |at: usize| read[at].as_str().expect("a text").to_owned();
    (text(0), width.expect("a width"), text(2))
}

/// The sheets that are printed, by how many points wide they are.
fn sheets(page: &Browser) -> Vec<String> {
    let paper = String::from_utf8_lossy(&page.paper()).into_owned();
    let boxes = paper.split("/MediaBox [0 0 ").skip(1);
    let width = |sheet: &str| match sheet.split(['.', ' ']).next() {
        Some("594" | "595") => "A4".to_owned(),
        Some("419" | "420") => "A5".to_owned(),
        other => format!("{other:?}"),
    };
    boxes.map(width).collect()
}

#[test]
fn a_posters_code_says_the_portals_address_however_long() {
    let (shop, film) = (Shop::open(&[]), Film::new());
    let admin = Seat::take(&shop, "business_admin", "zh-CN");
    let page = &admin.browser;
    // As long as a host can be.
    let label = "a".repeat(60);
    let longest = format!("https://{label}.{label}.{label}.{label}.example");
    for url in ["https://return.example.com", &longest] {
        page.go("/desk/master/portals");
        page.type_into("[data-test=portal-url] input", url);
        page.click("[data-test=save-portal]");
        page.sees("已保存");
        page.click("[data-test=portal-poster]");
        let (path, width, text) = code(page);
        assert_eq!(text, format!("{url}/portal?shop=A"));
        let names = page.evaluate("return document.querySelectorAll('[data-test=poster] [lang=en]').length > 0");
        assert_eq!(names, json!(true), "both languages");

        film.shows_drawn_code(&path, width);
        let window = Browser::open_with(&shop.server.url, "zh-CN", 1360, &film.switches());
        let clerk = Seat::take_at(window, "warehouse_clerk");
        clerk.browser.go("/desk/receiving");
        clerk.browser.click("[data-test=code-camera]");
        clerk.browser.waits_for("[data-test=camera].has-read");
        clerk.browser.sees(&format!("已读取 {text}"));
    }

    // What the paper shows is the poster alone, on one sheet of either size.
    page.devtools("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    let shown = page.evaluate(
        "const poster = document.querySelector('[data-test=poster]');
         const seen = [...document.body.querySelectorAll('*')].filter(one => one.getClientRects().length > 0);
         return seen.every(one => poster.contains(one) || one.contains(poster))",
    );
    assert_eq!(shown, json!(true), "nothing but the poster");
    page.devtools("Emulation.setEmulatedMedia", &json!({ "media": "" }));
    assert_eq!(sheets(page), ["A4"]);
    page.click("[data-test=poster-paper] label:last-of-type");
    page.waits_for(".poster--a5");
    assert_eq!(sheets(page), ["A5"]);
    admin.leaves();
}

#[test]
fn a_machines_own_address_is_no_poster() {
    let shop = Shop::open(&[]);
    let admin = Seat::take(&shop, "business_admin", "en-US");
    admin.reads("en-US");
    admin.browser.go("/desk/master/portals");
    admin.browser.click("[data-test=portal-poster]");
    admin.browser.waits_for("[data-test=poster]");
    admin.browser.sees("Customers cannot open this address");
    admin.browser.go("/desk/master/portals/1");
    admin.browser.sees("No such shop");
    admin.leaves();
}
