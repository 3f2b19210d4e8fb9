//! The same key gets the same answer, and the deed is done once.

use serde_json::json;
use support::Harness;

#[test]
fn the_same_key_does_the_deed_once() {
    let harness = Harness::start();
    let admin = harness.person_client("su", &["system_admin"]).with_key("k-1");
    let body = json!({ "name": "wang", "roles": [{ "role": "agent" }] });
    let first = admin.post("/api/persons", &body);
    assert_eq!(first.header("idempotency-replayed"), None);
    let second = admin.post("/api/persons", &body);
    assert_eq!(second.header("idempotency-replayed"), Some("true"));
    assert_eq!(first.expect(201), second.expect(201));
    assert_eq!(admin.get("/api/persons").expect(200)["items"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_key_belongs_to_one_request() {
    let harness = Harness::start();
    let admin = harness.person_client("su", &["system_admin"]).with_key("k-1");
    admin.post("/api/persons", &json!({ "name": "wang" })).expect(201);
    admin.post("/api/persons", &json!({ "name": "zhao" })).refused(409, "key_reused");
    let tokens = json!({ "name": "erp", "roles": [{ "role": "agent" }] });
    admin.post("/api/tokens", &tokens).refused(409, "key_reused");
}

#[test]
fn a_key_belongs_to_one_caller() {
    let harness = Harness::start();
    let one = harness.person_client("su", &["system_admin"]).with_key("same");
    let two = harness.person_client("su2", &["system_admin"]).with_key("same");
    one.post("/api/persons", &json!({ "name": "wang" })).expect(201);
    two.post("/api/persons", &json!({ "name": "zhao" })).expect(201);
}

#[test]
fn a_refused_request_may_be_tried_again_under_its_key() {
    let harness = Harness::start();
    let admin = harness.person_client("su", &["system_admin"]);
    let keyed = admin.clone().with_key("k-1");
    let body = json!({ "name": "wang" });
    let id = admin.post("/api/persons", &body).expect(201)["id"].as_str().unwrap_or_default().to_owned();
    keyed.post("/api/persons", &body).refused(409, "name_taken");
    keyed.post("/api/persons", &body).refused(409, "name_taken");
    assert!(!id.is_empty());
}

#[test]
fn a_secret_is_not_kept_for_a_second_answer() {
    let harness = Harness::start();
    let admin = harness.person_client("su", &["system_admin"]).with_key("k-1");
    let body = json!({ "name": "erp", "roles": [{ "role": "agent" }] });
    admin.post("/api/tokens", &body).expect(201);
    admin.post("/api/tokens", &body).refused(409, "secret_shown_once");
    assert_eq!(admin.get("/api/tokens").expect(200)["items"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_malformed_key_is_refused() {
    let harness = Harness::start();
    let admin = harness.person_client("su", &["system_admin"]);
    let body = json!({ "name": "wang" });
    admin.clone().with_key(&"k".repeat(200)).post("/api/persons", &body).expect(201);
    admin.clone().with_key(&"k".repeat(201)).post("/api/persons", &body).refused(400, "malformed_key");
    admin.clone().with_key("a b").post("/api/persons", &body).refused(400, "malformed_key");
    admin.clone().with_key("").post("/api/persons", &body).refused(400, "malformed_key");
}
