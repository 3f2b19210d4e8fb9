//! A migrated data folder with the delivered template in force, made once per process and copied for each test.

use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use domain::Timestamp;
use operations::clock::ManualClock;
use operations::template::apply::{Apply, apply};
use operations::{App, Call};
use store::{DATABASE_FILE, OpenOptions, Store};

use crate::harness::START_MS;

const TEMPLATE: &str = include_str!("../../app/templates/returns.yaml");

/// Puts a fresh database into `dir`.
pub(crate) fn copy_into(dir: &Path) {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    let bytes = BYTES.get_or_init(make);
    fs::write(dir.join(DATABASE_FILE), bytes).expect("the folder takes the database");
}

fn make() -> Vec<u8> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let store = Store::open(dir.path(), &OpenOptions { create: true, ..OpenOptions::default() }).expect("a new store");
    let clock = Arc::new(ManualClock::new(Timestamp::from_ms(START_MS)));
    let app = App::start(store, clock).expect("an empty store starts");
    let command = Apply { text: TEMPLATE.to_owned(), note: String::new() };
    let call = Call::system("template.apply");
    app.run_blocking(call, move |tx, ctx| apply(tx, ctx, &command)).expect("the delivered template applies");
    app.store().clone().close();
    // Closing emptied the WAL into the file.
    fs::read(dir.path().join(DATABASE_FILE)).expect("the database")
}
