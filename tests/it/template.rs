//! The application is data: another document changes desk, portal, API and board without a rebuild, and cases that run
//! keep what they started on.

use domain::RmaId;
use serde_json::{Value, json};
use support::{Client, Harness, TEMPLATE};

const DAY_MS: i64 = 86_400_000;
/// The buyer of every order here.
const PHONE: &str = "13800001234";

/// A shop with everybody whom the returns application and its changed form need.
struct Shop {
    harness: Harness,
    agent: Client,
    admin: Client,
    id: String,
}

impl Shop {
    fn open() -> Self {
        let harness = Harness::start();
        let shop = harness.shop("A");
        harness.warehouse("W");
        let agent = harness.person_client("agent", &["agent"]);
        let admin = harness.person_client("admin", &["business_admin"]);
        harness.person("cfo", &["cfo"]);
        harness.person("operations", &["operations"]);
        let sku = json!({ "code": "S1", "name": { "zh": "上衣", "en": "Shirt" }, "resalable": true });
        admin.post("/api/skus", &sku).expect(201);
        Self { harness, agent, admin, id: shop.to_string() }
    }

    /// An order of one article at `price_minor`, delivered two days ago.
    fn order(&self, number: &str, price_minor: i64) {
        let now = support::START_MS;
        let order = json!({
            "source_version": 1, "ordered_at": now - 6 * DAY_MS, "shipped_at": now - 5 * DAY_MS,
            "delivered_at": now - 2 * DAY_MS,
            "lines": [{ "line_no": 1, "sku": "S1", "quantity": 1, "shipped": 1, "unit_price_minor": price_minor }],
            "contact": { "name": "张三", "phone": PHONE },
        });
        self.admin.put(&format!("/api/orders/A/{number}"), &order).expect(200);
    }

    /// What a filing of the order says, with more answers.
    fn answers(&self, number: &str, more: &Value) -> Value {
        let offered = self.agent.get(&format!("/api/filing/orders/{}/{number}", self.id)).expect(200);
        let mut answers = json!({
            "order": number,
            "customer": { "name": "张三", "phone": PHONE },
            "goods": [{ "line": offered["lines"][0]["line"], "kind": "return_refund", "quantity": 1 }],
            "reason": "dislike",
            "return_phone": PHONE,
        });
        for (field, value) in more.as_object().into_iter().flatten() {
            answers[field] = value.clone();
        }
        json!({ "shop": self.id, "answers": answers })
    }

    fn file(&self, number: &str, more: &Value) -> String {
        let filed = self.agent.post("/api/rmas", &self.answers(number, more)).expect(201);
        filed["id"].as_str().expect("an id").to_owned()
    }

    fn case(&self, id: &str) -> Value {
        self.agent.get(&format!("/api/rmas/{id}")).expect(200)
    }

    /// Agrees to the open step as one of the people.
    fn agree(&self, who: &str, id: &str) {
        self.decide(who, id, "agree");
    }

    fn decide(&self, who: &str, id: &str, choice: &str) {
        let open =
            self.case(id)["tasks"].as_array().into_iter().flatten().find(|task| task["done_at"].is_null()).cloned();
        let task = open.unwrap_or_else(|| panic!("nothing waits on {id}"));
        let decision = json!({ "node": task["node"], "round": task["round"], "choice": choice, "note": "x" });
        self.harness.signed_in(who).post(&format!("/api/rmas/{id}/decisions"), &decision).expect(200);
    }

    fn apply(&self, text: &str) -> Value {
        let body = json!({ "text": text, "note": "" });
        let check = self.admin.post("/api/template/check", &body).expect(200);
        assert_eq!(check["applicable"], true, "{check}");
        self.admin.put("/api/template", &body).expect(200)
    }

    fn messages(&self, id: &str) -> Vec<String> {
        let id: RmaId = id.parse().expect("an id");
        let rows = self.harness.app().read(|conn| Ok(store::outbox::of_rma(conn, id)?)).expect("the outbox");
        rows.into_iter().map(|row| row.channel).collect()
    }
}

