//! Stations and their operators: enrolled, let in by badge and PIN, held to station work, kept out when anything is wrong.

use serde_json::{Value, json};
use support::{Answer, Client, Floor, PASSWORD, START_MS};

const PIN: &str = "4826";

/// A station at the merchant's warehouse, and its manager.
struct Bench {
    floor: Floor,
    admin: Client,
    station: Client,
    id: String,
}

fn bench() -> Bench {
    let floor = Floor::open();
    let admin = floor.harness.person_client("su", &["system_admin"]);
    let enrolled = admin.post("/api/stations", &json!({ "name": "拆检 1", "warehouse": floor.warehouse }));
    let mut station = floor.harness.anonymous();
    station.adopt_station(&enrolled);
    let id = enrolled.expect(201)["id"].as_str().expect("an id").to_owned();
    Bench { floor, admin, station, id }
}

impl Bench {
    fn person(&self, name: &str) -> String {
        let list = self.admin.get("/api/persons?limit=200").expect(200);
        let found = list["items"].as_array().and_then(|items| items.iter().find(|person| person["name"] == name));
        found.unwrap_or(&Value::Null)["id"].as_str().expect("the person").to_owned()
    }

    /// Gives a person a badge and the PIN; the badge's code.
    fn badge(&self, name: &str) -> String {
        let id = self.person(name);
        let issued = self.admin.post(&format!("/api/persons/{id}/badge"), &json!({})).expect(201);
        assert_eq!(self.admin.put(&format!("/api/persons/{id}/pin"), &json!({ "pin": PIN })).status, 204);
        issued["code"].as_str().expect("a code").to_owned()
    }

    fn open(&self, badge: &str, pin: &str) -> Answer {
        self.station.post("/api/station/operator", &json!({ "badge": badge, "pin": pin }))
    }

    fn operator(&self, badge: &str) -> Client {
        let mut client = self.station.clone();
        let opened = self.open(badge, PIN);
        client.adopt(&opened);
        opened.expect(201);
        client
    }
}

#[test]
fn a_browser_becomes_a_station_and_is_renamed_moved_and_revoked() {
    let Bench { floor, admin, station, id } = bench();
    let here = station.get("/api/station").expect(200);
    assert_eq!((&here["station"]["name"], &here["station"]["warehouse"]["code"]), (&json!("拆检 1"), &json!("W")));
    assert_eq!((&here["now"], here.get("shift")), (&json!(START_MS), None));
    assert_eq!(floor.harness.anonymous().get("/api/station").expect(200).get("station"), None);

    let list = admin.get("/api/stations").expect(200);
    assert_eq!((list.as_array().map(Vec::len), &list[0]["id"]), (Some(1), &json!(id)));
    let again = json!({ "name": "拆检 1", "warehouse": floor.warehouse });
    admin.post("/api/stations", &again).refused(409, "name_taken");
    admin.post("/api/stations", &json!({ "name": " ", "warehouse": floor.warehouse })).refused(422, "name_malformed");
    admin.post("/api/stations", &json!({ "name": "x", "warehouse": "1" })).refused(422, "no_such_warehouse");
    let list_settings = json!({ "name": "x", "warehouse": floor.warehouse, "settings": [] });
    admin.post("/api/stations", &list_settings).refused(422, "settings_malformed");
    floor.by("clerk").post("/api/stations", &again).refused(403, "forbidden");
    floor.by("clerk").get("/api/stations").refused(403, "forbidden");

    let path = format!("/api/stations/{id}");
    let other = floor.harness.warehouse("W2");
    let change = json!({ "version": 1, "name": "拆检 2", "warehouse": other, "settings": { "prefix": "~" } });
    let changed = admin.patch(&path, &change).expect(200);
    assert_eq!((&changed["version"], &changed["settings"]["prefix"]), (&json!(2), &json!("~")));
    admin.patch(&path, &change).refused(409, "changed_meanwhile");
    assert_eq!(station.get("/api/station").expect(200)["station"]["warehouse"]["code"], "W2");

    // Enrolled on another browser, it is no more on the first; revoked, it is nowhere.
    let moved = admin.post(&format!("{path}/enrolment"), &json!({}));
    let mut second = floor.harness.anonymous();
    second.adopt_station(&moved);
    moved.expect(201);
    assert_eq!(station.get("/api/station").expect(200).get("station"), None);
    assert_eq!(second.get("/api/station").expect(200)["station"]["id"], json!(id));
    assert_eq!(admin.delete(&path).status, 204);
    assert_eq!(second.get("/api/station").expect(200).get("station"), None);
    assert_eq!(admin.get("/api/stations").expect(200)[0]["active"], json!(false));
    second.post("/api/station/operator", &json!({ "badge": "OP1", "pin": PIN })).refused(409, "not_a_station");
}

