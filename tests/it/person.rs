//! Persons and their roles.

use serde_json::{Value, json};
use support::{Client, Harness, PASSWORD};

fn id_of(admin: &Client, name: &str) -> String {
    let list = admin.get("/api/persons?limit=200").expect(200);
    let found = list["items"].as_array().and_then(|items| items.iter().find(|person| person["name"] == name).cloned());
    found.unwrap_or(Value::Null)["id"].as_str().expect("the person").to_owned()
}

#[test]
fn a_manager_adds_a_person_who_then_works() {
    let harness = Harness::start();
    let shop = harness.shop("sh1");
    let admin = harness.person_client("su", &["system_admin"]);
    let body = json!({
        "name": "林.Wei", "password": PASSWORD, "lang": "en",
        "roles": [{ "role": "agent", "shop_id": shop }],
    });
    let view = admin.post("/api/persons", &body).expect(201);
    assert_eq!((view["name"].as_str(), view["display_name"].as_str()), (Some("林.wei"), Some("林.Wei")));
    assert_eq!(view["roles"], json!([{ "role": "agent", "shop_id": shop }]));
    let id = view["id"].as_str().expect("an id");
    assert_eq!(admin.get(&format!("/api/persons/{id}")).expect(200), view);
    let browser = harness.signed_in("林.WEI");
    assert_eq!(browser.get("/api/session").expect(200)["grants"][0]["shop_id"], json!(shop));
    admin.post("/api/persons", &body).refused(409, "name_taken");
}

#[test]
fn what_is_wrong_with_a_new_person_names_its_field() {
    let harness = Harness::start();
    let admin = harness.person_client("su", &["system_admin"]);
    let check = |body: Value, status: u16, code: &str, field: &str| {
        let refused = admin.post("/api/persons", &body).refused(status, code);
        assert_eq!(refused["fields"][0]["field"], field, "{refused}");
        refused
    };
    check(json!({}), 400, "missing_field", "name");
    check(json!({ "name": "a", "nam": "b" }), 400, "unknown_field", "nam");
    check(json!({ "name": "a b" }), 422, "name_malformed", "name");
    check(json!({ "name": "" }), 422, "name_malformed", "name");
    check(json!({ "name": "x".repeat(65) }), 422, "name_malformed", "name");
    check(json!({ "name": "a", "password": "short" }), 422, "password_too_short", "password");
    check(
        json!({ "name": "a", "roles": [{ "role": "agent", "shop_id": "1" }] }),
        422,
        "unknown_scope",
        "roles[0].shop_id",
    );
    let refused = check(json!({ "name": "a", "roles": [{ "role": "agnet" }] }), 422, "unknown_role", "roles[0].role");
    assert_eq!(refused["help"], "did you mean `agent`?");
    let many = vec![json!({ "role": "agent" }); 65];
    check(json!({ "name": "a", "roles": many }), 422, "too_many_roles", "roles");
}

#[test]
fn a_role_given_or_taken_counts_at_once() {
    let harness = Harness::start();
    let admin = harness.person_client("su", &["system_admin"]);
    let clerk = harness.person_client("wang", &["agent"]);
    clerk.get("/api/persons").refused(403, "forbidden");
    let id = id_of(&admin, "wang");
    let path = format!("/api/persons/{id}/roles");
    let view = admin.post(&path, &json!({ "role": "system_admin" })).expect(200);
    assert_eq!(view["roles"].as_array().map(Vec::len), Some(2));
    admin.post(&path, &json!({ "role": "system_admin" })).expect(200);
    clerk.get("/api/persons").expect(200);
    admin.delete(&format!("{path}/system_admin")).expect(200);
    clerk.get("/api/persons").refused(403, "forbidden");
    admin.delete(&format!("{path}/system_admin")).refused(404, "not_found");
    admin.delete(&format!("{path}/system_admin?shop=1")).refused(400, "unknown_field");
}

#[test]
fn a_manager_of_one_shop_manages_nobody() {
    let harness = Harness::start();
    let shop = harness.shop("sh1");
    harness.person_at("limited", &[("system_admin", Some(shop), None)]);
    let limited = harness.signed_in("limited");
    limited.get("/api/persons").refused(403, "forbidden");
    limited.post("/api/persons", &json!({ "name": "a" })).refused(403, "forbidden");
    // Whether a person exists is not for them to know.
    limited.get("/api/persons/1").refused(404, "not_found");
}

