//! The page's routes: a secret that never comes out, what a role may see, texts that are tried and saved.

use serde_json::{Value, json};
use support::Harness;

fn sms() -> Value {
    json!({
        "version": 0, "kind": "sms", "name": "短信", "active": true,
        "settings": {"url": "https://sms.example", "body": "{\"to\":\"{{to}}\",\"text\":\"{{text}}\"}", "inside": false},
        "secret": {"secret": "t0p"},
    })
}

#[test]
fn a_secret_goes_in_and_never_comes_out() {
    let harness = Harness::start();
    let admin = harness.person_client("bea", &["business_admin"]);
    let system = harness.person_client("sam", &["system_admin"]);
    let agent = harness.person_client("ann", &["agent"]);
    agent.get("/api/channels").refused(403, "forbidden");
    agent.get("/api/messages").refused(403, "forbidden");
    let saved = admin.post("/api/channels", &sms()).expect(201);
    let id = saved["id"].as_str().unwrap().to_owned();
    let list = system.get("/api/channels").expect(200);
    assert_eq!((&list[0]["has_secret"], &list[0]["settings"]["url"]), (&json!(true), &json!("https://sms.example")));
    assert!(!list.to_string().contains("t0p"));
    // Kept when nothing is typed; the version guards against two at once.
    let mut change = sms();
    change["version"] = json!(1);
    change["secret"] = json!({});
    change["name"] = json!("短信平台");
    let path = format!("/api/channels/{id}");
    assert_eq!(admin.put(&path, &change).expect(200)["version"], 2);
    admin.put(&path, &change).refused(409, "changed_meanwhile");
    assert_eq!(admin.get("/api/channels").expect(200)[0]["has_secret"], json!(true));
    let on_disk = std::fs::read(harness.dir().join("returndesk.db")).unwrap();
    assert!(!on_disk.windows(3).any(|part| part == b"t0p"), "the secret stands in the database as it is");
}

#[test]
fn what_does_not_fit_is_told_by_its_field() {
    let harness = Harness::start();
    let admin = harness.person_client("bea", &["business_admin"]);
    let mut wrong = sms();
    wrong["name"] = json!(" ");
    wrong["settings"]["url"] = json!("http://10.0.0.1");
    wrong["settings"]["body"] = json!("{{to}} {{txet}}");
    let body = admin.post("/api/channels", &wrong).refused(422, "channel_refused");
    let fields: Vec<_> = body["fields"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["url", "body", "body", "name"]);
    assert!(body.to_string().contains("did you mean `text`") || body.to_string().contains("是否指“text”"), "{body}");
    let settings = json!({ "desk_url": "desk.example" });
    admin.put("/api/message-settings", &settings).refused(422, "address_malformed");
    admin.put("/api/message-settings", &json!({ "desk_url": "https://desk.example/" })).expect(204);
    assert_eq!(admin.get("/api/message-settings").expect(200)["desk_url"], "https://desk.example");
}

#[test]
fn a_trial_is_a_message_and_a_person_gives_it_up() {
    let harness = Harness::start();
    let admin = harness.person_client("bea", &["business_admin"]);
    let id = admin.post("/api/channels", &sms()).expect(201)["id"].as_str().unwrap().to_owned();
    let trials = format!("/api/channels/{id}/trials");
    admin.post(&trials, &json!({})).refused(422, "receiver_missing");
    let message =
        admin.post(&trials, &json!({ "to": "13800000000" })).expect(201)["message"].as_str().unwrap().to_owned();
    let shown = admin.get(&format!("/api/messages/{message}")).expect(200);
    assert_eq!((&shown["message"]["state"], &shown["message"]["audience"]), (&json!("pending"), &json!("trial")));
    assert_eq!(admin.get("/api/message-counts").expect(200)["pending"], 1);
    admin.post(&format!("/api/messages/{message}/cancellation"), &json!({})).expect(204);
    admin.post(&format!("/api/messages/{message}/retry"), &json!({})).refused(409, "not_waiting");
    let listed = admin.get("/api/messages?state=cancelled").expect(200);
    assert_eq!(listed["items"][0]["id"], json!(message));
    assert_eq!(admin.get("/api/messages?case=RT-NONE").expect(200)["items"], json!([]));
    admin.get("/api/messages/17").refused(404, "not_found");
}

#[test]
fn a_text_is_tried_and_saved_as_a_release() {
    let harness = Harness::start();
    let admin = harness.person_client("bea", &["business_admin"]);
    let all = admin.get("/api/message-texts").expect(200);
    let refund = all["texts"].as_array().unwrap().iter().find(|one| one["id"] == "refund_done").unwrap();
    assert_eq!((&refund["rules"][0]["means"], &refund["rules"][0]["to_customer"]), (&json!("sms"), &json!(true)));
    assert!(all["names"].as_array().unwrap().iter().any(|one| one["name"] == "shop_title"));
    let typo = json!({ "subject": {"zh": "s", "en": "s"}, "text": {"zh": "{{nmber}} 已退款", "en": "{{number}}"} });
    let tried = admin.post("/api/message-texts/preview", &typo).expect(200);
    assert_eq!(tried["problems"][0]["path"], "text.zh");
    assert!(tried["problems"].to_string().contains("number"), "{tried}");
    admin.put("/api/message-texts/refund_done", &typo).refused(422, "form_refuses");
    let good = json!({
        "subject": {"zh": "已退款", "en": "Refunded"}, "text": {"zh": "{{number}} 已退款", "en": "{{number}} is refunded"},
        "sms": {"template": "SMS_1", "params": {"code": "{{number}}"}},
    });
    assert_eq!(admin.post("/api/message-texts/preview", &good).expect(200)["problems"], json!([]));
    assert_eq!(admin.put("/api/message-texts/refund_done", &good).expect(200)["changed"], json!(true));
    admin.put("/api/message-texts/nothing", &good).refused(404, "not_found");
    let all = admin.get("/api/message-texts").expect(200);
    let refund = all["texts"].as_array().unwrap().iter().find(|one| one["id"] == "refund_done").unwrap();
    assert_eq!(refund["sms"]["params"]["code"], "{{number}}");
    let exported = admin.get("/api/template").expect(200).to_string();
    assert!(exported.contains("SMS_1"), "{exported}");
}
