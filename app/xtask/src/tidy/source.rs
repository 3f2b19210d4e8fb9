//! A file under the rules, and what kind of file it is.

use super::scan::{Scan, scan};

/// One text file.
pub(crate) struct Source {
    /// Path from the repository's top, with `/`.
    pub(crate) path: String,
    /// Its content.
    pub(crate) text: String,
    /// For Rust: code, comments and literals apart.
    pub(crate) rust: Option<Scan>,
    /// Its module is declared for tests only.
    pub(crate) declared_test: bool,
}

impl Source {
    pub(crate) fn new(path: &str, text: String) -> Source {
        let rust = path.ends_with(".rs").then(|| scan(&text));
        Source { path: path.to_owned(), text, rust, declared_test: false }
    }

    /// Paths without `.rs` of the modules that this file declares for tests only.
    pub(crate) fn test_modules(&self) -> Vec<String> {
        let stem = self.path.trim_end_matches(".rs");
        let opens_folder = ["/lib", "/main", "/mod"].iter().find_map(|name| stem.strip_suffix(name));
        let folder = opens_folder.unwrap_or(stem);
        let names = self.rust.iter().flat_map(|scan| &scan.test_modules);
        names.map(|name| format!("{folder}/{name}")).collect()
    }

    /// Whether the whole file is test code.
    pub(crate) fn is_test(&self) -> bool {
        self.declared_test
            || self.path.starts_with("tests/")
            || self.path.ends_with("/tests.rs")
            || self.path.contains("/tests/")
    }

    /// Whether a program wrote it.
    pub(crate) fn is_generated(&self) -> bool {
        self.text.lines().take(3).any(|line| line.contains("@generated"))
    }

    /// Whether it lies in one of `folders`.
    pub(crate) fn is_in(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
    }
}

/// The line, from 1, of the byte at `offset`.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}
