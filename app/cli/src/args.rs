//! Arguments that all commands take.

use std::path::PathBuf;

use clap::Parser;

use crate::commands::Command;

/// ReturnDesk: a returns and exchanges desk in one binary and one data folder.
///
/// Exit codes: 0 done · 1 failed · 2 wrong usage or configuration · 3 refused · 4 not found ·
/// 5 the data folder cannot be used · 6 doctor found something to repair.
#[derive(Debug, Parser)]
#[command(name = "returndesk", version, disable_help_subcommand = true)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Arguments of every command. The environment (`RETURNDESK_DATA`, …) and the configuration file have the same names.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct Global {
    /// The data folder.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// The configuration file; otherwise /etc/returndesk/returndesk.toml when it exists.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// What is logged, such as `info` or `http_api=debug`.
    #[arg(long, global = true, value_name = "FILTER")]
    pub(crate) log: Option<String>,
    /// Answer in JSON.
    #[arg(long, global = true)]
    pub(crate) json: bool,
}
