//! Count and sum by reason over a million returns, by a board of the template, through the report engine.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::million;
use crate::print::{Aim, figure, spent, surroundings};
use crate::program::{self, Served, folder, serve};
use crate::shop::sign_in;
use support::load::{self, Load, once, request};

const READS: usize = 300;
/// Boards that an admin might have made: over everything, and over a stretch of days.
const BOARDS: &str = "boards:
  - id: bench_all
    title: {zh: 原因, en: Reasons}
    components:
      - id: reasons
        title: {zh: 原因, en: Reasons}
        shape: table
        dataset: case_lines
        measures: [count, {sum: refund_minor}]
        by: [reason]
  - id: bench_days
    title: {zh: 原因, en: Reasons}
    components:
      - id: reasons
        title: {zh: 原因, en: Reasons}
        shape: table
        dataset: case_lines
        measures: [count, {sum: refund_minor}]
        by: [reason]
        filter: filed_date >= today - 29
";

pub(crate) fn run() -> Result<()> {
    let dir = million::folder_of_a_million()?;
    surroundings(&dir, &million::holds(&dir)?)?;
    let file = folder()?.join("boards.yaml");
    let path = file.to_string_lossy().into_owned();
    program::run(&dir, &["template", "export", &path, "--force"]).or_else(|_| {
        if file.exists() {
            std::fs::remove_file(&file)?;
        }
        program::run(&dir, &["template", "export", &path])
    })?;
    let text = std::fs::read_to_string(&file)?;
    if !text.contains("bench_all") {
        ensure!(text.contains("\nboards:\n"), "the template has no boards");
        std::fs::write(&file, text.replacen("\nboards:\n", &format!("\n{BOARDS}"), 1))?;
        program::run(&dir, &["template", "apply", &path])?;
    }
    let served = serve(&dir)?;
    let who = sign_in(served.address, "after_sales_lead")?;
    let lines = check(&served, &who)?;
    let floor = Aim::AtMost { unit: "ms", bar: 10.0, floor: Some(50.0) };
    let measured = read(&served, &who, "bench_all", READS)?;
    figure(
        &format!("count and sum by reason, {lines} lines"),
        measured.0.within_ms(0.5),
        floor,
        &spent(&measured.0, measured.1),
    );
    let measured = read(&served, &who, "bench_days", 10)?;
    let none = Aim::AtMost { unit: "ms", bar: 50.0, floor: None };
    figure("the same over the last 30 days", measured.0.within_ms(0.5), none, &spent(&measured.0, measured.1));
    served.stop()
}

// The board says of every line what the rows themselves say.
fn check(served: &Served, who: &str) -> Result<String> {
    let answer = once(served.address, &request("GET", "/api/boards/bench_all", who, ""))?;
    let board: Value = serde_json::from_slice(&answer.body)?;
    let rows = board["components"][0]["rows"].as_array().with_context(|| format!("the board has rows: {board}"))?;
    let lines: f64 = rows.iter().filter_map(|row| row["figures"][0].as_f64()).sum();
    ensure!(lines >= million::CASES as f64, "the board counts {lines} lines only");
    Ok(crate::print::grouped(lines))
}

fn read(served: &Served, who: &str, board: &str, reads: usize) -> Result<(load::Measured, f64)> {
    let request = request("GET", &format!("/api/boards/{board}"), who, "");
    let before = served.cpu_seconds()?;
    let load = Load { clients: 1, requests: reads, time: Duration::from_secs(30), expect: 200 };
    let measured = load::run(served.address, &load, move |_| request.clone(), |_, _| {})?.all_expected()?;
    Ok((measured, served.cpu_seconds()? - before))
}
