//! Bearer tokens of other systems.

use serde_json::json;
use support::Harness;

#[test]
fn a_token_is_shown_once_works_and_ends() {
    let harness = Harness::start();
    let admin = harness.person_client("su", &["system_admin"]);
    let made = admin.post("/api/tokens", &json!({ "name": "ERP", "roles": [{ "role": "system_admin" }] })).expect(201);
    let secret = made["secret"].as_str().expect("a secret");
    assert!(secret.starts_with("rdt_") && secret.len() == 47, "{secret}");
    let system = harness.anonymous().with_bearer(secret);
    let view = system.get("/api/session").expect(200);
    assert_eq!((view["kind"].as_str(), view["name"].as_str()), (Some("token"), Some("ERP")));
    assert!(view["session"].is_null());
    let list = system.get("/api/tokens").expect(200);
    assert_eq!(list["items"][0], made["token"]);
    assert!(!list.to_string().contains(secret));
    let id = made["token"]["id"].as_str().expect("an id");
    admin.delete(&format!("/api/tokens/{id}")).expect(204);
    system.get("/api/session").refused(401, "unauthenticated");
    admin.delete(&format!("/api/tokens/{id}")).expect(204);
    assert!(admin.get("/api/tokens").expect(200)["items"][0]["revoked_at"].is_i64());
    admin.delete("/api/tokens/1").refused(404, "not_found");
}

#[test]
fn a_token_ends_by_itself() {
    let harness = Harness::start();
    let admin = harness.person_client("su", &["system_admin"]);
    let now = harness.app().now().ms();
    let body = json!({ "name": "a", "roles": [{ "role": "agent" }], "expires_at": now + 60_000 });
    let secret = admin.post("/api/tokens", &body).expect(201)["secret"].as_str().expect("a secret").to_owned();
    let system = harness.anonymous().with_bearer(&secret);
    system.get("/api/session").expect(200);
    harness.clock().advance_ms(60_000);
    system.get("/api/session").refused(401, "unauthenticated");
}

#[test]
fn what_is_wrong_with_a_token_names_its_field() {
    let harness = Harness::start();
    let admin = harness.person_client("su", &["system_admin"]);
    let now = harness.app().now().ms();
    let role = json!([{ "role": "agent" }]);
    for (body, code, field) in [
        (json!({ "name": " ", "roles": role }), "name_malformed", "name"),
        (json!({ "name": "a", "roles": [] }), "role_needed", "roles"),
        (json!({ "name": "a", "roles": [{ "role": "nobody" }] }), "unknown_role", "roles[0].role"),
        (json!({ "name": "a", "roles": role, "expires_at": now }), "already_over", "expires_at"),
    ] {
        let refused = admin.post("/api/tokens", &body).refused(422, code);
        assert_eq!(refused["fields"][0]["field"], field, "{refused}");
    }
    admin.post("/api/tokens", &json!({ "name": "a", "roles": role })).expect(201);
    admin.post("/api/tokens", &json!({ "name": "a", "roles": role })).refused(409, "name_taken");
}

#[test]
fn a_system_reads_in_the_language_it_asks_for() {
    let harness = Harness::start();
    let system = harness.token("erp", &["agent"]);
    let refused = system.clone().with("Accept-Language", "en").get("/api/persons").refused(403, "forbidden");
    assert_eq!(refused["message"], "you lack the permission `person.manage`");
    let refused = system.get("/api/persons").refused(403, "forbidden");
    assert_eq!(refused["message"], "您没有权限：person.manage");
}
