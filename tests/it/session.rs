//! Signing in, staying signed in, and not being somebody else.

use serde_json::json;
use support::{Harness, PASSWORD};

const HOUR_MS: i64 = 3_600_000;

#[test]
fn a_person_signs_in_and_out() {
    let harness = Harness::start();
    harness.person("lin", &["agent"]);
    let mut browser = harness.anonymous();
    browser.get("/api/session").refused(401, "unauthenticated");
    let answer = browser.sign_in(" Lin ", PASSWORD);
    let cookie = answer.header("set-cookie").unwrap_or_default().to_owned();
    assert!(cookie.starts_with("returndesk="), "{cookie}");
    for part in ["Path=/", "HttpOnly", "SameSite=Strict", "Max-Age=604800"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let view = answer.expect(201);
    assert_eq!((view["kind"].as_str(), view["name"].as_str()), (Some("person"), Some("lin")));
    assert_eq!(view["grants"][0]["role"], "agent");
    assert!(view["permissions"].as_array().is_some_and(|list| list.contains(&json!("rma.view"))));
    assert_eq!(browser.get("/api/session").expect(200), view);
    browser.delete("/api/session").expect(204);
    browser.get("/api/session").refused(401, "unauthenticated");
}

#[test]
fn a_stranger_learns_nothing_from_the_refusal() {
    let harness = Harness::start();
    harness.person("lin", &["agent"]);
    let off = harness.person("zhao", &["agent"]);
    disable(&harness, off);
    let mut browser = harness.anonymous();
    let wrong = browser.sign_in("lin", "not the password").refused(401, "wrong_credentials");
    for name in ["nobody", "zhao", "", "a name\nwith a break"] {
        let same = browser.sign_in(name, PASSWORD).refused(401, "wrong_credentials");
        assert_eq!((&same["message"], &same["help"]), (&wrong["message"], &wrong["help"]), "{name}");
    }
    assert!(browser.csrf().is_none());
}

fn disable(harness: &Harness, id: domain::PersonId) {
    use operations::person::change::{ChangePerson, change};
    let command = ChangePerson { id, version: None, display_name: None, lang: None, active: Some(false) };
    harness.run("person.change", move |tx, ctx| change(tx, ctx, &command)).expect("it is changed");
}

#[test]
fn refusals_speak_the_readers_language() {
    let harness = Harness::start();
    let answer = harness.anonymous().with("Accept-Language", "en-GB,zh;q=0.5").get("/api/session");
    assert_eq!(answer.refused(401, "unauthenticated")["message"], "sign in first");
    let answer = harness.anonymous().with("Accept-Language", "zh-CN").get("/api/session");
    assert_eq!(answer.refused(401, "unauthenticated")["message"], "请先登录");
    // A signed-in person's own language counts, whatever the browser says.
    let browser = harness.person_client("lin", &["agent"]).with("Accept-Language", "zh-CN");
    let refused = browser.get("/api/persons").refused(403, "forbidden");
    assert_eq!(refused["message"], "you lack the permission `person.manage`");
    browser.put("/api/session/language", &json!({ "lang": "zh" })).expect(204);
    let refused = browser.get("/api/persons").refused(403, "forbidden");
    assert_eq!(refused["message"], "您没有权限：person.manage");
    assert_eq!(browser.get("/api/session").expect(200)["lang"], "zh");
}

#[test]
fn a_session_ends_when_it_is_idle_and_at_last_in_any_case() {
    let harness = Harness::start();
    let browser = harness.person_client("lin", &["agent"]);
    harness.clock().advance_ms(12 * HOUR_MS - 1);
    browser.get("/api/session").expect(200);
    harness.clock().advance_ms(12 * HOUR_MS);
    browser.get("/api/session").refused(401, "unauthenticated");

    let browser = harness.signed_in("lin");
    for _ in 0..15 {
        harness.clock().advance_ms(11 * HOUR_MS);
        browser.get("/api/session").expect(200);
    }
    harness.clock().advance_ms(3 * HOUR_MS);
    browser.get("/api/session").refused(401, "unauthenticated");
}

#[test]
fn what_was_seen_survives_a_forgotten_cache() {
    let harness = Harness::start();
    let browser = harness.person_client("lin", &["agent"]);
    harness.clock().advance_ms(11 * HOUR_MS);
    browser.get("/api/session").expect(200);
    // Any later command of the bulk lane is done after the session's use was noted.
    harness.run("barrier", |_, _| Ok(())).expect("a barrier");
    wait_for_touch(&harness);
    // Another role makes the server look the session up anew: from the file, not from memory.
    let admin = harness.person_client("su", &["system_admin"]);
    let id = admin.get("/api/persons").expect(200)["items"][0]["id"].as_str().unwrap_or_default().to_owned();
    admin.post(&format!("/api/persons/{id}/roles"), &json!({ "role": "finance" })).expect(200);
    harness.clock().advance_ms(11 * HOUR_MS);
    browser.get("/api/session").expect(200);
}

/// The note is written in the background: asks the file until it is there.
fn wait_for_touch(harness: &Harness) {
    for _ in 0..10_000 {
        let seen = harness.app().read(|conn| {
            let person = store::person::by_name(conn, "lin")?.map(|person| person.id);
            let now = harness.app().now();
            let open = match person {
                Some(person) => store::session::open_of_person(conn, person, now, now.plus_ms(-1), 8)?,
                None => Vec::new(),
            };
            Ok(!open.is_empty())
        });
        if seen.expect("a read") {
            return;
        }
        std::thread::yield_now();
    }
    panic!("the session's use was never noted");
}

#[test]
fn own_sessions_are_listed_and_ended() {
    let harness = Harness::start();
    let here = harness.person_client("lin", &["agent"]);
    let there = harness.signed_in("lin");
    let other = harness.person_client("zhao", &["agent"]);
    let list = here.get("/api/sessions").expect(200);
    let list = list.as_array().expect("a list");
    assert_eq!(list.len(), 2);
    let currents: Vec<_> = list.iter().map(|one| one["current"].as_bool()).collect();
    assert_eq!(currents, [Some(false), Some(true)], "newest first");
    assert_eq!(list[0]["address"], "127.0.0.1");
    let id = list[0]["id"].as_str().expect("an id");
    // Somebody else may not even know of it.
    other.delete(&format!("/api/sessions/{id}")).refused(404, "not_found");
    there.get("/api/session").expect(200);
    here.delete(&format!("/api/sessions/{id}")).expect(204);
    there.get("/api/session").refused(401, "unauthenticated");
    here.get("/api/session").expect(200);
}

#[test]
fn opening_many_sessions_ends_the_oldest() {
    let harness = Harness::start();
    harness.person("lin", &["agent"]);
    let candidate = harness.app().read(|conn| operations::session::open::candidate(conn, "lin"));
    let candidate = candidate.expect("a read").expect("a person");
    for number in 0..40_u8 {
        let command = operations::session::open::OpenSession {
            candidate: candidate.clone(),
            token_hash: [number; 32],
            csrf_hash: [number; 32],
            address: String::new(),
            agent: String::new(),
        };
        let open =
            move |tx: &store::Tx<'_>, ctx: &mut operations::Ctx<'_>| operations::session::open::open(tx, ctx, &command);
        harness.run("session.open", open).expect("a session");
    }
    let browser = harness.signed_in("lin");
    assert_eq!(browser.get("/api/sessions").expect(200).as_array().map(Vec::len), Some(32));
}

#[test]
fn the_own_password_is_changed_with_the_old_one() {
    let harness = Harness::start();
    let browser = harness.person_client("lin", &["agent"]);
    let other = harness.signed_in("lin");
    let change =
        |current: &str, new: &str| browser.put("/api/session/password", &json!({ "current": current, "new": new }));
    change("wrong", "a-new-password").refused(422, "wrong_password");
    let refused = change(PASSWORD, "short").refused(422, "password_too_short");
    assert_eq!(refused["fields"][0]["field"], "new");
    change(PASSWORD, "a-new-password").expect(204);
    browser.get("/api/session").expect(200);
    other.get("/api/session").refused(401, "unauthenticated");
    harness.anonymous().sign_in("lin", PASSWORD).refused(401, "wrong_credentials");
    harness.anonymous().sign_in("lin", "a-new-password").expect(201);
}

#[test]
fn a_page_of_another_site_changes_nothing() {
    let harness = Harness::start();
    let browser = harness.person_client("lin", &["agent"]);
    let body = json!({ "lang": "zh" });
    let path = "/api/session/language";
    browser.clone().with_csrf(None).put(path, &body).refused(403, "csrf");
    browser.clone().with_csrf(Some("A".repeat(43).as_str())).put(path, &body).refused(403, "csrf");
    let other = harness.signed_in("lin");
    browser.clone().with_csrf(other.csrf()).put(path, &body).refused(403, "csrf");
    for (name, value) in [
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
    ] {
        browser.clone().with(name, value).put(path, &body).refused(403, "cross_site");
        // Nor does it sign anybody in.
        harness.anonymous().with(name, value).sign_in("lin", PASSWORD).refused(403, "cross_site");
    }
    browser.clone().with("Origin", &harness.url()).put(path, &body).expect(204);
    browser.clone().with("Sec-Fetch-Site", "same-origin").put(path, &body).expect(204);
    // A bearer token is sent by no browser on its own.
    let token = harness.token("erp", &["system_admin"]).with("Origin", "https://erp.example");
    token.get("/api/session").expect(200);
    token.delete("/api/session").expect(204);
}

#[test]
fn a_session_token_is_no_bearer_token_and_the_other_way_round() {
    let harness = Harness::start();
    let answer = {
        harness.person("lin", &["agent"]);
        harness.anonymous().sign_in("lin", PASSWORD)
    };
    let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next()).unwrap_or_default();
    let token = cookie.strip_prefix("returndesk=").expect("a cookie");
    harness.anonymous().with_bearer(token).get("/api/session").refused(401, "unauthenticated");
    harness.anonymous().with("Cookie", cookie).get("/api/session").expect(200);
    harness.anonymous().with_bearer(token).get("/api/session").refused(401, "unauthenticated");
}

