//! `cargo xtask test`: everything that must hold, in one command, on a machine with nothing but Rust.

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::process::{cargo, command, output, run, watch};
use crate::prove::{Length, PROOFS};
use crate::root::root;
use crate::stage::Stages;
use crate::wasm::{Source, TARGET};
use crate::web::{self, APPS};
use crate::{need, tidy};

mod counts;

use counts::Counts;

/// What to test.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only one part.
    #[arg(long, value_enum)]
    only: Option<Part>,
    /// Which compiler builds the front end; by default the first that works.
    #[arg(long, value_enum)]
    wasm: Option<Source>,
}

/// A part of the tests that can run alone.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Unit tests of every crate, front end included.
    Unit,
    /// Tests over HTTP and on files: `tests/it`.
    It,
    /// The built server in a browser: `tests/e2e`.
    E2e,
    /// The rules of this repository.
    Tidy,
    /// Formatting and clippy.
    Lint,
    /// The front end and its sizes.
    Web,
}

pub(crate) fn test(args: &Args) -> Result<()> {
    let mut tests = Tests::default();
    let wanted = |part| args.only.is_none_or(|only| only == part);
    tests.stages.need("make", "1 MB, if it is missing", need::make)?;
    if wanted(Part::E2e) {
        tests.stages.need("browser", "300 MB once, if Chromium is missing", need::browser)?;
    }
    if wanted(Part::It) {
        tests.stages.need("mail", need::MAIL_COST, need::mail_catcher)?;
    }
    if wanted(Part::Web) || wanted(Part::E2e) {
        let build = web::Args { wasm: args.wasm, force: false, quick: false };
        tests.stages.check("web", web::COST, || web::web(&build));
    }
    if wanted(Part::Tidy) {
        tests.stages.check("tidy", "1 s", tidy::tidy);
    }
    if wanted(Part::Lint) {
        tests.lint();
    }
    if wanted(Part::Unit) {
        tests.unit();
    }
    if wanted(Part::It) {
        tests.it();
    }
    if args.only.is_none() {
        tests.prove();
    }
    if wanted(Part::E2e) {
        tests.e2e();
    }
    tests.finish()
}

/// What has run so far.
#[derive(Default)]
struct Tests {
    stages: Stages,
    counts: Counts,
}

impl Tests {
    fn lint(&mut self) {
        let clippy = |args: &[&str]| {
            run(cargo().args(["clippy", "--quiet", "--all-targets"]).args(args).args(["--", "-D", "warnings"]))
        };
        self.stages.check("fmt", "2 s", || run(cargo().args(["fmt", "--all", "--check"])));
        self.stages.check("clippy", "2 min from nothing", || {
            clippy(&[])?;
            clippy(&["--package", "xtask", "--features", "bundle"])
        });
        self.stages.check("clippy web", "3 min from nothing", lint_web);
    }

    fn unit(&mut self) {
        self.count("unit", "3 min from nothing", || runner(&["--lib", "--bins"]));
        let bundle = ["--package", "xtask", "--features", "bundle", "--bin", "bundle"];
        self.count("unit bundle", "1 min from nothing", || runner(&bundle));
        let front_end = front_end_with_tests();
        if !front_end.is_empty() {
            self.count("unit web", "2 min from nothing", || {
                let mut tests = runner(&["--lib"])?;
                tests.args(front_end.iter().flat_map(|package| ["--package", package]));
                Ok(tests)
            });
        }
    }

    fn it(&mut self) {
        self.count("it", "1 to 3 min", || {
            // Its tests start these programs; built here, no test's time is spent on it.
            run(cargo().args(["build", "--quiet", "--bin", "returndesk", "--bin", "payments"]))?;
            runner(&["--test", "it"])
        });
    }

    fn prove(&mut self) {
        for proof in PROOFS {
            let failed = self.stages.failed();
            self.stages.check(proof.name, proof.what, || (proof.run)(Length::Short));
            if self.stages.failed() == failed {
                self.counts.passed += 1;
            }
        }
    }

