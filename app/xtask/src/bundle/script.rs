//! `boot.js`, the bindings and what they import → one small module for the first page, and one for each `import()`.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use crate::App;
use crate::hashed::Dist;
use crate::wasm::BOUND;

/// What esbuild says about its output.
#[derive(Deserialize)]
struct Meta {
    outputs: BTreeMap<String, Output>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Output {
    entry_point: Option<String>,
    imports: Vec<Import>,
}

#[derive(Deserialize)]
struct Import {
    path: String,
    kind: String,
}

/// Adds the scripts to `dist`; those reached only by `import()` count as lazy.
pub(crate) fn build(app: &App, dist: &mut Dist) -> Result<()> {
    let out = app.work.join("script");
    let meta_file = app.work.join("script.json");
    let mut command = Command::new(app.node_module(".bin/esbuild"));
    command
        .current_dir(&app.work)
        .arg(app.source().join("boot.js"))
        .args(["--bundle", "--splitting", "--format=esm", "--minify", "--target=es2022", "--charset=utf8"])
        .args(["--legal-comments=none", "--log-level=warning"])
        // The bindings name the loader once for each lazy part, always with the same module.
        .arg("--log-override:duplicate-object-key=silent")
        .args(["--entry-names=[name]-[hash]", "--chunk-names=[name]-[hash]", "--asset-names=[name]-[hash]"])
        // A package's own WASM stays a file beside its script, which asks for it when it runs.
        .arg("--loader:.wasm=file")
        .arg(format!("--outdir={}", out.display()))
        .arg(format!("--metafile={}", meta_file.display()))
        .arg(format!("--alias:wasm-app={}", app.work.join(format!("{BOUND}.js")).display()));
    // Bindings are copied away from the crate that they come from; `@desk/…` leads back to its `src`.
    for crate_name in ["ui", "parts", &app.name] {
        command.arg(format!("--alias:@{crate_name}={}", app.frontend.join(crate_name).join("src").display()));
    }
    let status = command.status().context("cannot start esbuild")?;
    ensure!(status.success(), "esbuild failed on `{}/boot.js`", app.name);

    let meta: Meta = serde_json::from_slice(&std::fs::read(meta_file)?)?;
    let entry = meta
        .outputs
        .iter()
        .find(|(_, output)| output.entry_point.as_deref().is_some_and(|from| from.ends_with("boot.js")));
    let (entry, _) = entry.context("esbuild named no entry")?;
    let first = reached(&meta, entry);
    for path in meta.outputs.keys() {
        let file = path.rsplit('/').next().unwrap_or(path);
        dist.add_named(&format!("assets/{file}"), &std::fs::read(out.join(file))?, !first.contains(path))?;
        if path == entry {
            dist.name("boot.js", file);
        } else if first.contains(path) {
            dist.preload(file);
        }
    }
    Ok(())
}

/// The outputs that load along with `entry`.
fn reached(meta: &Meta, entry: &str) -> Vec<String> {
    let mut seen = vec![entry.to_owned()];
    let mut next = 0;
    while let Some(output) = seen.get(next).and_then(|path| meta.outputs.get(path)) {
        for import in output.imports.iter().filter(|import| import.kind == "import-statement") {
            if !seen.contains(&import.path) {
                seen.push(import.path.clone());
            }
        }
        next += 1;
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_imported_at_once_comes_with_the_first_page() -> Result<()> {
        let meta: Meta = serde_json::from_str(
            r#"{"outputs": {
                "boot.js": {"entryPoint": "boot.js", "imports": [
                    {"path": "shared.js", "kind": "import-statement"}, {"path": "charts.js", "kind": "dynamic-import"}]},
                "shared.js": {"imports": [{"path": "deep.js", "kind": "import-statement"}]},
                "deep.js": {"imports": [{"path": "boot.js", "kind": "import-statement"}]},
                "charts.js": {"imports": [{"path": "drawn.wasm", "kind": "file-loader"}]},
                "drawn.wasm": {"imports": []}
            }}"#,
        )?;
        assert_eq!(reached(&meta, "boot.js"), ["boot.js", "shared.js", "deep.js"]);
        Ok(())
    }
}
