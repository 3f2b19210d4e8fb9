//! Orders, lines and history of the generator, imported by the command line: rows a second and memory, file by file.
//! The folder of files is the first argument after the name: `make_orders.py` makes it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::print::{Aim, figure, grouped, surroundings};
use crate::program::{self, folder, run_watched};

/// Targets with their files, in the order in which they need each other.
const FILES: &[(&str, &str)] = &[
    ("customers", "customers.csv"),
    ("products", "products.csv"),
    ("orders", "orders.csv"),
    ("order_lines", "order_lines.csv"),
    ("returns", "returns.csv"),
];

pub(crate) fn run() -> Result<()> {
    let files = std::env::args().nth(2).map(PathBuf::from).context("which folder of files?")?;
    let dir = folder()?.join("import");
    if dir.exists() {
        std::fs::remove_dir_all(&dir)?;
    }
    program::run(&dir, &["init"])?;
    surroundings(&dir, &format!("{}, into an empty folder", size(&files)?))?;
    for (target, name) in FILES {
        let path = files.join(name).to_string_lossy().into_owned();
        let used = run_watched(&dir, &["import", &path, "--target", target, "--create-shops", "--json"])?;
        let view: Value = serde_json::from_str(used.out.lines().last().unwrap_or_default())?;
        let rows = view["rows_read"].as_f64().unwrap_or(0.0);
        let each = rows / used.took.as_secs_f64();
        let more = format!(
            "{} rows, {} bad, {:.1} s, {:.0} MB at most",
            grouped(rows),
            view["rows_bad"],
            used.took.as_secs_f64(),
            used.peak_bytes as f64 / 1e6
        );
        match *target {
            "order_lines" => {
                let aim = Aim::PerSecond { bar: 100_000.0, floor: None };
                figure("import of order lines", each, aim, &more);
            }
            _ => println!("   · {name:<38}{:>12}/s   {more}", grouped(each)),
        }
    }
    Ok(())
}

fn size(files: &Path) -> Result<String> {
    let mut bytes = 0;
    for (_, name) in FILES {
        bytes += std::fs::metadata(files.join(name)).with_context(|| format!("there is no {name}"))?.len();
    }
    Ok(format!("{:.0} MB of CSV", bytes as f64 / 1e6))
}
