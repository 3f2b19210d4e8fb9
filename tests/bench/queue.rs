//! The first page of a queue of a million cases: by state and assignee, newest first, and with its exact total.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::million;
use crate::print::{Aim, figure, spent, surroundings};
use crate::program::{Served, serve};
use crate::shop::sign_in;
use support::load::{self, Load, request};

const CLIENTS: usize = 8;
const WARM: Duration = Duration::from_secs(2);
const MEASURE: Duration = Duration::from_secs(10);

pub(crate) fn run() -> Result<()> {
    let dir = million::folder_of_a_million()?;
    surroundings(&dir, &million::holds(&dir)?)?;
    let queues = queues(&dir)?;
    let served = serve(&dir)?;
    let who = (0..4).map(|_| sign_in(served.address, "after_sales_lead")).collect::<Result<Vec<_>>>()?;
    page(&served, &queues, &who, "", WARM)?;
    let (measured, cpu) = page(&served, &queues, &who, "", MEASURE)?;
    let aim = Aim::PerSecond { bar: 15_000.0, floor: Some(9_500.0) };
    figure("first page of a queue, 8 clients", measured.per_second(), aim, &spent(&measured, cpu));
    let late = Aim::AtMost { unit: "ms", bar: 3.0, floor: None };
    figure("first page of a queue, p99", measured.within_ms(0.99), late, "");
    let (measured, cpu) = page(&served, &queues, &who, "&total=true", MEASURE)?;
    let aim = Aim::PerSecond { bar: 12_000.0, floor: Some(3_000.0) };
    figure("the same with the exact total", measured.per_second(), aim, &spent(&measured, cpu));
    served.stop()
}

// Every pair of state and owner that has at least a page of cases.
fn queues(dir: &std::path::Path) -> Result<Vec<String>> {
    let look = million::look(dir)?;
    let mut pairs = look.prepare(
        "SELECT state, owner_id, sum(cases) FROM rma_total GROUP BY state, owner_id HAVING sum(cases) >= 20",
    )?;
    let pairs = pairs.query_map((), |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
    let pairs = pairs.collect::<Result<Vec<_>, _>>()?;
    ensure!(pairs.len() > 8, "too few queues to choose from");
    let owner = |owner: i64| if owner == 0 { "none".to_owned() } else { owner.to_string() };
    Ok(pairs.into_iter().map(|(state, id)| format!("/api/rmas?state={state}&owner={}&limit=20", owner(id))).collect())
}

fn page(
    served: &Served,
    queues: &[String],
    who: &[String],
    more: &'static str,
    time: Duration,
) -> Result<(load::Measured, f64)> {
    let whole = load::once(served.address, &request("GET", &format!("{}{more}", queues[0]), &who[0], ""))?;
    let whole: Value = serde_json::from_slice(&whole.body)?;
    let count = whole["items"].as_array().context("a page has items")?.len();
    ensure!(
        count == 20 && whole["total"].is_number() != more.is_empty(),
        "the page is not what was asked for: {whole}"
    );
    let (queues, who) = (queues.to_vec(), who.to_vec());
    let make = move |number: usize| {
        request("GET", &format!("{}{more}", queues[number % queues.len()]), &who[number % who.len()], "")
    };
    let before = served.cpu_seconds()?;
    let load = Load { clients: CLIENTS, requests: usize::MAX, time, expect: 200 };
    let measured = load::run(served.address, &load, make, |_, _| {})?.all_expected()?;
    Ok((measured, served.cpu_seconds()? - before))
}
