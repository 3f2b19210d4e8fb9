//! A bare record of a plain form of the merchant's own, authenticated and validated: ten columns, as the peers' return
//! record has them.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use crate::print::{Aim, figure, spent, surroundings};
use crate::program::{self, Served, folder, serve};
use crate::shop::sign_in;
use support::load::{self, Load, request};

/// Records measured.
const RECORDS: usize = 200_000;
/// Warming up: pages of tables, statements, the allocator.
const WARM: usize = 10_000;
/// Sessions that the clients share.
const SESSIONS: usize = 8;

/// The form, as a business admin adds one to the template: right before the flows.
const FORM: &str = r#"
  - id: plain_return
    title: {zh: 退货登记, en: Plain return}
    fields:
      - {id: number, type: text, title: {zh: 单号, en: Number}, required: true, max_length: 40}
      - {id: customer, type: text, title: {zh: 客户, en: Customer}, required: true, max_length: 80}
      - {id: phone, type: phone, title: {zh: 电话, en: Phone}}
      - {id: email, type: email, title: {zh: 邮箱, en: Email}}
      - {id: requested_on, type: date, title: {zh: 日期, en: Date}, required: true, max: today}
      - {id: quantity, type: number, title: {zh: 数量, en: Quantity}, required: true}
      - {id: amount, type: money, title: {zh: 金额, en: Amount}, currency: CNY, required: true}
      - {id: urgent, type: bool, title: {zh: 加急, en: Urgent}}
      - id: state
        type: choice
        title: {zh: 状态, en: State}
        required: true
        options:
          - {id: requested, title: {zh: 已申请, en: Requested}}
          - {id: approved, title: {zh: 已同意, en: Approved}}
      - {id: note, type: long_text, title: {zh: 说明, en: Note}, max_length: 1000}

"#;

pub(crate) fn run() -> Result<()> {
    let dir = folder()?.join("create");
    if dir.exists() {
        std::fs::remove_dir_all(&dir)?;
    }
    program::run(&dir, &["demo", "--seed", "7", "--cases", "60"])?;
    add_form(&dir)?;
    surroundings(&dir, &format!("demo of 60 cases, {RECORDS} records of ten fields"))?;
    let served = serve(&dir)?;
    let who = (0..SESSIONS).map(|_| sign_in(served.address, "agent")).collect::<Result<Vec<_>>>()?;
    create(&served, &who, 0, WARM)?;
    let (measured, cpu) = create(&served, &who, WARM, RECORDS)?;
    let aim = Aim::PerSecond { bar: 25_000.0, floor: Some(7_000.0) };
    figure("bare record, 64 clients", measured.per_second(), aim, &spent(&measured, cpu));
    let late = Aim::AtMost { unit: "ms", bar: 10.0, floor: None };
    figure("bare record, 64 clients, p99", measured.within_ms(0.99), late, "");
    served.stop()
}

fn add_form(dir: &std::path::Path) -> Result<()> {
    let path = dir.with_extension("yaml");
    let file = path.to_string_lossy().into_owned();
    program::run(dir, &["template", "export", &file])?;
    let template = std::fs::read_to_string(&path)?;
    let at = template.find("\nflows:").context("the template has flows")?;
    let (before, after) = template.split_at(at);
    std::fs::write(&path, format!("{before}{FORM}{after}"))?;
    program::run(dir, &["template", "apply", &file])?;
    Ok(())
}

fn create(served: &Served, who: &[String], from: usize, count: usize) -> Result<(load::Measured, f64)> {
    let who = who.to_vec();
    let make = move |number: usize| {
        let number = from + number;
        let body = json!({ "answers": {
            "number": format!("TH{number:010}"),
            "customer": "张三",
            "phone": format!("139{number:08}"),
            "email": "zhangsan@example.com",
            "requested_on": { "$date": "2026-01-15" },
            "quantity": number % 9 + 1,
            "amount": { "$money": { "minor": 12_900 + number % 1_000, "currency": "CNY" } },
            "urgent": number.is_multiple_of(7),
            "state": "requested",
            "note": "收到后不合适，吊牌完好，没有使用过。",
        } });
        let headers = format!("{}idempotency-key: plain-{number}\r\n", who[number % who.len()]);
        request("POST", "/api/forms/plain_return/records", &headers, &body.to_string())
    };
    let before = served.cpu_seconds()?;
    let load = Load { clients: 64, requests: count, time: Duration::from_secs(120), expect: 201 };
    let measured = load::run(served.address, &load, make, |_, _| {})?.all_expected()?;
    ensure!(measured.done > 0, "nothing was created");
    Ok((measured, served.cpu_seconds()? - before))
}
