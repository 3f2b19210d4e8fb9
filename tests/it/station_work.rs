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

    /// What lies on the disk.
    fn raw(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.floor.harness.dir().join(store::DATABASE_FILE)).expect("a database")
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
    assert_eq!(list["items"][0]["photo"]["id"], json!(photo));
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

/// The answer to a hand-over was lost: sent again as it was, it is given again, with a token of its own.
fn given_again(bench: &Bench, (wang, li): (&Client, &Client), body: &Value, handed: &Value) -> Client {
    let mut wrong = body.clone();
    wrong["pin"] = json!("0000");
    let first = wang.clone().with_key("hand-1");
    first.post("/api/station/hand-over", &wrong).refused(401, "wrong_badge_or_pin");
    wang.clone().with_key("hand-2").post("/api/station/hand-over", body).refused(401, "unauthenticated");
    wang.post("/api/station/hand-over", body).refused(401, "unauthenticated");
    let again = first.post("/api/station/hand-over", body);
    let mut now = bench.station.clone();
    now.adopt(&again);
    let again = again.expect(201);
    assert_eq!(again["hand_over"], handed["hand_over"]);
    assert_eq!(again["operator"]["shift"], handed["operator"]["shift"]);
    // One sheet, one session: the first answer's token opens nothing any more.
    li.get("/api/session").refused(401, "unauthenticated");
    now.get("/api/session").expect(200);
    bench
        .floor
        .harness
        .anonymous()
        .with_key("hand-1")
        .post("/api/station/hand-over", body)
        .refused(401, "unauthenticated");
    now
}

#[test]
fn a_lost_hand_over_is_given_to_its_receiver_at_its_station_and_to_nobody_else() {
    let bench = bench();
    let [wang_badge, li_badge, zhou_badge] = ["wang", "li", "zhou"].map(|name| bench.hire(name, &["warehouse_clerk"]));
    let (wang, _) = bench.operator(&wang_badge);
    let body = json!({ "badge": li_badge, "pin": PIN, "note": "n" });
    let path = "/api/station/hand-over";
    let answer = wang.with_key("hand-1").post(path, &body);
    let mut li = bench.station.clone();
    li.adopt(&answer);
    answer.expect(201);
    let sheets = || {
        let rows = bench.raw().query_row("SELECT count(*) FROM hand_over", (), |row| row.get::<_, i64>(0));
        rows.expect("a count")
    };
    let nothing = |client: Client, body: &Value| {
        client.post(path, body).refused(401, "unauthenticated");
        assert_eq!(sheets(), 1, "nothing is handed over without a session");
    };
    let here = || bench.station.clone().with_key("hand-1");
    // Another person at this station, the one who left, another request under the same key, no key, a bearer.
    nothing(here(), &json!({ "badge": zhou_badge, "pin": PIN, "note": "n" }));
    nothing(here(), &json!({ "badge": wang_badge, "pin": PIN, "note": "n" }));
    nothing(here(), &json!({ "badge": li_badge, "pin": PIN, "note": "another" }));
    nothing(bench.station.clone().with_key("hand-9"), &body);
    nothing(bench.station.clone(), &body);
    nothing(here().with_bearer("rd_nobody"), &body);
    // The same person, key and words at another station.
    let enrolled = bench.admin.post("/api/stations", &json!({ "name": "拆检 2", "warehouse": bench.floor.warehouse }));
    let mut other = bench.floor.harness.anonymous();
    other.adopt_station(&enrolled);
    enrolled.expect(201);
    nothing(other.with_key("hand-1"), &body);
    // None of that ended the receiver's stay.
    li.get("/api/session").expect(200);

    // Once the station was handed on, or its operator left, the old answer is nobody's.
    let next = json!({ "badge": zhou_badge, "pin": PIN, "note": "" });
    let answer = li.with_key("hand-2").post(path, &next);
    let mut zhou = bench.station.clone();
    zhou.adopt(&answer);
    answer.expect(201);
    here().post(path, &body).refused(401, "unauthenticated");
    zhou.get("/api/session").expect(200);
    assert_eq!(zhou.delete("/api/session").status, 204);
    bench.station.clone().with_key("hand-2").post(path, &next).refused(401, "unauthenticated");
    assert_eq!(sheets(), 2);
}