fn nodes(case: &Value) -> Vec<&str> {
    case["steps"].as_array().into_iter().flatten().map(|step| step["node"].as_str().expect("a node")).collect()
}

/// The delivered application with a lower limit, one more step, one more required field and a stage renamed.
fn changed() -> String {
    let replace = |text: &str, from: &str, to: &str| {
        assert_eq!(text.matches(from).count(), 1, "`{from}` stands once in the delivered application");
        text.replace(from, to)
    };
    let text =
        replace(TEMPLATE, "when: refund > money(\"5000.00\", \"CNY\")", "when: refund > money(\"800.00\", \"CNY\")");
    let second = "      - condition:\n          id: amount_check\n";
    let more = "      - approve:\n          id: second_look\n          title: {zh: 运营复核, en: Second look}\n          \
                approver: {role: cfo, of: any}\n";
    let text = replace(&text, second, &format!("{more}{second}"));
    let field = "      - id: source_note\n";
    let more = "      - {id: box_kept, type: text, title: {zh: 原包装是否还在, en: Original box}, required: true}\n";
    let text = replace(&text, field, &format!("{more}{field}"));
    replace(&text, "title: {zh: 收货, en: Receipt}", "title: {zh: 到仓, en: At the warehouse}")
}

#[test]
fn another_document_changes_every_side_and_running_cases_keep_theirs() {
    let shop = Shop::open();
    for number in ["OLD1", "NEW1", "NEW2"] {
        shop.order(number, 90_000);
    }
    let old = shop.file("OLD1", &json!({}));
    assert_eq!(nodes(&shop.case(&old)), ["first_review", "receive", "inspect", "settle", "ship_out"]);
    let before = shop.agent.get("/api/meta").expect(200);
    assert_eq!(shop.apply(&changed())["changed"], true);

    // The API and the desk's form.
    let refused = shop.agent.post("/api/rmas", &shop.answers("NEW1", &json!({})));
    let refused = refused.refused(422, "form_refuses");
    assert!(refused["fields"].as_array().into_iter().flatten().any(|one| one["field"] == "box_kept"), "{refused}");
    let form = shop.agent.get("/api/filing").expect(200);
    assert!(form["form"]["fields"].to_string().contains("box_kept"));
    let new = shop.file("NEW1", &json!({ "box_kept": "是" }));
    let steps = shop.case(&new);
    assert_eq!(
        nodes(&steps),
        ["first_review", "second_look", "cfo_approval", "receive", "inspect", "settle", "ship_out"]
    );

    // The portal's form.
    let proof = format!("shop=A&number=NEW2&phone_tail={}", &PHONE[7..]);
    let customer = shop.harness.anonymous().with("x-order-proof", &proof);
    let offered = customer.get("/api/portal/order").expect(200);
    assert!(offered["form"]["fields"].to_string().contains("box_kept"), "{offered}");

    // Names of stages, on pages and boards; the case that ran before keeps its own steps.
    let meta = shop.agent.get("/api/meta").expect(200);
    assert!(!before["stages"].to_string().contains("到仓") && meta["stages"].to_string().contains("到仓"), "{meta}");
    shop.agree("cfo", &new);
    shop.agree("cfo", &new);
    let stage = |id: &str| shop.case(id)["head"]["stage_title"]["zh"].as_str().expect("a stage").to_owned();
    assert_eq!((stage(&new).as_str(), stage(&old).as_str()), ("到仓", "收货"));
    assert_eq!(nodes(&shop.case(&old)), ["first_review", "receive", "inspect", "settle", "ship_out"]);
    let board = shop.harness.signed_in("cfo").get("/api/boards/owner_board").expect(200);
    assert!(board.to_string().contains("到仓"), "{board}");
}

