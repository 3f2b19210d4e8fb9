//! Files and functions stay small enough to be read at once.

use super::Finding;
use super::scan::{Scan, closing};
use super::source::{Source, line_of};

const MAX_FILE_LINES: usize = 500;
const MAX_TEST_FILE_LINES: usize = 800;
/// Wire types are lists that nobody reads from top to bottom; each has a line of documentation a field.
const MAX_WIRE_FILE_LINES: usize = 800;
const MAX_FUNCTION_LINES: usize = 70;
const MAX_COMPONENT_LINES: usize = 100;
/// A function that is one `match` is a table: exhaustive by its type, which pieces would not be.
const MAX_TABLE_LINES: usize = 120;

/// Files and functions that are too long.
pub(crate) fn check(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    let counted = [".rs", ".css", ".js"].iter().any(|kind| source.path.ends_with(kind));
    if !counted || source.is_generated() {
        return findings;
    }
    let limit = match () {
        () if source.is_test() => MAX_TEST_FILE_LINES,
        () if source.is_in(&["app/contract/src"]) => MAX_WIRE_FILE_LINES,
        () => MAX_FILE_LINES,
    };
    let lines = source.text.lines().count();
    if lines > limit {
        findings.push(Finding::new(&source.path, limit, format!("{lines} lines; {limit} at most")));
    }
    if let Some(scan) = &source.rust {
        findings.extend(functions(&source.path, scan));
    }
    findings
}

fn functions(path: &str, scan: &Scan) -> Vec<Finding> {
    let code = &scan.code;
    let mut findings = Vec::new();
    for (start, name) in function_starts(code) {
        let Some(open) = body(code, start) else { continue };
        let Some(end) = closing(code, open) else { continue };
        let lines = line_of(code, end) - line_of(code, start) + 1;
        let limit = match () {
            () if is_component(code, start) => MAX_COMPONENT_LINES,
            () if is_table(&code[open + 1..end - 1]) => MAX_TABLE_LINES,
            () => MAX_FUNCTION_LINES,
        };
        if lines > limit {
            let message = format!("`{name}` has {lines} lines; {limit} at most");
            findings.push(Finding::new(path, line_of(code, start), message));
        }
    }
    findings
}

/// Where the word `fn` stands before a name, and the name.
fn function_starts(code: &str) -> impl Iterator<Item = (usize, &str)> {
    code.match_indices("fn ").filter_map(|(start, _)| {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        if code[..start].chars().next_back().is_some_and(is_word) {
            return None;
        }
        let name = code[start + 3..].trim_start();
        let end = name.find(|c: char| !is_word(c) && c != '#').unwrap_or(name.len());
        (end > 0).then(|| (start, &name[..end]))
    })
}

/// The brace that opens the body: the first outside brackets, unless the signature ends without one.
fn body(code: &str, start: usize) -> Option<usize> {
    let mut depth = 0_i32;
    for (offset, byte) in code.bytes().enumerate().skip(start) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'{' if depth == 0 => return Some(offset),
            b';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// Whether `#[component]` is among the attributes just before the function.
fn is_component(code: &str, start: usize) -> bool {
    let before = code[..start].rfind(['}', ';', '{']).map_or(0, |end| end + 1);
    code[before..start].contains("#[component]")
}

/// Whether a body is one `match`, but for what it names first.
fn is_table(body: &str) -> bool {
    let mut rest = body.trim();
    while rest.starts_with("use ") {
        let Some((_, after)) = rest.split_once(';') else { break };
        rest = after.trim_start();
    }
    let end = rest.find('{').and_then(|open| closing(rest, open));
    rest.starts_with("match ") && end == Some(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long(lines: usize) -> String {
        "    let _ = \"{\";\n".repeat(lines)
    }

    #[track_caller]
    fn check_text(path: &str, text: String, found: usize) {
        let findings = check(&Source::new(path, text));
        assert_eq!(findings.len(), found, "{findings:?}");
    }

    #[test]
    fn functions() {
        check_text("a.rs", format!("fn a() {{\n{}}}\n", long(68)), 0);
        check_text("a.rs", format!("fn a() {{\n{}}}\n", long(69)), 1);
        check_text("a.rs", format!("fn a(x: [u8; 3]);\nfn b() {{\n{}}}\n", long(69)), 1);
        check_text("a.rs", format!("#[component]\npub fn A() {{\n{}}}\n", long(98)), 0);
        check_text("a.rs", format!("#[component]\npub fn A() {{\n{}}}\n", long(99)), 1);
        check_text("a.rs", format!("#[component]\nfn A() {{}}\nfn b() {{\n{}}}\n", long(69)), 1);
    }

    #[test]
    fn tables() {
        let table =
            |lines| format!("fn a(b: B) -> C {{\n    use B::{{C, D}};\n    match b {{\n{}    }}\n", long(lines));
        check_text("a.rs", table(115) + "}\n", 0);
        check_text("a.rs", table(116) + "}\n", 1);
        check_text("a.rs", table(69) + "    c();\n}\n", 1);
    }

    #[test]
    fn files() {
        check_text("a.rs", "// x\n".repeat(500), 0);
        check_text("a.rs", "// x\n".repeat(501), 1);
        check_text("a/tests.rs", "// x\n".repeat(800), 0);
        check_text("tests/it/a.rs", "// x\n".repeat(801), 1);
        check_text("a.rs", format!("// @generated by x\n{}", "// x\n".repeat(501)), 0);
        check_text("a.sql", "-- x\n".repeat(501), 0);
    }
}