#[test]
fn an_operator_signs_in_by_badge_and_pin_and_the_next_takes_the_place() {
    let bench = bench();
    let (clerk_badge, inspector_badge) = (bench.badge("clerk"), bench.badge("inspector"));
    // What a gun adds does not matter.
    let opened = bench.open(&format!("]C1{}\r", clerk_badge.to_lowercase()), PIN);
    let mut clerk = bench.station.clone();
    clerk.adopt(&opened);
    let opened = opened.expect(201);
    assert_eq!(opened["shift"]["operator"]["name"], "clerk");
    assert_eq!(opened["caller"]["station"]["id"], json!(bench.id));
    let allowed = opened["caller"]["permissions"].as_array().cloned().unwrap_or_default();
    assert_eq!(allowed, ["rma.view", "parcel.sign", "parcel.receive"], "no outbound orders, no notes");
    let me = clerk.get("/api/session").expect(200);
    assert_eq!(me["station"], opened["caller"]["station"]);
    assert_eq!(bench.station.get("/api/station").expect(200)["shift"], opened["shift"]);
    clerk.get("/api/meta").expect(200);

    let inspector = bench.operator(&inspector_badge);
    clerk.get("/api/session").refused(401, "unauthenticated");
    let here = inspector.get("/api/station").expect(200);
    assert_eq!(here["shift"]["operator"]["name"], "inspector");
    assert_ne!(here["shift"]["id"], opened["shift"]["id"]);
    // Somebody who signed in with a password before does not stay signed in at the station.
    let mut seated = bench.station.clone();
    let signed = seated.sign_in("agent", PASSWORD);
    signed.expect(201);
    let taken = seated.post("/api/station/operator", &json!({ "badge": clerk_badge, "pin": PIN }));
    taken.expect(201);
    seated.get("/api/session").refused(401, "unauthenticated");

    let clerk = bench.operator(&clerk_badge);
    assert_eq!(clerk.delete("/api/station/operator").status, 204);
    clerk.get("/api/session").refused(401, "unauthenticated");
    assert_eq!(bench.station.get("/api/station").expect(200).get("shift"), None);
}

#[test]
fn an_operator_leaves_by_idling_and_at_the_end_of_the_longest_shift() {
    let bench = bench();
    let badge = bench.badge("clerk");
    let clerk = bench.operator(&badge);
    let hours = |hours: i64| bench.floor.harness.clock().advance_ms(hours * 3_600_000);
    hours(3);
    clerk.get("/api/session").expect(200);
    hours(5);
    clerk.get("/api/session").refused(401, "unauthenticated");
    let clerk = bench.operator(&badge);
    for _ in 0..5 {
        hours(3);
        clerk.get("/api/session").expect(200);
    }
    hours(2);
    clerk.get("/api/session").refused(401, "unauthenticated");
}

#[test]
fn an_administrator_at_a_station_does_station_work_only() {
    let bench = bench();
    let floor = &bench.floor;
    floor.harness.person("boss", &["system_admin", "after_sales_lead", "warehouse_clerk", "cfo", "business_admin"]);
    let badge = bench.badge("boss");
    let boss = bench.operator(&badge);
    boss.get("/api/persons").refused(403, "forbidden");
    boss.post("/api/stations", &json!({ "name": "x", "warehouse": floor.warehouse })).refused(403, "forbidden");
    let own = bench.person("boss");
    boss.post(&format!("/api/persons/{own}/badge"), &json!({})).refused(403, "forbidden");
    boss.put(&format!("/api/persons/{own}/pin"), &json!({ "pin": "7391" })).refused(403, "forbidden");
    boss.put("/api/session/pin", &json!({ "current": PASSWORD, "pin": "7391" })).refused(403, "not_at_a_station");
    let password = json!({ "current": PASSWORD, "new": "another-long-one" });
    boss.put("/api/session/password", &password).refused(403, "not_at_a_station");
    let session = boss.get("/api/session").expect(200)["session"]["id"].as_str().unwrap_or_default().to_owned();
    boss.delete(&format!("/api/sessions/{session}")).refused(403, "not_at_a_station");
    for path in ["/api/settlements", "/api/boards", "/api/customers", "/api/api-tokens", "/api/outbound-orders"] {
        let answer = boss.get(path);
        assert!([403, 404].contains(&answer.status), "{path}: {} {}", answer.status, answer.text);
    }
    // Every route that needs more than station work is closed, whoever holds the badge.
    for route in contract::route::all() {
        let needs: &[domain::Permission] = match &route.access {
            contract::Access::Needs(permission) => std::slice::from_ref(permission),
            contract::Access::NeedsOne(some) => some,
            _ => continue,
        };
        let work = operations::station::WORK;
        if needs.iter().any(|one| work.contains(one) || *one == domain::Permission::RmaView) {
            continue;
        }
        let missing: Vec<&dyn std::fmt::Display> = route.variables().map(|_| &1 as &dyn std::fmt::Display).collect();
        let answer = boss.send(route.method.as_str(), &route.address(&missing), Some(json!({}).to_string()));
        assert_eq!(answer.status, 403, "{}: {}", route.operation, answer.text);
    }
}

