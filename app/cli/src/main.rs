//! The `returndesk` binary: it alone reads arguments, the environment and the clock, and puts the parts together.

mod admin;
mod args;
mod assets;
mod backup;
mod clock;
mod commands;
mod config;
mod demo;
mod doctor;
mod fault;
mod folder;
mod output;
mod serve;
mod template;
mod tls;
mod trust;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::Args;

// A command makes thousands of small values that die together, some of them on another thread.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let args = Args::parse();
    let json = args.global.json;
    let lang = output::reader_lang();
    match commands::run(args, lang) {
        Ok(output) => output.print(json),
        Err(fault) => fault.print(json),
    }
}