#[test]
fn a_rule_that_is_switched_off_does_nothing_until_it_is_switched_on() {
    let shop = Shop::open();
    shop.order("RULE1", 10_000);
    shop.order("RULE2", 10_000);
    shop.order("RULE3", 10_000);
    assert_eq!(shop.messages(&shop.file("RULE1", &json!({}))), ["sms"]);
    let rule = "/api/template/rules/sms_return_address";
    shop.admin.put(rule, &json!({ "enabled": false })).expect(200);
    assert_eq!(shop.messages(&shop.file("RULE2", &json!({}))), Vec::<String>::new());
    shop.admin.put(rule, &json!({ "enabled": true })).expect(200);
    assert_eq!(shop.messages(&shop.file("RULE3", &json!({}))), ["sms"]);
}

#[test]
fn a_rule_switched_on_again_acts_for_cases_filed_while_it_was_off() {
    let shop = Shop::open();
    shop.order("RULE4", 600_000);
    let rule = "/api/template/rules/sms_rejected";
    shop.admin.put(rule, &json!({ "enabled": false })).expect(200);
    let case = shop.file("RULE4", &json!({}));
    shop.admin.put(rule, &json!({ "enabled": true })).expect(200);
    shop.decide("cfo", &case, "reject");
    assert!(shop.messages(&case).contains(&"sms".to_owned()));
}

#[test]
fn a_template_cannot_lock_out_whoever_manages_persons() {
    let shop = Shop::open();
    shop.harness.person("keeper", &["system_admin"]);
    let export = shop.admin.get("/api/template").expect(200);
    let text = export["text"].as_str().expect("a text").replace("system_admin", "root_admin");
    let refused = shop.admin.put("/api/template", &json!({ "text": text, "note": "" }));
    refused.refused(409, "last_manager");
}

#[test]
fn a_text_with_mistakes_is_not_applied_and_each_is_named_with_its_place() {
    let shop = Shop::open();
    let text = TEMPLATE.replace("approver: {role: cfo, of: any}", "approver: {role: cof, of: any}");
    let body = json!({ "text": text });
    let check = shop.admin.post("/api/template/check", &body).expect(200);
    assert_eq!(check["applicable"], false);
    let problem = check["problems"].to_string();
    assert!(problem.contains("cof") && problem.contains("cfo"), "{problem}");
    let line = 1 + text[..text.find("role: cof").expect("the mistake")].matches('\n').count();
    assert!(check["problems"].as_array().into_iter().flatten().any(|one| one["line"] == line), "{problem}");
    assert!(shop.admin.put("/api/template", &body).status >= 400);
    let export = shop.admin.get("/api/template");
    assert!(!export.text.contains("cof"), "what is in force stays");
    shop.agent.put("/api/template", &body).refused(403, "forbidden");
}

fn releases(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|release| release["id"].as_str().unwrap()).collect()
}

#[test]
fn a_switched_rule_is_a_release_and_the_older_text_is_still_read() {
    let harness = Harness::start();
    let admin = harness.person_client("admin", &["business_admin"]);
    let before = admin.get("/api/template").expect(200);
    let known = admin.get("/api/template/releases").expect(200);
    let old = releases(&known)[0].to_owned();
    let rules = admin.get("/api/template/rules").expect(200);
    let rule = &rules[0];
    assert_eq!(rule["enabled"], true);
    for side in ["zh", "en"] {
        let words = rule["trigger"][side].as_str().unwrap();
        assert!(!words.is_empty() && words != rule["on"], "{words}");
    }
    let path = format!("/api/template/rules/{}", rule["id"].as_str().unwrap());
    assert_eq!(admin.put(&path, &json!({ "enabled": false })).expect(200)["changed"], true);
    assert_eq!(admin.get("/api/template/rules").expect(200)[0]["enabled"], false);
    assert_ne!(admin.get("/api/template").expect(200)["text"], before["text"]);
    let older = admin.get(&format!("/api/template?release={old}")).expect(200);
    assert_eq!(older["text"], before["text"]);
    admin.get("/api/template?release=1").refused(404, "not_found");
    harness.person_client("agent", &["agent"]).get("/api/template").refused(403, "forbidden");
}