#[test]
fn an_operator_works_at_the_stations_warehouse_only() {
    let bench = bench();
    let floor = &bench.floor;
    let other = floor.harness.warehouse("W2");
    floor.harness.person_at("elsewhere", &[("warehouse_clerk", None, Some(other))]);
    let badge = bench.badge("elsewhere");
    bench.open(&badge, PIN).refused(409, "no_work_here");
    floor.harness.person("office", &["agent"]);
    bench.open(&bench.badge("office"), PIN).refused(409, "no_work_here");
    let clerk = bench.operator(&bench.badge("clerk"));
    let sign = json!({ "warehouse": other, "waybills": ["SF1"] });
    clerk.post("/api/parcels/signing", &sign).refused(404, "not_found");
    let sign = json!({ "warehouse": floor.warehouse, "waybills": ["SF1"] });
    clerk.post("/api/parcels/signing", &sign).expect(200);
    // Moved to another warehouse, the station lets its operator go.
    let change = json!({ "version": 1, "warehouse": other });
    bench.admin.patch(&format!("/api/stations/{}", bench.id), &change).expect(200);
    clerk.get("/api/session").refused(401, "unauthenticated");
}

#[test]
fn an_operators_session_is_worth_nothing_outside_its_station() {
    let bench = bench();
    let clerk = bench.operator(&bench.badge("clerk"));
    clerk.get("/api/session").expect(200);
    clerk.clone().without_station().get("/api/session").refused(401, "unauthenticated");
    let other = bench.admin.post("/api/stations", &json!({ "name": "二", "warehouse": bench.floor.warehouse }));
    let mut stolen = clerk.clone();
    stolen.adopt_station(&other);
    stolen.get("/api/session").refused(401, "unauthenticated");
    clerk.get("/api/session").expect(200);
}

#[test]
fn wrong_pins_and_unknown_badges_say_the_same_and_are_limited() {
    let bench = bench();
    let badge = bench.badge("clerk");
    let unknown = format!("OP{}", "0".repeat(20));
    let wrong = bench.open(&badge, "0000").refused(401, "wrong_badge_or_pin");
    let stranger = bench.open(&unknown, PIN).refused(401, "wrong_badge_or_pin");
    assert_eq!((&wrong["message"], &wrong["help"]), (&stranger["message"], &stranger["help"]));
    for code in [&badge, &unknown] {
        for _ in 0..4 {
            bench.open(code, "0000").refused(401, "wrong_badge_or_pin");
        }
        // Known or not, the sixth rests, and the right PIN does not help.
        let blocked = bench.open(code, PIN).refused(429, "operator_blocked");
        assert_eq!(blocked["message"], "PIN 多次错误，请 15 分钟后再试");
    }
    let id = bench.person("clerk");
    let told = bench.admin.get(&format!("/api/persons/{id}/badge")).expect(200);
    assert_eq!(told["blocked_until"], json!(START_MS + 15 * 60_000));
    // The others work on.
    bench.open(&bench.badge("inspector"), PIN).expect(201);
    // Who signs in with the password is believed again.
    bench.floor.harness.signed_in("clerk").get("/api/session").expect(200);
    bench.open(&badge, PIN).expect(201);
    for _ in 0..5 {
        bench.open(&badge, "0000").refused(401, "wrong_badge_or_pin");
    }
    bench.open(&badge, PIN).refused(429, "operator_blocked");
    bench.floor.harness.clock().advance_ms(15 * 60_000);
    bench.open(&badge, PIN).expect(201);
}

#[test]
fn a_station_that_is_tried_with_many_badges_rests() {
    let bench = bench();
    let badge = bench.badge("clerk");
    // Right ones do not count, however often people change.
    for _ in 0..3 {
        bench.open(&badge, PIN).expect(201);
    }
    for number in 0..30 {
        bench.open(&format!("OP{number:020}"), PIN).refused(401, "wrong_badge_or_pin");
    }
    bench.open(&badge, PIN).refused(429, "operator_blocked");
}

