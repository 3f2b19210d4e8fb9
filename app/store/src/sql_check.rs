//! Every statement of this crate is prepared on the migrated schema: each `.sql` file beside the code and each `sql!("…")`.
//! A literal that looks like a statement but is neither in `sql!` nor the pattern of a `format!` (which only `BuiltSql`
//! takes, and whose tests run it) fails, so that none can be forgotten.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::tests::schema::migrated;

/// Files whose SQL is put together at run time or is about the schema itself; their own tests prepare it.
const NOT_STATEMENTS: &[&str] = &["migrate.rs", "open.rs", "sql_check.rs", "tests.rs"];
const VERBS: &[&str] = &["SELECT ", "SELECT\n", "INSERT ", "UPDATE ", "DELETE ", "REPLACE ", "WITH "];

fn files(dir: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|has| has == extension) {
            found.push(path);
        }
    }
}

fn source_files(extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), extension, &mut found);
    found.sort();
    found
}

/// A string literal in Rust source, and what stands before it.
#[derive(Debug, PartialEq, Eq)]
struct Literal {
    line: usize,
    place: Place,
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Checked,
    Pattern,
    Elsewhere,
}

impl Place {
    fn after(before: &str) -> Self {
        match before.trim_end() {
            end if end.ends_with("sql!(") => Self::Checked,
            end if end.ends_with("format!(") => Self::Pattern,
            _ => Self::Elsewhere,
        }
    }
}

/// Finds the string literals outside comments. Knows what this crate's sources use: plain, raw and byte strings,
/// character literals and lifetimes, line comments.
fn literals(source: &str) -> Vec<Literal> {
    let mut found = Vec::new();
    let mut rest = source;
    let mut before = String::new();
    while let Some(next) = rest.chars().next() {
        let line = 1 + source[..source.len() - rest.len()].matches('\n').count();
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if let Some((text, length)) = raw_string(rest).or_else(|| plain_string(rest)) {
            found.push(Literal { line, place: Place::after(&before), text });
            before.clear();
            rest = &rest[length..];
        } else {
            let length = char_literal(rest).unwrap_or(next.len_utf8());
            before.push_str(&rest[..length]);
            rest = &rest[length..];
        }
    }
    found
}

fn raw_string(rest: &str) -> Option<(String, usize)> {
    let after = rest.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = after[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end)?;
    Some((body[..length].to_owned(), 1 + hashes + 1 + length + end.len()))
}

fn plain_string(rest: &str) -> Option<(String, usize)> {
    let body = rest.strip_prefix('"')?;
    let mut text = String::new();
    let mut chars = body.char_indices();
    while let Some((at, next)) = chars.next() {
        match next {
            '"' => return Some((text, at + 2)),
            '\\' => match chars.next()?.1 {
                'n' => text.push('\n'),
                // A line that goes on: the break and the indent are not part of the text.
                '\n' => {
                    let indent = chars.as_str().len() - chars.as_str().trim_start().len();
                    (0..indent).for_each(|_| {
                        chars.next();
                    });
                }
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
    None
}

fn char_literal(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('\'')?;
    let inner = match body.strip_prefix('\\') {
        Some(escape) => 1 + escape.chars().next()?.len_utf8(),
        None => body.chars().next()?.len_utf8(),
    };
    body[inner..].starts_with('\'').then_some(inner + 2)
}

fn prepare(raw: &Connection, place: &str, sql: &str, faults: &mut Vec<String>) {
    if let Err(error) = raw.prepare(sql) {
        faults.push(format!("{place}: {error}"));
    }
}

#[test]
fn every_statement_fits_the_schema() {
    let raw = migrated();
    let mut faults = Vec::new();
    for path in source_files("sql") {
        prepare(&raw, &path.display().to_string(), &fs::read_to_string(&path).unwrap(), &mut faults);
    }
    for path in source_files("rs") {
        let source = fs::read_to_string(&path).unwrap();
        let in_tests = path.components().any(|part| part.as_os_str() == "tests");
        let name = path.file_name().unwrap().to_str().unwrap();
        let exempt = in_tests || NOT_STATEMENTS.contains(&name);
        for Literal { line, place, text } in literals(source.split("#[cfg(test)]").next().unwrap()) {
            let spot = format!("{}:{line}", path.display());
            let looks_like_sql = VERBS.iter().any(|verb| text.trim_start().starts_with(verb));
            match place {
                Place::Checked => prepare(&raw, &spot, &text, &mut faults),
                Place::Elsewhere if looks_like_sql && !exempt => {
                    faults.push(format!("{spot}: a statement outside sql!(…), so that nothing checks it"));
                }
                Place::Pattern | Place::Elsewhere => {}
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_sql_file_is_used() {
    let sources: String = source_files("rs").iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    for path in source_files("sql") {
        let name = path.file_name().unwrap().to_str().unwrap();
        let folder = path.parent().and_then(Path::file_name).unwrap().to_str().unwrap();
        let included = format!("include_str!(\"{folder}/{name}\")");
        let sibling = format!("include_str!(\"{name}\")");
        assert!(sources.contains(&included) || sources.contains(&sibling), "{} is used nowhere", path.display());
    }
}

#[test]
fn literals_are_found() {
    let source = r##"
        // "not this"
        let a = sql!("SELECT 'it''s' \"x\"
            FROM t \
            WHERE y"); let q = '"'; let l: &'static str = "plain";
        let b = sql!(
            r#"raw "quoted""#
        );
        let c = format!("WITH {x}");"##;
    let found: Vec<_> =
        literals(source).into_iter().map(|literal| (literal.line, literal.place, literal.text)).collect();
    assert_eq!(
        found,
        [
            (3, Place::Checked, "SELECT 'it''s' \"x\"\n            FROM t WHERE y".to_owned()),
            (5, Place::Elsewhere, "plain".to_owned()),
            (7, Place::Checked, "raw \"quoted\"".to_owned()),
            (9, Place::Pattern, "WITH {x}".to_owned()),
        ]
    );
}

#[test]
fn a_wrong_statement_is_found() {
    let mut faults = Vec::new();
    prepare(&migrated(), "here", "SELECT no_such_column FROM rma", &mut faults);
    prepare(&migrated(), "here", "SELECT 1; SELECT 2", &mut faults);
    assert_eq!(faults.len(), 2);
}
