//! A merchant behind a server: one shop, one warehouse, a signed-in person of every role. Everything goes over HTTP.

use std::collections::HashMap;

use domain::{CarrierId, Currency, ShopId, Text, WarehouseId};
use operations::master::{carrier, shop};
use serde_json::{Value, json};

use crate::client::Client;
use crate::harness::{Harness, START_MS};

const DAY_MS: i64 = 86_400_000;
const PEOPLE: &[(&str, &str)] = &[
    ("agent", "agent"),
    ("lead", "after_sales_lead"),
    ("clerk", "warehouse_clerk"),
    ("inspector", "inspector"),
    ("finance", "finance"),
    ("finance2", "finance"),
    ("cfo", "cfo"),
];

/// The merchant.
pub struct Floor {
    /// The server.
    pub harness: Harness,
    /// The shop `A`.
    pub shop: ShopId,
    /// The warehouse `W`.
    pub warehouse: WarehouseId,
    /// The carrier `SF`.
    pub carrier: CarrierId,
    people: HashMap<&'static str, Client>,
    erp: Client,
}

impl Floor {
    /// Opens the merchant.
    ///
    /// # Panics
    /// When anything of it cannot be made.
    #[must_use]
    pub fn open() -> Self {
        let harness = Harness::start();
        let warehouse = harness.warehouse("W");
        let save = carrier::SaveCarrier {
            id: None,
            version: 0,
            code: "SF".to_owned(),
            name: Text::new("顺丰", "SF Express"),
            tracking_pattern: String::new(),
            check_digit: domain::tracking::CheckDigit::None,
            active: true,
        };
        let saved = harness.run("carrier.save", move |tx, ctx| carrier::save(tx, ctx, &save)).expect("a carrier");
        let carrier = CarrierId::from_raw(saved.id);
        let save = shop::SaveShop {
            id: None,
            version: 0,
            code: "A".to_owned(),
            name: Text::new("甲店", "Shop A"),
            platform: "own".to_owned(),
            currency: Currency::CNY,
            zone: "Asia/Shanghai".to_owned(),
            warehouse_id: Some(warehouse),
            calendar_id: None,
            active: true,
        };
        let saved = harness.run("shop.save", move |tx, ctx| shop::save(tx, ctx, &save)).expect("a shop");
        let people = PEOPLE.iter().map(|(name, role)| (*name, harness.person_client(name, &[role]))).collect();
        let erp = harness.token("erp", &["operations"]);
        Self { shop: ShopId::from_raw(saved.id), warehouse, carrier, people, erp, harness }
    }

    /// A person of the merchant: agent, lead, clerk, inspector, finance, finance2 or cfo.
    ///
    /// # Panics
    /// When there is no such person.
    #[must_use]
    pub fn by(&self, name: &str) -> &Client {
        self.people.get(name).unwrap_or_else(|| panic!("nobody is called {name}"))
    }

    /// Another system, with a bearer token.
    #[must_use]
    pub fn erp(&self) -> &Client {
        &self.erp
    }

    /// Puts an order of one article, delivered two days ago.
    pub fn order(&self, number: &str, sku: &str, quantity: i64, unit_price_minor: i64) {
        let order = json!({
            "source_version": 1, "ordered_at": START_MS - 5 * DAY_MS, "paid_at": START_MS - 5 * DAY_MS,
            "shipped_at": START_MS - 4 * DAY_MS, "delivered_at": START_MS - 2 * DAY_MS,
            "customer_no": "C1",
            "contact": { "name": "张三", "phone": "13800001111", "address": "杭州市西湖区二号" },
            "lines": [{
                "line_no": 1, "sku": sku, "quantity": quantity, "shipped": quantity, "unit_price_minor": unit_price_minor,
            }],
        });
        self.erp.put(&format!("/api/orders/A/{number}"), &order).expect(200);
    }

    /// The agent files a case on an order's only line; the case's id.
    ///
    /// # Panics
    /// When it is refused.
    #[must_use]
    pub fn file(&self, number: &str, kind: &str, quantity: i64) -> String {
        let agent = self.by("agent");
        let offered = agent.get(&format!("/api/filing/orders/{}/{number}", self.shop)).expect(200);
        let answers = json!({
            "order": number,
            "customer": { "name": "张三", "phone": "13800001111" },
            "goods": [{ "line": offered["lines"][0]["line"], "kind": kind, "quantity": quantity }],
            "reason": "other_reason",
            "description": "说明",
            "return_phone": "13800001111",
        });
        let filed = agent.post("/api/rmas", &json!({ "shop": self.shop, "answers": answers })).expect(201);
        text(&filed["id"])
    }

