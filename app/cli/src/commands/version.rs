//! `version`: what this binary is made of.

use serde_json::json;

use crate::fault::Outcome;
use crate::output::Output;

/// Prints the versions of the program, of SQLite and of the schema.
pub(crate) fn run() -> Outcome {
    let program = env!("CARGO_PKG_VERSION");
    let (sqlite, schema) = (store::sqlite_version(), store::schema_version());
    let text = format!("returndesk {program} (SQLite {sqlite}, schema {schema})");
    Ok(Output::new(text, json!({ "version": program, "sqlite": sqlite, "schema": schema })))
}
