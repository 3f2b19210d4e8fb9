//! `backup`: the whole folder in one sealed file, while work goes on.

use std::path::{self, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::admin::Place;
use crate::backup::{self, Lock};
use crate::commands::stdin;
use crate::fault::{Fault, Outcome};
use crate::output::Output;

/// Fewest characters of a passphrase.
const MIN_PASSPHRASE_CHARS: usize = 12;

/// `backup …`
#[derive(Clone, Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("lock").required(true).args(["recipients", "passphrase_stdin", "plain"]))]
pub(crate) struct Backup {
    /// The file to write; it must not exist.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// Seal it to this key (age1…); may be given several times.
    #[arg(long = "recipient", value_name = "KEY")]
    recipients: Vec<String>,
    /// Seal it with the passphrase on the first line of standard input.
    #[arg(long)]
    passphrase_stdin: bool,
    /// Do not seal it: whoever gets the file reads everything.
    #[arg(long)]
    plain: bool,
}

/// The same as data.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Verb {
    to: PathBuf,
    lock: Lock,
}

impl Backup {
    /// Reads what only the caller can read; the server may stand in another folder.
    pub(crate) fn prepare(self) -> Result<Verb, Fault> {
        let lock = if self.plain {
            Lock::Open
        } else if self.passphrase_stdin {
            let passphrase = stdin::first_line("passphrase")?;
            if passphrase.chars().count() < MIN_PASSPHRASE_CHARS {
                let message = format!("a passphrase has at least {MIN_PASSPHRASE_CHARS} characters");
                return Err(Fault::usage("passphrase_too_short", message));
            }
            Lock::Passphrase(passphrase)
        } else {
            Lock::Recipients(self.recipients)
        };
        let to = path::absolute(&self.to).map_err(|error| Fault::io("--to", &error))?;
        Ok(Verb { to, lock })
    }
}

/// Does it where the folder is open.
pub(crate) fn perform(place: &Place, verb: &Verb) -> Outcome {
    let written = backup::write(place, &verb.to, &verb.lock)?;
    let manifest = &written.manifest;
    let (bytes, files) = (written.bytes, manifest.files);
    let text = format!("{} ({bytes} bytes, {files} files, looked over)", verb.to.display());
    let json =
        json!({ "file": verb.to, "bytes": bytes, "sealed": !matches!(verb.lock, Lock::Open), "manifest": manifest });
    Ok(Output::new(text, json))
}
