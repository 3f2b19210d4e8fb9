//! Scans at the dock over HTTP, from enrolled stations with an operator each: every scan kept, its parcel signed, its shift
//! noted.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::print::{Aim, figure, spent, surroundings};
use crate::program::{self, folder, serve};
use crate::shop::sign_in;
use support::load::{self, Answer, Load, once, request};

/// Guns at once.
const STATIONS: usize = 8;
const SCANS: usize = 20_000;
const WARM: usize = 1_000;
const PIN: &str = "4826";

pub(crate) fn run() -> Result<()> {
    let dir = folder()?.join("scan");
    if dir.exists() {
        std::fs::remove_dir_all(&dir)?;
    }
    program::run(&dir, &["demo", "--seed", "7", "--cases", "240"])?;
    surroundings(&dir, "demo of 240 cases; each scan is a parcel that nobody announced")?;
    let served = serve(&dir)?;
    let admin = sign_in(served.address, "system_admin")?;
    let warehouse = warehouse(served.address, &admin)?;
    let badge = badge(served.address, &admin)?;
    let mut stations = Vec::new();
    for number in 0..STATIONS {
        stations.push(operator(served.address, &admin, &warehouse, &badge, number)?);
    }
    scan(served.address, &stations, &warehouse, 0, WARM)?;
    let before = served.cpu_seconds()?;
    let measured = scan(served.address, &stations, &warehouse, WARM, SCANS)?;
    let cpu = served.cpu_seconds()? - before;
    let aim = Aim::PerSecond { bar: 300.0, floor: None };
    figure("scans, 8 stations as fast as they can", measured.per_second(), aim, &spent(&measured, cpu));
    let late = Aim::AtMost { unit: "ms", bar: 20.0, floor: None };
    figure("answer to a scan, p99", measured.within_ms(0.99), late, "");
    served.stop()
}

fn scan(
    address: SocketAddr,
    stations: &[String],
    warehouse: &str,
    from: usize,
    count: usize,
) -> Result<load::Measured> {
    let (stations, warehouse) = (stations.to_vec(), warehouse.to_owned());
    let load = Load { clients: STATIONS, requests: count, time: Duration::from_secs(120), expect: 200 };
    let make = move |number: usize| {
        let number = from + number;
        let body = json!({
            "client_key": format!("scan-{number}"), "warehouse": warehouse, "mode": "dock",
            "raw": format!("]C1YT88{number:010}"), "scanned_at": 1_764_000_000_000_i64,
        });
        let headers = format!("{}idempotency-key: scan-{number}\r\n", stations[number % stations.len()]);
        request("POST", "/api/scans", &headers, &body.to_string())
    };
    load::run(address, &load, make, |_, _| {})?.all_expected()
}

fn call(address: SocketAddr, method: &str, path: &str, who: &str, body: &Value) -> Result<(Answer, Value)> {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let answer = once(address, &request(method, path, who, &body))?;
    ensure!((200..300).contains(&answer.status), "{method} {path}: {}", String::from_utf8_lossy(&answer.body));
    let view = serde_json::from_slice(&answer.body).unwrap_or_default();
    Ok((answer, view))
}

fn cookie(answer: &Answer) -> Result<String> {
    let found = answer.head.lines().find_map(|line| {
        let (header, value) = line.split_once(": ")?;
        header.eq_ignore_ascii_case("set-cookie").then(|| value.split(';').next().unwrap_or_default().to_owned())
    });
    found.context("a cookie")
}

fn warehouse(address: SocketAddr, admin: &str) -> Result<String> {
    let (_, list) = call(address, "GET", "/api/warehouses", admin, &Value::Null)?;
    let rows = if list.is_array() { &list } else { &list["items"] };
    Ok(rows[0]["id"].as_str().context("the demo has a warehouse")?.to_owned())
}

/// The clerk's badge, with a PIN.
fn badge(address: SocketAddr, admin: &str) -> Result<String> {
    let (_, list) = call(address, "GET", "/api/persons?limit=200", admin, &Value::Null)?;
    let mut persons = list["items"].as_array().into_iter().flatten();
    let clerk = persons.find(|person| person["name"] == "clerk").context("the demo has a clerk")?;
    let path = format!("/api/persons/{}", clerk["id"].as_str().unwrap_or_default());
    let (_, issued) = call(address, "POST", &format!("{path}/badge"), admin, &json!({}))?;
    call(address, "PUT", &format!("{path}/pin"), admin, &json!({ "pin": PIN }))?;
    Ok(issued["code"].as_str().context("a code")?.to_owned())
}

/// A station with its operator signed in: the headers of its requests.
fn operator(address: SocketAddr, admin: &str, warehouse: &str, badge: &str, number: usize) -> Result<String> {
    let wanted = json!({ "name": format!("bench {number}"), "warehouse": warehouse });
    let station = cookie(&call(address, "POST", "/api/stations", admin, &wanted)?.0)?;
    let who = format!("cookie: {station}\r\n");
    let (answer, view) = call(address, "POST", "/api/station/operator", &who, &json!({ "badge": badge, "pin": PIN }))?;
    let csrf = view["caller"]["session"]["csrf_token"].as_str().context("a token")?;
    Ok(format!("cookie: {station}; {}\r\nx-csrf-token: {csrf}\r\n", cookie(&answer)?))
}
