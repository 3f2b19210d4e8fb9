//! A demo shop behind the built server, and what its people do over HTTP.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use support::{Answer, Binary, Client};
use tempfile::TempDir;

/// The password of the demo's accounts.
const PASSWORD: &str = "returndesk-demo";
const DAY_MS: i64 = 86_400_000;

/// A folder with a demo shop in it.
pub(crate) struct Shop {
    dir: TempDir,
    /// The binary on that folder.
    pub(crate) binary: Binary,
    /// A bearer token that may do what any role may.
    pub(crate) token: String,
    orders: AtomicU64,
}

/// An order of one line.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// Its number.
    pub(crate) number: String,
    /// Its shop.
    pub(crate) shop: String,
    /// Its line.
    pub(crate) line: String,
}

impl Shop {
    /// A new demo shop with a second person in finance.
    pub(crate) fn found() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let binary = Binary::on(&dir.path().join("data"));
        let _ = binary.run(&["demo", "--seed", "5", "--cases", "8"]).expect(0);
        let second = ["user", "add", "finance2", "--role", "finance", "--password-stdin"];
        let _ = binary.run_with(&second, &format!("{PASSWORD}\n")).expect(0);
        let token = binary.run(&["token", "add", "proof"]).expect(0).trim().to_owned();
        Self { dir, binary, token, orders: AtomicU64::new(0) }
    }

    /// A folder for other things, gone with the shop.
    pub(crate) fn aside(&self) -> &Path {
        self.dir.path()
    }

    /// Puts a delivered order of `quantity` units at `price_minor` each, over HTTP.
    pub(crate) fn order(&self, system: &Client, agent: &Client, quantity: i64, price_minor: i64) -> Order {
        let number = format!("77{:012}", self.orders.fetch_add(1, Ordering::Relaxed));
        let shops = agent.get("/api/filing").expect(200);
        let text = |name: &str| shops["shops"][0][name].as_str().expect("a shop").to_owned();
        let (id, code) = (text("id"), text("code"));
        let now = now_ms();
        let order = json!({
            "source_version": 1,
            "ordered_at": now - 5 * DAY_MS,
            "contact": { "name": "张三", "phone": "13800001111", "address": "杭州市西湖区二号" },
            "lines": [{ "line_no": 1, "sku": "SH-2203-S", "quantity": quantity, "unit_price_minor": price_minor }],
            "shipments": [{
                "waybill": format!("OUT{number}"), "state": "delivered", "shipped_at": now - 4 * DAY_MS,
                "delivered_at": now - 2 * DAY_MS, "lines": [{ "line_no": 1, "quantity": quantity }],
            }],
        });
        system.put(&format!("/api/orders/{code}/{number}"), &order).expect(200);
        let found = agent.get(&format!("/api/filing/orders/{id}/{number}")).expect(200);
        let line = found["lines"][0]["line"].as_str().expect("a line").to_owned();
        Order { number, shop: id, line }
    }
}

impl Order {
    /// Files a case on it.
    pub(crate) fn file(&self, client: &Client, kind: &str, reason: &str, quantity: i64) -> Answer {
        client.post("/api/rmas", &self.request(kind, reason, quantity))
    }

    /// What filing a case sends.
    pub(crate) fn request(&self, kind: &str, reason: &str, quantity: i64) -> Value {
        json!({
            "shop": self.shop,
            "answers": {
                "order": self.number,
                "customer": { "name": "张三", "phone": "13800001111" },
                "goods": [{ "line": self.line, "kind": kind, "quantity": quantity }],
                "reason": reason,
                "description": "收到后不合适，没有使用过。",
                "return_phone": "13800001111",
            },
        })
    }
}

/// Signs a person of the demo in.
pub(crate) fn sign_in(url: &str, name: &str) -> Client {
    let mut client = Client::new(url).with("Accept-Language", "en");
    client.sign_in(name, PASSWORD).expect(201);
    client
}

/// Signs a person of the demo in; the headers of their requests.
pub(crate) fn session(address: SocketAddr, name: &str) -> String {
    support::load::sign_in(address, name, PASSWORD).expect("a session")
}

/// Agrees to a step of a case.
pub(crate) fn agree(client: &Client, case: &str, node: &str) -> Answer {
    let decision = json!({ "node": node, "round": 1, "choice": "agree", "note": "" });
    client.post(&format!("/api/rmas/{case}/decisions"), &decision)
}

/// What `doctor` says, and that it says `FULL`.
pub(crate) fn durable(binary: &Binary) -> String {
    let said = binary.run(&["doctor", "--json"]).json(0);
    let checks = said["checks"].as_array().expect("checks");
    let message = |id: &str| {
        let check = checks.iter().find(|check| check["id"] == id).unwrap_or_else(|| panic!("doctor has no {id}"));
        check["message"].as_str().unwrap_or_default().to_owned()
    };
    let durable = message("store.synchronous");
    assert_eq!(durable, "synchronous = FULL");
    format!("{durable}, {}", message("store.journal_mode"))
}

/// The machine's own time.
pub(crate) fn now_ms() -> i64 {
    #[expect(clippy::disallowed_methods, reason = "orders must be of the days before the server's own clock")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    i64::try_from(now.as_millis()).expect("before the year 292277026")
}