/// Sheets are found by when they were made, and the stations that have some are named.
fn is_listed(bench: &Bench, li: &Client, handed: &Value, list: &Value) {
    let at = handed["hand_over"]["at"].as_i64().unwrap_or_default();
    let between = |from: i64, until: i64| li.get(&format!("/api/hand-overs?from={from}&until={until}")).expect(200);
    assert_eq!(between(at, at + 1)["items"], list["items"]);
    assert_eq!((&between(at + 1, at + 2)["items"], &between(at - 1, at)["items"]), (&json!([]), &json!([])));
    let stations = li.get("/api/hand-over-stations").expect(200);
    assert_eq!(stations, json!([{ "id": bench.id, "name": "拆检 1" }]));
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
    let answer = wang.clone().with_key("hand-1").post("/api/station/hand-over", &body);
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
    let li = given_again(&bench, (&wang, &li), &body, &handed);

    // The next sheet begins where this one ended; this one stays as it was.
    bench.minutes(1);
    let next = li.get("/api/station/hand-over").expect(200);
    assert_eq!((&next["counts"]["signed"], &next["since"]), (&json!(0), &handed["hand_over"]["at"]));
    let path = format!("/api/hand-overs/{}", text(&handed["hand_over"]["id"]));
    assert_eq!(li.get(&path).expect(200), handed["hand_over"]);
    let list = li.get(&format!("/api/hand-overs?station={}", bench.id)).expect(200);
    assert_eq!(list["items"], json!([handed["hand_over"]]));
    is_listed(&bench, &li, &handed, &list);
    floor.by("agent").get(&path).refused(403, "forbidden");
    let other = floor.harness.warehouse("W2");
    floor.harness.person_at("far", &[("warehouse_clerk", None, Some(other))]);
    let far = floor.harness.signed_in("far");
    far.get(&path).refused(404, "not_found");
    assert_eq!(far.get("/api/hand-overs").expect(200)["items"], json!([]));
    assert_eq!(far.get("/api/hand-over-stations").expect(200), json!([]));
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

#[test]
fn an_article_with_a_checklist_of_its_own_is_not_inspected_without_it() {
    let bench = bench();
    let floor = &bench.floor;
    let (zhao, _) = bench.operator(&bench.hire("zhao", &["inspector"]));
    let case = floor.agreed("T0000001", "return_refund", 1, 10_000);
    let group = floor.counted(&case, "SF1", 1);
    let path = format!("/api/unit-groups/{group}/inspections");
    let body = json!({ "grade": floor.grade("grade_new"), "liability": "customer", "seconds_spent": 5 });
    bench.raw().execute("UPDATE sku SET category = '鞋靴'", ()).expect("a change");
    let refused = zhao.post(&path, &body).refused(422, "checklist_incomplete");
    assert_eq!(refused["fields"][0]["field"], "answers.pair");
    // A list that is not in force any more asks nothing.
    let mut old = body.clone();
    old["checklist"] = json!("shoes_of_2019");
    zhao.post(&path, &old).expect(201);
}

#[test]
fn work_sent_later_that_is_refused_becomes_a_to_do_with_what_was_sent() {
    let bench = bench();
    let floor = &bench.floor;
    let (zhao, shift) = bench.operator(&bench.hire("zhao", &["inspector"]));
    let case = floor.agreed("T0000001", "return_refund", 1, 10_000);
    let group = floor.counted(&case, "SF1", 1);
    let made_at = bench.minutes(1);
    bench.minutes(20);
    floor.inspected(&group, 1, "grade_new", "customer", "restock");
    let path = format!("/api/unit-groups/{group}/inspections");
    let body = json!({ "grade": floor.grade("grade_used"), "liability": "customer", "note": "磨损" });
    let to_dos = || {
        let app = floor.harness.app();
        let id = case.parse().expect("an id");
        let open = app.read(|conn| Ok(store::task::open_of_rma(conn, id)?)).expect("a read");
        open.into_iter().filter(|task| task.kind == "conflict").map(|task| task.title.zh).collect::<Vec<_>>()
    };
    // Somebody stands there and reads why.
    let now = zhao.clone().with_key("k-now");
    now.post(&path, &body).refused(409, "already_dispositioned");
    assert_eq!(to_dos(), Vec::<String>::new());
    let late = zhao.with("x-station-shift", &shift).with("x-station-made-at", &made_at.to_string()).with_key("k-late");
    for _ in 0..2 {
        let refused = late.post(&path, &body).refused(409, "already_dispositioned");
        assert!(text(&refused["help"]).contains("it is a to-do of its case now, with what was sent"), "{refused}");
    }
    let titles = to_dos();
    assert_eq!(titles.len(), 1);
    assert!(titles[0].starts_with("离线质检（") && titles[0].ends_with("不能再质检"), "{titles:?}");
    let sent = "SELECT body FROM event_payload JOIN event ON event.id = event_id WHERE kind = 'scan.conflict'";
    let sent: String = bench.raw().query_row(sent, (), |row| row.get(0)).expect("one event");
    assert!(sent.contains("磨损"), "what was sent is in the history: {sent}");
}
