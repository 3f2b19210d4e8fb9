//! No egress: the whole browser suite in a network namespace that has loopback and nothing else.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::Length;
use crate::need;
use crate::process::{cargo, command, output, run};
use crate::test::{browser_environment, build_for_browser};

/// The suite as `cargo xtask test` runs it, cut off. The short form shows that the server starts and answers there; the suite
/// itself is in every test run anyway.
pub(super) fn offline(length: Length) -> Result<()> {
    need::debian_packages(&["iproute2"], "to look at the namespace, 3 MB")?;
    if output(&mut alone("true")).is_err() {
        // A container may forbid namespaces to its root.
        println!("   no network namespace can be made here: not shown");
        return Ok(());
    }
    let links = output(&mut alone("ip -brief link"))?;
    let links: Vec<&str> = links.lines().filter_map(|line| line.split_whitespace().next()).collect();
    ensure!(links == ["lo"], "the namespace is not empty: {links:?}");
    build_for_browser()?;
    let filter = if length == Length::Short { "speak_the_readers_language" } else { "" };
    run(cargo().args(["test", "--quiet", "--test", "e2e", "--no-run"]))?;
    let mut tests = alone(&format!("exec \"$CARGO\" test --quiet --offline --test e2e -- {filter}"));
    for (name, value) in browser_environment() {
        tests.env(name, value);
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run(tests.env("CARGO", cargo)).context("a page or a test reached for something that is not there")
}

/// A shell whose network is loopback alone.
fn alone(script: &str) -> Command {
    let mut shell = command("unshare");
    shell.args(["--net", "sh", "-c"]).arg(format!("ip link set lo up && {script}"));
    shell
}
