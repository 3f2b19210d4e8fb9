//! Records of the merchant's own forms: checked by the form, kept in their own table, changed by version, taken out as CSV.

use engine::form::Answers;
use operations::record::create::{CreateRecord, create};
use operations::record::export::PIECE_ROWS;
use serde_json::{Value, json};
use support::{Harness, TEMPLATE};

const PATH: &str = "/api/forms/supplier_claim_note/records";
const CSV: &str = "/api/forms/supplier_claim_note/records.csv";

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
    assert_eq!(forms[0]["context"]["currency"], "CNY");
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

#[test]
fn a_record_is_written_whole() {
    let harness = Harness::start();
    let agent = harness.person_client("agent", &["agent"]);
    let mut first = claim(100);
    first["answers"]["note"] = json!("三箱受潮");
    let kept = agent.post(PATH, &first).expect(201);
    let address = format!("{PATH}/{}", kept["id"].as_str().expect("an id"));
    agent.put(&address, &json!({ "version": 1, "answers": claim(200)["answers"] })).expect(200);
    let record = agent.get(&address).expect(200);
    assert_eq!((&record["answers"]["note"], &record["version"]), (&Value::Null, &json!(2)), "{record}");
    // What a new record would begin with is not put in the place of an answer that was left out.
    let mut without = claim(300);
    without["answers"].as_object_mut().expect("answers").remove("state");
    let refused = agent.put(&address, &json!({ "version": 2, "answers": without["answers"] }));
    assert_eq!(refused.refused(422, "form_refuses")["fields"][0]["field"], "state");
}

#[test]
fn a_fixed_field_keeps_what_the_record_held() {
    let harness = Harness::start();
    let agent = harness.person_client("agent", &["agent"]);
    let free = "en: Case number}, max_length: 40";
    let text = TEMPLATE.replace(free, &format!("{free}, read_only_when: 'state = \"paid\"'"));
    assert_ne!(text, TEMPLATE);
    let admin = harness.person_client("admin", &["business_admin"]);
    admin.put("/api/template", &json!({ "text": text, "note": "" })).expect(200);
    let mut answers = claim(100)["answers"].take();
    answers["case_number"] = json!("RT-1");
    let kept = agent.post(PATH, &json!({ "answers": answers })).expect(201);
    let address = format!("{PATH}/{}", kept["id"].as_str().expect("an id"));
    answers["state"] = json!("paid");
    answers["case_number"] = json!("RT-2");
    let refused = agent.put(&address, &json!({ "version": 1, "answers": answers }));
    assert_eq!(refused.refused(422, "form_refuses")["fields"][0]["field"], "case_number");
    answers.as_object_mut().expect("answers").remove("case_number");
    agent.put(&address, &json!({ "version": 1, "answers": answers })).expect(200);
    assert_eq!(agent.get(&address).expect(200)["answers"]["case_number"], "RT-1");
}

#[test]
fn a_negative_fraction_leaves_as_a_number() {
    let harness = Harness::start();
    harness.shop("A");
    let admin = harness.person_client("admin", &["business_admin"]);
    let field = "- {id: supplier, type: text,";
    let more = "- {id: offset, type: number, title: {zh: 偏差, en: Offset}}\n      ";
    let text = TEMPLATE.replacen(field, &format!("{more}{field}"), 1);
    admin.put("/api/template", &json!({ "text": text, "note": "" })).expect(200);
    let agent = harness.person_client("agent", &["agent"]);
    let mut claim = claim(100);
    claim["answers"]["offset"] = json!({ "$number": "-1.5" });
    agent.post(PATH, &claim).expect(201);
    let file = agent.get(CSV).text;
    assert!(file.contains(",-1.5,"), "{file}");
}

