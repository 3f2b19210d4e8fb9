//! A full return over HTTP: case, line, policy check, to-do, timer, events; then the same by one client.

use std::time::Duration;

use anyhow::Result;

use crate::print::{Aim, figure, spent, surroundings};
use crate::shop::Shop;
use support::load::{self, Load};

/// Cases of each part.
const CASES: usize = 40_000;
/// The same by one client, each waiting for its own sync.
const ALONE: usize = 1_500;
/// Warming up: pages of tables and indexes, statements, the allocator.
const WARM: usize = 2_000;
/// How often the disk alone is asked to sync.
const SYNCS: usize = 300;

pub(crate) fn run() -> Result<()> {
    let shop = Shop::open("file", CASES)?;
    surroundings(&shop.dir, &format!("demo of 240 cases, {CASES} imported orders with one line, a case on each"))?;
    file(&shop, 0, WARM, 64)?;
    let (measured, cpu) = file(&shop, WARM, CASES - ALONE - WARM, 64)?;
    let aim = Aim::PerSecond { bar: 8_000.0, floor: Some(3_500.0) };
    figure("full return, 64 clients", measured.per_second(), aim, &spent(&measured, cpu));
    let late = Aim::AtMost { unit: "ms", bar: 25.0, floor: None };
    figure("full return, 64 clients, p99", measured.within_ms(0.99), late, "");
    let (measured, cpu) = file(&shop, CASES - ALONE, ALONE, 1)?;
    let sync_ms = sync_ms(&shop)?;
    let aim = Aim::AtMost { unit: "ms", bar: sync_ms + 2.0, floor: None };
    let more = format!("one fsync here {sync_ms:.2} ms; {}", spent(&measured, cpu));
    figure("full return, 1 client, median", measured.within_ms(0.5), aim, &more);
    shop.served.stop()
}

fn file(shop: &Shop, from: usize, count: usize, clients: usize) -> Result<(load::Measured, f64)> {
    let make = shop.filing("other_reason");
    let before = shop.served.cpu_seconds()?;
    let load = Load { clients, requests: count, time: Duration::from_secs(120), expect: 201 };
    let measured = load::run(shop.served.address, &load, move |number| make(from + number), |_, _| {})?;
    Ok((measured.all_expected()?, shop.served.cpu_seconds()? - before))
}

// What the disk alone asks for: the median of writing a page over another and syncing it, as a log that is reused does.
fn sync_ms(shop: &Shop) -> Result<f64> {
    use std::os::unix::fs::FileExt as _;
    const PAGE: usize = 4_096;
    let path = shop.dir.with_extension("sync");
    let file = std::fs::File::create(&path)?;
    file.write_all_at(&vec![0; PAGE * SYNCS], 0)?;
    file.sync_all()?;
    let mut times = Vec::new();
    for at in 0..SYNCS {
        let began = std::time::Instant::now();
        file.write_all_at(&[7; PAGE], (at * PAGE) as u64)?;
        file.sync_data()?;
        times.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    std::fs::remove_file(path)?;
    times.sort_by(f64::total_cmp);
    Ok(times[SYNCS / 2])
}
