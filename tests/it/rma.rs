//! A return over HTTP, from filing to closed: five roles, each at its own routes, and everybody else shut out.

use jobs::{Endpoint, Gateway, pay_due};
use serde_json::{Value, json};
use support::{Floor, PaymentProcess, START_MS, text};

/// Sends and asks once for what is due, with half an hour gone by.
fn gateway_round(floor: &Floor, gateway: &Gateway) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    floor.harness.clock().advance_ms(1_800_000);
    runtime.block_on(pay_due(floor.harness.app(), gateway)).unwrap();
}

fn actions(settlement: &Value) -> Vec<&str> {
    settlement["actions"].as_array().unwrap().iter().map(|action| action.as_str().unwrap()).collect()
}

fn cny(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "CNY" })
}

/// 3 announced, 2 received, 1 of those damaged by the carrier; the third is written off.
fn received(floor: &Floor) -> String {
    let id = floor.agreed("T0000001", "return_refund", 3, 600_000);
    let parcel = floor.signed(&id, "sf 100");
    let clerk = floor.by("clerk");
    let open = clerk.post(&format!("/api/parcels/{parcel}/opening"), &json!({})).expect(200);
    assert_eq!((&open["parcel"]["state"], &open["parcel"]["waybill"]), (&json!("opened"), &json!("SF100")));
    assert_eq!(open["parcel"]["opened_by"]["name"], "clerk");
    assert_eq!(open["parcel"]["carrier"]["name"]["en"], "SF Express");
    assert_eq!(open["cases"][0]["lines"][0]["awaited"], 3);
    let line = floor.line(&id);
    let units = json!([{ "line": line, "quantity": 2, "reception": "as_announced" }]);
    let counted = clerk.post("/api/counts", &json!({ "parcel": parcel, "units": units })).expect(200);
    let group = text(&counted[0]["unit_group"]);
    floor.inspected(&group, 1, "grade_new", "customer", "restock");
    floor.inspected(&group, 1, "grade_damaged", "carrier", "scrap");
    let body = json!({ "quantity": 1, "reason": "the customer kept it" });
    assert_eq!(floor.by("lead").post(&format!("/api/rma-lines/{line}/waiver"), &body).status, 204);
    id
}

#[test]
fn three_announced_two_received_one_damaged_refunds_exactly_one() {
    let folder = tempfile::tempdir().unwrap();
    let process = PaymentProcess::start(env!("CARGO_BIN_EXE_payments"), folder.path());
    let gateway = Gateway::new(Endpoint { url: process.url.clone(), token: None }).unwrap();
    let floor = Floor::open();
    let id = received(&floor);
    let (finance, other) = (floor.by("finance"), floor.by("finance2"));

    let keyed = floor.proposed(&id, "original");
    assert_eq!(
        (&keyed["net"], &keyed["state"], &keyed["needs_second"]),
        (&cny(600_000), &json!("proposed"), &json!(true))
    );
    assert_eq!(actions(&keyed), ["cancel"], "who keyed it does not approve it");
    let path = format!("/api/settlements/{}", text(&keyed["id"]));
    finance.post(&format!("{path}/approval"), &json!({})).refused(409, "four_eyes");
    finance.post(&format!("{path}/payment"), &json!({})).refused(409, "not_approved");
    let waiting = floor.by("cfo").get("/api/settlements?state=proposed").expect(200);
    assert_eq!(actions(&waiting["items"][0]), ["approve"], "{waiting}");
    let approved = other.post(&format!("{path}/approval"), &json!({})).expect(200);
    assert_eq!((&approved["state"], &approved["approved_by"]["name"]), (&json!("approved"), &json!("finance2")));
    assert_eq!(actions(&approved), ["pay", "cancel"]);

    process.script(&["lose_after"]);
    let paying = finance.post(&format!("{path}/payment"), &json!({})).expect(200);
    assert_eq!((&paying["state"], &paying["payouts"][0]["state"]), (&json!("executing"), &json!("requested")));
    gateway_round(&floor, &gateway);
    let unknown = finance.get("/api/settlements?outcome_unknown=true").expect(200);
    let payout = &unknown["items"][0]["payouts"][0];
    assert_eq!((&payout["state"], &payout["actions"]), (&json!("unknown"), &json!(["query"])));
    let payout = text(&payout["id"]);
    finance.post(&format!("{path}/cancellation"), &json!({ "reason": "late" })).refused(409, "outcome_unknown");
    finance.post(&format!("/api/payouts/{payout}/retry"), &json!({})).refused(409, "not_refused");
    finance.post(&format!("/api/payouts/{payout}/query"), &json!({})).expect(200);
    gateway_round(&floor, &gateway);

    let settled = finance.get(&path).expect(200);
    assert_eq!((&settled["state"], &settled["outcome_unknown"]), (&json!("settled"), &json!(false)), "{settled}");
    assert!(actions(&settled).is_empty());
    let ledger = process.ledger();
    assert_eq!(ledger.iter().map(|row| (row.1.as_str(), row.2)).collect::<Vec<_>>(), [("done", 600_000)]);

    let case = floor.case(&id);
    assert_eq!(case["head"]["state"], "closed", "{case}");
    assert_eq!((&case["parcels"][0]["waybill"], &case["parcels"][0]["state"]), (&json!("SF100"), &json!("opened")));
    assert_eq!((&case["settlements"][0]["net"], &case["settlements"][0]["state"]), (&cny(600_000), &json!("settled")));
    assert_eq!(case["units"].as_array().map(Vec::len), Some(2));
    // The warehouse is told of the money's state, never of the amount.
    let seen = floor.by("clerk").get(&format!("/api/rmas/{id}")).expect(200);
    assert_eq!((&seen["settlements"][0]["state"], seen["settlements"][0].get("net")), (&json!("settled"), None));
}

