//! cargo's WASM → main part and lazy parts → JavaScript bindings → wasm-opt → hashed files.
//! Splitting comes before binding: the bindings of the main part are what the lazy parts import.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result, anyhow, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::App;
use crate::hashed::Dist;

/// The bindings' file stem; `boot.js` imports them as `wasm-app`.
pub(crate) const BOUND: &str = "app";
/// The loader of lazy parts, beside the bindings.
pub(crate) const LOADER: &str = "__wasm_split.js";

/// Stands in for `fetch` in the loader.
const FETCH: &str = include_str!("fetch.js");

/// What every browser of the last years has. Named one by one: `--all-features` gives modules that Chromium rejects.
const WASM_FEATURES: &[&str] = &[
    "--enable-reference-types",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
];

/// Adds every WASM file to `dist` and leaves JavaScript that names them in the work folder.
pub(crate) fn build(app: &App, cargo_wasm: &Path, dist: &mut Dist) -> Result<()> {
    let wasm = std::fs::read(cargo_wasm).with_context(|| format!("cannot read `{}`", cargo_wasm.display()))?;
    let (main, parts) = split(app, &wasm)?;
    bind(app, &main, !parts.is_empty())?;

    let bound = app.work.join(format!("{BOUND}_bg.wasm"));
    let all: Vec<PathBuf> = std::iter::once(bound).chain(parts).collect();
    if !app.quick {
        optimise(app, &all)?;
    }

    let mut renamed = BTreeMap::new();
    for (index, path) in all.iter().enumerate() {
        let name = path.file_name().and_then(|name| name.to_str()).context("a WASM file without a name")?;
        let file = dist.add_hashed(&logical(&app.name, name), &std::fs::read(path)?, index > 0)?;
        renamed.insert(name.to_owned(), file);
    }
    for script in [format!("{BOUND}.js"), LOADER.to_owned()] {
        rename_in(&app.work.join(script), &renamed)?;
    }
    let loader = app.work.join(LOADER);
    if let Ok(text) = std::fs::read_to_string(&loader) {
        std::fs::write(loader, format!("{FETCH}{text}"))?;
    }
    Ok(())
}

/// `app_bg.wasm` → `desk.wasm`; `split_boards_1234567890.wasm` → `desk-boards.wasm`: what a person sees in the network log.
fn logical(app: &str, name: &str) -> String {
    let stem = name.trim_end_matches(".wasm");
    if stem == format!("{BOUND}_bg") {
        return format!("{app}.wasm");
    }
    let stem = stem.trim_start_matches("split").trim_start_matches('_');
    let is_location = |tail: &str| tail.len() > 6 && tail.bytes().all(|byte| byte.is_ascii_digit());
    let stem = stem.rsplit_once('_').filter(|(_, tail)| is_location(tail)).map_or(stem, |(head, _)| head);
    format!("{app}-{}.wasm", stem.replace('_', "-"))
}

/// Splits the module at its lazy functions; a module without any stays whole.
fn split(app: &App, wasm: &[u8]) -> Result<(PathBuf, Vec<PathBuf>)> {
    let main = app.work.join("main.wasm");
    let bindings = format!("./{BOUND}.js");
    if !wasm.windows(b"__wasm_split_load_".len()).any(|window| window == b"__wasm_split_load_") {
        std::fs::write(&main, wasm)?;
        return Ok((main, Vec::new()));
    }
    let mut options = wasm_split_cli_support::Options::new(wasm);
    options.output_dir = &app.work;
    options.main_out_path = &main;
    options.main_module = &bindings;
    let done = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("cannot split: {error:#}"))?;
    Ok((main, done.split_modules))
}

fn bind(app: &App, main: &Path, has_parts: bool) -> Result<()> {
    Bindgen::new()
        .input_path(main)
        .out_name(BOUND)
        .web(true)?
        .omit_default_module_path(false)
        .keep_lld_exports(has_parts)
        .remove_producers_section(true)
        .generate(&app.work)
}

/// As many files at once as there are cores: each takes a tenth of a gigabyte, and lazy parts come by the hundred.
fn optimise(app: &App, files: &[PathBuf]) -> Result<()> {
    let tool = app.node_module("binaryen/bin/wasm-opt");
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(files.len().max(1));
    let next = AtomicUsize::new(0);
    let work = || -> Result<()> {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let mut command = Command::new("node");
            command.arg(&tool).arg("-Oz").args(WASM_FEATURES).arg(file).arg("-o").arg(file);
            let output = command.output().context("cannot start `node` for wasm-opt")?;
            // It knows no names of lazy parts' tables, which are dropped here anyway.
            let said = String::from_utf8_lossy(&output.stderr);
            for line in said.lines().filter(|line| !line.starts_with("warning: unknown name subsection")) {
                eprintln!("{line}");
            }
            ensure!(output.status.success(), "wasm-opt failed on `{}`", file.display());
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().map_err(|_| anyhow!("a thread of wasm-opt broke off"))?)
    })
}

/// Puts the hashed names where the script has the plain ones.
fn rename_in(script: &Path, renamed: &BTreeMap<String, String>) -> Result<()> {
    let Ok(mut text) = std::fs::read_to_string(script) else { return Ok(()) };
    for (from, to) in renamed {
        for quote in ['"', '\''] {
            text = text.replace(&format!("{quote}{from}{quote}"), &format!("{quote}{to}{quote}"));
            text = text.replace(&format!("{quote}./{from}{quote}"), &format!("{quote}./{to}{quote}"));
        }
    }
    Ok(std::fs::write(script, text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expect: &str) {
        assert_eq!(logical("desk", name), expect);
    }

    #[test]
    fn files_are_called_what_they_are() {
        check("app_bg.wasm", "desk.wasm");
        check("split___boards_page_view_5802834873021109164.wasm", "desk-boards-page-view.wasm");
        check("split_import_rows_5802834873021109164.wasm", "desk-import-rows.wasm");
        check("chunk_2.wasm", "desk-chunk-2.wasm");
    }
}
