//! The server is killed again and again while cases are filed, agreed to, settled and paid through a payment process of
//! its own. Whatever was acknowledged is there afterwards, nothing is there twice or by half, no refund went out twice,
//! and both ledgers say the same.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use support::load::{Answer, once, request};
use support::{PaymentProcess, Served};

use crate::Length;
use crate::shop::{Shop, durable, now_ms, session};

/// Kills of the whole proof and of its short form.
const KILLS: (usize, usize) = (110, 4);
/// Clients at work, each with an order of its own at a time.
const WORKERS: usize = 8;
/// After it listens, the server lives at least so long and at most so long, in milliseconds.
const LIFE_MS: (u64, u64) = (40, 500);
/// The payment process is killed with every so-manieth life.
const GATEWAY_EVERY: usize = 10;
/// What the payment process does with the next refunds.
const SCRIPT: &[&str] = &["accept", "lose_after", "accept", "twice", "late", "lose_before", "accept"];
/// One refund.
const REFUND_MINOR: i64 = 25_900;
/// How long the payouts of the last life may take to be answered.
const SETTLE: Duration = Duration::from_secs(180);
/// How often it is looked whether they are.
const LOOK_EVERY: Duration = Duration::from_millis(200);
const DAY_MS: i64 = 86_400_000;

/// What is done with one order, one after the other, each acknowledged before the next.
const STEPS: [Step; 5] = [Step::Order, Step::File, Step::Agree, Step::Propose, Step::Pay];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Step {
    Order,
    File,
    Agree,
    Propose,
    Pay,
}

/// An order on its way, with the body of every acknowledged answer.
struct Job {
    number: String,
    answers: Vec<Value>,
}

/// Who works in all lives of the server: sessions outlive it.
struct Staff {
    shop_id: String,
    shop_code: String,
    system: String,
    agent: String,
    finance: String,
    began_ms: i64,
}

pub(crate) fn run(length: Length) {
    let kills = if length == Length::Full { KILLS.0 } else { KILLS.1 };
    let shop = Shop::found();
    let mut gateway = PaymentProcess::start(&beside("payments"), shop.aside());
    let served = serve(&shop, &gateway);
    println!("   {kills} kills, {WORKERS} clients; doctor: {}", durable(&shop.binary));
    let staff = Staff::of(&served, &shop.token);
    served.kill();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut jobs: Vec<Vec<Job>> = (0..WORKERS).map(|_| Vec::new()).collect();
    for life in 1..=kills {
        gateway.script(SCRIPT);
        live(serve(&shop, &gateway), &staff, &mut jobs, Duration::from_millis(random.between(LIFE_MS)));
        if life % GATEWAY_EVERY == 0 {
            gateway.kill();
        }
    }
    let served = serve(&shop, &gateway);
    let address = address(&served);
    let jobs: Vec<Job> = jobs.into_iter().flatten().map(|job| finished(address, &staff, job)).collect();
    let commands = jobs.iter().map(|job| still_there(address, &staff, job)).sum::<usize>();
    let paid = paid(address, &staff, &jobs);
    let (_, code) = served.stop();
    assert_eq!(code, 0);
    compare(&gateway, &paid);
    shop.binary.run(&["doctor", "--deep", "--json"]).expect(0);
    println!("   {commands} acknowledged commands are there, {} refunds in both ledgers, each once", paid.len());
}

fn serve(shop: &Shop, gateway: &PaymentProcess) -> Served {
    shop.binary.serve_with(&[], &[("RETURNDESK_PAYMENTS_URL", &gateway.url)])
}

fn beside(program: &str) -> String {
    let path = std::env::current_exe().expect("where this program is").with_file_name(program);
    path.to_string_lossy().into_owned()
}

fn address(served: &Served) -> SocketAddr {
    served.url.trim_start_matches("http://").parse().expect("an address")
}

// Everybody works until the server is gone.
fn live(served: Served, staff: &Staff, jobs: &mut [Vec<Job>], time: Duration) {
    let address = address(&served);
    thread::scope(|scope| {
        for (worker, jobs) in jobs.iter_mut().enumerate() {
            scope.spawn(move || while work(address, staff, worker, jobs).is_ok() {});
        }
        thread::sleep(time);
        served.kill();
    });
}