#[test]
fn what_a_carrier_damaged_is_owed_until_it_is_paid() {
    let floor = Floor::open();
    let id = received(&floor);
    let finance = floor.by("finance");
    let owed = finance.get("/api/receivables").expect(200)["items"].clone();
    assert_eq!((&owed[0]["owed"], owed.as_array().map(Vec::len)), (&cny(600_000), Some(1)));
    assert_eq!((&owed[0]["party"]["bearer"], &owed[0]["rma"]), (&json!("carrier"), &json!(id)));
    let books = finance.get(&format!("/api/rmas/{id}/ledger")).expect(200);
    let entries = books["entries"].as_array().unwrap();
    let sum: i64 = entries.iter().map(|entry| entry["amount"]["minor"].as_i64().unwrap()).sum();
    assert_eq!(sum, 0, "{books}");
    let recover = |minor: i64| json!({ "account": owed[0]["account"], "amount_minor": minor, "ending": "paid", "reason": "bank 7" });
    let path = format!("/api/rmas/{id}/recoveries");
    finance.post(&path, &recover(600_001)).refused(409, "exceeds_owed");
    assert_eq!(finance.post(&path, &recover(600_000)).status, 204);
    assert_eq!(finance.get("/api/receivable-totals").expect(200), json!([]));
    let claim = json!({ "bearer": "supplier", "amount_minor": 500, "reason": "packaging" });
    assert_eq!(finance.post(&format!("/api/rmas/{id}/claims"), &claim).status, 204);
    assert_eq!(finance.get("/api/receivable-totals").expect(200)[0]["owed"], cny(500));
}

