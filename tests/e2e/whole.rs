//! Two returns from the customer's phone to the end, each by the pages of the people who do the work, in Chinese and again
//! in English: one that runs by itself, and one with a question back, two approvals, two parcels, two refunds, an exchange
//! and a parcel that the customer would not take.

use serde_json::{Value, json};
use support::picture::noise_png;

use crate::browser::Browser;
use crate::keys::fire;
use crate::portal::{finds, id_of, is_sound, phone, sends};
use crate::seat::{Finding, Seat};
use crate::shop::{Sale, Shop};
use crate::station::Post;

/// As sold: opened and resalable, nobody but the customer bears it.
const GOOD: Finding = Finding { package: 2, grade: 2, liable: 1, units: None, photo: false };

fn photo() -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".png").tempfile().expect("a file");
    std::fs::write(file.path(), noise_png(3, 1)).expect("a photo");
    file
}

fn path(file: &tempfile::NamedTempFile) -> &str {
    file.path().to_str().expect("a path")
}

/// Somebody at the desk who reads this language.
fn seat(shop: &Shop, who: &str, lang: &str) -> Seat {
    let seat = Seat::take(shop, who, lang);
    seat.reads(lang);
    seat
}

fn nets(case: &Value) -> Vec<i64> {
    let all = case["settlements"].as_array().into_iter().flatten();
    all.map(|one| one["net"]["minor"].as_i64().expect("an amount")).collect()
}

/// The customer looks at the page again.
fn looks(page: &Browser) {
    page.evaluate("window.dispatchEvent(new Event('focus'))");
}

fn gives_waybill(page: &Browser, waybill: &str, parcels: usize) {
    page.type_into("[data-test=portal-waybill] input", waybill);
    page.click("[data-test=portal-tracking]");
    page.waits_for(&format!("[data-test=portal-parcel]:nth-child({parcels})"));
}

fn rates(page: &Browser, score: i64, comment: &str) {
    looks(page);
    page.click(&format!("[data-test=score-{score}]"));
    page.type_into("[data-test=rating-comment] textarea", comment);
    page.press("[data-test=portal-rate]", "\u{e007}");
    page.waits_for("[data-test=portal-rated]");
    is_sound(page);
}

/// From a phone to a rating without anybody deciding: agreed by the policy, found clean at the bench.
fn runs_by_itself(shop: &Shop, lang: &str, order: &str, refunded: &str) {
    let photo = photo();
    let customer = phone(shop, lang);
    customer.go("/portal");
    customer.waits_for(&format!("html[lang|={}]", &lang[..2]));
    finds(&customer, order, "1234");
    customer.press("[data-test=portal-form] input[type=file]", path(&photo));
    customer.waits_for(".photo__size");
    let id = id_of(shop, &sends(&customer));
    assert_eq!(shop.case(&id)["head"]["state"], "in_progress", "agreed at once");
    customer.waits_for("[data-test=portal-waybill]");
    customer.waits_without("[data-test=portal-rate]");
    let waybill = format!("SF{order}");
    gives_waybill(&customer, &waybill, 1);

    let post = Post::enrol(shop, lang);
    post.opens(&post.clerk);
    post.scans(std::slice::from_ref(&waybill));
    post.is_heard(1);
    post.finds_clean(&waybill, "E2E-1");
    let goods = shop.reader.get(&format!("/api/rmas/{id}/goods")).expect(200);
    assert_eq!(goods["groups"][0]["inspection"]["accepted"], json!(true), "{goods}");

    let finance = seat(shop, "finance", lang);
    finance.proposes(&id);
    looks(&customer);
    customer.waits_without("[data-test=portal-rate]");
    finance.pays(&id, "bank 8");
    finance.leaves();
    rates(&customer, 5, "很快 Fast");
    customer.sees(refunded);
    customer.sees("99.90");
    let case = shop.case(&id);
    assert_eq!((&case["head"]["state"], nets(&case)), (&json!("closed"), vec![9_990]), "{case}");
    assert_eq!(case["rating"]["score"], json!(5), "{case}");
}

#[test]
fn from_the_phone_to_the_rating_by_itself() {
    let sale = |number| Sale { number, units: 1, price_minor: 10_000, paid_minor: 9_990 };
    let shop = Shop::open(&[sale("SELFZH01"), sale("SELFEN01")]);
    runs_by_itself(&shop, "zh-CN", "SELFZH01", "已退款");
    runs_by_itself(&shop, "en-US", "SELFEN01", "Refunded");
}

/// Two to be refunded and one to be exchanged: a person decides.
fn asks_for_both(page: &Browser) -> String {
    page.type_into("[data-field=customer] input[type=tel]", "13800001234");
    page.type_into("[data-field=customer] input[type=text]", "张三");
    for (row, kind) in [(1, "return_refund"), (2, "exchange")] {
        let row = format!(".goods__row:nth-child({row})");
        page.click(&format!("{row} .ui-check"));
        page.choose(&format!("{row} .goods__kind select"), kind);
    }
    page.type_into(".goods__row:nth-child(1) .goods__controls input", "2");
    page.choose("[data-field=reason] select", "no_reason");
    page.choose("[data-field=reason]", "dislike");
    page.type_into("[data-field=return_phone] input", "13800001234");
    page.waits_for("[data-verdict=review]");
    page.click("[data-test=portal-submit]");
    page.waits_for("[data-test=portal-filed]");
    let number = page.evaluate("return document.querySelector('.keep__number').innerText.trim()");
    number.as_str().expect("a number").to_owned()
}

