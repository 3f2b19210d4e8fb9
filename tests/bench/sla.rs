//! A sweep of deadlines: a million open clocks, ten thousand of them due at the same moment, while people go on working.
//!
//! A demo's open to-dos are multiplied by SQL, each with its timer; firing one runs the template's rules for its case.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, ensure};
use rusqlite::{Connection, params};

use crate::million::look;
use crate::print::{Aim, figure, grouped, spent, surroundings};
use crate::program::{self, folder, serve};
use crate::shop::sign_in;
use support::load::{self, Load, request};

/// Clocks that run, unless `BENCH_CLOCKS` says how many.
const CLOCKS: i64 = 1_000_000;
/// One of so many is due at once.
const DUE_SHARE: i64 = 100;
/// People who work meanwhile.
const CLIENTS: usize = 8;
/// From serving to the moment the clocks are due: time to sign in.
const BEFORE: Duration = Duration::from_secs(15);
/// How long is looked at from that moment on.
const WATCHED: Duration = Duration::from_secs(20);
const DAY_MS: i64 = 86_400_000;

pub(crate) fn run() -> Result<()> {
    let clocks = match std::env::var("BENCH_CLOCKS") {
        Ok(text) => text.parse().context("BENCH_CLOCKS is a number")?,
        Err(_) => CLOCKS,
    };
    let dir = folder()?.join("sla");
    if dir.exists() {
        std::fs::remove_dir_all(&dir)?;
    }
    program::run(&dir, &["demo", "--seed", "5", "--cases", "240"])?;
    let due = (clocks / DUE_SHARE).max(1);
    let due_at_ms = multiply(&dir, clocks, due)?;
    let held = format!("{} open clocks, {} due at once", grouped(clocks as f64), grouped(due as f64));
    surroundings(&dir, &held)?;
    let served = serve(&dir)?;
    let who = (0..4).map(|_| sign_in(served.address, "after_sales_lead")).collect::<Result<Vec<_>>>()?;
    let wait_ms = due_at_ms - now_ms();
    ensure!(wait_ms > 0, "signing in took until the clocks were due: try again");
    thread::sleep(Duration::from_millis(u64::try_from(wait_ms)?));
    let watched = {
        let dir = dir.clone();
        thread::spawn(move || watch(&dir, due_at_ms, due))
    };
    let make = move |number: usize| {
        let paths = ["/api/rmas?state=submitted&limit=20", "/api/inbox?limit=20", "/api/inbox/count"];
        request("GET", paths[number % paths.len()], &who[number % who.len()], "")
    };
    let before = served.cpu_seconds()?;
    let load = Load { clients: CLIENTS, requests: usize::MAX, time: WATCHED, expect: 200 };
    let measured = load::run(served.address, &load, make, |_, _| {})?.all_expected()?;
    let cpu = served.cpu_seconds()? - before;
    let took = watched.join().map_err(|_| anyhow::anyhow!("the watch broke off"))??;
    let aim = Aim::AtMost { unit: "s", bar: 5.0, floor: None };
    figure("all fired, from the moment they were due", took.as_secs_f64(), aim, "");
    let aim = Aim::AtMost { unit: "ms", bar: 50.0, floor: None };
    figure("requests meanwhile, p99", measured.within_ms(0.99), aim, &spent(&measured, cpu));
    served.stop()
}

/// Looks until every timer of that moment is fired, and then whether each told of its deadline just once.
fn watch(dir: &Path, due_at_ms: i64, due: i64) -> Result<Duration> {
    let look = look(dir)?;
    let began = Instant::now();
    let count = |sql: &str| look.query_row(sql, params![due_at_ms], |row| row.get::<_, i64>(0));
    while count("SELECT count(*) FROM timer WHERE due_at = ?1 AND state = 'fired'")? < due {
        ensure!(began.elapsed() < Duration::from_secs(120), "after two minutes some clocks are not fired");
        thread::sleep(Duration::from_millis(50));
    }
    let took = began.elapsed();
    let told = count("SELECT count(*) FROM event WHERE kind = 'deadline.passed' AND at >= ?1")?;
    ensure!(told == due, "{told} of {due} were told of");
    Ok(took)
}

/// Open to-dos in rounds of their own, so that a case may have many, each with the timer of its deadline.
fn multiply(dir: &Path, clocks: i64, due: i64) -> Result<i64> {
    let raw = Connection::open(dir.join(store::DATABASE_FILE))?;
    raw.execute_batch("PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -500000; BEGIN")?;
    raw.execute_batch(
        "CREATE TEMP TABLE base AS
         SELECT task.*, row_number() OVER (ORDER BY task.id) - 1 AS place FROM task
         WHERE state = 'open' AND kind IN ('approve', 'work') AND rma_id IS NOT NULL",
    )?;
    let (base, first): (i64, i64) =
        raw.query_row("SELECT count(*), min(id) FROM base", (), |row| Ok((row.get(0)?, row.get(1)?)))?;
    ensure!(base > 0, "the demo has no open to-do");
    // The moment is set once everything is written.
    let due_at_ms = now_ms() + DAY_MS;
    raw.execute_batch("UPDATE timer SET state = 'cancelled' WHERE state = 'pending'")?;
    // Older than everything: new ids go on after the newest.
    raw.execute(
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?1)
         INSERT INTO task (id, rma_id, kind, node, round, role, shop_id, warehouse_id, assignee_id, title_zh, title_en,
             state, due_at, opened_at)
         SELECT ?2 - n, rma_id, kind, node, 1000 + n, role, shop_id, warehouse_id, assignee_id, title_zh, title_en,
             'open', CASE WHEN n <= ?3 THEN ?4 ELSE ?4 + ?5 + n END, opened_at
         FROM n JOIN base ON base.place = n % ?6",
        params![clocks, first, due, due_at_ms, DAY_MS, base],
    )?;
    raw.execute(
        "INSERT INTO timer (id, due_at, kind, rma_id, task_id)
         SELECT id, due_at, 'deadline', rma_id, id FROM task WHERE round > 1000 AND state = 'open'",
        (),
    )?;
    raw.execute_batch("COMMIT; PRAGMA analysis_limit = 1000; ANALYZE;")?;
    let due_at_now_ms = now_ms() + i64::try_from(BEFORE.as_millis())?;
    for table in ["task", "timer"] {
        let sql = format!("UPDATE {table} SET due_at = ?1 WHERE due_at = ?2");
        raw.execute(&sql, params![due_at_now_ms, due_at_ms])?;
    }
    Ok(due_at_now_ms)
}

#[expect(clippy::disallowed_methods, reason = "the moment must be by the clock that the server reads")]
fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
