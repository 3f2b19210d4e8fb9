//! The commands, one file each.

pub(crate) mod backup;
mod demo;
mod describe;
pub(crate) mod doctor;
pub(crate) mod import;
mod init;
mod openapi;
mod restore;
mod scope;
pub(crate) mod serve;
mod stdin;
pub(crate) mod template;
mod tls;
pub(crate) mod token;
pub(crate) mod user;
mod version;

pub(crate) use serve::Plan;

use clap::Subcommand;
use domain::Lang;

use crate::admin::{self, Request, Verb};
use crate::args::Args;
use crate::config::Config;
use crate::fault::{Fault, Outcome};
use crate::folder::IfMissing;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the server.
    Serve(serve::Serve),
    /// Make a data folder with the built-in template.
    Init,
    /// Fill an empty data folder with a living shop of 90 days.
    Demo(demo::Demo),
    /// Persons who sign in.
    #[command(subcommand)]
    User(user::User),
    /// Bearer tokens of other systems.
    #[command(subcommand)]
    Token(token::Token),
    /// The returns application as text.
    #[command(subcommand)]
    Template(template::Template),
    /// Write the whole folder to one sealed file, while work goes on.
    Backup(backup::Backup),
    /// Make a data folder from a backup.
    Restore(restore::Restore),
    /// Import a file from another system.
    Import(import::Import),
    /// The server's certificate.
    #[command(subcommand)]
    Tls(tls::Tls),
    /// Look a data folder over.
    Doctor(doctor::Doctor),
    /// Print the manual page, or what a shell completes.
    Describe(describe::Describe),
    /// Print the OpenAPI document.
    Openapi,
    /// Print the versions of the program and its parts.
    Version,
}

/// Runs a command.
pub(crate) fn run(args: Args, lang: Lang) -> Outcome {
    let config = || Config::load(&args.global);
    let on_folder = |if_missing, verb| admin::execute(&config()?, if_missing, &Request { lang, verb });
    match args.command {
        Command::Serve(command) => serve::run(&command, &config()?, args.global.json, lang),
        Command::Init => init::run(&config()?, lang),
        Command::Demo(command) => demo::run(&command, &config()?, lang),
        Command::User(command) => on_folder(command.if_missing(), Verb::User(command.prepare(lang)?)),
        Command::Token(command) => on_folder(command.if_missing(), Verb::Token(command.prepare())),
        Command::Doctor(command) => on_folder(IfMissing::Refuse, Verb::Doctor(command)),
        Command::Template(command) => {
            let (verb, file) = command.prepare()?;
            // A check needs no data folder: it is made before there is one.
            if let template::Verb::Check { text, name } = &verb {
                return template::check_it(text, name, lang).map_err(|error| Fault::of(&error, lang));
            }
            let output = on_folder(IfMissing::Refuse, Verb::Template(verb))?;
            match file {
                Some(file) => template::deliver(output, &file),
                None => Ok(output),
            }
        }
        Command::Backup(command) => on_folder(IfMissing::Refuse, Verb::Backup(command.prepare()?)),
        Command::Restore(command) => restore::run(&command, &config()?),
        Command::Import(command) => on_folder(IfMissing::Create, Verb::Import(command.prepare()?)),
        Command::Tls(command) => tls::run(&command, &config()?),
        Command::Describe(command) => describe::run(&command),
        Command::Openapi => openapi::run(),
        Command::Version => version::run(),
    }
}
