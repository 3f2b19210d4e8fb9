//! What stands against taking something back: money, goods, messages, rules, and the customer's own answer.

use operations::template::apply::{Apply, apply};
use serde_json::{Value, json};
use support::{Client, Floor, TEMPLATE, text};

fn undo(client: &Client, id: &str, what: &Value, code: &str) {
    let refused = client.post(&format!("/api/rmas/{id}/undo"), what).refused(409, code);
    assert!(!refused["message"].as_str().unwrap_or_default().is_empty(), "in words: {refused}");
}

fn agreement() -> Value {
    json!({ "what": "decision", "node": "first_review", "round": 1 })
}

fn message() -> Value {
    json!({ "what": "message" })
}

/// Somebody who does everything: what one person does within the same millisecond is no other's work on the case.
fn all_hands(floor: &Floor) -> Client {
    let roles = ["agent", "finance", "warehouse_clerk"];
    floor.harness.person_client("hands", &roles)
}

fn agrees(client: &Client, id: &str) -> Value {
    let body = json!({ "node": "first_review", "round": 1, "choice": "agree", "note": "" });
    client.post(&format!("/api/rmas/{id}/decisions"), &body).expect(200)
}

/// What lies in the outbox for a case is sent.
fn sends(floor: &Floor, id: &str) {
    let rma = id.parse().expect("an id");
    let sent = floor.harness.run("outbox.send", move |tx, ctx| {
        let rows = store::outbox::of_rma(tx, rma)?;
        for row in &rows {
            store::outbox::record(tx, row.id, "sent", ctx.now)?;
        }
        Ok(rows.len())
    });
    assert!(sent.expect("rows") > 0, "something was to go out");
}

#[test]
fn money_that_moves_stands_in_the_way() {
    let floor = Floor::open();
    floor.order("UNDM1", "COAT", 1, 10_000);
    let id = floor.file("UNDM1", "compensation", 1);
    let hands = all_hands(&floor);
    let agreed = agrees(&hands, &id);
    assert_eq!(agreed["head"]["state"], "in_progress");
    let asked = json!({ "basis": "compensation" });
    let preview = hands.post(&format!("/api/rmas/{id}/settlement-preview"), &asked).expect(200);
    let mut components = preview["suggestion"].clone();
    if components.as_array().is_none_or(Vec::is_empty) {
        components = json!([{ "kind": "compensation", "amount_minor": 500, "bearer": "shop" }]);
    }
    let body = json!({ "basis": "compensation", "means": "original", "components": components });
    hands.post(&format!("/api/rmas/{id}/settlements"), &body).expect(201);
    undo(&hands, &id, &agreement(), "money_moved");
    assert_eq!(floor.case(&id)["head"]["state"], "in_progress");
}

#[test]
fn goods_that_left_stand_in_the_way() {
    let floor = Floor::open();
    floor.order("UNDG1", "COAT", 2, 10_000);
    let id = floor.file("UNDG1", "reship", 2);
    let hands = all_hands(&floor);
    let agreed = agrees(&hands, &id);
    let outbound = text(&agreed["outbound"][0]["id"]);
    let body = json!({ "carrier": floor.carrier, "waybill": "SFGONE" });
    hands.post(&format!("/api/outbound-orders/{outbound}/shipment"), &body).expect(200);
    undo(&hands, &id, &agreement(), "goods_left");
    assert_eq!(floor.case(&id)["outbound"][0]["state"], "shipped");
}

#[test]
fn a_message_that_left_stands_in_the_way() {
    let floor = Floor::open();
    floor.order("UNDL1", "COAT", 2, 600_000);
    let id = floor.file("UNDL1", "return_refund", 2);
    agrees(floor.by("agent"), &id);
    sends(&floor, &id);
    undo(floor.by("agent"), &id, &agreement(), "message_left");
    assert_eq!(floor.case(&id)["head"]["stage"], "cfo_approval");

    let write = json!({ "to_customer": true, "text": "please wait" });
    floor.by("agent").post(&format!("/api/rmas/{id}/notes"), &write).expect(200);
    sends(&floor, &id);
    undo(floor.by("agent"), &id, &message(), "message_left");
    assert_eq!(floor.case(&id)["notes"].as_array().map(Vec::len), Some(1), "what was sent stays in the thread");
}

#[test]
fn a_rule_that_changed_the_case_stands_in_the_way() {
    let floor = Floor::open();
    let marks = "rules:
  - id: marks_reviewed
    title: {zh: 初审后留言, en: A note after the first review}
    enabled: true
    on: node.passed
    node: first_review
    then:
      - note: {text: {zh: 已初审, en: Reviewed}}
";
    let command = Apply { text: TEMPLATE.replacen("\nrules:\n", &format!("\n{marks}"), 1), note: String::new() };
    floor.harness.run("template.apply", move |tx, ctx| apply(tx, ctx, &command)).expect("the template");
    floor.order("UNDR1", "COAT", 2, 600_000);
    let id = floor.file("UNDR1", "return_refund", 2);
    agrees(floor.by("agent"), &id);
    undo(floor.by("agent"), &id, &agreement(), "rule_changed_case");
    assert_eq!(floor.case(&id)["head"]["stage"], "cfo_approval");
}

#[test]
fn an_answer_of_the_customer_stands_in_the_way() {
    let floor = Floor::open();
    floor.order("UNDC1", "COAT", 1, 10_000);
    let proof = "shop=A&number=UNDC1&phone_tail=1111";
    let buyer = floor.harness.anonymous().with("x-order-proof", proof);
    let offered = buyer.get("/api/portal/order").expect(200);
    let answers = json!({
        "order": "UNDC1", "customer": { "name": "张三", "phone": "13800001111" },
        "goods": [{ "line": offered["context"]["lines"][0]["line"], "kind": "return_refund", "quantity": 1 }],
        "reason": "other_reason", "description": "说明", "return_phone": "13800001111",
    });
    let filed = buyer.post("/api/portal/rmas", &json!({ "answers": answers })).expect(201);
    let customer = floor.harness.anonymous().with("x-case-token", &text(&filed["link"]["token"]));
    let found = floor.by("agent").get("/api/rmas").expect(200);
    let id = text(&found["items"][0]["id"]);
    let write = json!({ "to_customer": true, "text": "which size?" });
    floor.by("agent").post(&format!("/api/rmas/{id}/notes"), &write).expect(200);
    floor.harness.clock().advance_ms(1_000);
    customer.post("/api/portal/case/messages", &json!({ "text": "M" })).expect(200);
    undo(floor.by("agent"), &id, &message(), "customer_answered");
    assert_eq!(floor.case(&id)["notes"].as_array().map(Vec::len), Some(2));
}
