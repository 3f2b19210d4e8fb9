//! `template`: the returns application as text.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use domain::{Diagnostic, Lang, Severity};
use operations::template::{apply, check, export};
use operations::{Actor, Error};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::admin::Place;
use crate::fault::{Exit, Fault, Outcome};
use crate::output::Output;

/// Largest template, in bytes.
const MAX_BYTES: u64 = 4 * 1_024 * 1_024;

/// `template …`
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Template {
    /// Write the template in force to a file; `-` is standard output.
    Export(FileOf),
    /// Name each mistake in a file, with its place and a suggestion.
    Check(FileOf),
    /// Put a file in force for new cases.
    Apply(Apply),
}

/// A file with a template.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct FileOf {
    /// The file; `-` is standard input or output.
    file: PathBuf,
}

/// `template apply …`
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Apply {
    /// The file; `-` is standard input.
    file: PathBuf,
    /// What is to be remembered about this release.
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
}

/// The same as data: texts cross the socket, not files.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Verb {
    Export,
    Check { text: String, name: String },
    Apply { text: String, note: String },
}

impl Template {
    /// Reads the file where the caller is; for an export, where it is to be written.
    pub(crate) fn prepare(self) -> Result<(Verb, Option<PathBuf>), Fault> {
        Ok(match self {
            Self::Export(FileOf { file }) => (Verb::Export, Some(file)),
            Self::Check(FileOf { file }) => {
                (Verb::Check { text: read(&file)?, name: file.display().to_string() }, None)
            }
            Self::Apply(Apply { file, note }) => (Verb::Apply { text: read(&file)?, note }, None),
        })
    }
}

/// Writes an exported template where the caller wants it.
pub(crate) fn deliver(output: Output, file: &Path) -> Outcome {
    if file == Path::new("-") {
        return Ok(output);
    }
    fs::write(file, &output.text).map_err(|error| Fault::io(&file.display().to_string(), &error))?;
    Ok(Output::new(format!("written to {}", file.display()), json!({ "file": file })))
}

/// Does it where the folder is open.
pub(crate) fn perform(place: &Place, verb: &Verb) -> Outcome {
    match verb {
        Verb::Export => export_it(place).map_err(|error| place.fault(&error)),
        Verb::Check { text, name } => check_it(text, name, place.lang).map_err(|error| place.fault(&error)),
        Verb::Apply { text, note } => apply_it(place, text, note).map_err(|error| place.fault(&error)),
    }
}

fn export_it(place: &Place) -> Result<Output, Error> {
    let definitions = place.app.definitions();
    let text = place.app.read(|conn| export::export(conn, &Actor::system(), &definitions, None))?;
    let json = json!({ "template": text });
    Ok(Output::new(text, json))
}

/// Checks a text; nothing but the text is looked at.
pub(crate) fn check_it(text: &str, name: &str, lang: Lang) -> Result<Output, Error> {
    let checked = check::check(&Actor::system(), text)?;
    let problems = checked.problems;
    let blocks = domain::diagnostic::blocks(&problems);
    let mut lines: String = problems.iter().map(|problem| line(problem, name, lang)).collect();
    if problems.is_empty() {
        lines = format!("{name}: no mistakes\n");
    }
    let mut output = Output::new(lines, json!({ "ok": !blocks, "problems": problems }));
    if blocks {
        output.exit = Exit::Refused as u8;
    }
    Ok(output)
}

fn apply_it(place: &Place, text: &str, note: &str) -> Result<Output, Error> {
    let command = apply::Apply { text: text.to_owned(), note: note.to_owned() };
    let applied =
        place.app.run_blocking(Place::call("template.apply"), move |tx, ctx| apply::apply(tx, ctx, &command))?;
    let (release, changed) = (applied.value.release, applied.value.changed);
    let said =
        if changed { format!("release {release} is in force for new cases") } else { "nothing changed".to_owned() };
    Ok(Output::new(said, json!({ "release": release, "changed": changed })))
}

fn line(problem: &Diagnostic, name: &str, lang: Lang) -> String {
    let place = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
    let word = if problem.severity == Severity::Error { "error" } else { "warning" };
    let message = problem.message.get(lang);
    let help = problem.help.as_ref().map(|help| format!("\n    {}", help.get(lang))).unwrap_or_default();
    let path = if problem.path.is_empty() { String::new() } else { format!(" ({})", problem.path) };
    format!("{name}{place}: {word}: {message}{path}{help}\n")
}

fn read(file: &Path) -> Result<String, Fault> {
    let unreadable = |error: std::io::Error| Fault::usage("file_unreadable", format!("`{}`: {error}", file.display()));
    let mut text = String::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().take(MAX_BYTES + 1).read_to_string(&mut text)
    } else {
        fs::File::open(file).and_then(|open| open.take(MAX_BYTES + 1).read_to_string(&mut text))
    };
    let bytes = read.map_err(unreadable)?;
    if u64::try_from(bytes).is_ok_and(|bytes| bytes > MAX_BYTES) {
        return Err(Fault::usage("file_too_large", format!("`{}` is larger than {MAX_BYTES} bytes", file.display())));
    }
    Ok(text)
}
