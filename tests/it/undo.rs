//! Taking one's own decision or message back: in time, by the same person, while nothing has come of it.

use serde_json::{Value, json};
use support::{Floor, text};

const WINDOW_MS: i64 = 10_000;

/// A filed case above the limit at which a second person agrees: the agent's step is open.
fn filed(floor: &Floor) -> String {
    floor.order("T0001", "COAT", 2, 600_000);
    floor.file("T0001", "return_refund", 2)
}

fn decide(floor: &Floor, id: &str, who: &str, node: &str, choice: &str) -> Value {
    let body = json!({ "node": node, "round": 1, "choice": choice, "note": "checked" });
    floor.by(who).post(&format!("/api/rmas/{id}/decisions"), &body).expect(200)
}

fn take_back(node: &str) -> Value {
    json!({ "what": "decision", "node": node, "round": 1 })
}

fn undo_path(id: &str) -> String {
    format!("/api/rmas/{id}/undo")
}

/// What a person's inbox holds: case ids with due times.
fn open(floor: &Floor, who: &str) -> Vec<(String, Value)> {
    let page = floor.by(who).get("/api/inbox").expect(200);
    page["items"].as_array().unwrap().iter().map(|item| (text(&item["rma"]["id"]), item["due_at"].clone())).collect()
}

fn states(floor: &Floor, id: &str) -> Vec<Value> {
    let case = floor.case(id);
    case["deliveries"].as_array().unwrap().iter().map(|one| one["state"].clone()).collect()
}

#[test]
fn a_decision_is_taken_back_in_time_and_made_again() {
    let floor = Floor::open();
    let id = filed(&floor);
    let before = open(&floor, "agent");
    assert_eq!(before.len(), 1);
    let agreed = decide(&floor, &id, "agent", "first_review", "agree");
    assert_eq!(agreed["head"]["stage"], "cfo_approval");
    assert_eq!(states(&floor, &id), [json!("pending")], "the address waits to go out");
    assert_eq!(open(&floor, "cfo").len(), 1);

    floor.harness.clock().advance_ms(WINDOW_MS - 1);
    let back = floor.by("agent").post(&undo_path(&id), &take_back("first_review")).expect(200);
    assert_eq!((&back["head"]["state"], &back["head"]["stage"]), (&json!("submitted"), &json!("first_review")));
    assert_eq!(states(&floor, &id), [json!("cancelled")], "no message leaves");
    assert_eq!(open(&floor, "agent"), before, "the same to-do waits with the same deadline");
    assert!(open(&floor, "cfo").is_empty());
    let kinds: Vec<&str> =
        back["timeline"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"node.passed") && kinds.contains(&"decision.undone"), "history stays: {kinds:?}");

    decide(&floor, &id, "agent", "first_review", "agree");
    let case = floor.case(&id);
    assert_eq!(case["head"]["stage"], "cfo_approval", "the step is decided anew");
    assert_eq!(open(&floor, "cfo").len(), 1);
}

#[test]
fn ten_seconds_later_it_is_too_late() {
    let floor = Floor::open();
    let id = filed(&floor);
    decide(&floor, &id, "agent", "first_review", "agree");
    floor.harness.clock().advance_ms(WINDOW_MS);
    floor.by("agent").post(&undo_path(&id), &take_back("first_review")).refused(409, "undo_too_late");
    assert_eq!(floor.case(&id)["head"]["stage"], "cfo_approval");
}

#[test]
fn only_who_decided_takes_it_back() {
    let floor = Floor::open();
    let id = filed(&floor);
    floor.by("agent").post(&undo_path(&id), &take_back("first_review")).refused(409, "nothing_to_undo");
    decide(&floor, &id, "agent", "first_review", "agree");
    floor.by("cfo").post(&undo_path(&id), &take_back("first_review")).refused(409, "not_yours");
    floor.by("lead").post(&undo_path(&id), &take_back("first_review")).refused(409, "not_yours");
    floor.by("clerk").post(&undo_path(&id), &take_back("first_review")).refused(403, "forbidden");
    floor.by("agent").post(&undo_path(&id), &json!({ "what": "decision" })).refused(422, "wrong_undo");
}

#[test]
fn what_has_come_of_it_stands_in_the_way() {
    let floor = Floor::open();
    let id = filed(&floor);
    decide(&floor, &id, "agent", "first_review", "agree");
    decide(&floor, &id, "cfo", "cfo_approval", "agree");
    floor.by("agent").post(&undo_path(&id), &take_back("first_review")).refused(409, "moved_on");
    // The last step can still go back; then the one before it can.
    let back = floor.by("cfo").post(&undo_path(&id), &take_back("cfo_approval")).expect(200);
    assert_eq!((&back["head"]["state"], &back["head"]["stage"]), (&json!("submitted"), &json!("cfo_approval")));
    assert_eq!(back["lines"][0]["approved"], 0);

    decide(&floor, &id, "cfo", "cfo_approval", "agree");
    let waybill = json!({ "carrier": floor.carrier, "waybill": "SF100" });
    floor.by("agent").post(&format!("/api/rmas/{id}/parcels"), &waybill).expect(201);
    floor.by("cfo").post(&undo_path(&id), &take_back("cfo_approval")).refused(409, "moved_on");
}

