//! A shop with people and many delivered orders, each good for one case: demo data, then an import.

use std::fmt::Write as _;
use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, ensure};
use domain::Timestamp;
use serde_json::{Value, json};

use crate::program::{self, Served, folder, serve};
use support::load::{self, Answer, Load, once, request};

/// The password of the demo's accounts.
const PASSWORD: &str = "returndesk-demo";
/// Sessions that the clients share: as many as may be opened in a row.
const SESSIONS: usize = 8;
/// Units of each order.
pub(crate) const QUANTITY: i64 = 2;
const DAY_MS: i64 = 86_400_000;
const HOUR_MS: i64 = 3_600_000;

/// A served shop.
pub(crate) struct Shop {
    /// Its folder.
    pub(crate) dir: PathBuf,
    /// Its server.
    pub(crate) served: Served,
    /// Who sends: headers of signed-in persons.
    pub(crate) sessions: Vec<String>,
    /// The orders.
    pub(crate) orders: Vec<Order>,
    shop: String,
}

/// An order a case can be filed on.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    number: String,
    line: String,
}

impl Shop {
    /// A new folder `name` with `count` orders, served.
    pub(crate) fn open(name: &str, count: usize) -> Result<Self> {
        let dir = folder()?.join(name);
        if dir.exists() {
            fs::remove_dir_all(&dir)?;
        }
        program::run(&dir, &["demo", "--seed", "7", "--cases", "240"])?;
        import(&dir, count)?;
        let served = serve(&dir)?;
        let sessions = (0..SESSIONS).map(|_| sign_in(served.address, "agent")).collect::<Result<Vec<_>>>()?;
        let filing = once(served.address, &request("GET", "/api/filing", &sessions[0], ""))?;
        let filing: Value = serde_json::from_slice(&filing.body)?;
        let shop = filing["shops"][0]["id"].as_str().context("the agent has a shop")?.to_owned();
        let mut opened = Self { dir, served, sessions, orders: Vec::new(), shop };
        opened.orders = opened.look_up(count)?;
        Ok(opened)
    }

    // What the filing page does for each order: the order's lines with what can be claimed.
    fn look_up(&self, count: usize) -> Result<Vec<Order>> {
        let (shop, sessions) = (self.shop.clone(), self.sessions.clone());
        let make = move |number: usize| {
            let path = format!("/api/filing/orders/{shop}/{}", order_number(number));
            request("GET", &path, &sessions[number % sessions.len()], "")
        };
        let found = std::rc::Rc::new(std::cell::RefCell::new(vec![String::new(); count]));
        let lines = std::rc::Rc::clone(&found);
        let look = move |number: usize, answer: &Answer| {
            let order: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            lines.borrow_mut()[number] = order["lines"][0]["line"].as_str().unwrap_or_default().to_owned();
        };
        let load = Load { clients: 16, requests: count, time: Duration::from_secs(600), expect: 200 };
        load::run(self.served.address, &load, make, look)?.all_expected()?;
        let found = found.take();
        ensure!(found.iter().all(|line| !line.is_empty()), "an order has no lines");
        Ok(found.into_iter().enumerate().map(|(at, line)| Order { number: order_number(at), line }).collect())
    }

    /// Writes the request that files a case on an order's only line, for a reason.
    pub(crate) fn filing(&self, reason: &'static str) -> impl Fn(usize) -> Vec<u8> + use<> {
        let (shop, orders, sessions) = (self.shop.clone(), self.orders.clone(), self.sessions.clone());
        move |number: usize| {
            let order = &orders[number];
            let phone = phone(number);
            let body = json!({
                "shop": shop,
                "answers": {
                    "order": order.number,
                    "customer": { "name": "张三", "phone": phone },
                    "goods": [{ "line": order.line, "kind": "return_refund", "quantity": 1 }],
                    "reason": reason,
                    "description": "收到后不合适，吊牌完好，没有使用过。",
                    "return_phone": phone,
                },
            });
            let who = &sessions[number % sessions.len()];
            request(
                "POST",
                "/api/rmas",
                &format!("{who}idempotency-key: file-{reason}-{number}\r\n"),
                &body.to_string(),
            )
        }
    }
}

/// Signs a person of the demo in; the headers of their requests.
pub(crate) fn sign_in(address: SocketAddr, name: &str) -> Result<String> {
    load::sign_in(address, name, PASSWORD)
}

fn order_number(number: usize) -> String {
    format!("88{number:012}")
}

fn phone(number: usize) -> String {
    format!("139{number:08}")
}

// As another system's export has them: headers and lines, delivered the day before yesterday.
fn import(dir: &std::path::Path, count: usize) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "orders must be of the days before the server's own clock")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let now = Timestamp::from_ms(i64::try_from(now.as_millis())?);
    let time = |ago_days: i64| format!("{} 10:00:00", now.plus_ms(8 * HOUR_MS - ago_days * DAY_MS).local_date(0));
    let (ordered, shipped, delivered) = (time(5), time(4), time(2));
    let mut orders = String::from(
        "order_no,channel,ordered_at,shipped_at,delivered_at,currency,paid_total,name,phone,address,waybill\n",
    );
    let mut lines = String::from("order_no,line_no,sku,quantity,unit_price,discount,tax,shipping,paid\n");
    let channel = first_shop(dir)?;
    for number in 0..count {
        let (order, phone) = (order_number(number), phone(number));
        writeln!(
            orders,
            "{order},{channel},{ordered},{shipped},{delivered},CNY,518.00,张三,{phone},浙江省杭州市西湖区二号,SF{number:012}"
        )?;
        writeln!(lines, "{order},1,SH-2203-S,{QUANTITY},259.00,0,0,0,518.00")?;
    }
    let files = dir.with_extension("csv");
    fs::create_dir_all(&files)?;
    for (target, text) in [("orders", orders), ("order_lines", lines)] {
        let path = files.join(format!("{target}.csv"));
        fs::write(&path, text)?;
        let path = path.to_string_lossy().into_owned();
        program::run(dir, &["import", &path, "--target", target, "--shop", &channel, "--json"])?;
    }
    Ok(())
}

fn first_shop(dir: &std::path::Path) -> Result<String> {
    let served = serve(dir)?;
    let agent = sign_in(served.address, "agent")?;
    let filing = once(served.address, &request("GET", "/api/filing", &agent, ""))?;
    let filing: Value = serde_json::from_slice(&filing.body)?;
    served.stop()?;
    Ok(filing["shops"][0]["code"].as_str().context("the agent has a shop")?.to_owned())
}
