//! `describe`: the manual page and shells' completions, made from what the commands say of themselves.

use clap::CommandFactory as _;
use clap_complete::{Shell, generate};
use serde_json::json;

use crate::args::Args;
use crate::fault::{Fault, Outcome};
use crate::output::Output;

/// The program's name in both.
const NAME: &str = "returndesk";

/// `describe …`
#[derive(Debug, clap::Args)]
pub(crate) struct Describe {
    /// For whom.
    #[arg(value_enum)]
    reader: Reader,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Reader {
    /// `man`: section 1.
    Man,
    /// Completions for bash.
    Bash,
    /// Completions for zsh.
    Zsh,
    /// Completions for fish.
    Fish,
}

/// Prints it.
pub(crate) fn run(command: &Describe) -> Outcome {
    let mut args = Args::command();
    let mut text = Vec::new();
    let shell = match command.reader {
        Reader::Man => {
            let failed = |error: std::io::Error| Fault::io("the manual", &error);
            clap_mangen::Man::new(args.clone()).render(&mut text).map_err(failed)?;
            None
        }
        Reader::Bash => Some(Shell::Bash),
        Reader::Zsh => Some(Shell::Zsh),
        Reader::Fish => Some(Shell::Fish),
    };
    if let Some(shell) = shell {
        generate(shell, &mut args, NAME, &mut text);
    }
    let text = String::from_utf8_lossy(&text).into_owned();
    let json = json!({ "text": text });
    Ok(Output::new(text, json))
}
