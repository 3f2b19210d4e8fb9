//! Telling Rust's code from its comments and literals, without a parser: enough to count braces and find words.

use std::ops::Range;

/// A Rust file with its parts apart. Offsets are those of the original text.
pub(crate) struct Scan {
    /// The text with comments and the insides of literals blanked out; same length, same lines.
    pub(crate) code: String,
    /// The text with everything but comments blanked out; same length, same lines.
    pub(crate) comments: String,
    /// Where each string literal's content is.
    pub(crate) strings: Vec<Range<usize>>,
    /// Where `#[cfg(test)]` modules and functions are.
    pub(crate) tests: Vec<Range<usize>>,
    /// Names of the modules that are in files of their own and only for tests.
    pub(crate) test_modules: Vec<String>,
}

impl Scan {
    /// Whether `offset` lies in code that only tests compile.
    pub(crate) fn is_test(&self, offset: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&offset))
    }
}

/// Scans `text`.
pub(crate) fn scan(text: &str) -> Scan {
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        at: 0,
        code: Vec::with_capacity(text.len()),
        comments: Vec::with_capacity(text.len()),
        strings: Vec::new(),
    };
    scanner.run();
    let code = String::from_utf8_lossy(&scanner.code).into_owned();
    let comments = String::from_utf8_lossy(&scanner.comments).into_owned();
    let tests = test_blocks(&code);
    let test_modules = test_modules(&code);
    Scan { code, comments, strings: scanner.strings, tests, test_modules }
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    code: Vec<u8>,
    comments: Vec<u8>,
    strings: Vec<Range<usize>>,
}

/// What a run of bytes is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Code,
    Comment,
    Inside,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while self.at < self.bytes.len() {
            match (self.peek(0), self.peek(1)) {
                (b'/', b'/') => self.take_while(Kind::Comment, |scanner| scanner.peek(0) != b'\n'),
                (b'/', b'*') => self.block_comment(),
                (b'"', _) => self.string(0),
                (b'r', b'"' | b'#') if !self.after_word() => self.raw_string(1),
                (b'b' | b'c', b'r') if !self.after_word() && matches!(self.peek(2), b'"' | b'#') => self.raw_string(2),
                (b'\'', _) => self.quote(),
                _ => self.take(Kind::Code, 1),
            }
        }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn after_word(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.bytes.get(at)).copied().unwrap_or(0);
        before.is_ascii_alphanumeric() || before == b'_'
    }

    fn take(&mut self, kind: Kind, count: usize) {
        for _ in 0..count {
            let Some(&byte) = self.bytes.get(self.at) else { return };
            let blank = if byte == b'\n' { byte } else { b' ' };
            self.code.push(if kind == Kind::Code { byte } else { blank });
            self.comments.push(if kind == Kind::Comment { byte } else { blank });
            self.at += 1;
        }
    }

    fn take_while(&mut self, kind: Kind, go_on: impl Fn(&Self) -> bool) {
        while self.at < self.bytes.len() && go_on(self) {
            self.take(kind, 1);
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                (b'/', b'*') => depth += 1,
                (b'*', b'/') => depth -= 1,
                (0, _) => return,
                _ => {
                    self.take(Kind::Comment, 1);
                    continue;
                }
            }
            self.take(Kind::Comment, 2);
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self, hashes: usize) {
        self.take(Kind::Code, 1);
        let start = self.at;
        while self.at < self.bytes.len() {
            let closes = self.peek(0) == b'"' && (1..=hashes).all(|ahead| self.peek(ahead) == b'#');
            if closes {
                break;
            }
            let escaped = hashes == 0 && self.peek(0) == b'\\';
            self.take(Kind::Inside, if escaped { 2 } else { 1 });
        }
        self.strings.push(start..self.at);
        self.take(Kind::Code, 1 + hashes);
    }

    /// `r"…"`, `r#"…"#` and so on; `r#name` is a word.
    fn raw_string(&mut self, prefix: usize) {
        let mut hashes = 0;
        while self.peek(prefix + hashes) == b'#' {
            hashes += 1;
        }
        if self.peek(prefix + hashes) != b'"' {
            self.take(Kind::Code, prefix + hashes);
            return;
        }
        self.take(Kind::Code, prefix + hashes);
        if hashes == 0 { self.raw_without_hashes() } else { self.string(hashes) }
    }

    /// In `r"…"` a backslash is a backslash.
    fn raw_without_hashes(&mut self) {
        self.take(Kind::Code, 1);
        let start = self.at;
        self.take_while(Kind::Inside, |scanner| scanner.peek(0) != b'"');
        self.strings.push(start..self.at);
        self.take(Kind::Code, 1);
    }

    /// A character literal, or a lifetime.
    fn quote(&mut self) {
        if self.peek(1) == b'\\' {
            self.take(Kind::Code, 1);
            self.take(Kind::Inside, 2);
            self.take_while(Kind::Inside, |scanner| scanner.peek(0) != b'\'');
            self.take(Kind::Code, 1);
            return;
        }
        let width = utf8_width(self.peek(1));
        if self.peek(1 + width) == b'\'' {
            self.take(Kind::Code, 1);
            self.take(Kind::Inside, width);
        }
        self.take(Kind::Code, 1);
    }
}

