//! The customers' side: links, and what is remembered of an answer.

mod door;
mod find;
mod forged;
mod talk;

use serde_json::{Value, json};
use support::{Client, Harness};

const PHONE: &str = "13800001234";

/// A shop with a warehouse, an article and an order; `admin` may put more.
fn shop_with_order(harness: &Harness) {
    harness.shop("A");
    harness.warehouse("W");
    let admin = harness.person_client("admin", &["business_admin"]);
    let sku = json!({ "code": "S1", "name": { "zh": "上衣", "en": "Shirt" }, "resalable": true });
    admin.post("/api/skus", &sku).expect(201);
    put_order(&admin, "ORDER1", PHONE, "张三");
}

fn put_order(admin: &Client, number: &str, phone: &str, name: &str) {
    put_order_at(admin, "A", number, phone, name);
}

fn put_order_at(admin: &Client, shop: &str, number: &str, phone: &str, name: &str) {
    let day_ms = 86_400_000;
    let order = json!({
        "source_version": 1, "ordered_at": support::START_MS - 6 * day_ms, "shipped_at": support::START_MS - 5 * day_ms,
        "delivered_at": support::START_MS - 2 * day_ms,
        "lines": [{ "line_no": 1, "sku": "S1", "quantity": 2, "shipped": 2, "unit_price_minor": 9_000 }],
        "contact": { "name": name, "phone": phone, "nickname": format!("{name}的 小店") },
    });
    admin.put(&format!("/api/orders/{shop}/{number}"), &order).expect(200);
}

/// Whoever knows an order and the end of its phone.
fn proof_of(harness: &Harness, number: &str, tail: &str) -> Client {
    harness.anonymous().with("x-order-proof", &format!("number={number}&phone_tail={tail}"))
}

fn customer(harness: &Harness) -> Client {
    harness.anonymous().with("x-order-proof", &format!("shop=A&number=ORDER1&phone_tail={}", &PHONE[7..]))
}

fn wanted(customer: &Client, order: &str, phone: &str) -> Value {
    let offered = customer.get("/api/portal/order").expect(200);
    json!({ "answers": {
        "order": order,
        "customer": { "name": "某人", "phone": phone },
        "goods": [{ "line": offered["context"]["lines"][0]["line"], "kind": "return_refund", "quantity": 1 }],
        "reason": "dislike",
        "return_phone": phone,
    } })
}

/// Files on the first order; the client of the new case's link, and its number.
fn filed(harness: &Harness) -> (Client, String) {
    let customer = customer(harness);
    let filed = customer.post("/api/portal/rmas", &wanted(&customer, "ORDER1", PHONE)).expect(201);
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    (harness.anonymous().with("x-case-token", &text(&filed["link"]["token"])), text(&filed["number"]))
}

// Everything that is remembered with keys, as it lies in the file.
fn remembered(harness: &Harness) -> String {
    let path = harness.dir().join(store::DATABASE_FILE);
    let raw = rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut rows = raw.prepare("SELECT verb || ' ' || answer FROM idempotency").unwrap();
    let rows = rows.query_map((), |row| row.get::<_, String>(0)).unwrap();
    rows.map(Result::unwrap).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_filing_sent_again_gives_a_link_that_opens_and_none_is_kept() {
    let harness = Harness::start();
    shop_with_order(&harness);
    let who = || customer(&harness);
    let customer = who().with_key("portal-1");
    let wanted = wanted(&customer, "ORDER1", PHONE);
    let first = customer.post("/api/portal/rmas", &wanted).expect(201);
    let again = customer.post("/api/portal/rmas", &wanted).expect(201);
    assert_eq!(first["number"], again["number"]);
    let tokens = [&first, &again].map(|filed| filed["link"]["token"].as_str().expect("a token").to_owned());
    assert_ne!(tokens[0], tokens[1], "the first is nowhere any more");
    for token in &tokens {
        let case = harness.anonymous().with("x-case-token", token).get("/api/portal/case").expect(200);
        assert_eq!(case["number"], first["number"], "{case}");
    }
    let open = who().with_key("portal-2");
    let wanted = json!({ "number": first["number"] });
    let third = open.post("/api/portal/links", &wanted).expect(201);
    let fourth = open.post("/api/portal/links", &wanted).expect(201);
    assert_ne!(third["token"], fourth["token"]);
    let kept = remembered(&harness);
    assert!(kept.contains("portal.file") && kept.contains("portal.open"), "{kept}");
    for token in tokens.iter().map(String::as_str).chain([&third, &fourth].map(|link| link["token"].as_str().unwrap()))
    {
        assert!(!kept.contains(token), "{kept}");
    }
}

#[test]
fn what_was_shown_is_not_kept() {
    let harness = Harness::start();
    shop_with_order(&harness);
    let customer = customer(&harness);
    customer.post("/api/portal/rmas", &wanted(&customer, "ORDER1", PHONE)).expect(201);
    let agent = harness.person_client("agent", &["agent"]);
    let id = agent.get("/api/rmas").expect(200)["items"][0]["id"].as_str().expect("an id").to_owned();
    let shown = agent.clone().with_key("r1").post(&format!("/api/rmas/{id}/contact-reveal"), &json!({})).expect(200);
    assert_eq!((&shown["name"], &shown["phone"]), (&json!("某人"), &json!(PHONE)));
    let order =
        agent.get("/api/orders?number=ORDER1").expect(200)["items"][0]["id"].as_str().expect("an id").to_owned();
    let one = agent
        .clone()
        .with_key("r2")
        .post(&format!("/api/orders/{order}/contact-reveal"), &json!({ "field": "phone" }))
        .expect(200);
    assert_eq!(one["value"], PHONE);
    let kept = remembered(&harness);
    assert!(kept.contains("rma.reveal") && kept.contains("order.reveal"), "{kept}");
    assert!(!kept.contains(PHONE) && !kept.contains("某人"), "{kept}");
}
