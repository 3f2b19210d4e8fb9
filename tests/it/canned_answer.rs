//! Canned answers: kept by the business admin, filled from a case with no more than its page shows the reader.

use serde_json::{Value, json};
use support::{Client, Floor};

fn answer(code: &str, text: &str) -> Value {
    json!({ "code": code, "title": { "zh": code, "en": code }, "text": { "zh": text, "en": text }, "uses": ["answer"] })
}

fn with(mut row: Value, name: &str, value: Value) -> Value {
    row[name] = value;
    row
}

fn of_case(client: &Client, id: &str, used: &str) -> Value {
    client.get(&format!("/api/rmas/{id}/canned-answers?for={used}")).expect(200)
}

fn one(found: &Value, code: &str) -> Value {
    let items = found["items"].as_array().expect("items");
    items.iter().find(|item| item["code"] == code).cloned().unwrap_or(Value::Null)
}

fn filed(floor: &Floor) -> String {
    floor.order("T0001", "COAT", 2, 600_000);
    floor.file("T0001", "return_refund", 2)
}

#[test]
fn the_admin_keeps_them_with_versions_and_leaves_a_trace() {
    let floor = Floor::open();
    let admin = floor.harness.person_client("admin", &["business_admin"]);
    let added = admin.post("/api/canned-answers", &answer("hello", "您好 {case}")).expect(201);
    let path = format!("/api/canned-answers/{}", added["id"].as_str().expect("an id"));
    let changed = with(answer("hello", "您好"), "version", json!(1));
    assert_eq!(admin.put(&path, &changed).expect(200)["version"], 2);
    admin.put(&path, &changed).refused(409, "changed_meanwhile");
    admin.post("/api/canned-answers", &answer("hello", "x")).refused(409, "code_taken");
    let listed = admin.get("/api/canned-answers").expect(200);
    let codes: Vec<&str> = listed.as_array().unwrap().iter().filter_map(|row| row["code"].as_str()).collect();
    assert!(codes.contains(&"hello") && codes.contains(&"send_back"), "the template brought some: {codes:?}");
    let events = floor.harness.app().read(|conn| Ok(store::event::verify_chain(conn)?)).expect("events");
    assert_eq!(events.1, None);
    for (who, code) in [("agent", "forbidden"), ("clerk", "forbidden")] {
        floor.by(who).get("/api/canned-answers").refused(403, code);
        floor.by(who).post("/api/canned-answers", &answer("mine", "x")).refused(403, code);
    }
}

#[test]
fn a_text_with_a_place_that_is_none_is_refused_at_its_field() {
    let floor = Floor::open();
    let admin = floor.harness.person_client("admin", &["business_admin"]);
    let check = |row: &Value, field: &str, code: &str| {
        let refused = admin.post("/api/canned-answers", row).refused(422, "invalid_fields");
        let at = &refused["fields"][0];
        assert_eq!((&at["field"], &at["code"]), (&json!(field), &json!(code)), "{refused}");
        refused["fields"][0]["message"].as_str().unwrap_or_default().to_owned()
    };
    let said = check(&answer("a", "打给 {phone}"), "text.zh", "unknown_placeholder");
    assert!(said.contains("{phone}") && said.contains("{customer}"), "what is wrong and what there is: {said}");
    check(&answer("a", "{case"), "text.zh", "unknown_placeholder");
    check(&answer("a", " "), "text", "required");
    check(&with(answer("a", "x"), "uses", json!([])), "uses", "required");
    check(&with(answer("a", "x"), "shop_id", json!("1")), "shop_id", "no_such_shop");
}

#[test]
fn places_are_filled_from_the_case() {
    let floor = Floor::open();
    let admin = floor.harness.person_client("admin", &["business_admin"]);
    let text = "{case}|{order}|{shop}|{customer}|{goods}|{refund}|{deadline}|{address}";
    admin.post("/api/canned-answers", &answer("all", text)).expect(201);
    let id = filed(&floor);
    let found = one(&of_case(floor.by("agent"), &id, "answer"), "all");
    let number = floor.case(&id)["head"]["number"].as_str().unwrap().to_owned();
    let zh = found["text"]["zh"].as_str().unwrap();
    let parts: Vec<&str> = zh.split('|').collect();
    assert_eq!(parts[..4], [number.as_str(), "T0001", "甲店", "张三"]);
    assert_eq!(parts[4..6], ["COAT ×2", "¥12,000.00"]);
    assert!(parts[6].starts_with("20") && parts[6].ends_with(char::is_numeric), "{zh}");
    assert!(found["text"]["en"].as_str().unwrap().contains("|Shop A|"), "{found}");
    // Only those for the use, the shop and in use.
    let other = floor.harness.shop("B");
    admin.post("/api/canned-answers", &with(answer("b", "x"), "shop_id", json!(other))).expect(201);
    admin.post("/api/canned-answers", &with(answer("off", "x"), "active", json!(false))).expect(201);
    let found = of_case(floor.by("agent"), &id, "answer");
    assert_eq!(
        (one(&found, "b"), one(&found, "off"), one(&found, "past_window")),
        (Value::Null, Value::Null, Value::Null)
    );
    let refusals = of_case(floor.by("agent"), &id, "refusal");
    assert_ne!(one(&refusals, "past_window"), Value::Null);
    assert_eq!(one(&refusals, "all"), Value::Null);
}

#[test]
fn nobody_reads_in_a_text_what_the_page_hides() {
    let floor = Floor::open();
    let admin = floor.harness.person_client("admin", &["business_admin"]);
    admin.post("/api/canned-answers", &answer("money", "{case} 退 {refund}")).expect(201);
    let id = filed(&floor);
    let agents = one(&of_case(floor.by("agent"), &id, "answer"), "money");
    assert_eq!(agents["missing"], json!([]));
    let clerks = one(&of_case(floor.by("clerk"), &id, "answer"), "money");
    assert_eq!(clerks["missing"], json!(["refund"]));
    let text = clerks["text"].to_string();
    assert!(text.contains("【退款金额】") && text.contains("[refund]") && !text.contains("12,000"), "{text}");
    // A case of another shop is none, for this page too.
    let other = floor.harness.shop("B");
    floor.harness.person_at("outsider", &[("agent", Some(other), None)]);
    let outsider = floor.harness.signed_in("outsider");
    outsider.get(&format!("/api/rmas/{id}/canned-answers?for=answer")).refused(404, "not_found");
}
