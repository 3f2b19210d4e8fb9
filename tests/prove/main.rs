//! Long experiments with the built server: `prove NAME [short]`. `cargo xtask prove` builds what they need and starts this.

mod backup;
mod history;
mod kills;
mod races;
mod shop;

use std::process::ExitCode;

/// How long an experiment may take.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Length {
    /// As many rounds as the promise names.
    Full,
    /// Enough to notice a break.
    Short,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let length = if rest.iter().any(|word| word == "short") { Length::Short } else { Length::Full };
    match name.as_str() {
        "backup" => backup::run(length),
        "races" => races::run(length),
        "kills" => kills::run(length),
        "history" => history::run(rest.first().map(String::as_str)),
        _ => {
            eprintln!("error: `{name}` is none of backup, races, kills, history");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
