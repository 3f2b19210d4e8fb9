//! The project's own tasks: `cargo xtask VERB`. One file a verb.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod dist;
mod manifest;
mod need;
mod process;
mod prove;
mod root;
mod run;
mod stage;
mod test;
mod tidy;
mod wasm;
mod web;

/// Tasks of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Build everything, fill an empty data folder with demo data, and serve.
    Run(run::Args),
    /// Run every check: front end, tidy, lints, unit, integration and browser tests, short proofs.
    Test(test::Args),
    /// Build the front end into `frontend/dist`, if anything in it changed.
    Web(web::Args),
    /// Build what a merchant installs: a Debian package and an OCI image.
    Dist(dist::Args),
    /// Check the rules of this repository that no compiler knows.
    Tidy,
    /// Run one of the proofs, or list them.
    Prove(prove::Args),
    /// Run one of the benchmarks, or list them.
    Bench(bench::Args),
}

fn main() -> ExitCode {
    let done = match Args::parse().verb {
        Verb::Run(args) => run::run(&args),
        Verb::Test(args) => test::test(&args),
        Verb::Web(args) => web::web(&args),
        Verb::Dist(args) => dist::dist(&args),
        Verb::Tidy => tidy::tidy(),
        Verb::Prove(args) => prove::prove(&args),
        Verb::Bench(args) => bench::bench(&args),
    };
    let Err(error) = done else { return ExitCode::SUCCESS };
    eprintln!("error: {error:#}");
    ExitCode::FAILURE
}
