//! Work at a station: each scan is of its station, operator and shift, also when it is sent later; parcels nobody can place
//! are parked and found again; the sheet tells the next operator what is left.

use serde_json::{Value, json};
use support::picture::noise_png;
use support::{Answer, Client, Floor, START_MS, text};

const PIN: &str = "4826";
const MINUTE_MS: i64 = 60_000;

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
    let id = text(&enrolled.expect(201)["id"]);
    Bench { floor, admin, station, id }
}

impl Bench {
    /// A person with a role, a badge and the PIN: the badge.
    fn hire(&self, name: &str, roles: &[&str]) -> String {
        let id = self.floor.harness.person(name, roles);
        let issued = self.admin.post(&format!("/api/persons/{id}/badge"), &json!({})).expect(201);
        assert_eq!(self.admin.put(&format!("/api/persons/{id}/pin"), &json!({ "pin": PIN })).status, 204);
        text(&issued["code"])
    }

    /// An operator's browser and shift.
    fn operator(&self, badge: &str) -> (Client, String) {
        let mut client = self.station.clone();
        let opened = self.station.post("/api/station/operator", &json!({ "badge": badge, "pin": PIN }));
        client.adopt(&opened);
        (client, text(&opened.expect(201)["shift"]["id"]))
    }

    fn minutes(&self, minutes: i64) -> i64 {
        self.floor.harness.clock().advance_ms(minutes * MINUTE_MS);
        self.floor.harness.app().now().ms()
    }

