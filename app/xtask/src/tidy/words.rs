//! Words and habits that stay out, file by file.

use super::Finding;
use super::source::{Source, line_of};

/// Words that no code may have, and what to do instead.
const IN_CODE: &[(&str, &str)] = &[
    ("todo!", "finish it or leave it out"),
    ("unimplemented!", "finish it or leave it out"),
    ("#[ignore", "a test runs or does not exist"),
    ("#[should_panic", "return the error and check it"),
];
/// Words that no comment may have.
const IN_COMMENTS: &[&str] = &[concat!("FIX", "ME"), concat!("TO", "DO"), concat!("X", "XX")];
/// What no SQL may have.
const ALL_COLUMNS: &str = concat!("SELECT", " *");
/// How a program reads its surroundings.
const SURROUNDINGS: &[&str] = &["env::var", "env::vars", "env::args", "env::set_var", "env::remove_var"];
/// Where that is allowed: the binary, the tasks, the tests.
const MAY_READ_SURROUNDINGS: &[&str] = &["app/cli", "app/xtask", "tests"];
/// Where a folder may be opened by `mod.rs`: tests, and component folders that keep Rust, style and gallery together.
const MAY_HAVE_MOD_RS: &[&str] = &["tests", "frontend/ui", "frontend/parts"];

/// Everything in `source` that should not be there.
pub(crate) fn check(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    spaces(source, &mut findings);
    if source.path.ends_with(".sql") {
        words(source, &source.text, &[(ALL_COLUMNS, "name the columns")], &mut findings);
    }
    let Some(scan) = &source.rust else { return findings };

    words(source, &scan.code, IN_CODE, &mut findings);
    for word in IN_COMMENTS {
        words(source, &scan.comments, &[(word, "do it or file it")], &mut findings);
    }
    for range in &scan.strings {
        if source.text.get(range.clone()).is_some_and(|literal| literal.contains(ALL_COLUMNS)) {
            findings.push(Finding::new(&source.path, line_of(&source.text, range.start), "name the columns"));
        }
    }
    if !source.text.starts_with("//!") {
        findings.push(Finding::new(&source.path, 1, "open with `//!`: what is this file for?"));
    }
    if source.path.ends_with("/mod.rs") && !source.is_in(MAY_HAVE_MOD_RS) {
        findings.push(Finding::new(&source.path, 1, "`foo.rs` beside `foo/`, not `foo/mod.rs`"));
    }
    surroundings(source, &mut findings);
    findings
}

fn spaces(source: &Source, findings: &mut Vec<Finding>) {
    for (index, line) in source.text.lines().enumerate() {
        if line.ends_with([' ', '\t']) {
            findings.push(Finding::new(&source.path, index + 1, "space at the end of the line"));
        }
    }
    if !source.text.is_empty() && !source.text.ends_with('\n') {
        findings.push(Finding::new(&source.path, source.text.lines().count(), "no line end at the end of the file"));
    }
}

fn words(source: &Source, text: &str, words: &[(&str, &str)], findings: &mut Vec<Finding>) {
    for (word, instead) in words {
        for (offset, _) in text.match_indices(word) {
            let line = line_of(text, offset);
            findings.push(Finding::new(&source.path, line, format!("`{word}`: {instead}")));
        }
    }
}

fn surroundings(source: &Source, findings: &mut Vec<Finding>) {
    let Some(scan) = &source.rust else { return };
    if source.is_in(MAY_READ_SURROUNDINGS)
        || source.path.contains("/examples/")
        || source.is_test()
        || source.path.ends_with("/build.rs")
    {
        return;
    }
    for word in SURROUNDINGS {
        for (offset, _) in scan.code.match_indices(word).filter(|(offset, _)| !scan.is_test(*offset)) {
            let message = format!("`{word}`: only `cli` reads environment and arguments");
            findings.push(Finding::new(&source.path, line_of(&scan.code, offset), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_text(path: &str, text: &str, messages: &[&str]) {
        let findings = check(&Source::new(path, text.to_owned()));
        let found: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(found.len(), messages.len(), "{found:?}");
        for (found, message) in found.iter().zip(messages) {
            assert!(found.contains(message), "`{found}` does not say `{message}`");
        }
    }

    #[test]
    fn unfinished_work() {
        check_text("a.rs", "//! A.\nfn a() { todo!() }\n", &["todo!"]);
        check_text("a.rs", concat!("//! A.\n// FIX", "ME: later\n"), &["FIX"]);
        check_text(
            "a.rs",
            "//! A.\n#[ignore = \"slow\"]\n#[should_panic]\nfn a() {}\n",
            &["#[ignore", "#[should_panic"],
        );
        check_text("a.rs", "//! A.\n// a todo! in a comment\nfn a() { b(\"todo!\") }\n", &[]);
    }

    #[test]
    fn habits() {
        check_text("a.rs", "fn a() {}\n", &["open with"]);
        check_text("a.rs", "//! A. \n", &["space"]);
        check_text("a.md", "no end", &["no line end"]);
        check_text("app/store/src/rma/mod.rs", "//! A.\n", &["mod.rs"]);
        check_text("frontend/ui/src/button/mod.rs", "//! A.\n", &[]);
    }

    #[test]
    fn columns_are_named() {
        check_text("a.sql", concat!("SELECT", " * FROM a;\n"), &["name the columns"]);
        check_text("a.rs", concat!("//! A.\nconst A: &str = \"SELECT", " * FROM a\";\n"), &["name the columns"]);
        check_text("a.sql", "SELECT count(*) FROM a;\n", &[]);
    }

    #[test]
    fn surroundings_are_read_in_one_place() {
        let text = "//! A.\nfn a() { std::env::var(\"A\") }\n";
        check_text("app/store/src/a.rs", text, &["env::var"]);
        check_text("app/cli/src/a.rs", text, &[]);
        check_text("app/store/src/a.rs", "//! A.\n#[cfg(test)]\nmod tests { fn a() { std::env::var(\"A\") } }\n", &[]);
        check_text("app/store/src/a.rs", "//! A.\nconst A: &str = env!(\"A\");\n", &[]);
    }
}