// The next step of the order at hand, or of a new one. An error says that the server broke off.
fn work(address: SocketAddr, staff: &Staff, worker: usize, jobs: &mut Vec<Job>) -> Result<()> {
    if jobs.last().is_none_or(|job| job.answers.len() == STEPS.len()) {
        jobs.push(Job { number: format!("66{worker:02}{:010}", jobs.len()), answers: Vec::new() });
    }
    let job = jobs.last_mut().context("a job")?;
    let step = STEPS[job.answers.len()];
    let answer = send(address, staff, job, step)?;
    job.answers.push(acknowledged(job, step, &answer));
    Ok(())
}

fn acknowledged(job: &Job, step: Step, answer: &Answer) -> Value {
    let expected = if matches!(step, Step::File | Step::Propose) { 201 } else { 200 };
    let body = String::from_utf8_lossy(&answer.body);
    assert_eq!(answer.status, expected, "{step:?} of {}: {body}", job.number);
    serde_json::from_str(&body).expect("JSON")
}

// The same request under the same key, however often it is sent.
fn send(address: SocketAddr, staff: &Staff, job: &Job, step: Step) -> Result<Answer> {
    let key = format!("idempotency-key: {}-{step:?}\r\n", job.number);
    let id = |at: usize| job.answers[at]["id"].as_str().unwrap_or_default();
    let (method, who, path, body) = match step {
        Step::Order => {
            let path = format!("/api/orders/{}/{}", staff.shop_code, job.number);
            ("PUT", &staff.system, path, order(staff.began_ms, &job.number))
        }
        Step::File => {
            let line = line(address, staff, job)?;
            ("POST", &staff.agent, "/api/rmas".to_owned(), filing(staff, &job.number, &line))
        }
        Step::Agree => {
            let decision = json!({ "node": "first_review", "round": 1, "choice": "agree", "note": "" });
            ("POST", &staff.agent, format!("/api/rmas/{}/decisions", id(1)), decision)
        }
        Step::Propose => {
            let line = &job.answers[2]["lines"][0]["id"];
            let goods = json!({ "line": line, "kind": "goods", "amount_minor": REFUND_MINOR, "bearer": "shop" });
            let body = json!({ "basis": "waived", "means": "original", "components": [goods] });
            ("POST", &staff.finance, format!("/api/rmas/{}/settlements", id(1)), body)
        }
        Step::Pay => ("POST", &staff.finance, format!("/api/settlements/{}/payment", id(3)), json!({})),
    };
    once(address, &request(method, &path, &format!("{who}{key}"), &body.to_string()))
}

fn order(now: i64, number: &str) -> Value {
    json!({
        "source_version": 1,
        "ordered_at": now - 5 * DAY_MS,
        "contact": { "name": "张三", "phone": "13800001111" },
        "lines": [{ "line_no": 1, "sku": "SH-2203-S", "quantity": 2, "unit_price_minor": REFUND_MINOR }],
        "shipments": [{
            "waybill": format!("OUT{number}"), "state": "delivered", "shipped_at": now - 4 * DAY_MS,
            "delivered_at": now - 2 * DAY_MS, "lines": [{ "line_no": 1, "quantity": 2 }],
        }],
    })
}

fn filing(staff: &Staff, number: &str, line: &str) -> Value {
    json!({
        "shop": staff.shop_id,
        "answers": {
            "order": number,
            "customer": { "name": "张三", "phone": "13800001111" },
            "goods": [{ "line": line, "kind": "shipped_refund", "quantity": 1 }],
            "reason": "not_received",
            "description": "没有收到",
            "return_phone": "13800001111",
        },
    })
}

fn line(address: SocketAddr, staff: &Staff, job: &Job) -> Result<String> {
    let path = format!("/api/filing/orders/{}/{}", staff.shop_id, job.number);
    let answer = once(address, &request("GET", &path, &staff.agent, ""))?;
    assert_eq!(answer.status, 200, "an acknowledged order is gone: {}", job.number);
    let order: Value = serde_json::from_slice(&answer.body)?;
    Ok(order["lines"][0]["line"].as_str().expect("a line").to_owned())
}