#[test]
fn without_a_gateway_money_goes_by_hand_with_proof() {
    let floor = Floor::open();
    let finance = floor.by("finance");
    // Meant for the original payment, which nobody can reach: stopped, then paid by hand.
    let id = floor.agreed("T0000001", "return_refund", 1, 10_000);
    let group = floor.counted(&id, "SF1", 1);
    floor.inspected(&group, 1, "grade_new", "customer", "restock");
    let keyed = floor.proposed(&id, "original");
    assert_eq!(keyed["state"], "approved", "below the limit it stands at once");
    let path = format!("/api/settlements/{}", text(&keyed["id"]));
    let paying = finance.post(&format!("{path}/payment"), &json!({})).expect(200);
    assert_eq!(paying["payouts"][0]["actions"], json!(["stop"]));
    let payout = text(&paying["payouts"][0]["id"]);
    let stopped = finance.post(&format!("/api/payouts/{payout}/stop"), &json!({})).expect(200);
    assert_eq!(stopped["payouts"][0]["actions"], json!(["retry", "pay_by_hand"]));
    let by_hand = |proof: &str| json!({ "instead_of": payout, "proof": proof });
    finance.post(&format!("{path}/manual-payments"), &by_hand(" ")).refused(422, "proof_needed");
    let paid = finance.post(&format!("{path}/manual-payments"), &by_hand("transfer 9")).expect(200);
    assert_eq!((&paid["state"], &paid["payouts"][1]["proof"]), (&json!("settled"), &json!("transfer 9")));
    assert_eq!(paid["payouts"][1]["paid_by"]["name"], "finance");
    assert_eq!(floor.case(&id)["head"]["state"], "closed");
    // Meant to be paid by hand from the start.
    let id = floor.agreed("T0000002", "return_refund", 1, 10_000);
    let group = floor.counted(&id, "SF2", 1);
    floor.inspected(&group, 1, "grade_new", "customer", "restock");
    let keyed = floor.proposed(&id, "manual");
    assert_eq!(actions(&keyed), ["pay_by_hand", "cancel"]);
    let path = format!("/api/settlements/{}", text(&keyed["id"]));
    finance.post(&format!("{path}/payment"), &json!({})).refused(409, "paid_by_hand");
    finance.post(&format!("{path}/manual-payments"), &json!({ "proof": "cash 1" })).expect(200);
    assert_eq!(floor.case(&id)["head"]["state"], "closed");
}

#[test]
fn an_exchange_closes_when_what_goes_out_has_arrived() {
    let floor = Floor::open();
    let clerk = floor.by("clerk");
    let id = floor.agreed("T0000001", "exchange", 1, 10_000);
    let group = floor.counted(&id, "SF1", 1);
    floor.inspected(&group, 1, "grade_new", "customer", "restock");
    let moves = clerk.get(&format!("/api/unit-groups/{group}/moves")).expect(200);
    let moves: Vec<_> = moves.as_array().unwrap().iter().map(|one| (&one["bucket"], &one["quantity"])).collect();
    let expect = [("pending", 1), ("pending", -1), ("good", 1)].map(|(bucket, units)| (json!(bucket), json!(units)));
    assert_eq!(moves, expect.iter().map(|(bucket, units)| (bucket, units)).collect::<Vec<_>>());

    let list = clerk.get(&format!("/api/outbound-orders?state=open&shop={}", floor.shop)).expect(200);
    let order = &list["items"][0];
    assert_eq!((&order["kind"], &order["rma"]), (&json!("exchange"), &json!(id)));
    let path = format!("/api/outbound-orders/{}", text(&order["id"]));
    let slip = clerk.get(&path).expect(200);
    assert_eq!((&slip["order_number"], &slip["contact_name"]), (&json!("T0000001"), &json!("张三")));
    assert_eq!(slip["contact_phone"], "138****1111", "the clerk's role masks it");
    clerk.post(&format!("{path}/delivery"), &json!({})).refused(409, "not_shipped");
    let ship = json!({ "carrier": floor.carrier, "waybill": "ex 1" });
    assert_eq!(clerk.post(&format!("{path}/shipment"), &ship).expect(200)["head"]["waybill"], "EX1");
    assert_eq!(floor.case(&id)["head"]["state"], "in_progress");
    assert_eq!(floor.case(&id)["outbound"][0]["state"], "shipped");
    clerk.post(&format!("{path}/delivery"), &json!({})).expect(200);
    let case = floor.case(&id);
    assert_eq!((&case["head"]["state"], &case["outbound"][0]["state"]), (&json!("closed"), &json!("delivered")));
}

