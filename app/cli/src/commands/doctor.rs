//! `doctor`: looks a data folder over.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::admin::Place;
use crate::doctor::{self, Check, Status};
use crate::fault::{Exit, Outcome};
use crate::output::Output;

/// `doctor …`
#[derive(Clone, Copy, Debug, clap::Args, Serialize, Deserialize)]
pub(crate) struct Doctor {
    /// Read every page, reference, event and booking too; takes minutes on a large folder.
    #[arg(long)]
    deep: bool,
}

/// Does it where the folder is open.
pub(crate) fn perform(place: &Place, verb: &Doctor) -> Outcome {
    let mut checks = doctor::quick(place);
    if verb.deep {
        checks.extend(doctor::deep(place));
    }
    let worst = checks.iter().map(|check| check.status).max().unwrap_or(Status::Ok);
    let text: String = checks.iter().map(line).collect();
    let list: Vec<_> = checks.iter().map(|check| json!(check)).collect();
    let mut output = Output::new(text, json!({ "status": worst, "deep": verb.deep, "checks": list }));
    if worst == Status::Error {
        output.exit = Exit::Unhealthy as u8;
    }
    Ok(output)
}

fn line(check: &Check) -> String {
    let remedy = check.remedy.as_ref().map(|remedy| format!("        {remedy}\n")).unwrap_or_default();
    format!("{:7} {}: {}\n{remedy}", check.status.word(), check.id, check.message)
}
