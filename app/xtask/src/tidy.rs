//! `cargo xtask tidy`: rules of this repository that no compiler knows. Each is tested with something that breaks it.

use std::collections::BTreeSet;
use std::fmt;

use anyhow::{Context as _, Result, bail};

use crate::process::{cargo, command, output};
use crate::root::root;

mod arrows;
mod css;
mod docs;
mod routes;
mod scan;
mod sizes;
mod source;
mod templates;
mod words;

use source::Source;

/// A broken rule and where.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    path: String,
    line: usize,
    message: String,
}

impl Finding {
    fn new(path: &str, line: usize, message: impl Into<String>) -> Finding {
        Finding { path: path.to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Text files that rules look at, by how their names end.
const KINDS: &[&str] = &[".rs", ".toml", ".css", ".js", ".html", ".md", ".sql", ".yaml", ".yml", ".sh", "/run"];
/// Documentation that must name every crate and every area of operations.
const ARCHITECTURE: &str = "app/docs/architecture.md";

pub(crate) fn tidy() -> Result<()> {
    let sources = sources()?;
    let metadata = output(cargo().args(["metadata", "--format-version", "1", "--no-deps", "--quiet"]))?;
    let mut findings = arrows::check(&serde_json::from_str(&metadata).context("cannot read cargo's metadata")?);
    for source in &sources {
        findings.extend(words::check(source));
        findings.extend(sizes::check(source));
        findings.extend(css::check(source));
        findings.extend(routes::check(source));
    }
    let architecture = sources.iter().find(|source| source.path == ARCHITECTURE);
    findings.extend(docs::check(architecture.map(|source| source.text.as_str()), &sources));
    if let Some(template) = sources.iter().find(|source| source.path == templates::TEMPLATE) {
        findings.extend(templates::check(&template.text, &sources)?);
    }
    findings.sort();
    for finding in &findings {
        println!("   {finding}");
    }
    if findings.is_empty() {
        println!("   {} files", sources.len());
        return Ok(());
    }
    bail!("{} broken rules", findings.len())
}

/// Every text file that is in the repository or about to be.
fn sources() -> Result<Vec<Source>> {
    let listed = output(command("git").args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]))?;
    let paths: BTreeSet<&str> =
        listed.split('\0').filter(|path| KINDS.iter().any(|kind| path.ends_with(kind))).collect();
    let mut sources = Vec::new();
    for path in paths {
        // A file that was just deleted is still listed.
        if let Ok(bytes) = std::fs::read(root().join(path)) {
            let text = String::from_utf8(bytes).with_context(|| format!("`{path}` is not UTF-8"))?;
            sources.push(Source::new(path, text));
        }
    }
    let test_modules: BTreeSet<String> = sources.iter().flat_map(Source::test_modules).collect();
    for source in &mut sources {
        source.declared_test = test_modules.iter().any(|module| is_of_module(&source.path, module));
    }
    Ok(sources)
}

/// Whether `path` is the file of `module` or lies in its folder.
fn is_of_module(path: &str, module: &str) -> bool {
    path.strip_prefix(module).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}
