//! What is promised about components as a set: each is shown in the gallery and described in the README with its props.

use std::{
    fs,
    path::{Path, PathBuf},
};

struct Component {
    name: String,
    props: Vec<String>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(below: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(below).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            sources(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&entry).expect("a source file");
            found.push((entry, text));
        }
    }
}

/// Public components of one file: the name after `#[component]`, and each `name: Type` of its parameters.
fn components(source: &str) -> Vec<Component> {
    let parameters = |signature: &str| {
        signature
            .lines()
            .map(str::trim)
            .filter(|line| !line.starts_with("//") && !line.starts_with('#'))
            .filter_map(|line| line.split_once(": "))
            .map(|(name, _)| name.to_owned())
            .filter(|name| name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_'))
            .collect()
    };
    source
        .split("#[component]\npub fn ")
        .skip(1)
        .filter_map(|rest| rest.split_once(") -> impl IntoView"))
        .map(|(head, _)| {
            let (name, signature) = head.split_once('(').expect("parameters");
            let name = name.split('<').next().unwrap_or(name).to_owned();
            Component { name, props: parameters(signature) }
        })
        .collect()
}

fn all() -> (Vec<Component>, String) {
    let mut files = Vec::new();
    sources(&folder().join("src"), &mut files);
    let (gallery, own): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|(path, _)| path.components().any(|part| part.as_os_str() == "gallery"));
    let shown = gallery.into_iter().map(|(_, text)| text).collect();
    (own.iter().flat_map(|(_, text)| components(text)).collect(), shown)
}

#[test]
fn every_component_is_shown_in_the_gallery() {
    let (components, gallery) = all();
    assert!(components.len() > 50, "only {} components found", components.len());
    let shown = |name: &str| {
        [format!("<{name} "), format!("<{name}\n"), format!("<{name}/"), format!("<{name}>"), format!("crate::{name}")]
            .iter()
            .any(|tag| gallery.contains(tag))
    };
    let hidden: Vec<_> = components.iter().map(|component| &component.name).filter(|name| !shown(name)).collect();
    assert!(hidden.is_empty(), "not in the gallery: {hidden:?}");
}

#[test]
fn every_component_is_described_with_its_props() {
    let readme = fs::read_to_string(folder().join("README.md")).expect("the README");
    let mut missing = Vec::new();
    for Component { name, props } in all().0 {
        let Some(row) = readme.lines().find(|line| line.starts_with(&format!("| `{name}` |"))) else {
            missing.push(name);
            continue;
        };
        let words: Vec<&str> = row.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').collect();
        missing
            .extend(props.iter().filter(|prop| !words.contains(&prop.as_str())).map(|prop| format!("{name}.{prop}")));
    }
    assert!(missing.is_empty(), "not in README.md: {missing:?}");
}