#[test]
fn a_lost_badge_a_new_pin_and_a_dismissed_person_end_the_session() {
    let bench = bench();
    let badge = bench.badge("clerk");
    let id = bench.person("clerk");
    let path = format!("/api/persons/{id}");
    let clerk = bench.operator(&badge);
    assert_eq!(bench.admin.delete(&format!("{path}/badge")).status, 204);
    clerk.get("/api/session").refused(401, "unauthenticated");
    bench.open(&badge, PIN).refused(401, "wrong_badge_or_pin");
    bench.admin.delete(&format!("{path}/badge")).refused(404, "not_found");
    let second = bench.badge("clerk");
    bench.open(&badge, PIN).refused(401, "wrong_badge_or_pin");
    let clerk = bench.operator(&second);
    assert_eq!(bench.admin.put(&format!("{path}/pin"), &json!({ "pin": "7391" })).status, 204);
    clerk.get("/api/session").refused(401, "unauthenticated");
    bench.open(&second, PIN).refused(401, "wrong_badge_or_pin");
    bench.open(&second, "7391").expect(201);
    let version = bench.admin.get(&path).expect(200)["version"].clone();
    bench.admin.patch(&path, &json!({ "version": version, "active": false })).expect(200);
    bench.open(&second, "7391").refused(401, "wrong_badge_or_pin");
}

#[test]
fn a_pin_is_set_by_its_owner_with_the_password_and_never_a_weak_one() {
    let bench = bench();
    let id = bench.person("clerk");
    let issued = bench.admin.post(&format!("/api/persons/{id}/badge"), &json!({})).expect(201);
    let badge = issued["code"].as_str().expect("a code").to_owned();
    let told = bench.admin.get(&format!("/api/persons/{id}/badge")).expect(200);
    assert_eq!((&told["issued_at"], &told["has_pin"]), (&json!(START_MS), &json!(false)));
    bench.open(&badge, PIN).refused(401, "wrong_badge_or_pin");
    let clerk = bench.floor.by("clerk");
    let set = |current: &str, pin: &str| clerk.put("/api/session/pin", &json!({ "current": current, "pin": pin }));
    let weak = set(PASSWORD, "1234").refused(422, "pin_too_simple");
    assert_eq!(weak["fields"][0]["field"], "pin");
    set(PASSWORD, "12").refused(422, "pin_malformed");
    set("wrong-password", PIN).refused(422, "wrong_password");
    assert_eq!(set(PASSWORD, PIN).status, 204);
    bench.open(&badge, PIN).expect(201);
    clerk.get(&format!("/api/persons/{id}/badge")).refused(403, "forbidden");
    // A badge's code is told once, whoever asks again with the same key.
    let path = format!("/api/persons/{id}/badge");
    let again = bench.admin.clone().with_key("badge-1");
    again.post(&path, &json!({})).expect(201);
    again.post(&path, &json!({})).refused(409, "code_told_once");
}

#[test]
fn a_revoked_station_lets_nobody_in_and_its_operator_go() {
    let bench = bench();
    let badge = bench.badge("clerk");
    let clerk = bench.operator(&badge);
    assert_eq!(bench.admin.delete(&format!("/api/stations/{}", bench.id)).status, 204);
    clerk.get("/api/session").refused(401, "unauthenticated");
    bench.open(&badge, PIN).refused(409, "not_a_station");
    let nobody = bench.floor.harness.anonymous();
    nobody.post("/api/station/operator", &json!({ "badge": badge, "pin": PIN })).refused(409, "not_a_station");
}

#[test]
fn tokens_of_customers_and_systems_open_no_station() {
    let bench = bench();
    let floor = &bench.floor;
    floor.order("T0000001", "COAT", 1, 10_000);
    let customer = floor.harness.anonymous().with("x-order-proof", "shop=A&number=T0000001&phone_tail=1111");
    let offered = customer.get("/api/portal/order").expect(200);
    let answers = json!({
        "order": "T0000001", "customer": { "name": "张三", "phone": "13800001111" },
        "goods": [{ "line": offered["context"]["lines"][0]["line"], "kind": "return_refund", "quantity": 1 }],
        "reason": "dislike", "return_phone": "13800001111",
    });
    let filed = customer.post("/api/portal/rmas", &json!({ "answers": answers })).expect(201);
    let token = filed["link"]["token"].as_str().expect("a customer's token").to_owned();
    for client in [
        floor.harness.anonymous().with("cookie", &format!("returndesk-station={token}")),
        floor.harness.anonymous().with("cookie", &format!("returndesk={token}; returndesk-station={token}")),
        floor.harness.anonymous().with_bearer(&token),
        floor.harness.token("erp2", &["warehouse_clerk"]),
    ] {
        let open = json!({ "badge": bench.badge("clerk"), "pin": PIN });
        client.post("/api/station/operator", &open).refused(409, "not_a_station");
        assert_eq!(client.get("/api/station").expect(200).get("station"), None);
        let here = client.get("/api/station/hand-over");
        assert!([401, 409].contains(&here.status), "{}", here.text);
    }
}
