//! `openapi`: the API's own description.

use crate::fault::{Exit, Fault, Outcome};
use crate::output::Output;

/// Prints the document; the same with `--json`.
pub(crate) fn run() -> Outcome {
    let text = http_api::openapi_document();
    let json = serde_json::from_str(&text).map_err(|error| Fault::new(Exit::Failed, "internal", error.to_string()))?;
    Ok(Output::new(text, json))
}
