//! Colours and sizes are tokens: the only place for literal ones is `tokens.css`.

use super::Finding;
use super::source::{Source, line_of};

const TOKENS: &str = "tokens.css";
/// Ways to write a colour.
const COLOURS: &[&str] = &["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab(", "lab(", "lch(", "hwb("];
/// Properties whose values come from the scale of tokens.
const SCALED: &[&str] = &["font-size", "padding", "margin", "gap", "row-gap", "column-gap", "border-radius", "z-index"];
/// Units of literal lengths.
const UNITS: &[&str] = &["px", "rem", "pt"];
/// The smallest step of the scale; less is a hairline or an optical correction.
const SMALLEST_STEP_PX: f64 = 4.0;

/// Literal colours, and literal sizes of scaled properties.
pub(crate) fn check(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !source.path.ends_with(".css") || source.path.ends_with(TOKENS) {
        return findings;
    }
    let text = without_comments(&source.text);
    for (offset, declaration) in declarations(&text) {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let (property, value) = (property.trim(), value.trim());
        let mut report = |message: String| findings.push(Finding::new(&source.path, line_of(&text, offset), message));
        if has_colour(value) {
            report(format!("`{value}`: colours are tokens"));
        }
        let is_scaled = SCALED.iter().any(|name| property == *name || property.starts_with(&format!("{name}-")));
        if is_scaled && (has_length(value) || property == "z-index" && value.parse::<i64>().is_ok_and(|z| z > 1)) {
            report(format!("`{property}: {value}`: sizes are tokens"));
        }
    }
    findings
}

/// Comments blanked out; lines stay.
fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        let (comment, after) = after.split_once("*/").unwrap_or((after, ""));
        out.extend(comment.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// `property: value` pieces with their offsets; what stands before a `{` is a selector.
fn declarations(css: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (offset, byte) in css.bytes().enumerate() {
        if matches!(byte, b'{' | b'}' | b';') {
            let piece = &css[start..offset];
            if byte != b'{' && !piece.trim().is_empty() {
                let indent = piece.len() - piece.trim_start().len();
                found.push((start + indent, piece.trim()));
            }
            start = offset + 1;
        }
    }
    found
}

fn has_colour(value: &str) -> bool {
    let is_hex = |word: &str| matches!(word.len(), 3 | 4 | 6 | 8) && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let hex = value.split('#').skip(1).map(|rest| rest.split(|c| !is_word(c)).next().unwrap_or(""));
    let called = |name: &&str| {
        value
            .match_indices(*name)
            .any(|(at, _)| !value[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-'))
    };
    hex.into_iter().any(is_hex) || COLOURS.iter().any(called)
}

/// Whether a length stands there that is more than an optical correction.
fn has_length(value: &str) -> bool {
    value.split(|c: char| c.is_whitespace() || "(),*/+".contains(c)).any(|word| {
        let number =
            UNITS.iter().find_map(|unit| word.strip_suffix(unit)).and_then(|number| number.parse::<f64>().ok());
        number.is_some_and(|number| number.abs() >= SMALLEST_STEP_PX || word.ends_with("rem"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_css(text: &str, found: usize) {
        let findings = check(&Source::new("frontend/ui/src/button/style.css", text.to_owned()));
        assert_eq!(findings.len(), found, "{findings:?}");
        assert!(check(&Source::new("frontend/ui/styles/tokens.css", text.to_owned())).is_empty());
    }

    #[test]
    fn colours() {
        check_css(".a { color: #1a2b3c; }", 1);
        check_css(".a { border: 1px solid #FFF }", 1);
        check_css(".a { color: oklch(0.5 0.1 200); }", 1);
        check_css("#abc { color: var(--ink); }", 0);
        check_css(".a { /* #fff */ color: var(--ink); background: url(#abcd-e); }", 0);
        check_css(".a { color: color-mix(in oklab, var(--ink) 20%, transparent); }", 0);
    }

    #[test]
    fn sizes() {
        check_css(".a { padding: 4px 8px; }", 1);
        check_css(".a { font-size: 0.9rem; }", 1);
        check_css(".a { margin-left: 12px; z-index: 40; }", 2);
        check_css(
            ".a { padding: var(--space-2); border: 1px solid; width: 320px; z-index: var(--z-toast); margin: 0 -2px; }",
            0,
        );
        check_css(".a { &:hover { gap: 6px } }", 1);
    }
}
