//! `cargo xtask dist`: what a merchant installs: a Debian package and an OCI image, with their checksums, in
//! `target/dist`. The same sources give the same files: times in them are the last commit's.

mod deb;
mod image;
mod tree;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::need;
use crate::process::{cargo, command, output, run};
use crate::root::root;
use crate::stage::Stages;
use crate::wasm::Source;
use crate::web;

/// What may be delivered, in MB: where we want to be.
const BARS_MB: &[(&str, u64)] = &[("returndesk", 60), (".deb", 25), (".oci.tar", 70)];

/// How to build what is delivered.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Which compiler builds the front end; by default the first that works.
    #[arg(long, value_enum)]
    wasm: Option<Source>,
    /// Package the server that lies in `target/release` as it is.
    #[arg(long)]
    as_built: bool,
}

/// What everything that is delivered is made of.
struct Parts {
    /// The release binary.
    binary: PathBuf,
    /// Its version.
    version: String,
    /// Seconds since the epoch, for every time in the files.
    epoch: u64,
    /// Where the results go.
    dist: PathBuf,
}

/// What a merchant gets.
pub(crate) struct Delivered {
    /// The Debian package.
    pub(crate) deb: PathBuf,
    /// The OCI archive.
    pub(crate) image: PathBuf,
}

pub(crate) fn dist(args: &Args) -> Result<()> {
    deliver(args.as_built, args.wasm).map(|_| ())
}

/// Everything, built anew.
pub(crate) fn release() -> Result<Delivered> {
    deliver(false, None)
}

/// The package of the server that tests run, which is quick to build; for looking at the package, not for a merchant.
pub(crate) fn of_tests() -> Result<PathBuf> {
    run(cargo().args(["build", "--quiet", "--bin", "returndesk"]))?;
    let target = web::cargo_target_folder();
    deb::build(&parts(target.join("debug/returndesk"), target.join("dist-of-tests"))?)
}

fn deliver(as_built: bool, wasm: Option<Source>) -> Result<Delivered> {
    let mut stages = Stages::default();
    if !as_built {
        let build = web::Args { wasm, force: false, quick: false };
        stages.need("web", web::COST, || web::web(&build))?;
        stages.need("make", "1 MB, if it is missing", need::make)?;
        stages.need("server", "5 min from nothing, 1 min after a change, 1 s unchanged", || {
            run(cargo().args(["build", "--quiet", "--release", "--bin", "returndesk"]))
        })?;
    }
    let target = web::cargo_target_folder();
    let parts = parts(target.join("release/returndesk"), target.join("dist"))?;
    let deb = stages.need("deb", "5 s", || deb::build(&parts))?;
    let image = stages.need("image", "10 s", || image::build(&parts))?;
    stages.need("checksums", "1 s", || sums(&parts.dist, &[&deb, &image]))?;
    print!("{}", stages.table());
    println!();
    for path in [&parts.binary, &deb, &image] {
        print_size(path)?;
    }
    Ok(Delivered { deb, image })
}

fn parts(binary: PathBuf, dist: PathBuf) -> Result<Parts> {
    ensure!(binary.exists(), "`{}` is not built", binary.display());
    let said = output(command(&binary.to_string_lossy()).args(["version", "--json"]))?;
    let version: serde_json::Value = serde_json::from_str(&said)?;
    let version = version.get("version").and_then(serde_json::Value::as_str).context("the binary says no version")?;
    let epoch = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(epoch) => epoch,
        Err(_) => output(command("git").args(["log", "-1", "--format=%ct"]))?,
    };
    if dist.exists() {
        std::fs::remove_dir_all(&dist)?;
    }
    std::fs::create_dir_all(&dist)?;
    Ok(Parts { binary, version: version.to_owned(), epoch: epoch.trim().parse()?, dist })
}

fn sums(dist: &Path, files: &[&PathBuf]) -> Result<()> {
    let names = files.iter().filter_map(|path| path.file_name());
    let said = output(command("sha256sum").current_dir(dist).args(names))?;
    print!("{said}");
    Ok(std::fs::write(dist.join("SHA256SUMS"), said)?)
}

fn print_size(path: &Path) -> Result<()> {
    let bytes = std::fs::metadata(path)?.len();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bar = BARS_MB.iter().find(|(end, _)| name.ends_with(end)).map_or(0, |(_, bar)| *bar);
    let verdict = if bytes <= bar * 1_000_000 { "within" } else { "OVER" };
    println!("   {name:<40}{:>7.1} MB   {verdict} the bar of {bar} MB", bytes as f64 / 1e6);
    Ok(())
}

/// The name that Debian and OCI have for this machine's processors.
fn architecture() -> Result<&'static str> {
    match std::env::consts::ARCH {
        "x86_64" => Ok("amd64"),
        "aarch64" => Ok("arm64"),
        other => anyhow::bail!("nothing is delivered for {other} yet"),
    }
}

/// A file of the repository.
fn source(path: &str) -> PathBuf {
    root().join(path)
}
