//! `init`: a data folder with the built-in template.

use domain::Lang;
use serde_json::json;

use crate::config::Config;
use crate::fault::Outcome;
use crate::folder::{self, IfMissing};
use crate::output::Output;

/// Makes the folder; one that is there already is only brought up to date.
pub(crate) fn run(config: &Config, lang: Lang) -> Outcome {
    let dir = config.data()?;
    let app = folder::open(dir, IfMissing::Create, lang)?;
    let release = app.definitions().current().map(|release| release.id.to_string()).unwrap_or_default();
    folder::close(app);
    let text = format!("ready: {}", dir.display());
    Ok(Output::new(text, json!({ "data": dir, "schema": store::schema_version(), "release": release })))
}