    /// Whoever may decide an open step of a case agrees, until none is open.
    ///
    /// # Panics
    /// When a step cannot be agreed to.
    pub fn agree(&self, id: &str) {
        let path = format!("/api/rmas/{id}");
        for name in ["agent", "cfo"] {
            let case = self.by(name).get(&path).expect(200);
            let steps = case["actions"].as_array().into_iter().flatten().filter(|action| action["kind"] == "decide");
            for step in steps {
                let body = json!({ "node": step["node"], "round": step["round"], "choice": "agree" });
                self.by(name).post(&format!("{path}/decisions"), &body).expect(200);
            }
        }
    }

    /// A filed and agreed case on a new order of its own.
    #[must_use]
    pub fn agreed(&self, number: &str, kind: &str, quantity: i64, unit_price_minor: i64) -> String {
        self.order(number, "COAT", quantity, unit_price_minor);
        let id = self.file(number, kind, quantity);
        self.agree(&id);
        id
    }

    /// A case as the agent sees it.
    #[must_use]
    pub fn case(&self, id: &str) -> Value {
        self.by("agent").get(&format!("/api/rmas/{id}")).expect(200)
    }

    /// A case's first line.
    #[must_use]
    pub fn line(&self, id: &str) -> String {
        text(&self.case(id)["lines"][0]["id"])
    }

    /// A grade by its code.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn grade(&self, code: &str) -> String {
        let definitions = self.harness.app().definitions();
        let grade = definitions.masters.grades().iter().find(|grade| grade.code == code);
        grade.unwrap_or_else(|| panic!("no grade {code}")).id.to_string()
    }

    /// The agent gives a waybill, the clerk signs it: the parcel.
    #[must_use]
    pub fn signed(&self, id: &str, waybill: &str) -> String {
        let body = json!({ "carrier": self.carrier, "waybill": waybill });
        let announced = self.by("agent").post(&format!("/api/rmas/{id}/parcels"), &body).expect(201);
        let body = json!({ "warehouse": self.warehouse, "waybills": [waybill] });
        let signed = self.by("clerk").post("/api/parcels/signing", &body).expect(200);
        assert_eq!((&signed[0]["signed_as"], &signed[0]["cases"]), (&json!("known"), &json!([id])));
        assert_eq!(signed[0]["parcel"], announced["parcel"]);
        text(&announced["parcel"])
    }

    /// The clerk counts announced units of a case's first line: the group.
    #[must_use]
    pub fn counted(&self, id: &str, waybill: &str, quantity: i64) -> String {
        let parcel = self.signed(id, waybill);
        let units = json!([{ "line": self.line(id), "quantity": quantity, "reception": "as_announced" }]);
        let counted = self.by("clerk").post("/api/counts", &json!({ "parcel": parcel, "units": units })).expect(200);
        text(&counted[0]["unit_group"])
    }

    /// The inspector grades units of a group and disposes of them: the group they are.
    pub fn inspected(&self, group: &str, quantity: i64, grade: &str, liability: &str, disposition: &str) -> String {
        let inspector = self.by("inspector");
        let body = json!({ "quantity": quantity, "grade": self.grade(grade), "liability": liability });
        let inspected = inspector.post(&format!("/api/unit-groups/{group}/inspections"), &body).expect(201);
        let part = text(&inspected["unit_group"]);
        let body = json!({ "kind": disposition });
        inspector.post(&format!("/api/unit-groups/{part}/dispositions"), &body).expect(201);
        part
    }

    /// Finance keys what the preview suggests on the counted basis: the settlement.
    #[must_use]
    pub fn proposed(&self, id: &str, means: &str) -> Value {
        let finance = self.by("finance");
        let asked = json!({ "basis": "counted" });
        let preview = finance.post(&format!("/api/rmas/{id}/settlement-preview"), &asked).expect(200);
        let body = json!({ "basis": "counted", "means": means, "components": preview["suggestion"] });
        let proposed = finance.post(&format!("/api/rmas/{id}/settlements"), &body).expect(201);
        assert_eq!(proposed["net"], preview["net"]);
        assert_eq!(proposed["needs_second"], preview["needs_second"]);
        proposed
    }
}

/// A JSON string's text.
///
/// # Panics
/// When it is none.
#[must_use]
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
