//! The four lists of the inbox, what they are narrowed to, copies, kept filters, and agreeing to many at once.

use serde_json::{Value, json};
use support::{Floor, text};

fn numbers(floor: &Floor, who: &str, path: &str) -> Vec<String> {
    let page = floor.by(who).get(path).expect(200);
    let items = page["items"].as_array().unwrap().iter();
    items.map(|item| text(item.get("rma").map_or(&item["number"], |case| &case["number"]))).collect()
}

fn number(floor: &Floor, id: &str) -> String {
    text(&floor.case(id)["head"]["number"])
}

#[test]
fn each_list_shows_what_belongs_to_it() {
    let floor = Floor::open();
    floor.order("T0001", "COAT", 1, 600_000);
    let id = floor.file("T0001", "return_refund", 1);
    let own = number(&floor, &id);
    let item = floor.by("agent").get("/api/inbox").expect(200)["items"][0].clone();
    let case = &item["rma"];
    assert_eq!((&case["kinds"], &case["customer"]), (&json!(["return_refund"]), &json!("张三")));
    assert_eq!((&case["stage_title"]["en"], &case["refund"]["minor"]), (&json!("First review"), &json!(600_000)));
    assert!(case["reason"]["en"].is_string() && item["warn_at"].is_i64() && item["due_at"].is_i64(), "{item}");

    assert_eq!(numbers(&floor, "agent", "/api/inbox/started"), std::slice::from_ref(&own));
    assert!(numbers(&floor, "lead", "/api/inbox/started").is_empty(), "somebody else filed it");
    assert!(numbers(&floor, "agent", "/api/inbox?tab=done").is_empty());
    assert!(numbers(&floor, "lead", "/api/inbox/copies").is_empty());

    floor.agree(&id);
    assert_eq!(numbers(&floor, "agent", "/api/inbox?tab=done"), std::slice::from_ref(&own));
    // The manager is told when the CFO has agreed; the copy gives no to-do.
    assert_eq!(numbers(&floor, "lead", "/api/inbox/copies"), [own]);
    let count = floor.by("lead").get("/api/inbox/count").expect(200);
    assert_eq!((&count["copies"], &count["open"]), (&json!(1), &json!(0)));
    let copy = floor.by("lead").get("/api/inbox/copies").expect(200)["items"][0].clone();
    assert_eq!((&copy["read"], &copy["title"]["en"]), (&json!(false), &json!("CFO approval")));
    let lead = floor.by("lead");
    // Nobody reads another's copies.
    assert_eq!(floor.by("agent").post("/api/inbox/copies/reading", &json!({ "copy": copy["id"] })).status, 204);
    assert_eq!(lead.get("/api/inbox/count").expect(200)["copies"], 1);
    assert_eq!(lead.post("/api/inbox/copies/reading", &json!({ "copy": copy["id"] })).status, 204);
    assert_eq!(lead.get("/api/inbox/count").expect(200)["copies"], 0);
    assert_eq!(lead.get("/api/inbox/copies").expect(200)["items"][0]["read"], true);
}

#[test]
fn prices_and_places_stay_behind_the_gate() {
    let floor = Floor::open();
    let id = floor.agreed("T0001", "return_refund", 1, 600_000);
    let _ = floor.signed(&id, "SF1");
    let item = floor.by("clerk").get("/api/inbox").expect(200)["items"][0].clone();
    assert_eq!((&item["rma"]["number"], item["rma"].get("refund")), (&json!(number(&floor, &id)), None));

    // A manager of another shop gets no copy and sees none.
    let other = floor.harness.shop("B");
    let name = "elsewhere";
    floor.harness.person_at(name, &[("after_sales_lead", Some(other), None)]);
    let elsewhere = floor.harness.signed_in(name);
    assert_eq!(elsewhere.get("/api/inbox/count").expect(200)["copies"], 0);
    assert_eq!(elsewhere.get("/api/inbox/copies").expect(200)["items"], json!([]));
    assert_eq!(elsewhere.get("/api/inbox/started").expect(200)["items"], json!([]));
}

#[test]
fn a_copy_of_a_decision_that_is_taken_back_goes_with_it() {
    let floor = Floor::open();
    let id = floor.agreed("T0001", "return_refund", 1, 600_000);
    assert_eq!(numbers(&floor, "lead", "/api/inbox/copies").len(), 1);
    let undo = json!({ "what": "decision", "node": "cfo_approval", "round": 1 });
    floor.by("cfo").post(&format!("/api/rmas/{id}/undo"), &undo).expect(200);
    assert!(numbers(&floor, "lead", "/api/inbox/copies").is_empty());
    floor.agree(&id);
    assert_eq!(numbers(&floor, "lead", "/api/inbox/copies").len(), 1, "agreed again, told again, once");
}