#[test]
fn what_does_not_go_out_is_waived_with_a_reason() {
    let floor = Floor::open();
    let id = floor.agreed("T0000001", "exchange", 1, 10_000);
    let group = floor.counted(&id, "SF1", 1);
    floor.inspected(&group, 1, "grade_new", "customer", "restock");
    let order = text(&floor.case(&id)["outbound"][0]["id"]);
    let path = format!("/api/outbound-orders/{order}/waiver");
    floor.by("clerk").post(&path, &json!({ "reason": "x" })).refused(403, "forbidden");
    floor.by("lead").post(&path, &json!({ "reason": "" })).refused(422, "reason_needed");
    assert_eq!(floor.by("lead").post(&path, &json!({ "reason": "sold out, agreed" })).status, 204);
    let outbound = &floor.case(&id)["outbound"][0];
    assert_eq!((&outbound["state"], &outbound["waived_reason"]), (&json!("waived"), &json!("sold out, agreed")));
}

#[test]
fn roles_do_their_own_work_and_no_other() {
    let floor = Floor::open();
    let id = floor.agreed("T0000001", "return_refund", 1, 10_000);
    let group = floor.counted(&id, "SF1", 1);
    let units = json!({ "warehouse": floor.warehouse, "units": [] });
    floor.by("inspector").post("/api/counts", &units).refused(403, "forbidden");
    let inspect = json!({ "grade": floor.grade("grade_new"), "liability": "customer" });
    floor.by("clerk").post(&format!("/api/unit-groups/{group}/inspections"), &inspect).refused(403, "forbidden");
    let propose = json!({ "basis": "counted", "means": "manual", "components": [] });
    floor.by("clerk").post(&format!("/api/rmas/{id}/settlements"), &propose).refused(403, "forbidden");
    floor.by("agent").get("/api/settlements").refused(403, "forbidden");
    floor.by("inspector").get("/api/parcels").refused(403, "forbidden");
    floor.by("agent").get("/api/outbound-orders").refused(403, "forbidden");
    floor.by("clerk").get("/api/receivables").refused(403, "forbidden");
    // The inspector learns what follows from a grade, but no amount.
    let found = floor.by("inspector").post(&format!("/api/unit-groups/{group}/inspections"), &inspect).expect(201);
    assert_eq!((&found["accepted"], found.get("cap")), (&json!(true), None));
}

#[test]
fn other_shops_goods_and_money_are_not_there() {
    let floor = Floor::open();
    let id = floor.agreed("T0000001", "return_refund", 1, 10_000);
    let group = floor.counted(&id, "SF1", 1);
    floor.inspected(&group, 1, "grade_new", "customer", "restock");
    let settlement = text(&floor.proposed(&id, "manual")["id"]);
    let parcel = text(&floor.case(&id)["parcels"][0]["id"]);
    let elsewhere = floor.harness.shop("B");
    floor.harness.person_at("clerk_b", &[("warehouse_clerk", Some(elsewhere), None)]);
    floor.harness.person_at("finance_b", &[("finance", Some(elsewhere), None)]);
    let (clerk, finance) = (floor.harness.signed_in("clerk_b"), floor.harness.signed_in("finance_b"));
    clerk.get(&format!("/api/rmas/{id}/goods")).refused(404, "not_found");
    clerk.get(&format!("/api/parcels/{parcel}")).refused(404, "not_found");
    clerk.get(&format!("/api/unit-groups/{group}/moves")).refused(404, "not_found");
    assert_eq!(clerk.get("/api/parcels").expect(200)["items"], json!([]));
    assert_eq!(clerk.get("/api/codes/SF1").expect(200), json!({ "what": "nothing" }));
    let units = json!([{ "line": floor.line(&id), "quantity": 1, "reception": "undeclared" }]);
    clerk.post("/api/counts", &json!({ "parcel": parcel, "units": units })).refused(404, "not_found");
    clerk.post(&format!("/api/unit-groups/{group}/recount"), &json!({ "reason": "x" })).refused(404, "not_found");
    finance.get(&format!("/api/rmas/{id}/settlements")).refused(404, "not_found");
    finance.get(&format!("/api/settlements/{settlement}")).refused(404, "not_found");
    let path = format!("/api/settlements/{settlement}/manual-payments");
    finance.post(&path, &json!({ "proof": "x" })).refused(404, "not_found");
    assert_eq!(finance.get("/api/settlements").expect(200)["items"], json!([]));
    assert_eq!(finance.get(&format!("/api/settlements?shop={}", floor.shop)).expect(200)["items"], json!([]));
    assert_eq!(finance.get("/api/receivables").expect(200)["items"], json!([]));
    finance.get("/api/store-credits").refused(403, "forbidden");
    // A clerk of that shop alone works on its parcels.
    floor.harness.person_at("clerk_a", &[("warehouse_clerk", Some(floor.shop), None)]);
    let own = floor.harness.signed_in("clerk_a").post(&format!("/api/parcels/{parcel}/opening"), &json!({}));
    assert_eq!(own.expect(200)["parcel"]["id"], json!(parcel));
    // Those of the shop see it, by any of its names.
    let own = floor.by("clerk").get("/api/codes/sf1").expect(200);
    assert_eq!(own, json!({ "what": "parcel", "parcel": parcel, "cases": [id] }));
    let mine = floor.by("finance").get(&format!("/api/settlements?shop={}", floor.shop)).expect(200);
    assert_eq!(mine["items"][0]["id"], json!(settlement));
}

