//! `cargo xtask prove NAME`: long experiments that show a promise kept, each with a short form that tests run.

use anyhow::{Result, bail};

mod appliance;
mod guards;
mod offline;
mod removal;
mod served;

/// A promise and how it is shown.
pub(crate) struct Proof {
    /// What to type.
    pub(crate) name: &'static str,
    /// The promise, in one line.
    pub(crate) what: &'static str,
    /// Shows it; the short form takes a minute at most.
    pub(crate) run: fn(Length) -> Result<()>,
}

/// How long a proof may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Length {
    /// As many steps as the promise names.
    Full,
    /// Enough to notice a break, for every test run.
    Short,
}

/// Every proof there is. A new one is a line here; usually it starts a test or a binary of `tests`.
pub(crate) const PROOFS: &[Proof] = &[
    Proof {
        name: "guards",
        what: "an independent model of the guards agrees with the product over random histories",
        run: guards::guards,
    },
    Proof {
        name: "history",
        what: "reports over real-shaped history say what its generator computed",
        run: served::history,
    },
    Proof { name: "races", what: "64 clients over HTTP want one thing: one winner each", run: served::races },
    Proof {
        name: "kills",
        what: "what was acknowledged outlives kill -9, and no refund goes twice",
        run: served::kills,
    },
    Proof {
        name: "backup",
        what: "backups while 64 clients write and upload are whole when restored elsewhere",
        run: served::backup,
    },
    Proof {
        name: "appliance",
        what: "the package installs, serves HTTPS and restores in a booted Debian without a network",
        run: appliance::appliance,
    },
    Proof {
        name: "no-egress",
        what: "the whole browser suite passes where there is only loopback",
        run: offline::offline,
    },
    Proof { name: "guard-removal", what: "take any guard out, and the test named for it fails", run: removal::removal },
];

/// What to prove.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Name of the proof; without one, all are listed.
    name: Option<String>,
    /// The short form that `cargo xtask test` runs.
    #[arg(long)]
    short: bool,
}

pub(crate) fn prove(args: &Args) -> Result<()> {
    let Some(name) = &args.name else {
        for proof in PROOFS {
            println!("{:<20}{}", proof.name, proof.what);
        }
        return Ok(());
    };
    let Some(proof) = PROOFS.iter().find(|proof| proof.name == name) else {
        bail!("no proof is called `{name}`; `cargo xtask prove` lists them");
    };
    println!("── {} · {}", proof.name, proof.what);
    (proof.run)(if args.short { Length::Short } else { Length::Full })
}
