//! A customer on a phone, in Chinese and in English: the order found, the request sent, words both ways, the waybill, the
//! link kept, the request taken back; and another's closed request rated.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::shop::{Sale, Shop};

/// What is wrong with a page: it scrolls sideways, targets are too small for a thumb, inputs and buttons nobody can name,
/// ids that are there twice, texts of the other language.
const WRONG: &str = r#"
    const wrong = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) wrong.push('scrolls sideways by ' + (root.scrollWidth - root.clientWidth));
    const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
    ids.filter((id, at) => ids.indexOf(id) !== at).forEach(id => wrong.push('twice: ' + id));
    const shown = element => element.getClientRects().length > 0;
    const named = input => input.labels?.length > 0 || input.getAttribute('aria-label') || input.getAttribute('aria-labelledby');
    [...document.querySelectorAll('main input, main select, main textarea')].filter(shown).filter(input => !named(input))
        .forEach(input => wrong.push('nameless: ' + input.outerHTML.slice(0, 120)));
    [...document.querySelectorAll('main button, main a')].filter(shown)
        .filter(one => !one.innerText.trim() && !one.getAttribute('aria-label')).forEach(one => wrong.push('wordless: ' + one.outerHTML.slice(0, 120)));
    [...document.querySelectorAll('main .ui-button:not(.ui-button--square), main input[type=text], main select')].filter(shown)
        .filter(one => one.getBoundingClientRect().height < 32).forEach(one => wrong.push('small: ' + one.outerHTML.slice(0, 120)));
    if (document.querySelectorAll('h1').length !== 1) wrong.push('headings: ' + document.querySelectorAll('h1').length);
    return wrong;
"#;

pub(crate) fn phone(shop: &Shop, lang: &str) -> Browser {
    let browser = Browser::open(&shop.server.url, lang, 500);
    let metrics = json!({ "width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": true });
    browser.devtools("Emulation.setDeviceMetricsOverride", &metrics);
    browser
}

#[track_caller]
pub(crate) fn is_sound(page: &Browser) {
    assert_eq!(page.evaluate(WRONG), json!([]), "{}", page.evaluate("return document.body.innerText"));
    assert_eq!(page.complaints(), Vec::<String>::new());
}

pub(crate) fn finds(page: &Browser, number: &str, tail: &str) {
    page.type_into("[data-test=portal-order] input", number);
    page.type_into("[data-test=portal-tail] input", tail);
    page.click("[data-test=portal-find]");
    page.waits_for("[data-test=portal-form]");
}

pub(crate) fn sends(page: &Browser) -> String {
    page.type_into("[data-field=customer] input[type=tel]", "13800001234");
    page.type_into("[data-field=customer] input[type=text]", "张三");
    page.click(".goods__row .ui-check");
    page.choose(".goods__kind select", "return_refund");
    page.choose("[data-field=reason] select", "no_reason");
    page.choose("[data-field=reason]", "dislike");
    page.type_into("[data-field=return_phone] input", "13800001234");
    page.waits_for("[data-verdict=auto_agree]");
    is_sound(page);
    page.click("[data-test=portal-submit]");
    page.waits_for("[data-test=portal-filed]");
    let number = page.evaluate("return document.querySelector('.keep__number').innerText.trim()");
    number.as_str().expect("a number").to_owned()
}