fn utf8_width(first: u8) -> usize {
    match first {
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xFF => 4,
        _ => 1,
    }
}

/// The offset just after the brace that closes the one at `open`.
pub(crate) fn closing(code: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (offset, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            _ => continue,
        }
        if depth == 0 {
            return Some(offset + 1);
        }
    }
    None
}

/// The blocks that follow `#[cfg(test)]`; a `mod tests;` has none.
fn test_blocks(code: &str) -> Vec<Range<usize>> {
    let starts = code.match_indices("#[cfg(test)]").map(|(start, _)| start);
    starts
        .filter_map(|start| {
            let end = start + code[start..].find(['{', ';'])?;
            code[end..].starts_with('{').then(|| closing(code, end))?.map(|end| start..end)
        })
        .collect()
}

/// The names in `#[cfg(test)] mod name;`.
fn test_modules(code: &str) -> Vec<String> {
    let after = code.match_indices("#[cfg(test)]").filter_map(|(start, _)| code[start..].split(['{', ';']).next());
    let names = after.filter_map(|item| item.rsplit_once("mod ").map(|(_, name)| name.trim().to_owned()));
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, code: &str) {
        assert_eq!(scan(text).code, code);
    }

    #[test]
    fn comments_and_literals_are_blanked_and_code_stays() {
        check("a // {\nb", "a     \nb");
        check("/* { /* } */ */x", "               x");
        check(r#"f("{\"}")"#, r#"f("    ")"#);
        check(r##"r#"{"}"# {"##, r##"r#"   "# {"##);
        check(r#"r"\" {"#, r#"r" " {"#);
        check("'{' '\\'' 'a 'é'", "' ' '  ' 'a '  '");
        check("fn r#type<'a>() {}", "fn r#type<'a>() {}");
        check("br\"{\" b'{'", "br\" \" b' '");
    }

    #[test]
    fn the_strings_are_listed() {
        let text = "a(\"one\", r#\"two\"#); // \"three\"";
        let strings: Vec<&str> = scan(text).strings.iter().map(|range| &text[range.clone()]).collect();
        assert_eq!(strings, ["one", "two"]);
    }

    #[test]
    fn test_modules_in_other_files_are_known() {
        let text = "#[cfg(test)]\nmod tests;\n#[cfg(test)]\n#[expect(a)]\nmod property;\nmod other;\n";
        assert_eq!(scan(text).test_modules, ["tests", "property"]);
    }

    #[test]
    fn test_modules_are_known() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n  fn b() {}\n}\nfn c() {}";
        let scan = scan(text);
        let is_test = |word: &str| text.find(word).map(|offset| scan.is_test(offset));
        assert_eq!((is_test("a()"), is_test("b()"), is_test("c()")), (Some(false), Some(true), Some(false)));
    }
}
