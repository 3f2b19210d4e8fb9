//! What a command says: one text for people, one JSON value for programs.

use std::env;
use std::io::{self, Write as _};
use std::process::ExitCode;

use domain::Lang;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What a command answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Output {
    /// For people; a trailing line break is added when there is none.
    pub(crate) text: String,
    /// For programs.
    pub(crate) json: Json,
    /// The exit code; 0 unless the command has something of its own to say with it.
    #[serde(default)]
    pub(crate) exit: u8,
}

impl Output {
    /// Done, with both forms of the answer.
    pub(crate) fn new(text: impl Into<String>, json: Json) -> Self {
        Self { text: text.into(), json, exit: 0 }
    }

    /// Writes the answer to standard output.
    pub(crate) fn print(&self, json: bool) -> ExitCode {
        let text = if json { self.json.to_string() } else { self.text.clone() };
        match write_out(&text) {
            Ok(()) => ExitCode::from(self.exit),
            // Nobody reads any more, as in `… | head`.
            Err(_) => ExitCode::FAILURE,
        }
    }
}

/// Writes a text and ends its last line.
pub(crate) fn write_out(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.is_empty() && !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// The language of whoever types: Chinese when the locale says so.
pub(crate) fn reader_lang() -> Lang {
    let locale =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| env::var(name).ok().filter(|v| !v.is_empty()));
    if locale.is_some_and(|locale| locale.to_ascii_lowercase().starts_with("zh")) { Lang::Zh } else { Lang::En }
}