#[test]
fn lists_are_narrowed_and_paged() {
    let floor = Floor::open();
    for (order, kind) in [("T0001", "return_refund"), ("T0002", "exchange"), ("T0003", "return_refund")] {
        floor.order(order, "COAT", 1, 10_000);
        let _ = floor.file(order, kind, 1);
    }
    let check = |query: &str, expect: usize| {
        assert_eq!(numbers(&floor, "agent", &format!("/api/inbox{query}")).len(), expect, "{query}");
    };
    check("", 3);
    check("?kind=exchange", 1);
    check("?task=approve&stage=first_review", 3);
    check("?stage=cfo_approval", 0);
    check("?whose=mine", 0);
    check("?whose=pool", 3);
    check(&format!("?shop={}", floor.shop), 3);
    check("?q=no%20such%20goods", 0);
    check("?q=%25", 0);
    check("?due=overdue", 0);
    floor.by("agent").get("/api/inbox?due=soon").refused(422, "wrong_filter");
    floor.by("agent").get("/api/inbox?whose=all").refused(422, "wrong_filter");

    let item = floor.by("agent").get("/api/inbox?limit=1").expect(200);
    let (warn_at, due_at) =
        (item["items"][0]["warn_at"].as_i64().unwrap(), item["items"][0]["due_at"].as_i64().unwrap());
    floor.harness.clock().advance_ms(warn_at - support::START_MS + 1_000);
    let agent = floor.harness.signed_in("agent");
    let count = |query: &str| agent.get(&format!("/api/inbox{query}")).expect(200)["items"].as_array().unwrap().len();
    assert_eq!((count("?due=near"), count("?due=overdue")), (3, 0));
    floor.harness.clock().advance_ms(due_at - warn_at);
    let agent = floor.harness.signed_in("agent");
    let count = |query: &str| agent.get(&format!("/api/inbox{query}")).expect(200)["items"].as_array().unwrap().len();
    assert_eq!((count("?due=near"), count("?due=overdue")), (0, 3));

    let mut seen = Vec::new();
    let mut after = String::new();
    loop {
        let page = agent.get(&format!("/api/inbox/started?limit=2{after}")).expect(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| text(&item["number"])));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    seen.dedup();
    assert_eq!(seen.len(), 3);
}

#[test]
fn a_person_keeps_filters() {
    let floor = Floor::open();
    floor.order("T0001", "COAT", 1, 10_000);
    let _ = floor.file("T0001", "exchange", 1);
    let agent = floor.by("agent");
    let keep = |name: &str, is_default: bool| json!({ "name": name, "filter": { "kind": "exchange" }, "is_default": is_default });
    let path = "/api/inbox/filters";
    let kept = agent.post(path, &keep("换货", true)).expect(200);
    assert_eq!(
        (&kept[0]["name"], &kept[0]["count"], &kept[0]["is_default"]),
        (&json!("换货"), &json!(1), &json!(true))
    );
    agent.post(path, &keep(" 换货 ", false)).refused(422, "name_taken");
    agent.post(path, &keep(" ", false)).refused(422, "name_needed");
    agent.post(path, &keep(&"长".repeat(31), false)).refused(422, "name_too_long");
    agent.post(path, &json!({ "name": "x", "filter": { "due": "soon" } })).refused(422, "wrong_filter");

    let second = agent.post(path, &keep("second", true)).expect(200);
    assert_eq!((&second[0]["is_default"], &second[1]["is_default"]), (&json!(false), &json!(true)), "one default");
    let id = text(&second[1]["id"]);
    let renamed = agent.put(&format!("{path}/{id}"), &keep("renamed", false)).expect(200);
    assert_eq!((&renamed[1]["name"], &renamed[1]["is_default"]), (&json!("renamed"), &json!(false)));
    // They are nobody else's.
    assert_eq!(floor.by("lead").get(path).expect(200), json!([]));
    floor.by("lead").put(&format!("{path}/{id}"), &keep("mine", false)).refused(404, "not_found");
    floor.by("lead").delete(&format!("{path}/{id}")).refused(404, "not_found");
    assert_eq!(agent.delete(&format!("{path}/{id}")).status, 204);
    for place in 0..19 {
        agent.post(path, &keep(&format!("f{place}"), false)).expect(200);
    }
    agent.post(path, &keep("one more", false)).refused(409, "too_many_filters");
}

#[test]
fn a_mixed_batch_says_what_went_and_what_did_not() {
    let floor = Floor::open();
    let ids: Vec<String> = ["T0001", "T0002", "T0003"]
        .iter()
        .map(|order| {
            floor.order(order, "COAT", 1, 10_000);
            floor.file(order, "return_refund", 1)
        })
        .collect();
    // A colleague was faster on the second; the third is asked about in a round that is not open.
    let agree = json!({ "node": "first_review", "round": 1, "choice": "agree" });
    floor.by("agent").post(&format!("/api/rmas/{}/decisions", ids[1]), &agree).expect(200);
    let item = |id: &str, round: u32| json!({ "rma": id, "node": "first_review", "round": round });
    let body = json!({ "items": [item(&ids[0], 1), item(&ids[1], 1), item(&ids[2], 2), item("1", 1)] });
    let answer = floor.by("agent").post("/api/decisions", &body).expect(200);
    let outcome = |at: usize| -> (Value, Value) {
        (answer["items"][at]["done"].clone(), answer["items"][at]["error"]["code"].clone())
    };
    assert_eq!(outcome(0), (json!(true), Value::Null));
    assert_eq!(outcome(1), (json!(false), json!("already_decided")));
    assert_eq!(outcome(2).0, json!(false));
    assert_eq!(outcome(3), (json!(false), json!("not_found")));
    assert!(answer["items"][1]["error"]["message"].as_str().unwrap().contains("agent"), "{answer}");
    assert_eq!(floor.case(&ids[0])["head"]["state"], "in_progress");
    assert_eq!(floor.case(&ids[2])["head"]["state"], "submitted", "what was refused stays as it was");

    let many: Vec<Value> = (0..101).map(|_| item(&ids[2], 1)).collect();
    floor.by("agent").post("/api/decisions", &json!({ "items": many })).refused(422, "batch_size");
    floor.by("agent").post("/api/decisions", &json!({ "items": [] })).refused(422, "batch_size");
}
