//! What ReturnDesk costs: `bench NAME` measures the built server over HTTP and prints each figure beside bar and floor.
//!
//! `cargo xtask bench` builds both in release and starts this. Data folders lie under the target folder.

mod aggregate;
mod approve;
mod create;
mod file;
mod import;
mod memory;
mod million;
mod print;
mod program;
mod queue;
mod scan;
mod search;
mod shop;
mod sla;
mod start;

use std::process::ExitCode;

use anyhow::{Result, bail};

/// Measures and prints.
type Bench = fn() -> Result<()>;

/// Every benchmark by its name.
const BENCHES: &[(&str, Bench)] = &[
    ("create", create::run),
    ("file", file::run),
    ("approve", approve::run),
    ("queue", queue::run),
    ("scan", scan::run),
    ("search", search::run),
    ("aggregate", aggregate::run),
    ("sla", sla::run),
    ("start", start::run),
    ("memory", memory::run),
    ("import", import::run),
];

fn main() -> ExitCode {
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<()> {
    let name = std::env::args().nth(1).unwrap_or_default();
    let Some((_, run)) = BENCHES.iter().find(|(known, _)| *known == name) else {
        let known: Vec<&str> = BENCHES.iter().map(|(name, _)| *name).collect();
        bail!("no benchmark is called `{name}`: {}", known.join(", "));
    };
    run()
}