#[test]
fn what_is_sent_twice_is_done_once() {
    let floor = Floor::open();
    let id = floor.agreed("T0000001", "return_refund", 3, 10_000);
    let parcel = floor.signed(&id, "SF1");
    let units = json!([{ "line": floor.line(&id), "quantity": 1, "reception": "as_announced" }]);
    let count = json!({ "parcel": parcel, "units": units });
    let clerk = floor.by("clerk").clone().with_key("count-1");
    let (first, second) = (clerk.post("/api/counts", &count), clerk.post("/api/counts", &count));
    assert_eq!((first.header("idempotency-replayed"), second.header("idempotency-replayed")), (None, Some("true")));
    assert_eq!(first.expect(200), second.expect(200));
    // A station sends a scan again when the answer was lost: its own key tells.
    let scan = |key: &str| {
        json!({
            "client_key": key, "warehouse": floor.warehouse, "mode": "bench", "raw": "]C1COAT", "quantity": 1,
            "parcel": parcel, "scanned_at": support::START_MS,
        })
    };
    let clerk = floor.by("clerk");
    let first = clerk.post("/api/scans", &scan("s-1")).expect(200);
    assert_eq!((&first["code"]["what"], &first["effect"]["effect"]), (&json!("sku"), &json!("counted")), "{first}");
    assert_eq!(clerk.post("/api/scans", &scan("s-1")).expect(200), first);
    let goods = clerk.get(&format!("/api/rmas/{id}/goods")).expect(200);
    assert_eq!((&goods["lines"][0]["received"], goods["groups"].as_array().map(Vec::len)), (&json!(2), Some(2)));
    // A refused request may be mended under its key.
    let wrong = json!({ "client_key": "", "warehouse": floor.warehouse, "mode": "dock", "raw": "X", "scanned_at": 1 });
    clerk.post("/api/scans", &wrong).refused(422, "key_needed");
}

