//! The guards beside their model: a million steps of random histories, races and replays included.

use std::path::Path;

use anyhow::Result;

use super::Length;
use crate::process::{cargo, run};

/// Steps of the long form.
const STEPS_FULL: u64 = 1_000_000;
/// Steps of the short form: about twenty seconds on two cores.
const STEPS_SHORT: u64 = 12_000;
/// Memory is a disk that forgets: commits need not wait for one here.
const MEMORY: &str = "/dev/shm";

pub(crate) fn guards(length: Length) -> Result<()> {
    let steps = if length == Length::Full { STEPS_FULL } else { STEPS_SHORT };
    let mut tests = cargo();
    // Not nextest: the long form takes longer than a test may.
    tests.args(["test", "--quiet", "--package", "tests", "--test", "guards", "--", "--nocapture"]);
    tests.env("GUARDS_STEPS", steps.to_string());
    if Path::new(MEMORY).is_dir() && std::env::var_os("TMPDIR").is_none() {
        tests.env("TMPDIR", MEMORY);
    }
    run(&mut tests)
}
