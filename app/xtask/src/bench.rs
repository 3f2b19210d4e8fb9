//! `cargo xtask bench NAME`: what it costs, printed beside hardware, data size and the bar to reach.

use anyhow::{Context as _, Result, bail};

use crate::process::{cargo, command, output, run};
use crate::web::{self, cargo_target_folder};

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
pub(crate) const BENCHES: &[Bench] = &[
    Bench { name: "create", what: "a bare record of a user-made form, 64 clients", run: || measure("create", &[]) },
    Bench { name: "file", what: "a full return over HTTP, 64 clients and 1 client", run: || measure("file", &[]) },
    Bench { name: "approve", what: "a decision over HTTP, 64 clients", run: || measure("approve", &[]) },
    Bench { name: "queue", what: "first page and total of a queue, 1,000,000 cases", run: || measure("queue", &[]) },
    Bench { name: "scan", what: "scans at the dock over HTTP, 8 stations", run: || measure("scan", &[]) },
    Bench { name: "search", what: "the search box, 1,000,000 cases", run: || measure("search", &[]) },
    Bench { name: "aggregate", what: "count and sum by reason, 1,000,000", run: || measure("aggregate", &[]) },
    Bench { name: "sla", what: "10,000 deadlines at once of 1,000,000 open clocks", run: || measure("sla", &[]) },
    Bench { name: "start", what: "process start to first answer, 1,000,000 cases", run: || measure("start", &[]) },
    Bench { name: "memory", what: "at rest and under 64 clients, 1,000,000 cases", run: || measure("memory", &[]) },
    Bench { name: "sizes", what: "the binary, and what a visitor transfers", run: sizes },
    Bench { name: "import", what: "460,000 orders with 4.8 million lines from CSV", run: import },
];

/// What the binary may weigh, in bytes.
const BINARY_BAR_BYTES: u64 = 60_000_000;

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

/// Builds the server in release, and the load generator, whose libraries are optimised in every profile.
fn measure(name: &str, more: &[&str]) -> Result<()> {
    build_server()?;
    run(cargo().args(["build", "--quiet", "--package", "tests", "--bin", "bench"]))?;
    let program = cargo_target_folder().join("debug/bench");
    run(command(&program.to_string_lossy()).arg(name).args(more))
}

fn build_server() -> Result<()> {
    run(cargo().args(["build", "--quiet", "--release", "--package", "returndesk"]))
}

fn sizes() -> Result<()> {
    build_server()?;
    let binary = cargo_target_folder().join("release/returndesk");
    let bytes = std::fs::metadata(&binary).with_context(|| format!("no `{}`", binary.display()))?.len();
    let verdict = if bytes > BINARY_BAR_BYTES { "OVER" } else { "within" };
    println!("   returndesk {:.1} MB, {verdict} the bar of {} MB", bytes as f64 / 1e6, BINARY_BAR_BYTES / 1_000_000);
    web::print_sizes()
}

fn import() -> Result<()> {
    let files = orders("1")?;
    measure("import", &[&files.to_string_lossy()])
}

/// The generator's files of a scale, made once under the target folder.
pub(crate) fn orders(scale: &str) -> Result<std::path::PathBuf> {
    let folder = cargo_target_folder().join("bench");
    let files = folder.join(format!("orders-{scale}"));
    if files.join("expected.json").exists() {
        return Ok(files);
    }
    let venv = folder.join("venv");
    let python = venv.join("bin/python");
    if output(command(&python.to_string_lossy()).args(["-c", "import duckdb"])).is_err() {
        println!("   the generator needs Python and `duckdb==1.0.0`, 20 MB from PyPI");
        run(command("python3").args(["-m", "venv"]).arg(&venv))?;
        run(command(&python.to_string_lossy()).args(["-m", "pip", "install", "--quiet", "duckdb==1.0.0"]))?;
    }
    println!("   making the generator's files of scale {scale}");
    let script = command(&python.to_string_lossy())
        .arg("tests/fixtures/make_orders.py")
        .arg(&files)
        .args(["--scale", scale])
        .status()?;
    if !script.success() {
        bail!("the generator failed ({script})");
    }
    Ok(files)
}
