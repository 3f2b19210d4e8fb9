//! Opening the data folder.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use domain::Lang;
use operations::App;
use store::{OpenOptions, Store};

use crate::clock::SystemClock;
use crate::fault::Fault;
use crate::template;

/// A new folder is made only where nothing is: a misspelt `--data` must not scatter databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IfMissing {
    /// Make it where the folder is missing or empty.
    Create,
    /// Say that there is none.
    Refuse,
}

/// Opens the folder, brings it to this binary's schema, and puts the built-in template in force when none is.
pub(crate) fn open(dir: &Path, if_missing: IfMissing, lang: Lang) -> Result<App, Fault> {
    let create = if_missing == IfMissing::Create && is_vacant(dir);
    let store = Store::open(dir, &OpenOptions { create, ..OpenOptions::default() })?;
    let app = App::start(store, Arc::new(SystemClock)).map_err(|error| Fault::of(&error, lang))?;
    template::ensure(&app, lang)?;
    // Whoever ran them is dead: the folder's lock is ours.
    operations::import::end_interrupted(&app).map_err(|error| Fault::of(&error, lang))?;
    Ok(app)
}

/// Lets go of the folder.
pub(crate) fn close(app: App) {
    app.store().clone().close();
}

fn is_vacant(dir: &Path) -> bool {
    match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}
