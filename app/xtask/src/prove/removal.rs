//! Every guard is needed: take one out of a copy of the sources, and the test named for it fails.
//!
//! The list is `tests/guards/removal.yaml`. The short form checks that every text still stands where the list says,
//! exactly once, that the test exists, and that `app/docs/guards.md` shows the pair.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;

use super::Length;
use crate::process::cargo;
use crate::root::root;
use crate::web::cargo_target_folder;

const LIST: &str = "tests/guards/removal.yaml";
const PAGE: &str = "app/docs/guards.md";
/// Only guards whose name begins with this.
const ONLY: &str = "GUARD_REMOVAL_ONLY";
/// What is not source.
const LEFT_OUT: [&str; 5] = ["target", "target-wasm", "node_modules", ".git", "dist"];

/// A guard, where it stands, and the test that fails without it.
#[derive(Deserialize)]
struct Guard {
    name: String,
    /// What it holds, in words; the page shows them.
    says: String,
    file: PathBuf,
    /// The text that is the guard; it occurs once in the file.
    find: String,
    /// What stands there without it.
    put: String,
    test: Test,
}

#[derive(Clone, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Test {
    package: String,
    /// `lib`, or a test target's name.
    target: String,
    name: String,
}

pub(crate) fn removal(length: Length) -> Result<()> {
    let guards = list()?;
    check(&guards)?;
    if length == Length::Short {
        println!("{} guards stand where the list says, each with its test", guards.len());
        return Ok(());
    }
    let only = std::env::var(ONLY).unwrap_or_default();
    let mut guards: Vec<Guard> = guards.into_iter().filter(|guard| guard.name.starts_with(&only)).collect();
    // Tests of one package one after the other: less is built anew.
    guards.sort_by(|left, right| left.test.package.cmp(&right.test.package));
    let tree = cargo_target_folder().join("guard-removal");
    copy(&root(), &tree)?;
    all_pass(&tree, &guards)?;
    let mut kept = Vec::new();
    for (index, guard) in guards.iter().enumerate() {
        let began = Instant::now();
        let outcome = without(&tree, guard)?;
        let said = outcome.as_ref().map_or_else(|text| text.as_str(), |()| "fails without it");
        let seconds = began.elapsed().as_secs();
        println!("{:>3}/{} {:<40} {said} ({seconds} s)", index + 1, guards.len(), guard.name);
        if outcome.is_err() {
            kept.push(guard.name.as_str());
        }
    }
    ensure!(kept.is_empty(), "no test misses {}", kept.join(", "));
    println!("{} guards, each missed by its test", guards.len());
    Ok(())
}

fn list() -> Result<Vec<Guard>> {
    let text = fs::read_to_string(root().join(LIST)).with_context(|| format!("cannot read {LIST}"))?;
    serde_saphyr::from_str(&text).with_context(|| format!("{LIST} is malformed"))
}

fn check(guards: &[Guard]) -> Result<()> {
    let page = fs::read_to_string(root().join(PAGE)).with_context(|| format!("cannot read {PAGE}"))?;
    let mut wrong = Vec::new();
    for (index, guard) in guards.iter().enumerate() {
        let mut say = |text: String| wrong.push(format!("{}: {text}", guard.name));
        let text = fs::read_to_string(root().join(&guard.file)).unwrap_or_default();
        let found = text.matches(guard.find.trim_end()).count();
        if found != 1 {
            say(format!("its text occurs {found} times in {}", guard.file.display()));
        }
        if guard.find == guard.put {
            say("nothing would be taken out".to_owned());
        }
        let short = guard.test.name.rsplit("::").next().unwrap_or_default();
        if !has_test(&guard.test.package, short)? {
            say(format!("`{}` has no test `{short}`", guard.test.package));
        }
        let row = |line: &&str| line.contains(&format!("`{}`", guard.name)) && line.contains(&format!("`{short}`"));
        if page.lines().find(row).is_none_or(|line| !line.contains(&guard.says)) {
            say(format!("{PAGE} has no such row as | `{}` | {} | … | `{short}` |", guard.name, guard.says));
        }
        if guards.iter().take(index).any(|other| other.name == guard.name) {
            say("is listed twice".to_owned());
        }
    }
    if wrong.is_empty() { Ok(()) } else { bail!("{}", wrong.join("\n")) }
}

fn has_test(package: &str, name: &str) -> Result<bool> {
    let folder = if package == "tests" { root().join("tests") } else { root().join("app").join(package) };
    let mut files = Vec::new();
    walk(&folder, &mut files)?;
    let wanted = format!("fn {name}(");
    let rust = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "rs"));
    Ok(rust.into_iter().any(|file| fs::read_to_string(file).is_ok_and(|text| text.contains(&wanted))))
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        if LEFT_OUT.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&entry.path(), files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}

// Leaves alone what is the same, so that cargo builds only what changed.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let mut files = Vec::new();
    walk(from, &mut files)?;
    for file in files {
        let copy = to.join(file.strip_prefix(from)?);
        let bytes = fs::read(&file)?;
        if fs::read(&copy).is_ok_and(|known| known == bytes) {
            continue;
        }
        if let Some(folder) = copy.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&copy, bytes).with_context(|| format!("cannot write {}", copy.display()))?;
    }
    Ok(())
}

// With every guard in its place the tests pass: a test that always fails proves nothing.
fn all_pass(tree: &Path, guards: &[Guard]) -> Result<()> {
    let mut by_target: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for Guard { test, .. } in guards {
        by_target.entry((&test.package, &test.target)).or_default().push(&test.name);
    }
    for ((package, target), mut names) in by_target {
        names.sort_unstable();
        names.dedup();
        let mut tests = tests(tree, package, target);
        let output = tests.args(["--", "--exact"]).args(&names).output()?;
        let said = text(&output);
        let passed = format!("{} passed; 0 failed", names.len());
        ensure!(output.status.success() && said.contains(&passed), "{package}, {target}: not {passed}:\n{said}");
        println!("{package}, {target}: {} tests pass as things are", names.len());
    }
    Ok(())
}

// Whether the guard's test fails without it, else why that is not shown.
fn without(tree: &Path, guard: &Guard) -> Result<Result<(), String>> {
    let file = tree.join(&guard.file);
    let whole = fs::read_to_string(&file)?;
    fs::write(&file, whole.replacen(guard.find.trim_end(), guard.put.trim_end(), 1))?;
    let built = tests(tree, &guard.test.package, &guard.test.target).arg("--no-run").output();
    let ran = built.and_then(|built| {
        let mut one = tests(tree, &guard.test.package, &guard.test.target);
        Ok((built, one.args(["--", "--exact", &guard.test.name]).output()?))
    });
    fs::write(&file, whole)?;
    let (built, ran) = ran?;
    if !built.status.success() {
        return Ok(Err(format!("DOES NOT BUILD without it: {}", text(&built))));
    }
    let failed = text(&ran).contains(&format!("test {} ... FAILED", guard.test.name));
    Ok(if failed && !ran.status.success() { Ok(()) } else { Err("IS NOT MISSED".to_owned()) })
}

// The workspace's own target folder: what comes from registries is not built again.
fn tests(tree: &Path, package: &str, target: &str) -> Command {
    let mut tests = cargo();
    tests.current_dir(tree).env("CARGO_TARGET_DIR", cargo_target_folder()).env("RUST_BACKTRACE", "0");
    tests.args(["test", "--package", package]);
    match target {
        "lib" => tests.arg("--lib"),
        target => tests.args(["--test", target]),
    };
    tests
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