#[test]
fn the_same_request_twice_undoes_once() {
    let floor = Floor::open();
    let id = filed(&floor);
    decide(&floor, &id, "agent", "first_review", "agree");
    let keyed = floor.by("agent").clone().with_key("undo-1");
    let first = keyed.post(&undo_path(&id), &take_back("first_review")).expect(200);
    let second = keyed.post(&undo_path(&id), &take_back("first_review"));
    assert_eq!(second.header("idempotency-replayed"), Some("true"));
    assert_eq!(second.expect(200)["version"], first["version"]);
    floor.by("agent").post(&undo_path(&id), &take_back("first_review")).refused(409, "nothing_to_undo");
}

#[test]
fn a_refusal_is_taken_back_with_its_claims() {
    let floor = Floor::open();
    let id = filed(&floor);
    let rejected = decide(&floor, &id, "agent", "first_review", "reject");
    assert_eq!(rejected["head"]["state"], "rejected");
    let back = floor.by("agent").post(&undo_path(&id), &take_back("first_review")).expect(200);
    assert_eq!((&back["head"]["state"], back.get("closed_at")), (&json!("submitted"), None));
    assert_eq!(open(&floor, "agent").len(), 1);
    assert_eq!(states(&floor, &id), [json!("cancelled")]);

    // Somebody else claimed the units meanwhile: they are not promised twice.
    decide(&floor, &id, "agent", "first_review", "reject");
    let other = floor.file("T0001", "return_refund", 2);
    let refused = floor.by("agent").post(&undo_path(&id), &take_back("first_review"));
    assert_eq!(refused.status, 409);
    assert_eq!(floor.case(&id)["head"]["state"], "rejected");
    assert_eq!(floor.case(&other)["head"]["state"], "submitted");
}

#[test]
fn goods_that_were_to_go_out_stay_here() {
    let floor = Floor::open();
    floor.order("T0002", "COAT", 2, 10_000);
    let id = floor.file("T0002", "reship", 2);
    let agreed = decide(&floor, &id, "agent", "first_review", "agree");
    let orders = |case: &Value| -> Vec<(Value, i64)> {
        let all = case["outbound"].as_array().unwrap().iter();
        let units = |order: &Value| {
            let lines = order["lines"].as_array().into_iter().flatten();
            lines.map(|line| line["quantity"].as_i64().unwrap()).sum()
        };
        all.map(|order| (order["state"].clone(), units(order))).collect()
    };
    assert_eq!(orders(&agreed), [(json!("open"), 2)]);
    let back = floor.by("agent").post(&undo_path(&id), &take_back("first_review")).expect(200);
    assert_eq!(back["head"]["state"], "submitted");
    assert!(orders(&back).iter().all(|order| order.0 == "waived" && order.1 == 0), "{back}");
    let again = decide(&floor, &id, "agent", "first_review", "agree");
    let open: Vec<_> = orders(&again).into_iter().filter(|order| order.0 == "open").collect();
    assert_eq!(open, [(json!("open"), 2)], "the same two units, once");
}

#[test]
fn a_question_is_taken_back_and_the_clock_goes_on() {
    let floor = Floor::open();
    let id = filed(&floor);
    let before = open(&floor, "agent");
    let asked = decide(&floor, &id, "agent", "first_review", "ask_info");
    assert_eq!(asked["head"]["state"], "needs_info");
    let back = floor.by("agent").post(&undo_path(&id), &take_back("first_review")).expect(200);
    assert_eq!(back["head"]["state"], "submitted");
    assert_eq!(open(&floor, "agent"), before);
    assert_eq!(states(&floor, &id), [json!("cancelled")]);
}

#[test]
fn a_message_is_taken_back_before_it_leaves() {
    let floor = Floor::open();
    let id = filed(&floor);
    let write = json!({ "to_customer": true, "text": "please wait" });
    let notes = format!("/api/rmas/{id}/notes");
    floor.by("agent").post(&notes, &write).expect(200);
    floor.by("lead").post(&undo_path(&id), &json!({ "what": "message" })).refused(409, "not_yours");
    let back = floor.by("agent").post(&undo_path(&id), &json!({ "what": "message" })).expect(200);
    assert_eq!(back["notes"], json!([]));
    assert_eq!(states(&floor, &id), [json!("cancelled")]);
    floor.by("agent").post(&undo_path(&id), &json!({ "what": "message" })).refused(409, "nothing_to_undo");

    floor.by("agent").post(&notes, &write).expect(200);
    floor.harness.clock().advance_ms(WINDOW_MS);
    floor.by("agent").post(&undo_path(&id), &json!({ "what": "message" })).refused(409, "undo_too_late");
}
