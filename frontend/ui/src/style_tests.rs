//! What the style sheets promise: contrast in both themes, one place for colours, no literal type sizes.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

type Tokens = BTreeMap<String, String>;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn without_comments(css: &str) -> String {
    let mut text = String::new();
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        text.push_str(before);
        rest = after.split_once("*/").expect("a comment ends").1;
    }
    text + rest
}

/// The declarations of the first block whose selector is exactly `selector`.
fn block(css: &str, selector: &str) -> Tokens {
    let css = without_comments(css);
    let start = css.find(&format!("{selector} {{")).unwrap_or_else(|| panic!("no block for {selector}"));
    let body = css[start..].split_once('{').expect("a block opens").1.split_once('}').expect("a block closes").0;
    body.split(';')
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().trim_start_matches("--").to_owned(), value.trim().to_owned()))
        .collect()
}

struct Themes {
    light: Tokens,
    dark: Tokens,
    dark_by_system: Tokens,
}

fn themes() -> Themes {
    let css = read(&folder().join("styles/tokens.css"));
    Themes {
        light: block(&css, ":root"),
        dark: block(&css, ":root[data-theme=\"dark\"]"),
        dark_by_system: block(&css, ":root:not([data-theme=\"light\"])"),
    }
}

/// Follows `var(--…)` to a colour; names missing in `own` (dark) are taken from `base` (light).
fn colour(base: &Tokens, own: &Tokens, name: &str) -> [f64; 3] {
    let value = own.get(name).or_else(|| base.get(name)).unwrap_or_else(|| panic!("no token {name}"));
    if let Some(inner) = value.strip_prefix("var(--") {
        return colour(base, own, inner.trim_end_matches(')'));
    }
    let hex = value.strip_prefix('#').unwrap_or_else(|| panic!("{name} is no colour: {value}"));
    assert_eq!(hex.len(), 6, "{name}: six digits");
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal")) / 255.0)
}

/// WCAG 2 relative luminance.
fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] =
        colour.map(|part| if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Text on what it stands on, as the component sheets use them.
const TEXT_PAIRS: [(&str, &[&str]); 9] = [
    ("text", &["page", "surface", "sunken", "hover", "pressed", "accent-tint", "accent-border"]),
    ("text-soft", &["page", "surface", "sunken", "hover", "pressed", "accent-tint"]),
    ("accent", &["page", "surface", "sunken", "hover", "pressed", "accent-tint"]),
    ("on-accent", &["accent-solid", "accent-solid-hover"]),
    ("waiting-text", &["waiting-tint", "page", "surface", "hover", "accent-tint"]),
    ("good-text", &["good-tint", "page", "surface", "hover", "accent-tint"]),
    ("attention-text", &["attention-tint", "page", "surface", "hover", "accent-tint"]),
    ("bad-text", &["bad-tint", "page", "surface", "hover", "accent-tint"]),
    ("paused-text", &["paused-tint", "page", "surface", "hover", "accent-tint"]),
];

/// Outlines a person must be able to find: inputs, focus (WCAG 1.4.11).
const LINE_PAIRS: [(&str, &[&str]); 2] =
    [("line-control", &["page", "surface"]), ("focus", &["page", "surface", "sunken", "hover", "accent-tint"])];

#[test]
fn text_is_readable_in_both_themes() {
    let themes = themes();
    let mut weak = Vec::new();
    for (theme, own) in [("light", &themes.light), ("dark", &themes.dark)] {
        let at_least = |pairs: &[(&str, &[&str])], least: f64, weak: &mut Vec<String>| {
            for (front, backs) in pairs {
                for back in *backs {
                    let ratio = contrast(colour(&themes.light, own, front), colour(&themes.light, own, back));
                    if ratio < least {
                        weak.push(format!("{theme}: {front} on {back} is {ratio:.2}, not {least}"));
                    }
                }
            }
        };
        at_least(&TEXT_PAIRS, 4.5, &mut weak);
        at_least(&LINE_PAIRS, 3.0, &mut weak);
    }
    assert!(weak.is_empty(), "{}", weak.join("\n"));
}

#[test]
fn contrast_is_computed_as_the_guideline_says() {
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
    let grey = [f64::from(0x76_u8) / 255.0; 3];
    assert!((contrast(grey, [1.0; 3]) - 4.54).abs() < 0.01);
}

#[test]
fn dark_is_the_same_for_both_reasons_and_names_nothing_new() {
    let themes = themes();
    assert_eq!(themes.dark, themes.dark_by_system);
    let unknown: Vec<_> = themes.dark.keys().filter(|name| !themes.light.contains_key(*name)).collect();
    assert!(unknown.is_empty(), "only in dark: {unknown:?}");
    let forgotten: Vec<_> = themes
        .light
        .iter()
        .filter(|(name, value)| value.starts_with(['#']) && !themes.dark.contains_key(*name))
        .map(|(name, _)| name)
        .collect();
    assert!(forgotten.is_empty(), "only in light: {forgotten:?}");
}

fn sheets() -> Vec<PathBuf> {
    let mut found = files("css");
    found.push(folder().join("styles/base.css"));
    found
}

/// Every file below `src` whose name ends in `extension`.
fn files(extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder().join("src")];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|own| own == extension) {
                found.push(entry);
            }
        }
    }
    found
}

#[test]
fn only_the_tokens_name_colours_type_sizes_and_layers() {
    let mut literal = Vec::new();
    for sheet in sheets() {
        for line in without_comments(&read(&sheet)).lines().flat_map(|line| line.split([';', '{'])) {
            let Some((name, value)) = line.split_once(':').map(|(name, value)| (name.trim(), value.trim())) else {
                continue;
            };
            let property = name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
            let colours = ["#", "rgb(", "rgba(", "hsl(", "oklch("];
            let coloured = property && colours.iter().any(|literal| value.contains(literal));
            let sized =
                name == "font-size" && !value.contains("var(--size-") && !value.ends_with("em") && value != "inherit";
            let layered = name == "z-index" && !value.contains("var(--z-");
            if coloured || sized || layered {
                literal.push(format!("{}: {name}: {value}", sheet.display()));
            }
        }
    }
    assert!(literal.is_empty(), "{}", literal.join("\n"));
}

#[test]
fn every_token_used_exists() {
    let themes = themes();
    let states = ["state-text", "state-tint", "state-border", "rows", "tracks"];
    let mut unknown = Vec::new();
    for sheet in sheets() {
        for use_ in without_comments(&read(&sheet)).split("var(--").skip(1) {
            let name = use_.split([')', ',']).next().unwrap_or_default();
            if !themes.light.contains_key(name) && !states.contains(&name) {
                unknown.push(format!("{}: --{name}", sheet.display()));
            }
        }
    }
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}

#[test]
fn components_say_nothing_in_one_language_only() {
    let mut single = Vec::new();
    for file in files("rs").into_iter().filter(|file| !file.to_string_lossy().ends_with("_tests.rs")) {
        let source = read(&file);
        for (at, _) in source.match_indices(">\"") {
            let words = source[at + 2..].split('"').next().unwrap_or_default();
            // A key cap is called the same everywhere.
            if words.chars().any(char::is_alphabetic) && words != "Esc" {
                single.push(format!("{}: {words}", file.display()));
            }
        }
    }
    assert!(single.is_empty(), "{}", single.join("\n"));
}