#[test]
fn somebody_can_always_manage_persons() {
    let harness = Harness::start();
    let admin = harness.person_client("su", &["system_admin"]);
    let id = id_of(&admin, "su");
    admin.delete(&format!("/api/persons/{id}/roles/system_admin")).refused(409, "last_manager");
    let person = admin.get(&format!("/api/persons/{id}")).expect(200);
    let off = json!({ "version": person["version"], "active": false });
    admin.patch(&format!("/api/persons/{id}"), &off).refused(409, "last_manager");
    admin.get("/api/session").expect(200);
    harness.person("second", &["system_admin"]);
    admin.patch(&format!("/api/persons/{id}"), &off).expect(200);
    admin.get("/api/session").refused(401, "unauthenticated");
}

#[test]
fn a_person_switched_off_is_out_at_once() {
    let harness = Harness::start();
    let admin = harness.person_client("su", &["system_admin"]);
    let clerk = harness.person_client("wang", &["agent"]);
    let path = format!("/api/persons/{}", id_of(&admin, "wang"));
    let version = admin.get(&path).expect(200)["version"].clone();
    let off = json!({ "version": version, "active": false, "display_name": "王" });
    let view = admin.patch(&path, &off).expect(200);
    assert_eq!((view["active"].as_bool(), view["display_name"].as_str()), (Some(false), Some("王")));
    clerk.get("/api/session").refused(401, "unauthenticated");
    harness.anonymous().sign_in("wang", PASSWORD).refused(401, "wrong_credentials");
    admin.patch(&path, &off).refused(409, "stale_version");
    let on = json!({ "version": view["version"], "active": true });
    admin.patch(&path, &on).expect(200);
    clerk.get("/api/session").refused(401, "unauthenticated");
    harness.anonymous().sign_in("wang", PASSWORD).expect(201);
}

#[test]
fn a_manager_sets_a_password_and_ends_sessions() {
    let harness = Harness::start();
    let admin = harness.person_client("su", &["system_admin"]);
    let clerk = harness.person_client("wang", &["agent"]);
    let path = format!("/api/persons/{}", id_of(&admin, "wang"));
    assert_eq!(admin.get(&format!("{path}/sessions")).expect(200).as_array().map(Vec::len), Some(1));
    admin.put(&format!("{path}/password"), &json!({ "password": "another-password" })).expect(204);
    clerk.get("/api/session").refused(401, "unauthenticated");
    let mut clerk = harness.anonymous();
    clerk.sign_in("wang", "another-password").expect(201);
    assert_eq!(admin.delete(&format!("{path}/sessions")).expect(200), json!({ "revoked": 1 }));
    clerk.get("/api/session").refused(401, "unauthenticated");
    admin.put("/api/persons/1/password", &json!({ "password": "another-password" })).refused(404, "not_found");
}

#[test]
fn persons_are_read_page_by_page() {
    let harness = Harness::start();
    let admin = harness.person_client("su", &["system_admin"]);
    let names: Vec<String> = (0..5).map(|number| format!("p{number}")).collect();
    for name in &names {
        harness.person(name, &["agent"]);
    }
    let mut seen = Vec::new();
    let mut path = "/api/persons?limit=2".to_owned();
    loop {
        let page = admin.get(&path).expect(200);
        let items = page["items"].as_array().expect("items").clone();
        assert!((1..=2).contains(&items.len()));
        seen.extend(items.iter().map(|person| person["name"].as_str().unwrap_or_default().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/persons?limit=2&after={next}");
    }
    assert_eq!(seen[0], "su");
    assert_eq!(seen[1..], names);
    admin.get("/api/persons?limit=0").refused(400, "limit_out_of_range");
    admin.get("/api/persons?after=x").refused(400, "malformed_after");
    admin.get("/api/persons/no-number").refused(404, "not_found");
}

#[test]
fn roles_of_the_template_are_listed() {
    let harness = Harness::start();
    let admin = harness.person_client("su", &["system_admin"]);
    let roles = admin.get("/api/roles").expect(200);
    let ids: Vec<_> = roles.as_array().expect("roles").iter().filter_map(|role| role["id"].as_str()).collect();
    assert_eq!(ids, harness.roles());
    assert!(roles.as_array().is_some_and(|list| list.iter().all(|role| role["permissions"].is_array())));
}
