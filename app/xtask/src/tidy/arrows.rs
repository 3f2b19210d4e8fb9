//! Which crate may use which. The picture is in `app/docs/architecture.md`; this is the same in a form that fails.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::Finding;

/// What `cargo metadata` says, as far as it matters here.
#[derive(Deserialize)]
pub(crate) struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
}

/// Each crate and the crates of ours that it may use.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("engine", &["domain"]),
    ("contract", &["engine", "domain"]),
    ("store", &["engine", "domain"]),
    ("operations", &["store", "engine", "domain"]),
    ("connectors", &["domain", "engine"]),
    ("jobs", &["operations", "connectors", "domain", "engine"]),
    ("returndesk-http", &["contract", "operations", "jobs", "domain", "engine"]),
    ("ui", &[]),
    ("parts", &["ui", "contract", "engine", "domain"]),
    ("portal", &["parts", "ui", "contract", "engine", "domain"]),
    ("desk", &["parts", "ui", "contract", "engine", "domain"]),
    ("xtask", &["contract", "engine", "domain"]),
];

/// Crates that wire or try everything; nothing may use them.
const TOPS: &[&str] = &["returndesk", "tests"];

/// Libraries that one crate keeps from the others. A trailing `*` stands for any ending.
const KEPT: &[(&str, &[&str])] = &[
    // The benchmarks multiply rows in a folder that they made.
    ("rusqlite", &["store", "tests"]),
    ("libsqlite3-sys", &["store"]),
    ("actix*", &["returndesk-http"]),
    ("reqwest", &["connectors", "tests"]),
    ("ureq", &["connectors", "tests"]),
    ("hyper*", &["connectors", "tests"]),
    ("awc", &["connectors", "tests"]),
    ("thirtyfour", &["tests"]),
];

/// Edges that are not in the picture, and libraries outside the crate that keeps them.
pub(crate) fn check(metadata: &Metadata) -> Vec<Finding> {
    let ours: BTreeSet<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    let mut findings = Vec::new();
    for package in &metadata.packages {
        let from = package.name.as_str();
        let mut report = |message: String| findings.push(Finding::new("Cargo.toml", 1, message));
        let allowed = ARROWS.iter().find(|(name, _)| *name == from).map(|(_, to)| *to);
        if allowed.is_none() && !TOPS.contains(&from) {
            report(format!("crate `{from}` is not in the arrows of app/docs/architecture.md and `tidy/arrows.rs`"));
        }
        for dependency in &package.dependencies {
            let to = dependency.name.as_str();
            let is_edge = ours.contains(to) && to != from;
            if is_edge && (TOPS.contains(&to) || allowed.is_some_and(|allowed| !allowed.contains(&to))) {
                report(format!("`{from}` may not use `{to}`"));
            }
            let keepers = KEPT.iter().find(|(kept, _)| matches(kept, to)).map(|(_, keepers)| *keepers);
            if let Some(keepers) = keepers.filter(|keepers| !keepers.contains(&from)) {
                report(format!("`{from}` may not use `{to}`: it belongs to {}", keepers.join(", ")));
            }
        }
    }
    findings
}

fn matches(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_edge(from: &str, to: &str, found: usize) {
        let package = |name: &str, uses: &[&str]| Package {
            name: name.to_owned(),
            dependencies: uses.iter().map(|name| Dependency { name: (*name).to_owned() }).collect(),
        };
        let ours = ["domain", "engine", "store", "operations", "returndesk-http", "returndesk", "tests", "ui", "desk"];
        let packages =
            ours.iter().map(|name| package(name, if *name == from { std::slice::from_ref(&to) } else { &[] }));
        let metadata = Metadata { packages: packages.collect() };
        assert_eq!(check(&metadata).len(), found, "{from} → {to}");
    }

    #[test]
    fn edges_of_the_picture_pass_and_others_fail() {
        check_edge("engine", "domain", 0);
        check_edge("returndesk", "store", 0);
        check_edge("tests", "store", 0);
        check_edge("domain", "engine", 1);
        check_edge("returndesk-http", "store", 1);
        check_edge("ui", "domain", 1);
        check_edge("desk", "returndesk", 1);
        check_edge("operations", "tests", 1);
    }

    #[test]
    fn libraries_stay_in_the_crate_that_keeps_them() {
        check_edge("store", "rusqlite", 0);
        check_edge("operations", "rusqlite", 1);
        check_edge("returndesk-http", "actix-web", 0);
        check_edge("returndesk", "actix-rt", 1);
        check_edge("tests", "reqwest", 0);
        check_edge("operations", "reqwest", 1);
    }

    #[test]
    fn a_new_crate_must_be_drawn_first() {
        let metadata = Metadata { packages: vec![Package { name: String::from("utils"), dependencies: Vec::new() }] };
        assert_eq!(super::check(&metadata).len(), 1);
    }
}
