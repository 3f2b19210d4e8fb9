//! Proofs with the built server: a program of `tests` starts it, kills it and talks to it.

use anyhow::Result;

use super::Length;
use crate::bench::orders;
use crate::process::{cargo, command, run};
use crate::web::cargo_target_folder;

/// The whole takes the generator's files of scale 1, the short form those of the fixtures.
pub(super) fn history(length: Length) -> Result<()> {
    match length {
        Length::Full => {
            // Millions of rows are for the server as merchants get it.
            run(cargo().args(["build", "--quiet", "--release", "--package", "returndesk"]))?;
            run(cargo().args(["build", "--quiet", "--package", "tests", "--bin", "prove"]))?;
            let (target, files) = (cargo_target_folder(), orders("1")?);
            let mut prove = command(&target.join("debug/prove").to_string_lossy());
            prove.env("RETURNDESK_BIN", target.join("release/returndesk"));
            run(prove.arg("history").arg(files))
        }
        Length::Short => prove("history", &[]),
    }
}

/// 64 clients want what there is one of: 20 rounds of each race, or one.
pub(super) fn races(length: Length) -> Result<()> {
    prove("races", words(length))
}

/// The server is killed while it files and pays: 110 times, or a few.
pub(super) fn kills(length: Length) -> Result<()> {
    prove("kills", words(length))
}

/// Five backups under load, or one.
pub(super) fn backup(length: Length) -> Result<()> {
    prove("backup", words(length))
}

const fn words(length: Length) -> &'static [&'static str] {
    match length {
        Length::Full => &[],
        Length::Short => &["short"],
    }
}

/// Builds the server with what it is tried with, and lets the latter try.
fn prove(name: &str, words: &[&str]) -> Result<()> {
    let programs = ["--bin", "returndesk", "--bin", "payments", "--bin", "prove"];
    run(cargo().args(["build", "--quiet", "--package", "returndesk", "--package", "tests"]).args(programs))?;
    let program = cargo_target_folder().join("debug/prove");
    run(command(&program.to_string_lossy()).arg(name).args(words))
}
