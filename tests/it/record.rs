//! Records of the merchant's own forms: checked by the form, kept in their own table, changed by version.

use serde_json::{Value, json};
use support::Harness;

const PATH: &str = "/api/forms/supplier_claim_note/records";

fn claim(amount_minor: i64) -> Value {
    json!({ "answers": {
        "supplier": "宁波毛衫厂", "claimed_on": { "$date": "2026-11-20" },
        "amount": { "$money": { "minor": amount_minor, "currency": "CNY" } }, "state": "open",
    } })
}

#[test]
fn a_record_is_kept_listed_and_changed_by_version() {
    let harness = Harness::start();
    let agent = harness.person_client("agent", &["agent"]);
    let forms = agent.get("/api/forms").expect(200);
    assert_eq!(forms[0]["form"]["id"], "supplier_claim_note");
    let kept = agent.post(PATH, &claim(12_050)).expect(201);
    let address = format!("{PATH}/{}", kept["id"].as_str().expect("an id"));
    let record = agent.get(&address).expect(200);
    assert_eq!((&record["answers"]["supplier"], &record["version"]), (&json!("宁波毛衫厂"), &json!(1)), "{record}");
    let change = json!({ "version": 1, "answers": claim(9_900)["answers"] });
    agent.put(&address, &change).expect(200);
    agent.put(&address, &change).refused(409, "changed_meanwhile");
    let second = agent.post(PATH, &claim(100)).expect(201);
    let page = agent.get(&format!("{PATH}?limit=1")).expect(200);
    assert_eq!((&page["items"][0]["id"], &page["next"]), (&second["id"], &second["id"]));
    let page = agent.get(&format!("{PATH}?limit=1&after={}", second["id"].as_str().expect("an id"))).expect(200);
    assert_eq!(page["items"][0]["answers"]["amount"], claim(9_900)["answers"]["amount"]);
    assert!(page["next"].is_null());
}

#[test]
fn the_form_and_the_gate_refuse() {
    let harness = Harness::start();
    let agent = harness.person_client("agent", &["agent"]);
    let refused = agent.post(PATH, &json!({ "answers": { "supplier": "x", "state": "nothing" } }));
    let fields = refused.refused(422, "form_refuses")["fields"].to_string();
    assert!(["claimed_on", "amount", "state"].iter().all(|field| fields.contains(field)), "{fields}");
    agent.post("/api/forms/return_request/records", &claim(100)).refused(404, "not_found");
    agent.get(&format!("{PATH}/7")).refused(404, "not_found");
    harness.person_client("clerk", &["warehouse_clerk"]).get(PATH).refused(403, "forbidden");
    // The same key keeps one record.
    let twice = agent.clone().with_key("claim-1");
    let first = twice.post(PATH, &claim(100)).expect(201);
    assert_eq!(twice.post(PATH, &claim(100)).expect(201), first);
}
