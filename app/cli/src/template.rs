//! The template that the binary carries: a new folder starts on it.

use domain::Lang;
use operations::template::apply::{Apply, apply};
use operations::{App, Call};

use crate::fault::Fault;

/// The returns application as data.
pub(crate) const BUILT_IN: &str = include_str!("../../templates/returns.yaml");

/// Puts the built-in template in force where none is; whether it did.
pub(crate) fn ensure(app: &App, lang: Lang) -> Result<bool, Fault> {
    if app.definitions().current().is_ok() {
        return Ok(false);
    }
    let command = Apply { text: BUILT_IN.to_owned(), note: String::new() };
    let applied = app.run_blocking(Call::system("template.apply"), move |tx, ctx| apply(tx, ctx, &command));
    applied.map_err(|error| Fault::of(&error, lang))?;
    Ok(true)
}
