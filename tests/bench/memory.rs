//! Memory with a million cases: at rest, and under 64 clients that list, open and search.

use std::time::Duration;

use anyhow::Result;

use crate::million;
use crate::print::{Aim, figure, spent, surroundings};
use crate::program::serve;
use crate::shop::sign_in;
use support::load::{self, Load, request};

const REST: Duration = Duration::from_secs(3);
const LOAD: Duration = Duration::from_secs(15);

pub(crate) fn run() -> Result<()> {
    let dir = million::folder_of_a_million()?;
    surroundings(&dir, &million::holds(&dir)?)?;
    let served = serve(&dir)?;
    std::thread::sleep(REST);
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let (idle, peak) = served.memory()?;
    let more = format!("{:.1} MB at most while starting", megabytes(peak));
    figure("memory, idle", megabytes(idle), Aim::AtMost { unit: "MB", bar: 50.0, floor: Some(80.0) }, &more);
    let who = sign_in(served.address, "after_sales_lead")?;
    let ids = ids(&dir)?;
    let make = move |number: usize| {
        let id = ids[number % ids.len()];
        let path = match number % 4 {
            0 => "/api/rmas?state=in_progress&limit=50&total=true".to_owned(),
            1 => format!("/api/search?q={:04}", id % 10_000),
            2 => "/api/inbox?limit=50".to_owned(),
            _ => format!("/api/rmas/{id}"),
        };
        request("GET", &path, &who, "")
    };
    let before = served.cpu_seconds()?;
    let load = Load { clients: 64, requests: usize::MAX, time: LOAD, expect: 200 };
    let measured = load::run(served.address, &load, make, |_, _| {})?.all_expected()?;
    let (now, peak) = served.memory()?;
    let more = format!("{:.1} MB now; {}", megabytes(now), spent(&measured, served.cpu_seconds()? - before));
    let aim = Aim::AtMost { unit: "MB", bar: 150.0, floor: None };
    figure("memory under 64 clients, at most", megabytes(peak), aim, &more);
    served.stop()
}

fn ids(dir: &std::path::Path) -> Result<Vec<i64>> {
    let look = million::look(dir)?;
    let mut ids = look.prepare("SELECT id FROM rma WHERE id % 499 = 0 LIMIT 2000")?;
    Ok(ids.query_map((), |row| row.get(0))?.collect::<Result<_, _>>()?)
}
