//! Waybills: which carrier they can be of, corrections and their history, what carriers say, and what nobody here signed.

use serde_json::{Value, json};
use support::{Client, Floor, START_MS};

const HOUR_MS: i64 = 3_600_000;

fn carriers(floor: &Floor) {
    let admin = floor.harness.person_client("admin", &["business_admin"]);
    for (code, pattern, check) in [("zto", "7[0-9]{13}", "none"), ("ems", "[A-Z]{2}[0-9]{9}CN", "s10")] {
        let body = json!({
            "code": code, "name": { "zh": code, "en": code }, "tracking_pattern": pattern, "check_digit": check,
        });
        admin.post("/api/carriers", &body).expect(201);
    }
}

fn carrier_id(floor: &Floor, code: &str) -> Value {
    let all = floor.by("agent").get("/api/carriers").expect(200);
    let found = all.as_array().and_then(|all| all.iter().find(|one| one["code"] == code)).cloned();
    found.unwrap_or_else(|| panic!("{all}"))["id"].clone()
}

fn agreed(floor: &Floor, order: &str) -> String {
    floor.agreed(order, "return_refund", 1, 3_000)
}

fn announced(floor: &Floor, order: &str, waybill: &str) -> String {
    let case = agreed(floor, order);
    let body = json!({ "waybill": waybill });
    floor.by("agent").post(&format!("/api/rmas/{case}/parcels"), &body).expect(201);
    case
}

fn tracking(client: &Client, case: &str) -> Value {
    client.get(&format!("/api/rmas/{case}/tracking")).expect(200)[0].clone()
}

#[test]
fn the_number_says_which_carrier_it_can_be_of() {
    let floor = Floor::open();
    carriers(&floor);
    let check = |waybill: &str| floor.by("agent").get(&format!("/api/waybills/{waybill}/check")).expect(200);
    assert_eq!(check("75%20312345%20678901")["carriers"], json!([carrier_id(&floor, "zto")]));
    assert_eq!(check("RB123456785CN")["carriers"], json!([carrier_id(&floor, "ems")]));
    let slip = check("RB132456785CN");
    assert_eq!(slip["carriers"], json!([]));
    assert!(slip["doubt"].is_object(), "{slip}");
    assert_eq!(check("NOBODYS1")["doubt"], Value::Null);
}

#[test]
fn an_impossible_number_is_refused_for_its_carrier_and_taken_without_one() {
    let floor = Floor::open();
    carriers(&floor);
    let case = agreed(&floor, "ORDER-1");
    let give = |waybill: &str, carrier: Value| {
        let body = json!({ "waybill": waybill, "carrier": carrier });
        floor.by("agent").post(&format!("/api/rmas/{case}/parcels"), &body)
    };
    give("75312345678901", carrier_id(&floor, "ems")).refused(422, "waybill_not_of_carrier");
    give("RB132456785CN", carrier_id(&floor, "ems")).refused(422, "waybill_check_digit");
    give("order-1", Value::Null).refused(422, "waybill_is_ours");
    give("RB132456785CN", Value::Null).expect(201);
    give("RB123456785CN", carrier_id(&floor, "ems")).expect(201);
    assert_eq!(
        floor.by("agent").get(&format!("/api/rmas/{case}/tracking")).expect(200).as_array().map(Vec::len),
        Some(2)
    );
}

#[test]
fn a_correction_keeps_what_it_was_and_who_did_it() {
    let floor = Floor::open();
    let case = announced(&floor, "ORDER-1", "WRONG1");
    let agent = floor.by("agent");
    let parcel = tracking(agent, &case)["parcel"].as_str().expect("an id").to_owned();
    say(&floor, "WRONG1", "signed", 1).expect(200);
    assert_eq!(tracking(agent, &case)["signed_elsewhere"], true);
    let body = json!({ "waybill": "right 1", "reason": "顾客抄错" });
    agent.put(&format!("/api/parcels/{parcel}/waybill"), &body).expect(204);
    let after = tracking(agent, &case);
    assert_eq!((&after["waybill"], &after["signed_elsewhere"]), (&json!("RIGHT1"), &json!(false)));
    assert_eq!(after["events"], json!([]), "what was said of the wrong number is not this parcel's");
    let change = &after["changes"][0];
    assert_eq!((&change["from"], &change["to"], &change["by"]), (&json!("WRONG1"), &json!("RIGHT1"), &json!("agent")));
    // And back: what was said of it counts again.
    agent.put(&format!("/api/parcels/{parcel}/waybill"), &json!({ "waybill": "WRONG1" })).expect(204);
    assert_eq!(tracking(agent, &case)["signed_elsewhere"], true);
    floor
        .harness
        .person_client("root", &["system_admin"])
        .put(&format!("/api/parcels/{parcel}/waybill"), &body)
        .refused(403, "forbidden");
    floor
        .by("clerk")
        .post("/api/parcels/signing", &json!({ "warehouse": floor.warehouse, "waybills": ["WRONG1"] }))
        .expect(200);
    agent.put(&format!("/api/parcels/{parcel}/waybill"), &body).refused(409, "parcel_is_here");
}

#[test]
fn a_number_that_another_case_has_is_flagged_not_forbidden() {
    let floor = Floor::open();
    announced(&floor, "ORDER-1", "SHARED1");
    let second = announced(&floor, "ORDER-2", "SHARED1");
    let seen = tracking(floor.by("agent"), &second);
    assert_eq!(seen["reused"], true);
    assert_eq!(seen["others"].as_array().map(Vec::len), Some(1), "{seen}");
}