    fn scan(&self, by: &Client, key: &str, mode: &str, raw: &str, more: &Value) -> Answer {
        let mut body = json!({
            "client_key": key, "warehouse": self.floor.warehouse, "mode": mode, "raw": raw,
            "scanned_at": self.floor.harness.app().now().ms(),
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        by.post("/api/scans", &body)
    }

    fn stored(&self, key: &str) -> store::scan::ScanRow {
        let found = self.floor.harness.app().read(|conn| Ok(store::scan::by_key(conn, key)?));
        found.expect("a read").expect("the scan is kept")
    }

    fn announced(&self, case: &str, waybill: &str) -> String {
        let body = json!({ "carrier": self.floor.carrier, "waybill": waybill });
        let path = format!("/api/rmas/{case}/parcels");
        text(&self.floor.by("agent").post(&path, &body).expect(201)["parcel"])
    }
}

#[test]
fn a_scan_is_of_its_station_operator_and_shift() {
    let bench = bench();
    let (wang, shift) = bench.operator(&bench.hire("wang", &["warehouse_clerk"]));
    let case = bench.floor.agreed("T0000001", "return_refund", 1, 10_000);
    bench.announced(&case, "SF1");
    // Whatever station the page says, it is the one whose cookie came along.
    let told = bench.scan(&wang, "k1", "dock", "SF1", &json!({ "device": "1" })).expect(200);
    assert_eq!((&told["effect"]["effect"], &told["operator"]["name"]), (&json!("signed"), &json!("wang")));
    assert_eq!(told.get("doubt"), None);
    let row = bench.stored("k1");
    assert_eq!(row.device_id.map(|id| id.to_string()), Some(bench.id.clone()));
    assert_eq!(row.shift_id.map(|id| id.to_string()), Some(shift));
    assert_eq!((row.sent_by, row.doubt.as_str()), (None, ""));
    let parcel = wang.get(&format!("/api/parcels/{}", text(&told["effect"]["signed"]["parcel"]))).expect(200);
    assert_eq!(parcel["parcel"]["signed_by"]["name"], "wang");
}

#[test]
fn what_was_queued_stays_theirs_who_made_it() {
    let bench = bench();
    let (_, first) = bench.operator(&bench.hire("wang", &["warehouse_clerk"]));
    let made_at = bench.minutes(10);
    bench.minutes(20);
    let (li, second) = bench.operator(&bench.hire("li", &["warehouse_clerk"]));
    bench.minutes(6);
    let queued = json!({ "shift": first, "scanned_at": made_at });
    let told = bench.scan(&li, "k1", "dock", "SF1", &queued).expect(200);
    assert_eq!((&told["operator"]["name"], told.get("doubt")), (&json!("wang"), None));
    let row = bench.stored("k1");
    assert_eq!(row.shift_id.map(|id| id.to_string()), Some(first.clone()));
    assert!(row.sent_by.is_some() && row.sent_by != row.operator_id);
    let parcel = text(&told["effect"]["signed"]["parcel"]);
    let signed = li.get(&format!("/api/parcels/{parcel}")).expect(200);
    assert_eq!(signed["parcel"]["signed_by"]["name"], "wang");
    assert_eq!(signed["parcel"]["signed_at"], json!(made_at));
    // Sent again, by whomever, it is the same scan.
    assert_eq!(bench.scan(&li, "k1", "dock", "SF1", &queued).expect(200), told);
    // A time outside the shift, or a shift of elsewhere: kept as the sender's, and doubted.
    let late = json!({ "shift": first, "scanned_at": bench.floor.harness.app().now().ms() });
    let told = bench.scan(&li, "k2", "dock", "SF2", &late).expect(200);
    assert_eq!((&told["operator"]["name"], &told["doubt"]), (&json!("li"), &json!("outside_shift")));
    let told = bench.scan(&li, "k3", "dock", "SF3", &json!({ "shift": "77" })).expect(200);
    assert_eq!((&told["operator"]["name"], &told["doubt"]), (&json!("li"), &json!("foreign_shift")));
    let ahead = json!({ "scanned_at": START_MS + 90 * 86_400_000_i64 });
    let told = bench.scan(&li, "k4", "dock", "SF4", &ahead).expect(200);
    assert_eq!(told["doubt"], "clock_ahead");
    assert_eq!(bench.stored("k4").shift_id.map(|id| id.to_string()), Some(second));
    assert_eq!(bench.stored("k2").doubt, "outside_shift");
    // Other facts name their shift in a header.
    let count = json!({ "parcel": parcel, "at": made_at });
    let headed = li.clone().with("x-station-shift", &first).with("x-station-made-at", &made_at.to_string());
    let opened = headed.post(&format!("/api/parcels/{parcel}/opening"), &json!({ "at": count["at"] })).expect(200);
    assert_eq!(opened["parcel"]["opened_by"]["name"], "wang");
}

#[test]
fn a_fact_of_somebody_who_left_is_kept() {
    let bench = bench();
    let badge = bench.hire("wang", &["warehouse_clerk"]);
    let (_, first) = bench.operator(&badge);
    let made_at = bench.minutes(1);
    bench.minutes(1);
    let list = bench.admin.get("/api/persons?limit=200").expect(200);
    let wang = list["items"].as_array().into_iter().flatten().find(|person| person["name"] == "wang").cloned();
    let wang = wang.expect("wang");
    let gone = json!({ "version": wang["version"], "active": false });
    bench.admin.patch(&format!("/api/persons/{}", text(&wang["id"])), &gone).expect(200);
    let (li, _) = bench.operator(&bench.hire("li", &["warehouse_clerk"]));
    let told = bench.scan(&li, "k1", "dock", "SF1", &json!({ "shift": first, "scanned_at": made_at })).expect(200);
    assert_eq!(told["operator"]["name"], "wang");
    assert_eq!(bench.stored("k1").raw, "SF1");
}

#[test]
fn the_gun_reads_everything_that_stands_on_a_parcel_and_its_goods() {
    let bench = bench();
    let floor = &bench.floor;
    let (wang, _) = bench.operator(&bench.hire("wang", &["warehouse_clerk", "inspector"]));
    let case = floor.agreed("T0000001", "return_refund", 2, 10_000);
    let number = text(&floor.case(&case)["head"]["number"]);
    let parcel = bench.announced(&case, "SF1");
    let what = |raw: &str| wang.get(&format!("/api/codes/{raw}")).expect(200);
    assert_eq!(what("sf1"), json!({ "what": "parcel", "parcel": parcel, "cases": [case] }));
    assert_eq!(what(&number), json!({ "what": "case", "rma": case }));
    let order = what("T0000001");
    assert_eq!((&order["what"], &order["cases"]), (&json!("order"), &json!([case])));
    assert_eq!(what("COAT")["what"], "sku");
    assert_eq!(what("LPP0000"), json!({ "what": "nothing" }));
    // An article or a number at the dock is no parcel: nothing is signed.
    assert_eq!(bench.scan(&wang, "k1", "dock", "COAT", &json!({})).expect(200)["effect"]["effect"], "shown");
    // The customer's own label carries the case's number: the one parcel that is awaited is meant.
    let told = bench.scan(&wang, "k2", "dock", &number, &json!({})).expect(200);
    assert_eq!(told["effect"]["signed"]["parcel"], json!(parcel));
    let found = wang.get(&format!("/api/parcels/{parcel}")).expect(200);
    let plate = text(&found["parcel"]["plate"]);
    assert_eq!(what(&plate)["parcel"], json!(parcel));
    let told = bench.scan(&wang, "k3", "dock", &plate, &json!({})).expect(200);
    assert_eq!(told["effect"]["signed"]["signed_as"], "signed_before");
    let opened = bench.scan(&wang, "k4", "bench", &plate, &json!({})).expect(200);
    assert_eq!(opened["effect"], json!({ "effect": "opened", "parcel": parcel }));
    let counted = bench.scan(&wang, "k5", "bench", "COAT", &json!({ "parcel": parcel, "quantity": 2 })).expect(200);
    let group = text(&counted["effect"]["counted"]["unit_group"]);
    let goods = wang.get(&format!("/api/rmas/{case}/goods")).expect(200);
    let units = what(&text(&goods["groups"][0]["plate"]));
    assert_eq!(units, json!({ "what": "unit_group", "unit_group": group, "rma": case, "parcel": parcel }));
}

#[test]
fn our_own_shipments_are_known_by_their_waybill() {
    let bench = bench();
    let floor = &bench.floor;
    let (wang, _) = bench.operator(&bench.hire("wang", &["warehouse_clerk"]));
    let case = floor.agreed("T0000001", "exchange", 1, 10_000);
    let group = floor.counted(&case, "SF1", 1);
    floor.inspected(&group, 1, "grade_new", "customer", "restock");
    let clerk = floor.by("clerk");
    let list = clerk.get(&format!("/api/outbound-orders?state=open&shop={}", floor.shop)).expect(200);
    let path = format!("/api/outbound-orders/{}/shipment", text(&list["items"][0]["id"]));
    clerk.post(&path, &json!({ "carrier": floor.carrier, "waybill": "EX1" })).expect(200);
    assert_eq!(wang.get("/api/codes/EX1").expect(200), json!({ "what": "outbound", "cases": [case] }));
    let told = bench.scan(&wang, "k1", "dock", "EX1", &json!({})).expect(200);
    assert_eq!(told["effect"]["signed"]["signed_as"], "outbound_back");
    assert_eq!(told["effect"]["signed"]["cases"], json!([case]));
}

#[test]
fn several_cases_share_a_parcel_and_a_case_has_several() {
    let bench = bench();
    let floor = &bench.floor;
    let (wang, _) = bench.operator(&bench.hire("wang", &["warehouse_clerk"]));
    let one = floor.agreed("T0000001", "return_refund", 2, 10_000);
    let other = floor.agreed("T0000002", "return_refund", 1, 10_000);
    let parcel = bench.announced(&one, "SF1");
    bench.announced(&one, "SF2");
    wang.put(&format!("/api/parcels/{parcel}/rmas/{other}"), &json!({})).expect(200);
    let told = bench.scan(&wang, "k1", "bench", "SF1", &json!({})).expect(200);
    assert_eq!(told["code"]["cases"], json!([one, other]));
    let on_bench = wang.get(&format!("/api/parcels/{parcel}")).expect(200);
    assert_eq!(on_bench["cases"].as_array().map(Vec::len), Some(2));
    // Goods go to the line that still waits, whichever case it is of.
    for key in ["k2", "k3", "k4"] {
        bench.scan(&wang, key, "bench", "COAT", &json!({ "parcel": parcel })).expect(200);
    }
    let received =
        |case: &str| wang.get(&format!("/api/rmas/{case}/goods")).expect(200)["lines"][0]["received"].clone();
    assert_eq!((received(&one), received(&other)), (json!(2), json!(1)));
    let second = bench.scan(&wang, "k5", "dock", "SF2", &json!({})).expect(200);
    assert_eq!(second["effect"]["signed"]["cases"], json!([one]));
}

fn upload(by: &Client) -> String {
    let sent = by.upload("/api/attachments", &noise_png(1, 1));
    text(&sent.expect(201)["id"])
}

#[test]
fn a_parcel_nobody_can_place_is_parked_with_photos_and_found_again() {
    let bench = bench();
    let floor = &bench.floor;
    let (wang, _) = bench.operator(&bench.hire("wang", &["warehouse_clerk"]));
    let right = floor.agreed("T0000001", "return_refund", 1, 10_000);
    let alike = floor.agreed("T0000002", "return_refund", 1, 10_000);
    bench.announced(&alike, "SF1234567899");
    let told = bench.scan(&wang, "k1", "dock", "SF1234567890", &json!({})).expect(200);
    assert_eq!(told["effect"]["signed"]["signed_as"], "unknown");
    let parcel = text(&told["effect"]["signed"]["parcel"]);
    let photo = upload(&wang);
    let body = json!({
        "parcel": parcel, "phone_tail": "1111", "note": "盒子压坏", "damaged": true, "attachments": [photo],
        "parked": true,
    });
    let parked = wang.post("/api/parcels/parking", &body).expect(200);
    assert_eq!((&parked["parcel"]["phone_tail"], &parked["parcel"]["damaged"]), (&json!("1111"), &json!(true)));
    assert_eq!((&parked["parcel"]["parked_at"], &parked["photos"][0]["id"]), (&json!(START_MS), &json!(photo)));
    assert_eq!(wang.download(&format!("/api/attachments/{photo}")).2, noise_png(1, 1));
    // Who cannot see the parcel cannot see its photo.
    let other = floor.harness.warehouse("W2");
    floor.harness.person_at("far", &[("warehouse_clerk", None, Some(other))]);
    floor.harness.signed_in("far").get(&format!("/api/attachments/{photo}")).refused(404, "not_found");
    let list = wang.get("/api/parcels?parked=true").expect(200);
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
    let wrong = |body: Value, code: &str, field: &str| {
        let refused = wang.post("/api/parcels/parking", &body).refused(422, code);
        assert_eq!(refused["fields"][0]["field"], field);
    };
    wrong(json!({ "parcel": parcel, "phone_tail": "12" }), "phone_tail_malformed", "phone_tail");
    wrong(json!({ "parcel": parcel, "attachments": ["1"] }), "no_such_file", "attachments[0]");
    wrong(json!({ "parcel": parcel, "weight_grams": 0 }), "weight_out_of_range", "weight_grams");

    // One case waits for nearly this waybill, both buyers' phones end so: the likelier stands first, with its reasons.
    bench.scan(&wang, "k2", "look_up", "COAT", &json!({ "parcel": parcel })).expect(200);
    let found = wang.get(&format!("/api/parcels/{parcel}/suggestions")).expect(200);
    let kinds = |place: usize| -> Vec<String> {
        found[place]["reasons"].as_array().into_iter().flatten().map(|reason| text(&reason["kind"])).collect()
    };
    assert_eq!((&found[0]["rma"], &found[0]["score"]), (&json!(alike), &json!(100)), "{found}");
    assert_eq!(kinds(0), ["waybill", "phone_tail", "goods"]);
    assert_eq!((&found[1]["rma"], &found[1]["score"]), (&json!(right), &json!(80)), "{found}");
    assert_eq!(kinds(1), ["phone_tail", "goods"]);
    assert_eq!(found[1]["reasons"][0]["points"], json!(40));
    floor.harness.signed_in("far").get(&format!("/api/parcels/{parcel}/suggestions")).refused(404, "not_found");
    let matched = wang.put(&format!("/api/parcels/{parcel}/rmas/{right}"), &json!({})).expect(200);
    assert_eq!((matched["parcel"].get("parked_at"), &matched["photos"][0]["id"]), (None, &json!(photo)));
    let left = wang.get("/api/parcels?parked=true").expect(200);
    assert_eq!(left["items"], json!([]));
}

#[test]
fn a_parcel_without_a_label_gets_its_plate_as_waybill() {
    let bench = bench();
    let (wang, _) = bench.operator(&bench.hire("wang", &["warehouse_clerk"]));
    let parked = wang.post("/api/parcels/parking", &json!({ "parked": true, "note": "无面单" })).expect(200);
    let parcel = &parked["parcel"];
    assert_eq!((&parcel["waybill"], &parcel["state"]), (&parcel["plate"], &json!("signed")));
    let told = wang.get(&format!("/api/codes/{}", text(&parcel["plate"]))).expect(200);
    assert_eq!(told["parcel"], parcel["id"]);
}

#[test]
fn the_sheet_tells_what_was_done_and_what_is_left() {
    let bench = bench();
    let floor = &bench.floor;
    let (wang_badge, li_badge) = (bench.hire("wang", &["warehouse_clerk"]), bench.hire("li", &["warehouse_clerk"]));
    let (wang, shift) = bench.operator(&wang_badge);
    let case = floor.agreed("T0000001", "return_refund", 2, 10_000);
    let parcel = bench.announced(&case, "SF1");
    bench.scan(&wang, "k1", "bench", "SF1", &json!({})).expect(200);
    bench.scan(&wang, "k2", "bench", "COAT", &json!({ "parcel": parcel, "quantity": 2 })).expect(200);
    bench.scan(&wang, "k3", "dock", "SF2", &json!({})).expect(200);
    bench.scan(&wang, "k4", "bench", "????", &json!({ "parcel": parcel })).expect(200);
    wang.post("/api/parcels/parking", &json!({ "parked": true })).expect(200);
    // Work without a station is not the station's.
    floor
        .by("clerk")
        .post("/api/parcels/signing", &json!({ "warehouse": floor.warehouse, "waybills": ["X9"] }))
        .expect(200);
    let draft = wang.get("/api/station/hand-over").expect(200);
    let counts = json!({
        "scans": 4, "signed": 3, "opened": 1, "units_counted": 2, "units_inspected": 0, "units_dispositioned": 0,
        "parked": 1, "conflicts": 1,
    });
    assert_eq!(draft["counts"], counts);
    assert_eq!((&draft["unopened"], &draft["unfinished"]), (&json!(3), &json!(1)));
    assert_eq!(draft["unfinished_parcels"][0]["parcel"], json!(parcel));
    assert_eq!((&draft["from"]["name"], draft.get("to")), (&json!("wang"), None));

    bench.minutes(30);
    let body = json!({ "badge": wang_badge, "pin": PIN, "note": "" });
    wang.post("/api/station/hand-over", &body).refused(409, "same_operator");
    let body = json!({ "badge": li_badge, "pin": "0000" });
    wang.post("/api/station/hand-over", &body).refused(401, "wrong_badge_or_pin");
    let body = json!({ "badge": li_badge, "pin": PIN, "note": "SF2 还没拆", "pending_uploads": 2 });
    let answer = wang.post("/api/station/hand-over", &body);
    let mut li = bench.station.clone();
    li.adopt(&answer);
    let handed = answer.expect(201);
    assert_eq!((&handed["hand_over"]["to"]["name"], &handed["hand_over"]["counts"]), (&json!("li"), &counts));
    assert_eq!(
        (&handed["hand_over"]["note"], &handed["hand_over"]["pending_uploads"]),
        (&json!("SF2 还没拆"), &json!(2))
    );
    assert_ne!(handed["operator"]["shift"]["id"], json!(shift));
    wang.get("/api/session").refused(401, "unauthenticated");
    li.get("/api/session").expect(200);

    // The next sheet begins where this one ended; this one stays as it was.
    bench.minutes(1);
    let next = li.get("/api/station/hand-over").expect(200);
    assert_eq!((&next["counts"]["signed"], &next["since"]), (&json!(0), &handed["hand_over"]["at"]));
    let path = format!("/api/hand-overs/{}", text(&handed["hand_over"]["id"]));
    assert_eq!(li.get(&path).expect(200), handed["hand_over"]);
    let list = li.get(&format!("/api/hand-overs?station={}", bench.id)).expect(200);
    assert_eq!(list["items"], json!([handed["hand_over"]]));
    floor.by("agent").get(&path).refused(403, "forbidden");
    let other = floor.harness.warehouse("W2");
    floor.harness.person_at("far", &[("warehouse_clerk", None, Some(other))]);
    let far = floor.harness.signed_in("far");
    far.get(&path).refused(404, "not_found");
    assert_eq!(far.get("/api/hand-overs").expect(200)["items"], json!([]));
    floor.by("clerk").get("/api/station/hand-over").refused(409, "not_a_station");
}

#[test]
fn a_checklist_is_answered_and_photographed_before_it_is_taken() {
    let bench = bench();
    let floor = &bench.floor;
    let (zhao, _) = bench.operator(&bench.hire("zhao", &["inspector"]));
    let case = floor.agreed("T0000001", "return_refund", 1, 10_000);
    let group = floor.counted(&case, "SF1", 1);
    let path = format!("/api/unit-groups/{group}/inspections");
    let mut body = json!({
        "grade": floor.grade("grade_used"), "liability": "customer", "checklist": "general", "seconds_spent": 31,
        "answers": { "right_item": "yes", "package": "broken" },
    });
    let refused = zhao.post(&path, &body).refused(422, "checklist_incomplete");
    let fields: Vec<_> = refused["fields"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| (text(&one["field"]), text(&one["code"])))
        .collect();
    let expect = [("answers.complete", "answer_needed"), ("answers.package", "photo_needed")];
    assert_eq!(fields, expect.map(|(field, code)| (field.to_owned(), code.to_owned())));
    body["answers"]["complete"] = json!(true);
    body["attachments"] = json!([upload(&zhao)]);
    let found = zhao.post(&path, &body).expect(201);
    let seen = zhao.get(&format!("/api/rmas/{case}/goods")).expect(200);
    let inspection = &seen["groups"][0]["inspection"];
    assert_eq!((&inspection["seconds_spent"], &inspection["inspector"]["name"]), (&json!(31), &json!("zhao")));
    assert_eq!(found["unit_group"], json!(group));
}