#[test]
fn records_leave_as_a_file_that_runs_nothing() {
    let harness = Harness::start();
    harness.shop("A");
    let agent = harness.person_client("agent", &["agent"]);
    agent.post(PATH, &claim(100)).expect(201);
    let mut second = claim(1_234_567);
    second["answers"]["supplier"] = json!("=1+1");
    second["answers"]["note"] = json!("a, \"b\"");
    agent.post(PATH, &second).expect(201);
    let file = agent.get(CSV);
    assert_eq!((file.status, file.header("content-type")), (200, Some("text/csv; charset=utf-8")));
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"supplier_claim_note.csv\""));
    let expect = "\u{feff}Recorded,Supplier,Case number,Claimed on,Amount,Amount (currency),Progress,Note\r\n\
        2026-11-23 10:00,'=1+1,,2026-11-20,12345.67,CNY,Waiting,\"a, \"\"b\"\"\"\r\n\
        2026-11-23 10:00,宁波毛衫厂,,2026-11-20,1.00,CNY,Waiting,\r\n";
    assert_eq!(file.text, expect);
    let other = harness.token("erp", &["agent"]).with("accept-language", "zh").get(CSV).text;
    assert!(
        other.starts_with("\u{feff}记录时间,供应商,关联单号,索赔日期,索赔金额,索赔金额（币种）,进展,说明\r\n"),
        "{other}"
    );
    assert!(other.contains(",待回复,"), "{other}");
    harness.person_client("clerk", &["warehouse_clerk"]).get(CSV).refused(403, "forbidden");
    agent.get("/api/forms/return_request/records.csv").refused(404, "not_found");
}

#[test]
fn a_long_file_is_whole_and_has_one_heading() {
    let harness = Harness::start();
    let agent = harness.person_client("agent", &["agent"]);
    for rows in [PIECE_ROWS, 1] {
        let kept = harness.run("record.create", move |tx, ctx| {
            for number in 0..rows {
                let answers = claim(i64::from(number) + 1)["answers"].take();
                let answers: Answers = serde_json::from_value(answers).expect("answers");
                create(tx, ctx, &CreateRecord { form: "supplier_claim_note".to_owned(), answers })?;
            }
            Ok(())
        });
        kept.expect("the records are kept");
        let file = agent.get(CSV).text;
        let lines: Vec<&str> = file.lines().collect();
        assert_eq!(lines.iter().filter(|line| line.contains("Recorded")).count(), 1);
        // Newest first: the last one made stands below the heading, the first one at the end.
        assert!(lines[1].contains(&format!(",{}.{:02},CNY,", rows / 100, rows % 100)), "{}", lines[1]);
        assert!(lines.last().is_some_and(|line| line.contains(",0.01,CNY,")), "{:?}", lines.last());
        let expect = if rows == 1 { PIECE_ROWS + 2 } else { PIECE_ROWS + 1 };
        assert_eq!(lines.len(), expect as usize);
    }
}

#[test]
fn a_phone_and_an_address_of_a_record_are_kept() {
    let harness = Harness::start();
    let admin = harness.person_client("admin", &["business_admin"]);
    let field = "- {id: supplier, type: text,";
    let more = "- {id: phone, type: phone, title: {zh: 电话, en: Phone}}\n      - {id: email, type: email, title: {zh: 邮箱, en: E-mail}}\n      ";
    let text = TEMPLATE.replacen(field, &format!("{more}{field}"), 1);
    assert!(text.contains("type: email, title: {zh: 邮箱"), "the form has more fields");
    admin.put("/api/template", &json!({ "text": text, "note": "" })).expect(200);
    let agent = harness.person_client("agent", &["agent"]);
    let mut claim = claim(100);
    claim["answers"]["phone"] = json!("13912345678");
    claim["answers"]["email"] = json!("a@example.com");
    let kept = agent.post(PATH, &claim).expect(201);
    let record = agent.get(&format!("{PATH}/{}", kept["id"].as_str().expect("an id"))).expect(200);
    assert_eq!(
        (&record["answers"]["phone"], &record["answers"]["email"]),
        (&json!("13912345678"), &json!("a@example.com"))
    );
}