#[test]
fn a_parcel_without_a_case_is_looked_after_and_matched() {
    let floor = Floor::open();
    let clerk = floor.by("clerk");
    let id = floor.agreed("T0000001", "return_refund", 1, 10_000);
    let body = json!({ "warehouse": floor.warehouse, "carrier": floor.carrier, "waybills": ["LOST 1"] });
    let signed = clerk.post("/api/parcels/signing", &body).expect(200);
    assert_eq!(signed[0]["signed_as"], "unknown");
    let parcel = text(&signed[0]["parcel"]);
    let path = format!("/api/parcels/{parcel}");
    let follow_up = json!({ "at": support::START_MS + 1, "note": "no label inside" });
    assert_eq!(clerk.put(&format!("{path}/follow-up"), &follow_up).expect(200)["parcel"]["note"], "no label inside");
    let waiting = clerk.get("/api/parcels?without_case=true&state=signed").expect(200);
    assert_eq!(waiting["items"][0]["id"], json!(parcel));
    let matched = clerk.put(&format!("{path}/rmas/{id}"), &json!({})).expect(200);
    assert_eq!(matched["parcel"]["cases"][0]["rma"], json!(id));
    assert_eq!(clerk.delete(&format!("{path}/rmas/{id}")).expect(200)["parcel"]["cases"], json!([]));
    clerk.put(&format!("{path}/rmas/{id}"), &json!({})).expect(200);
    let units = json!([{ "line": floor.line(&id), "quantity": 1, "reception": "as_announced" }]);
    let counted = clerk.post("/api/counts", &json!({ "parcel": parcel, "units": units })).expect(200);
    clerk.delete(&format!("{path}/rmas/{id}")).refused(409, "already_counted");
    let group = text(&counted[0]["unit_group"]);
    let gone = json!({ "reason": "it is another article" });
    clerk.post(&format!("/api/unit-groups/{group}/recount"), &gone).expect(200);
    assert_eq!(clerk.get(&format!("/api/rmas/{id}/goods")).expect(200)["lines"][0]["awaited"], 1);
}

/// The case's timeline in English, oldest first.
fn timeline(floor: &Floor, id: &str) -> Vec<String> {
    floor.case(id)["timeline"].as_array().unwrap().iter().map(|event| text(&event["text"]["en"])).collect()
}

#[test]
fn what_people_do_by_hand_stands_on_the_timeline() {
    let floor = Floor::open();
    let (agent, clerk, finance) = (floor.by("agent"), floor.by("clerk"), floor.by("finance"));
    let id = floor.agreed("T0000001", "exchange", 1, 10_000);
    let told = |words: &str| timeline(&floor, &id).iter().filter(|line| *line == words).count();

    let owner = json!({ "owner": floor.harness.person("zhou", &["agent"]) });
    // Saying the same again is nothing new.
    for _ in 0..2 {
        agent.put(&format!("/api/rmas/{id}/owner"), &owner).expect(200);
        agent.put(&format!("/api/rmas/{id}/follow-up"), &json!({ "at": START_MS + 1 })).expect(200);
    }
    assert_eq!((told("changed who looks after the case"), told("set when to look again")), (1, 1));

    let group = floor.counted(&id, "SF1", 1);
    let parcel = text(&floor.case(&id)["parcels"][0]["id"]);
    clerk.put(&format!("/api/parcels/{parcel}/follow-up"), &json!({ "at": START_MS + 1, "note": "wet" })).expect(200);
    assert_eq!(told("set who looks after a parcel, and when"), 1);

    floor.inspected(&group, 1, "grade_new", "customer", "restock");
    floor.order("T0000002", "COAT-L", 1, 10_000);
    let clerks = clerk.get("/api/codes/COAT-L").expect(200);
    let order = format!("/api/outbound-orders/{}", text(&floor.case(&id)["outbound"][0]["id"]));
    let line = text(&clerk.get(&order).expect(200)["head"]["lines"][0]["id"]);
    clerk.put(&format!("{order}/lines/{line}/sku"), &json!({ "sku": clerks["sku"] })).expect(200);
    assert_eq!(told("changed the article that goes out"), 1);

    let extra = json!({
        "basis": "compensation", "means": "manual",
        "components": [{ "kind": "compensation", "amount_minor": 500, "bearer": "shop" }],
    });
    let keyed = finance.post(&format!("/api/rmas/{id}/settlements"), &extra).expect(201);
    let path = format!("/api/settlements/{}/manual-payments", text(&keyed["id"]));
    finance.post(&path, &json!({ "proof": "cash 1" })).expect(200);
    assert_eq!(told("recorded a payment by hand"), 1);
    // Everything has words.
    assert!(timeline(&floor, &id).iter().all(|line| line.contains(' ')), "{:?}", timeline(&floor, &id));
}
