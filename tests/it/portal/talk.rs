//! Messages both ways, the to-do they make, and the rating at the end.

use serde_json::json;
use support::{Harness, START_MS};

use super::{filed, shop_with_order};

const DAY_MS: i64 = 86_400_000;

#[test]
fn a_customers_message_is_a_to_do_until_somebody_answers() {
    let harness = Harness::start();
    shop_with_order(&harness);
    let agent = harness.person_client("agent", &["agent"]);
    let (customer, number) = filed(&harness);
    let said = customer.post("/api/portal/case/messages", &json!({ "text": " 什么时候退款？ " })).expect(200);
    customer.post("/api/portal/case/messages", &json!({ "text": "请尽快" })).expect(200);
    assert_eq!(
        (&said["messages"][0]["body"], &said["messages"][0]["from_customer"]),
        (&json!("什么时候退款？"), &json!(true))
    );
    let id = agent.get("/api/rmas").expect(200)["items"][0]["id"].as_str().expect("an id").to_owned();
    let case = agent.get(&format!("/api/rmas/{id}")).expect(200);
    let waiting = case["notes"].as_array().into_iter().flatten().filter(|note| note["is_waiting"] == true).count();
    assert_eq!((waiting, &case["head"]["number"]), (2, &json!(number)), "{case}");
    let todos = |case: &serde_json::Value| {
        let tasks = case["tasks"].as_array().into_iter().flatten();
        tasks.filter(|task| task["node"] == "customer_message").count()
    };
    assert_eq!(todos(&case), 1, "{case}");
    let answered =
        agent.post(&format!("/api/rmas/{id}/notes"), &json!({ "to_customer": true, "text": "今天处理" })).expect(200);
    assert_eq!(todos(&answered), 0, "{answered}");
    assert!(answered["notes"].as_array().into_iter().flatten().all(|note| note["is_waiting"] != true));
    let seen = customer.get("/api/portal/case").expect(200);
    let last = seen["messages"].as_array().and_then(|all| all.last()).expect("a message").clone();
    assert_eq!((&last["body"], &last["from_customer"]), (&json!("今天处理"), &json!(false)));
    // An internal note stays inside.
    agent.post(&format!("/api/rmas/{id}/notes"), &json!({ "to_customer": false, "text": "内部" })).expect(200);
    assert!(!customer.get("/api/portal/case").text.contains("内部"));
    // Read without an answer.
    customer.post("/api/portal/case/messages", &json!({ "text": "谢谢" })).expect(200);
    let handled = agent.post(&format!("/api/rmas/{id}/handled-messages"), &json!({})).expect(200);
    assert_eq!(todos(&handled), 0, "{handled}");
}

#[test]
fn messages_are_bounded_and_end_with_the_case() {
    let harness = Harness::start();
    shop_with_order(&harness);
    let (customer, _) = filed(&harness);
    let say = |text: &str| customer.post("/api/portal/case/messages", &json!({ "text": text }));
    say("  ").refused(422, "text_needed");
    say(&"字".repeat(2_001)).refused(422, "text_too_long");
    for _ in 0..20 {
        say("<b>x</b>").expect(200);
    }
    assert_eq!(say("y").status, 429);
    harness.clock().advance_ms(3_600_001);
    say("y").expect(200);
    customer.post("/api/portal/case/withdrawal", &json!({ "reason": "不想退换了" })).expect(200);
    say("z").refused(409, "case_is_over");
}

#[test]
fn a_closed_case_is_rated_once_and_changed_for_a_week() {
    let harness = Harness::start();
    shop_with_order(&harness);
    let (customer, number) = filed(&harness);
    let rate = |score: i64, comment: &str| {
        customer.put("/api/portal/case/rating", &json!({ "score": score, "comment": comment }))
    };
    rate(5, "").refused(409, "not_over");
    let settle = "UPDATE rma SET settled_at = ?1 WHERE number = ?2";
    let raw = rusqlite::Connection::open(harness.dir().join(store::DATABASE_FILE)).unwrap();
    raw.execute(settle, (START_MS, number.as_str())).unwrap();
    // Money alone is not the end of it: something may still have to be sent out.
    assert_eq!(customer.get("/api/portal/case").expect(200)["can"]["rate"], false);
    rate(5, "").refused(409, "not_over");
    raw.execute("UPDATE rma SET state = 'closed' WHERE number = ?1", [number.as_str()]).unwrap();
    rate(0, "").refused(422, "no_such_score");
    rate(6, "").refused(422, "no_such_score");
    rate(4, &"字".repeat(501)).refused(422, "text_too_long");
    let rated = rate(4, "挺快").expect(200);
    assert_eq!((&rated["rating"]["score"], &rated["can"]["rate"]), (&json!(4), &json!(true)));
    harness.clock().advance_ms(6 * DAY_MS);
    let changed = rate(5, "很好").expect(200);
    assert_eq!((&changed["rating"]["score"], &changed["rating"]["comment"]), (&json!(5), &json!("很好")));
    harness.clock().advance_ms(DAY_MS);
    rate(1, "").refused(409, "rating_is_final");
    let agent = harness.person_client("agent", &["agent"]);
    let id = agent.get("/api/rmas").expect(200)["items"][0]["id"].as_str().expect("an id").to_owned();
    let case = agent.get(&format!("/api/rmas/{id}")).expect(200);
    assert_eq!((&case["rating"]["score"], &case["rating"]["comment"]), (&json!(5), &json!("很好")), "{case}");
    let counted: i64 = raw.query_row("SELECT count(*) FROM rating", (), |row| row.get(0)).unwrap();
    assert_eq!(counted, 1);
}

#[test]
fn a_case_about_money_alone_has_no_parcel_to_wait_for() {
    let harness = Harness::start();
    shop_with_order(&harness);
    let buyer = super::customer(&harness);
    let mut asked = super::wanted(&buyer, "ORDER1", super::PHONE);
    asked["answers"]["goods"][0]["kind"] = json!("compensation");
    asked["answers"]["reason"] = json!("discount_missed");
    let filed = buyer.post("/api/portal/rmas", &asked).expect(201);
    let token = filed["link"]["token"].as_str().expect("a token");
    let case = harness.anonymous().with("x-case-token", token).get("/api/portal/case").expect(200);
    let steps: Vec<&str> =
        case["steps"].as_array().into_iter().flatten().filter_map(|step| step["title"]["en"].as_str()).collect();
    assert!(steps.iter().any(|step| step.contains("refund")), "{steps:?}");
    assert!(
        !steps.iter().any(|step| step.contains("parcel") || step.contains("inspect") || step.contains("sending")),
        "{steps:?}"
    );
    assert_eq!(case["can"]["give_tracking"], false);
}
