//! `demo`: a living shop of 90 days in an empty folder, with one account for every role.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use clap::Args;
use domain::{Lang, Timestamp};
use operations::clock::ManualClock;
use operations::{App, Clock as _};
use serde_json::json;
use store::{OpenOptions, Store};

use crate::clock::SystemClock;
use crate::config::Config;
use crate::demo::{self, PASSWORD};
use crate::fault::{Exit, Fault, Outcome};
use crate::output::Output;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// Fill an empty data folder with a living shop of 90 days.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// The same seed gives the same shop.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many cases are filed.
    #[arg(long, default_value_t = 240, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    cases: u32,
    /// The demo's present, in UTC milliseconds; yesterday's end of work when absent.
    #[arg(long, hide = true)]
    until_ms: Option<i64>,
}

/// Makes the demo.
pub(crate) fn run(command: &Demo, config: &Config, lang: Lang) -> Outcome {
    let dir = config.data()?;
    refuse_used(dir)?;
    let until = command.until_ms.map_or_else(end_of_yesterday, Timestamp::from_ms);
    let store = Store::open(dir, &OpenOptions { create: true, ..OpenOptions::default() })?;
    // Everything happens 90 days before the demo's present and after; ids are made in that time.
    let clock = Arc::new(ManualClock::new(until.plus_ms(-90 * DAY_MS)));
    let shared: Arc<dyn operations::Clock> = Arc::clone(&clock) as Arc<dyn operations::Clock>;
    let app = App::start(store, shared).map_err(|error| Fault::of(&error, lang))?;
    crate::template::ensure(&app, lang)?;
    let made = demo::make(&app, &clock, command.seed, command.cases as usize, until);
    let made = made.map_err(|error| Fault::of(&error, lang))?;
    crate::folder::close(app);
    let mut text = String::new();
    for (name, title) in &made.persons {
        text.push_str(&format!("{name:<16} {PASSWORD}   {title}\n"));
    }
    Ok(Output::new(text, json!(made)))
}

fn end_of_yesterday() -> Timestamp {
    let today = SystemClock.now().ms().div_euclid(DAY_MS) * DAY_MS;
    // 10:00 UTC is 18:00 in the demo's shops.
    Timestamp::from_ms(today - DAY_MS + 10 * 3_600_000)
}

fn refuse_used(dir: &Path) -> Result<(), Fault> {
    let used = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if !used {
        return Ok(());
    }
    let message = format!("`{}` is not empty; demo data are never mixed with real data", dir.display());
    Err(Fault::new(Exit::Refused, "folder_used", message).help("name a new folder with --data"))
}