    fn e2e(&mut self) {
        self.count("e2e", "2 min", || {
            build_for_browser()?;
            let mut tests = cargo();
            for (name, value) in browser_environment() {
                tests.env(name, value);
            }
            // One process: its tests share a browser driver.
            tests.args(["test", "--quiet", "--test", "e2e", "--no-fail-fast"]);
            Ok(tests)
        });
    }

    /// Runs a test runner, adding what its closing line says.
    fn count(&mut self, name: &'static str, cost: &str, runner: impl FnOnce() -> Result<std::process::Command>) {
        let mut counts = Counts::default();
        self.stages.check(name, cost, || {
            if watch(&mut runner()?, |line| counts.read(line))? {
                return Ok(());
            }
            if counts.failed == 0 {
                bail!("the tests could not run");
            }
            bail!("{} tests failed", counts.failed)
        });
        self.counts.passed += counts.passed;
        self.counts.failed += counts.failed;
        self.counts.stages_with_failed += usize::from(counts.failed > 0);
    }

    fn finish(self) -> Result<()> {
        print!("{}", self.stages.table());
        // A stage that failed without a failed test (a lint, a broken build) is one failure of its own.
        let other = self.stages.failed().saturating_sub(self.counts.stages_with_failed);
        let failed = self.counts.failed + other;
        println!("\n{} passed, {failed} failed", self.counts.passed);
        if failed > 0 { std::process::exit(1) } else { Ok(()) }
    }
}

/// The server that browser tests start.
pub(crate) fn build_for_browser() -> Result<()> {
    run(cargo().args(["build", "--quiet", "--bin", "returndesk"]))
}

/// Where the browser tests find what they start, unless the caller says.
pub(crate) fn browser_environment() -> Vec<(&'static str, std::ffi::OsString)> {
    let server = web::cargo_target_folder().join("debug/returndesk").into_os_string();
    let programs = [("CHROME", "/usr/bin/chromium"), ("CHROMEDRIVER", "/usr/bin/chromedriver")];
    let programs = programs.map(|(name, usual)| (name, std::env::var_os(name).unwrap_or_else(|| usual.into())));
    [("RETURNDESK_BIN", server)].into_iter().chain(programs).collect()
}

/// cargo-nextest where it is installed, else cargo's own runner; `args` choose the targets.
fn runner(args: &[&str]) -> Result<std::process::Command> {
    let mut tests = cargo();
    if output(cargo().args(["nextest", "--version"])).is_ok() {
        tests.args(["nextest", "run", "--no-fail-fast", "--no-tests", "pass", "--cargo-quiet"]);
    } else {
        tests.args(["test", "--quiet", "--no-fail-fast"]);
    }
    tests.args(args);
    Ok(tests)
}

/// The front end is checked for the target that it runs on, where that has a clippy.
fn lint_web() -> Result<()> {
    let mut clippy = cargo();
    clippy.args(["clippy", "--quiet", "--package", "ui", "--package", "parts"]);
    clippy.args(APPS.iter().flat_map(|app| ["--package", app.name]));
    if crate::wasm::is_installed() {
        clippy.args(["--target", TARGET]).env("CARGO_TARGET_DIR", root().join("target-wasm"));
    } else {
        println!("   for this machine, not for {TARGET}: rustup has no such target here");
    }
    run(clippy.args(["--", "-D", "warnings"]))
}

/// The front end's crates that have tests which run without a browser.
fn front_end_with_tests() -> Vec<&'static str> {
    let has_tests = |package: &&str| {
        let folder = format!("frontend/{package}/src");
        output(command("grep").args(["-rlF", "#[test]", &folder])).is_ok()
    };
    ["ui", "parts", "portal", "desk"].into_iter().filter(has_tests).collect()
}