#[test]
fn guessing_is_slowed_down() {
    let harness = Harness::start();
    harness.person("lin", &["agent"]);
    let mut browser = harness.anonymous();
    for _ in 0..10 {
        browser.sign_in("lin", "guess").refused(401, "wrong_credentials");
    }
    let answer = browser.sign_in("lin", PASSWORD);
    let seconds: u32 = answer.header("retry-after").and_then(|value| value.parse().ok()).unwrap_or_default();
    assert!((1..=6).contains(&seconds), "{seconds}");
    answer.refused(429, "too_many");
}

#[test]
fn behind_a_tls_proxy_the_cookie_is_bound_to_the_host() {
    let harness = Harness::start_with(|settings| http_api::Settings { behind_proxy: true, ..settings });
    harness.person("lin", &["agent"]);
    let mut browser =
        harness.anonymous().with("X-Forwarded-Proto", "https").with("X-Forwarded-For", "203.0.113.9, 198.51.100.7");
    let answer = browser.sign_in("lin", PASSWORD);
    let cookie = answer.header("set-cookie").unwrap_or_default();
    assert!(cookie.starts_with("__Host-returndesk=") && cookie.ends_with("; Secure"), "{cookie}");
    assert!(answer.header("strict-transport-security").is_some());
    // The address the proxy saw, not the one the client claims.
    let list = browser.get("/api/sessions").expect(200);
    assert_eq!(list[0]["address"], "198.51.100.7");
}