/// One parcel: received by the clerk, each of its `groups` found good, what it is worth keyed by finance.
fn takes_parcel(shop: &Shop, lang: &str, id: &str, receive: impl FnOnce(&Seat), groups: usize) -> Seat {
    let clerk = seat(shop, "warehouse_clerk", lang);
    receive(&clerk);
    clerk.leaves();
    let inspector = seat(shop, "inspector", lang);
    (0..groups).for_each(|_| inspector.inspects(id, &GOOD));
    inspector.leaves();
    let finance = seat(shop, "finance", lang);
    finance.proposes(id);
    finance
}

fn takes_everybody(shop: &Shop, lang: &str, order: &str, question: &str) {
    let photo = photo();
    let customer = phone(shop, lang);
    customer.go("/portal");
    customer.waits_for(&format!("html[lang|={}]", &lang[..2]));
    finds(&customer, order, "1234");
    let number = asks_for_both(&customer);
    let id = id_of(shop, &number);

    let agent = seat(shop, "agent", lang);
    agent.asks(&id, question);
    assert_eq!(shop.case(&id)["head"]["state"], "needs_info");
    looks(&customer);
    customer.sees(question);
    customer.type_into("[data-test=portal-answer-text] textarea", "见照片 See the photo");
    customer.press("main input[type=file]", path(&photo));
    customer.waits_for(".ui-upload.is-good");
    is_sound(&customer);
    customer.click("[data-test=portal-answer]");
    customer.waits_without("[data-test=portal-answer]");
    agent.agrees(&id);
    agent.leaves();
    assert_eq!(shop.case(&id)["head"]["state"], "submitted", "the amount asks for somebody more");
    let chief = seat(shop, "cfo", lang);
    chief.agrees(&id);
    assert_eq!(shop.case(&id)["head"]["state"], "in_progress");

    let [first, second, out] = ["SF1", "SF2", "SF3"].map(|start| format!("{start}{order}"));
    looks(&customer);
    gives_waybill(&customer, &first, 1);
    let finance = takes_parcel(shop, lang, &id, |clerk| clerk.receives(&first, 1), 1);
    finance.pays(&id, "bank 91");
    finance.leaves();
    assert_eq!(nets(&shop.case(&id)), [300_000], "one of two");
    customer.click("[data-test=portal-another]");
    gives_waybill(&customer, &second, 2);
    let finance = takes_parcel(shop, lang, &id, |clerk| clerk.receives_as_announced(&second), 2);
    // Both together are above the limit: whoever keyed this one cannot approve it.
    finance.browser.waits_for("[data-test=four-eyes]");
    chief.approves(&id);
    chief.leaves();
    finance.pays(&id, "bank 92");
    finance.leaves();
    assert_eq!(nets(&shop.case(&id)), [300_000, 300_000], "and the other, after it");

    let clerk = seat(shop, "warehouse_clerk", lang);
    clerk.ships(&id, &out);
    looks(&customer);
    customer.sees(&out);
    // Nobody takes it in: it comes back as it left, and the gun knows whose it is.
    clerk.browser.go("/desk/receiving");
    clerk.browser.waits_for("[data-test=code-box]");
    fire(&clerk.browser, &format!("{out}\r"), 10);
    clerk.browser.click("[data-test=scan-open]");
    clerk.browser.waits_for("[data-test=parcel] [data-test=unmatch]");
    clerk.browser.sees(&number);
    clerk.leaves();
    assert_eq!(shop.case(&id)["head"]["state"], "in_progress", "somebody decides what becomes of it");
    let lead = seat(shop, "after_sales_lead", lang);
    lead.gives_up_sending(&id, "顾客拒收 Refused at the door");
    lead.leaves();
    let case = shop.case(&id);
    assert_eq!(case["head"]["state"], "closed", "{case}");
    assert_eq!(case["outbound"][0]["state"], "waived", "{case}");
    assert_eq!(case["parcels"].as_array().map(Vec::len), Some(3), "{case}");
    rates(&customer, 3, "来回两次 Twice");
}

#[test]
fn above_the_limit_everybody_takes_part() {
    let lines = |number| {
        let refund = Sale { number, units: 2, price_minor: 300_000, paid_minor: 600_000 };
        [refund, Sale { number, units: 1, price_minor: 20_000, paid_minor: 20_000 }]
    };
    let shop = Shop::open(&[lines("BOTHZH01"), lines("BOTHEN01")].concat());
    takes_everybody(&shop, "zh-CN", "BOTHZH01", "请补充外包装照片");
    takes_everybody(&shop, "en-US", "BOTHEN01", "Please add a photo of the package");
}
