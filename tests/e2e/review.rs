//! A return above the limit: filed on a real order, agreed by the agent and by the second approver in the browser.

use serde_json::{Value, json};
use support::{Binary, Client, Served};

use crate::browser::Browser;

const PASSWORD: &str = "returndesk-demo";
/// The demo's accounts sign in by the names of their roles.
const AGENT: &str = "agent";
const SECOND: &str = "cfo";

struct Shop {
    _dir: tempfile::TempDir,
    server: Served,
    orders: Client,
    agent: Client,
}

/// A demo shop on a free port, with a system that puts orders and one that acts as an agent.
fn shop() -> Shop {
    let dir = tempfile::tempdir().expect("a folder");
    let data = dir.path().join("data");
    let binary = Binary::on(&data);
    binary.run(&["demo", "--seed", "7", "--cases", "12"]).expect(0);
    let secret =
        |name: &str, role: &str| binary.run(&["token", "add", name, "--role", role]).expect(0).trim().to_owned();
    let (orders, agent) = (secret("orders", "business_admin"), secret("agent", AGENT));
    let server = binary.serve(&[]);
    let orders = server.client().with_bearer(&orders);
    let agent = server.client().with_bearer(&agent);
    Shop { _dir: dir, server, orders, agent }
}

impl Shop {
    /// Puts an order of one notebook computer, delivered two days ago, and files a return of it; the case's id.
    fn file(&self, number: &str) -> String {
        let meta = self.agent.get("/api/meta").expect(200);
        let now = meta["now"].as_i64().expect("a time");
        let day = 86_400_000;
        let order = json!({
            "source_version": 1, "ordered_at": now - 6 * day, "shipped_at": now - 5 * day, "delivered_at": now - 2 * day,
            "lines": [{ "line_no": 1, "sku": "LP-9310", "quantity": 1, "shipped": 1, "unit_price_minor": 699_900 }],
            "contact": { "name": "张三", "phone": "13800001234" },
        });
        self.orders.put(&format!("/api/orders/A/{number}"), &order).expect(200);
        let shop = meta["shops"].as_array().into_iter().flatten().find(|shop| shop["code"] == "A");
        let shop = shop.expect("the shop")["id"].as_str().expect("an id").to_owned();
        let offered = self.agent.get(&format!("/api/filing/orders/{shop}/{number}")).expect(200);
        let line = offered["lines"][0]["line"].as_str().expect("a line").to_owned();
        let answers = json!({
            "order": number,
            "customer": { "name": "张三", "phone": "13800001234" },
            "goods": [{ "line": line, "kind": "return_refund", "quantity": 1 }],
            "reason": reason(&meta),
            "return_phone": "13800001234",
        });
        let filed = self.agent.post("/api/rmas", &json!({ "shop": shop, "answers": answers })).expect(201);
        filed["id"].as_str().expect("an id").to_owned()
    }

    fn state(&self, id: &str) -> Value {
        self.agent.get(&format!("/api/rmas/{id}")).expect(200)["head"].clone()
    }

    /// Signs in at the desk, opens the case and agrees to its open step.
    fn agree(&self, who: &str, id: &str, lang: &str) {
        let browser = Browser::open(&self.server.url, lang, 1360);
        browser.go("/desk/");
        browser.type_into("input[autocomplete=username], input[type=text]", who);
        browser.type_into("input[type=password]", PASSWORD);
        browser.click("[data-test=sign-in]");
        browser.sees("ReturnDesk");
        browser.go(&format!("/desk/rmas/{id}"));
        browser.click("[data-test=decide-agree]");
        browser.click("[role=dialog] [type=submit], dialog button.ui-button--primary");
        // The open step is gone when the page has taken the answer in.
        browser.sees(self.state(id)["number"].as_str().expect("a number"));
        browser.click("body:not(:has([data-test=decide-form]))");
        assert_eq!(browser.complaints(), Vec::<String>::new());
    }
}

// A leaf that asks for no photos.
fn reason(meta: &Value) -> String {
    let groups = meta["reasons"].as_array().cloned().unwrap_or_default();
    let leaves = groups.iter().flat_map(|group| group["children"].as_array().cloned().unwrap_or_default());
    let plain = leaves.into_iter().find(|leaf| leaf["evidence"] == false);
    plain.expect("a reason without photos")["code"].as_str().expect("a code").to_owned()
}

#[test]
fn a_return_above_the_limit_needs_a_second_yes_in_chinese_and_in_english() {
    let shop = shop();
    for (number, lang) in [("E2EZH1", "zh-CN"), ("E2EEN1", "en-US")] {
        let id = shop.file(number);
        let first = shop.state(&id)["stage"].clone();
        // The policy agrees by itself within seven days; then the amount asks for somebody more.
        if shop.agent.get(&format!("/api/rmas/{id}")).expect(200)["verdict"] != "auto_agree" {
            shop.agree(AGENT, &id, lang);
        }
        let second = shop.state(&id)["stage"].clone();
        assert_eq!(shop.state(&id)["state"], "submitted", "{first} then {second}");
        shop.agree(SECOND, &id, lang);
        let head = shop.state(&id);
        assert_eq!(head["state"], "in_progress", "{head}");
        assert_ne!(head["stage"], second);
    }
}

#[test]
fn the_portal_and_the_desk_speak_the_readers_language() {
    let shop = shop();
    for (lang, portal, desk) in [("zh-CN", "订单号", "登录"), ("en-US", "Order number", "Sign in")] {
        let browser = Browser::open(&shop.server.url, lang, 390);
        browser.go("/");
        browser.sees(portal);
        let wide =
            browser.evaluate("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assert_eq!(wide, 0, "the portal scrolls sideways on a phone");
        browser.go("/desk/");
        browser.sees(desk);
        assert_eq!(browser.complaints(), Vec::<String>::new());
    }
}