#[test]
fn a_customer_sends_follows_and_takes_back_a_request_on_a_phone() {
    let sale = |number| Sale { number, units: 1, price_minor: 10_000, paid_minor: 9_990 };
    let shop = Shop::open(&[sale("PHONEZH1"), sale("PHONEEN1")]);
    for (order, lang) in [("PHONEZH1", "zh-CN"), ("PHONEEN1", "en-US")] {
        let page = phone(&shop, lang);
        page.go(&format!("/portal?order={order}"));
        page.waits_for("[data-test=portal-find]");
        is_sound(&page);
        page.type_into("[data-test=portal-tail] input", "12");
        page.click("[data-test=portal-find]");
        page.waits_for(".ui-field__error");
        finds(&page, &format!(" #{}", order.to_lowercase()), "1234");
        let number = sends(&page);
        is_sound(&page);
        page.type_into("[data-test=portal-message-text] textarea", "什么时候退款 When?");
        page.click("[data-test=portal-message]");
        page.waits_for(".messages__line.is-own");
        let id = id_of(&shop, &number);
        let answer = json!({ "to_customer": true, "text": "今天处理 Today", "attachments": [] });
        shop.reader.post(&format!("/api/rmas/{id}/notes"), &answer).expect(200);
        page.evaluate("window.dispatchEvent(new Event('focus'))");
        page.waits_for(".messages__line:not(.is-own)");
        page.type_into("[data-test=portal-waybill] input", &format!("SF{order}"));
        page.click("[data-test=portal-tracking]");
        page.waits_for(".status__parcel");
        is_sound(&page);
        // The link that was given leads back; afterwards the request can still be taken back.
        let link = page.evaluate("return document.querySelector('[data-test=portal-link]').innerText.trim()");
        let link = link.as_str().and_then(|link| link.split_once("/portal/case")).expect("a link").1.to_owned();
        page.go("/portal");
        page.go(&format!("/portal/case{link}"));
        page.click("[data-test=portal-withdraw]");
        page.choose("[data-test=withdraw-reason]", "keep");
        page.click("dialog[open] footer button:last-child");
        page.waits_without("[data-test=portal-withdraw]");
        assert_eq!(shop.case(&id)["head"]["state"], "withdrawn");
        is_sound(&page);
    }
}

pub(crate) fn id_of(shop: &Shop, number: &str) -> String {
    let found = shop.reader.get("/api/rmas?limit=50").expect(200);
    let item = found["items"].as_array().into_iter().flatten().find(|item| item["number"] == number);
    item.and_then(|item| item["id"].as_str()).unwrap_or_else(|| panic!("{number} is not in {found}")).to_owned()
}

/// A closed case of the demo: its number and the end of its phone.
fn closed(shop: &Shop) -> (String, String, String) {
    let found = shop.reader.get("/api/rmas?state=closed&limit=50").expect(200);
    let items = found["items"].as_array().cloned().unwrap_or_default();
    let known = items.iter().find_map(|item| {
        let id = item["id"].as_str()?;
        let phone = shop.case(id)["contact"]["phone"].as_str()?.to_owned();
        let tail: String = phone.get(phone.len().checked_sub(4)?..)?.to_owned();
        let is_tail = tail.bytes().all(|byte| byte.is_ascii_digit());
        is_tail.then(|| (id.to_owned(), item["number"].as_str().unwrap_or_default().to_owned(), tail))
    });
    known.unwrap_or_else(|| panic!("no closed case with a phone: {found}"))
}

#[test]
fn a_customer_rates_a_settled_request_and_thinks_better_of_it() {
    let shop = Shop::open(&[]);
    let (id, number, tail) = closed(&shop);
    for (lang, score, comment) in [("zh-CN", 2, "有点慢"), ("en-US", 5, "Fine after all")] {
        let page = phone(&shop, lang);
        page.go("/portal");
        finds(&page, &number, &tail);
        // By the keyboard: the form below may still be growing.
        page.press("[data-test=portal-open-case]", "\u{e007}");
        page.waits_for("[data-test=portal-status]");
        if score == 5 {
            page.click("[data-test=portal-rate-again]");
        }
        page.click(&format!("[data-test=score-{score}]"));
        page.type_into("[data-test=rating-comment] textarea", comment);
        is_sound(&page);
        page.press("[data-test=portal-rate]", "\u{e007}");
        page.waits_for("[data-test=portal-rated]");
        page.sees(comment);
        let rating: Value = shop.case(&id)["rating"].clone();
        assert_eq!((&rating["score"], &rating["comment"]), (&json!(score), &json!(comment)), "{rating}");
        is_sound(&page);
    }
}

#[test]
fn a_frame_of_a_shops_page_has_no_head_of_ours_and_tells_its_height() {
    let shop = Shop::open(&[]);
    let page = phone(&shop, "zh-CN");
    page.go("/portal?embed=1");
    page.waits_for("[data-test=portal-find]");
    page.waits_without(".portal__top");
    // The portal may frame itself: a page of ours stands for the shop's.
    page.go("/portal");
    page.waits_for("[data-test=portal-find]");
    page.evaluate(
        "addEventListener('message', event => { if (event.data.type === 'returndesk:height') document.body.dataset.height = event.data.height > 100 });
         const frame = document.createElement('iframe'); frame.src = '/portal?embed=1'; document.body.append(frame);",
    );
    page.waits_for("body[data-height=true]");
}
