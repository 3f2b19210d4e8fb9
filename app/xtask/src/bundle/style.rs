//! One stylesheet an app: the design system's layers and tokens, then every component's `style.css`, minified.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use crate::App;
use crate::hashed::Dist;

/// Files of `frontend/ui/styles` that come first, in this order; the order of layers is fixed before any rule.
const FIRST: &[&str] = &["layers.css", "tokens.css", "base.css"];

/// Adds `style.css` to `dist`.
pub(crate) fn build(app: &App, dist: &mut Dist) -> Result<()> {
    let mut css = String::new();
    for path in sources(&app.frontend, &app.name)? {
        css.push_str(&std::fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?);
        css.push('\n');
    }
    dist.add_hashed("style.css", &minify(app, &css)?, false)?;
    Ok(())
}

/// The stylesheets of `app` in the order in which they apply.
fn sources(frontend: &Path, app: &str) -> Result<Vec<PathBuf>> {
    let styles = frontend.join("ui/styles");
    let mut all: Vec<PathBuf> = FIRST.iter().map(|name| styles.join(name)).filter(|path| path.exists()).collect();
    for crate_name in ["ui", "parts", app] {
        let mut found = Vec::new();
        collect(&frontend.join(crate_name).join("src"), &mut found)?;
        found.sort();
        all.extend(found);
    }
    Ok(all)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot list `{}`", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if path.file_name().is_some_and(|name| name == "style.css") {
            found.push(path);
        }
    }
    Ok(())
}

fn minify(app: &App, css: &str) -> Result<Vec<u8>> {
    let mut child = Command::new(app.node_module(".bin/esbuild"))
        .args(["--loader=css", "--minify", "--charset=utf8", "--log-level=warning"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start esbuild")?;
    child.stdin.take().context("esbuild has no input")?.write_all(css.as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "esbuild failed on the stylesheet of `{}`", app.name);
    Ok(output.stdout)
}
