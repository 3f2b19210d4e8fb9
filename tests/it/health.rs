//! Health, and what every answer carries.

use serde_json::json;
use support::Harness;

#[test]
fn the_server_says_that_it_is_well() {
    let harness = Harness::start();
    let view = harness.anonymous().get("/api/health").expect(200);
    assert_eq!((view["status"].as_str(), &view["reasons"]), (Some("ok"), &json!([])));
}

#[test]
fn every_answer_carries_its_headers() {
    let harness = Harness::start();
    let client = harness.anonymous();
    for path in ["/api/health", "/api/nothing", "/desk"] {
        let answer = client.get(path);
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert!(answer.header("x-request-id").is_some_and(|id| !id.is_empty()), "{path}");
    }
    assert_eq!(client.get("/api/health").header("cache-control"), Some("no-store"));
    let policy = client.get("/api/health").header("content-security-policy").map(str::to_owned);
    assert_eq!(policy.as_deref(), Some("default-src 'none'; frame-ancestors 'none'"));
}

#[test]
fn a_request_keeps_its_id_when_it_is_plain() {
    let harness = Harness::start();
    let sent = harness.anonymous().with("X-Request-Id", "gw-7.A_z").get("/api/nothing");
    assert_eq!(sent.refused(404, "not_found")["request_id"], "gw-7.A_z");
    for id in ["a b", "<script>", "", "x".repeat(65).as_str()] {
        let answer = harness.anonymous().with("X-Request-Id", id).get("/api/nothing");
        assert_ne!(answer.header("x-request-id"), Some(id));
        answer.refused(404, "not_found");
    }
    let first = harness.anonymous().get("/api/health").header("x-request-id").map(str::to_owned);
    assert_ne!(first.as_deref(), harness.anonymous().get("/api/health").header("x-request-id"));
}

#[test]
fn what_the_framework_refuses_has_the_same_body() {
    let harness = Harness::start();
    let client = harness.anonymous();
    client.get("/api/nothing").refused(404, "not_found");
    client.get("/api").refused(404, "not_found");
    client.get("/api/session/nothing").refused(404, "not_found");
    let answer = client.put("/api/session", &json!({}));
    assert_eq!(answer.header("allow"), Some("POST, GET, DELETE"));
    answer.refused(405, "method_not_allowed");
    client.post("/desk", &json!({})).refused(405, "method_not_allowed");
    let text = client.clone().with("Content-Type", "text/plain").send("POST", "/api/session", None);
    text.refused(415, "unsupported_media_type");
    let zipped = client.clone().with("Content-Encoding", "gzip").post("/api/session", &json!({}));
    zipped.refused(415, "unsupported_encoding");
    let large = json!({ "name": "x".repeat(300_000), "password": "x" });
    client.post("/api/session", &large).refused(413, "too_large");
    client.send("POST", "/api/session", Some("{".to_owned())).refused(400, "malformed_json");
    let refused = client.post("/api/session", &json!({ "name": 7, "password": "x" })).refused(400, "wrong_type");
    assert_eq!(refused["fields"][0]["field"], "name");
}

#[test]
fn what_is_no_route_is_a_page() {
    let harness = Harness::start();
    assert_eq!(harness.anonymous().get("/desk/cases").text, "page of /desk/cases");
    assert_eq!(harness.anonymous().get("/").text, "page of /");
}
