//! The live stream.

use serde_json::json;
use support::{Harness, Stream};

/// The next topics that are about something else than boards, as a list of texts.
fn topics(stream: &mut Stream) -> Vec<String> {
    let (name, data) = stream.event().expect("an event");
    assert_eq!(name, "topics");
    serde_json::from_value(data).expect("a list of topics")
}

#[test]
fn a_person_hears_of_themselves_and_not_of_others() {
    let harness = Harness::start();
    let lin = harness.person("lin", &["agent"]);
    let zhao = harness.person("zhao", &["agent"]);
    let admin = harness.person_client("su", &["system_admin"]);
    let browser = harness.signed_in("lin");
    let mut stream = browser.stream("/api/events");
    stream.greeting();
    admin.post(&format!("/api/persons/{zhao}/roles"), &json!({ "role": "finance" })).expect(200);
    admin.post(&format!("/api/persons/{lin}/roles"), &json!({ "role": "finance" })).expect(200);
    let heard = topics(&mut stream);
    assert!(heard.contains(&format!("person:{lin}")), "{heard:?}");
    assert!(!heard.contains(&format!("person:{zhao}")), "{heard:?}");
}

#[test]
fn a_stream_ends_with_its_session() {
    let harness = Harness::start();
    let lin = harness.person("lin", &["agent"]);
    let admin = harness.person_client("su", &["system_admin"]);
    let mut stream = harness.signed_in("lin").stream("/api/events");
    stream.greeting();
    admin.delete(&format!("/api/persons/{lin}/sessions")).expect(200);
    assert_eq!(stream.event(), None);
}

#[test]
fn one_caller_has_a_few_streams_only() {
    let harness = Harness::start();
    let browser = harness.person_client("lin", &["agent"]);
    let mut open: Vec<Stream> = Vec::new();
    for _ in 0..16 {
        let mut stream = browser.stream("/api/events");
        stream.greeting();
        open.push(stream);
    }
    browser.get("/api/events").refused(429, "too_many");
    assert_eq!(open.len(), 16);
}

#[test]
fn staff_hear_of_master_data_and_importers_of_imports() {
    let harness = Harness::start();
    let agent = harness.person_client("lin", &["agent"]);
    let admin = harness.person_client("su", &["business_admin"]);
    let (mut of_agent, mut of_admin) = (agent.stream("/api/events"), admin.stream("/api/events"));
    of_agent.greeting();
    of_admin.greeting();
    let run = admin.send("POST", "/api/imports?target=customers", Some("customer_no\nC-1\n".to_owned())).expect(201);
    let import = format!("import:{}", run["id"].as_str().unwrap());
    while !topics(&mut of_admin).contains(&import) {}
    admin.put("/api/tags", &json!({ "code": "vip", "name": { "zh": "贵宾", "en": "VIP" } })).expect(204);
    let heard = topics(&mut of_agent);
    assert!(heard.contains(&"master:tag".to_owned()), "{heard:?}");
    assert!(!heard.iter().any(|topic| topic.starts_with("import:")), "{heard:?}");
}

#[test]
fn a_shops_orders_and_platform_cases_are_heard_there_alone() {
    let harness = Harness::start();
    let shops = [harness.shop("A"), harness.shop("B")];
    for (name, shop) in ["lin", "zhao"].into_iter().zip(shops) {
        harness.person_at(name, &[("agent", Some(shop), None)]);
    }
    let (of_a, of_b) = (harness.signed_in("lin"), harness.signed_in("zhao"));
    let (mut of_a, mut of_b) = (of_a.stream("/api/events"), of_b.stream("/api/events"));
    of_a.greeting();
    of_b.greeting();
    let erp = harness.token("ERP", &["operations"]);
    let order = json!({
        "source_version": 1, "ordered_at": support::START_MS,
        "lines": [{ "line_no": 1, "sku": "X", "quantity": 1, "unit_price_minor": 1_000 }],
    });
    let case = json!({ "source_version": 1, "raw_status": "WAIT_SELLER_AGREE" });
    for (code, shop, stream) in [("A", shops[0], &mut of_a), ("B", shops[1], &mut of_b)] {
        let put = erp.put(&format!("/api/orders/{code}/ORDER1"), &order).expect(200);
        let heard = topics(stream);
        assert!(heard.contains(&format!("order:{}", put["id"].as_str().expect("an id"))), "{heard:?}");
        erp.put(&format!("/api/external-cases/{code}/E1"), &case).expect(200);
        let heard = topics(stream);
        assert!(heard.contains(&format!("external:{shop}")), "{heard:?}");
    }
}