fn finished(address: SocketAddr, staff: &Staff, mut job: Job) -> Job {
    while job.answers.len() < STEPS.len() {
        let step = STEPS[job.answers.len()];
        let answer = send(address, staff, &job, step).expect("the server stays");
        job.answers.push(acknowledged(&job, step, &answer));
    }
    job
}

// Each key gives the answer that it gave before, and the order has the one case that was filed.
fn still_there(address: SocketAddr, staff: &Staff, job: &Job) -> usize {
    for (step, before) in STEPS.into_iter().zip(&job.answers) {
        let answer = send(address, staff, job, step).expect("the server stays");
        let again = acknowledged(job, step, &answer);
        let replayed = answer.head.to_ascii_lowercase().contains("idempotency-replayed: true");
        assert!(replayed, "{step:?} of {} was acknowledged and is not there", job.number);
        assert_eq!(again["id"], before["id"], "{step:?} of {}", job.number);
    }
    let id = job.answers[0]["id"].as_str().expect("an id");
    let answer = once(address, &request("GET", &format!("/api/orders/{id}"), &staff.finance, "")).expect("an answer");
    let order: Value = serde_json::from_slice(&answer.body).expect("JSON");
    assert_eq!(order["cases"].as_array().map(Vec::len), Some(1), "{order}");
    STEPS.len()
}

// What our books say was paid: the gateway's key of each payout, and how much.
fn paid(address: SocketAddr, staff: &Staff, jobs: &[Job]) -> BTreeMap<String, i64> {
    let end = Instant::now() + SETTLE;
    let mut paid = BTreeMap::new();
    for job in jobs {
        let id = job.answers[3]["id"].as_str().expect("an id");
        let read = || -> Value {
            let answer = once(address, &request("GET", &format!("/api/settlements/{id}"), &staff.finance, ""));
            serde_json::from_slice(&answer.expect("the server stays").body).expect("JSON")
        };
        let mut settlement = read();
        while settlement["state"] != "settled" {
            assert!(Instant::now() < end, "not settled in time: {settlement}");
            thread::sleep(LOOK_EVERY);
            settlement = read();
        }
        let payouts = settlement["payouts"].as_array().expect("payouts");
        assert_eq!(payouts.len(), 1, "{settlement}");
        let key = format!("po-{}", payouts[0]["id"].as_str().expect("an id"));
        assert_eq!(paid.insert(key, REFUND_MINOR), None);
    }
    paid
}

fn compare(gateway: &PaymentProcess, paid: &BTreeMap<String, i64>) {
    let mut booked = BTreeMap::new();
    // What waited in the demo is sent as well; keys rise with time, and the demo's were made before.
    let first = paid.keys().next().map(String::as_str).unwrap_or_default();
    for (key, state, amount) in gateway.ledger().into_iter().filter(|(key, ..)| key.as_str() >= first) {
        assert_eq!(state, "done", "{key}");
        assert_eq!(booked.insert(key.clone(), amount), None, "{key} was booked twice");
    }
    assert_eq!(&booked, paid);
}

impl Staff {
    fn of(served: &Served, token: &str) -> Self {
        let address = address(served);
        let agent = session(address, "agent");
        let answer = once(address, &request("GET", "/api/filing", &agent, "")).expect("an answer");
        let filing: Value = serde_json::from_slice(&answer.body).expect("JSON");
        let text = |name: &str| filing["shops"][0][name].as_str().expect("a shop").to_owned();
        Self {
            shop_id: text("id"),
            shop_code: text("code"),
            system: format!("authorization: Bearer {token}\r\n"),
            finance: session(address, "finance"),
            agent,
            began_ms: now_ms(),
        }
    }
}

/// The same kills in every run.
struct Random(u64);

impl Random {
    fn between(&mut self, (least, most): (u64, u64)) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        least + self.0 % (most - least + 1)
    }
}
