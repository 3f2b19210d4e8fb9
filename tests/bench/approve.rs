//! A decision over HTTP: the step, what follows in the flow, rules, to-dos, events, and the case as it is now.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::print::{Aim, figure, spent, surroundings};
use crate::shop::Shop;
use support::load::{self, Answer, Load, request};

/// Cases that are agreed to.
const CASES: usize = 30_000;
const WARM: usize = 2_000;

pub(crate) fn run() -> Result<()> {
    let shop = Shop::open("approve", CASES)?;
    surroundings(&shop.dir, &format!("demo of 240 cases, {CASES} imported orders with one line, a case on each"))?;
    let filed = Rc::new(RefCell::new(vec![String::new(); CASES]));
    let ids = Rc::clone(&filed);
    let load = Load { clients: 64, requests: CASES, time: Duration::from_secs(300), expect: 201 };
    let look = move |number: usize, answer: &Answer| {
        let case: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        ids.borrow_mut()[number] = case["id"].as_str().unwrap_or_default().to_owned();
    };
    load::run(shop.served.address, &load, shop.filing("other_reason"), look)?.all_expected()?;
    let filed = filed.take();
    ensure!(filed.iter().all(|id| !id.is_empty()), "a case was filed without an answer");
    approve(&shop, &filed[..WARM])?;
    let (measured, cpu) = approve(&shop, &filed[WARM..])?;
    let aim = Aim::PerSecond { bar: 8_000.0, floor: Some(2_500.0) };
    figure("approval, 64 clients", measured.per_second(), aim, &spent(&measured, cpu));
    let late = Aim::AtMost { unit: "ms", bar: 25.0, floor: None };
    figure("approval, 64 clients, p99", measured.within_ms(0.99), late, "");
    shop.served.stop()
}

fn approve(shop: &Shop, cases: &[String]) -> Result<(load::Measured, f64)> {
    let (cases, sessions) = (cases.to_vec(), shop.sessions.clone());
    let before = shop.served.cpu_seconds()?;
    let load = Load { clients: 64, requests: cases.len(), time: Duration::from_secs(120), expect: 200 };
    let make = move |number: usize| {
        let (case, who) = (&cases[number], &sessions[number % sessions.len()]);
        let headers = format!("{who}idempotency-key: agree-{case}\r\n");
        let body = r#"{"node":"first_review","round":1,"choice":"agree","note":""}"#;
        request("POST", &format!("/api/rmas/{case}/decisions"), &headers, body)
    };
    let measured = load::run(shop.served.address, &load, make, |_, _| {})?.all_expected()?;
    Ok((measured, shop.served.cpu_seconds()? - before))
}
