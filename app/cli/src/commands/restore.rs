//! `restore`: a data folder from a backup.

use std::path::PathBuf;

use domain::Timestamp;
use operations::Clock as _;
use serde_json::json;

use crate::backup::{self, Keys};
use crate::clock::SystemClock;
use crate::commands::stdin;
use crate::config::Config;
use crate::fault::Outcome;
use crate::output::Output;

/// `restore …`
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Restore {
    /// The backup.
    file: PathBuf,
    /// The file with the key that opens it.
    #[arg(long, value_name = "FILE", conflicts_with = "passphrase_stdin")]
    identity: Option<PathBuf>,
    /// The passphrase that opens it is on the first line of standard input.
    #[arg(long)]
    passphrase_stdin: bool,
    /// Put the data folder that is there aside; it is kept beside the restored one.
    #[arg(long)]
    replace: bool,
}

/// Restores right here: a server that runs on the folder keeps it.
pub(crate) fn run(command: &Restore, config: &Config) -> Outcome {
    let dir = config.data()?;
    let keys = match &command.identity {
        Some(path) => Keys::from_file(path)?,
        None if command.passphrase_stdin => Keys::Passphrase(stdin::first_line("passphrase")?),
        None => Keys::None,
    };
    let restored = backup::restore(&command.file, dir, &keys, command.replace, SystemClock.now().ms())?;
    let manifest = &restored.manifest;
    let at = Timestamp::from_ms(manifest.created_at).local_date(0);
    let mut text = format!("restored to {}: as of {at} (UTC), {} files, looked over", dir.display(), manifest.files);
    if let Some(before) = &restored.before {
        text.push_str(&format!("\nthe folder before is {}", before.display()));
    }
    Ok(Output::new(text, json!({ "data": dir, "before": restored.before, "manifest": manifest })))
}
