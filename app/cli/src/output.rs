//! What a command says: one text for people, one JSON value for programs.

use std::env;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use domain::Lang;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::backup::Progress;

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

/// How far a long command is, on one line of the terminal that is written over and over. Silent elsewhere.
pub(crate) struct Meter {
    last: Mutex<Option<String>>,
}

impl Meter {
    pub(crate) fn new() -> Self {
        Self { last: Mutex::new(None) }
    }

    /// Shows a step, when it differs from the last one shown.
    pub(crate) fn show(&self, step: &Progress) {
        if !io::stderr().is_terminal() {
            return;
        }
        let percent = step.done.saturating_mul(100).checked_div(step.total).unwrap_or(100);
        let text = format!("{} {percent} %", step.doing);
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.as_ref() != Some(&text) {
            // A terminal that went away is no reason to stop.
            let _ = write!(io::stderr(), "\r\x1b[K{text}");
            *last = Some(text);
        }
    }

    /// Takes the line away.
    pub(crate) fn end(&self) {
        if self.last.lock().unwrap_or_else(PoisonError::into_inner).take().is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

/// The language of whoever types: Chinese when the locale says so.
pub(crate) fn reader_lang() -> Lang {
    let locale =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| env::var(name).ok().filter(|v| !v.is_empty()));
    if locale.is_some_and(|locale| locale.to_ascii_lowercase().starts_with("zh")) { Lang::Zh } else { Lang::En }
}