fn say(floor: &Floor, waybill: &str, state: &str, hours_ago: i64) -> support::Answer {
    let event = json!({ "waybill": waybill, "at": START_MS - hours_ago * HOUR_MS, "state": state, "text": "快件" });
    floor.erp().post("/api/tracking-events", &json!({ "events": [event] }))
}

#[test]
fn what_carriers_say_stands_once_in_the_order_it_happened() {
    let floor = Floor::open();
    let case = announced(&floor, "ORDER-1", "MOVES1");
    assert_eq!(say(&floor, "moves1", "派件", 1).expect(200)["stored"], 1);
    assert_eq!(say(&floor, "MOVES1", "揽收", 9).expect(200)["stored"], 1);
    assert_eq!(say(&floor, "MOVES1", "揽收", 9).expect(200)["known"], 1);
    assert_eq!(say(&floor, "NOBODYS", "0", 1).expect(200)["unknown_waybills"], json!(["NOBODYS"]));
    say(&floor, "MOVES1", "lost in space", 1).refused(422, "unknown_state");
    say(&floor, "MOVES1", "signed", -5).refused(422, "in_the_future");
    let seen = tracking(floor.by("agent"), &case);
    let states: Vec<_> =
        seen["events"].as_array().expect("events").iter().map(|event| event["state"].clone()).collect();
    assert_eq!(states, ["on_the_way", "delivering"]);
    let parcel = seen["parcel"].as_str().expect("an id");
    let by_hand = json!({ "state": "trouble", "place": "杭州", "text": "电话问过，地址不详" });
    floor.by("agent").post(&format!("/api/parcels/{parcel}/tracking-events"), &by_hand).expect(204);
    assert_eq!(tracking(floor.by("agent"), &case)["events"][2]["by"], "agent");
    floor.by("agent").post("/api/tracking-events", &json!({ "events": [] })).refused(403, "forbidden");
}

#[test]
fn what_the_carrier_delivered_and_nobody_here_signed_is_found() {
    let floor = Floor::open();
    let lost = announced(&floor, "ORDER-1", "LOST1");
    announced(&floor, "ORDER-2", "HERE1");
    for waybill in ["LOST1", "HERE1"] {
        say(&floor, waybill, "签收", 5).expect(200);
    }
    let sign = json!({ "warehouse": floor.warehouse, "waybills": ["HERE1"] });
    floor.by("clerk").post("/api/parcels/signing", &sign).expect(200);
    let listed = || {
        let found = floor.by("clerk").get("/api/exceptions?kind=carrier_signed").expect(200);
        let waybills = found["items"].as_array().expect("a list").iter().map(|one| one["waybill"].clone());
        waybills.collect::<Vec<_>>()
    };
    assert_eq!(listed(), ["LOST1"]);
    // It was handed to the wrong house: the carrier takes it back.
    say(&floor, "LOST1", "派件", 1).expect(200);
    assert_eq!(listed(), Vec::<Value>::new());
    say(&floor, "LOST1", "签收", 0).expect(200);
    assert_eq!(listed(), ["LOST1"]);
    let parcel = tracking(floor.by("agent"), &lost)["parcel"].as_str().expect("an id").to_owned();
    let body = json!({ "waybill": "OTHER1", "reason": "顾客抄错" });
    floor.by("agent").put(&format!("/api/parcels/{parcel}/waybill"), &body).expect(204);
    assert_eq!(listed(), Vec::<Value>::new(), "what was said of the wrong number is not this parcel's");
}

#[test]
fn a_customer_checks_gives_and_corrects_a_waybill_of_their_case_alone() {
    let floor = Floor::open();
    carriers(&floor);
    let case = announced(&floor, "ORDER-1", "ABC1");
    announced(&floor, "ORDER-2", "XYZ1");
    let all = floor.by("agent").get("/api/rmas").expect(200);
    let own = all["items"].as_array().and_then(|all| all.iter().find(|one| one["id"] == case.as_str()));
    let number = own.expect("the case")["number"].clone();
    let proof = floor.harness.anonymous().with("x-order-proof", "shop=A&number=ORDER-1&phone_tail=1111");
    let link = proof.post("/api/portal/links", &json!({ "number": number })).expect(201);
    let customer = floor.harness.anonymous().with("x-case-token", link["token"].as_str().expect("a token"));
    let checked = customer.get("/api/portal/case/waybills/75312345678901/check").expect(200);
    assert_eq!(checked["carriers"], json!(["zto"]));
    assert!(customer.get("/api/portal/case/waybills/ORDER-1/check").expect(200)["doubt"].is_object());
    say(&floor, "ABC1", "在途", 2).expect(200);
    let seen = customer.get("/api/portal/case").expect(200);
    assert_eq!(seen["parcels"][0]["tracking"][0]["state"], "on_the_way");
    let right = json!({ "waybill": "75312345678901", "carrier": "zto" });
    customer.put("/api/portal/case/parcels/XYZ1", &right).refused(404, "not_found");
    let after = customer.put("/api/portal/case/parcels/ABC1", &right).expect(200);
    assert_eq!(after["parcels"][0]["waybill"], "75312345678901");
    let change = tracking(floor.by("agent"), &case)["changes"][0].clone();
    assert_eq!((&change["from"], &change["by"]), (&json!("ABC1"), &Value::Null));
}
