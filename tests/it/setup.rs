//! The first account by the one-time link.

use operations::secret;
use operations::session::setup;
use serde_json::json;
use support::Harness;

const DAY_MS: i64 = 86_400_000;

fn offer(harness: &Harness) -> String {
    let token = secret::generate("").expect("randomness");
    let hash = secret::hash(&token).expect("a hash");
    let offered = harness.run("setup.offer", move |tx, ctx| setup::offer(tx, ctx, &hash)).expect("a verb");
    assert!(offered);
    token
}

fn first(token: &str, password: &str) -> serde_json::Value {
    json!({ "token": token, "name": "Chen", "password": password, "lang": "en" })
}

#[test]
fn the_link_makes_one_account_and_signs_it_in() {
    let harness = Harness::start();
    let token = offer(&harness);
    let stranger = harness.anonymous();
    stranger.post("/api/setup", &first(&"x".repeat(43), "a-good-password")).refused(404, "not_found");
    stranger.post("/api/setup", &first(&token, "short")).refused(422, "password_too_short");
    let mut browser = harness.anonymous();
    let answer = browser.post("/api/setup", &first(&token, "a-good-password"));
    browser.adopt(&answer);
    let view = answer.expect(201);
    assert!(view["permissions"].as_array().is_some_and(|list| list.contains(&json!("person.manage"))), "{view}");
    browser.get("/api/persons").expect(200);
    harness.anonymous().sign_in("chen", "a-good-password").expect(201);
    // Good once, and no other is offered while somebody exists.
    stranger.post("/api/setup", &first(&token, "a-good-password")).refused(404, "not_found");
    let again = harness.run("setup.offer", |tx, ctx| setup::offer(tx, ctx, &[7; 32])).expect("a verb");
    assert!(!again);
}

#[test]
fn a_link_is_over_after_a_day_or_when_another_is_offered() {
    let harness = Harness::start();
    let old = offer(&harness);
    let new = offer(&harness);
    harness.anonymous().post("/api/setup", &first(&old, "a-good-password")).refused(404, "not_found");
    harness.clock().advance_ms(DAY_MS);
    harness.anonymous().post("/api/setup", &first(&new, "a-good-password")).refused(404, "not_found");
}

#[test]
fn a_link_is_void_once_somebody_exists() {
    let harness = Harness::start();
    let token = offer(&harness);
    harness.person("lin", &["agent"]);
    harness.anonymous().post("/api/setup", &first(&token, "a-good-password")).refused(404, "not_found");
}
