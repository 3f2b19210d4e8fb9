//! `backup`: the whole folder in one sealed file, while work goes on.

use std::path::{self, Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::admin::Place;
use crate::backup::{self, Lock};
use crate::commands::stdin;
use crate::fault::{Fault, Outcome};
use crate::output::Output;

/// Where the server left the archive, in its answer.
const BESIDE: &str = "beside";

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
            Lock::Passphrase(stdin::first_line("passphrase")?)
        } else {
            Lock::Recipients(self.recipients)
        };
        lock.check()?;
        let to = path::absolute(&self.to).map_err(|error| Fault::io("--to", &error))?;
        backup::can_write(&to)?;
        Ok(Verb { to, lock })
    }
}

/// Does it where the folder is open.
pub(crate) fn perform(place: &Place, verb: &Verb) -> Outcome {
    let started_at = place.app.now();
    let at = if place.served { backup::beside(&place.dir, started_at.ms(), &verb.to) } else { verb.to.clone() };
    let written = backup::write(place, &at, &verb.lock);
    backup::record(place, &verb.to, started_at, false, &written);
    let written = written?;
    let manifest = &written.manifest;
    let (bytes, files) = (written.bytes, manifest.files);
    let text = format!("{} ({bytes} bytes, {files} files, looked over)", verb.to.display());
    let mut json =
        json!({ "file": verb.to, "bytes": bytes, "sealed": !matches!(verb.lock, Lock::Open), "manifest": manifest });
    if place.served {
        json[BESIDE] = json!(at);
    }
    Ok(Output::new(text, json))
}

/// Brings what the server wrote to where it was wanted.
pub(crate) fn receive(verb: &Verb, mut output: Output) -> Outcome {
    if let Some(from) = output.json.as_object_mut().and_then(|json| json.remove(BESIDE)) {
        backup::bring(Path::new(from.as_str().unwrap_or_default()), &verb.to)?;
    }
    Ok(output)
}
