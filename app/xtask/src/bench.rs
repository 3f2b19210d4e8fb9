//! `cargo xtask bench NAME`: what it costs, printed beside hardware, data size and the bar to reach.

use anyhow::{Result, bail};

/// A benchmark.
pub(crate) struct Bench {
    /// What to type.
    pub(crate) name: &'static str,
    /// What is measured, in one line.
    pub(crate) what: &'static str,
    /// Measures and prints.
    pub(crate) run: fn() -> Result<()>,
}

/// Every benchmark there is. A new one is a line here; usually it starts a binary of `tests`.
pub(crate) const BENCHES: &[Bench] = &[];

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Name of the benchmark, or `all`; without one, all are listed.
    name: Option<String>,
}

pub(crate) fn bench(args: &Args) -> Result<()> {
    let Some(name) = &args.name else {
        for bench in BENCHES {
            println!("{:<20}{}", bench.name, bench.what);
        }
        return Ok(());
    };
    let chosen: Vec<&Bench> = BENCHES.iter().filter(|bench| name == "all" || bench.name == name).collect();
    if chosen.is_empty() {
        bail!("no benchmark is called `{name}`; `cargo xtask bench` lists them");
    }
    for bench in chosen {
        println!("── {} · {}", bench.name, bench.what);
        (bench.run)()?;
    }
    Ok(())
}
