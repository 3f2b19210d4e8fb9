//! `tls`: the certificate, the folder's own authority, and a request to another.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use domain::Timestamp;
use serde_json::json;

use crate::commands::serve;
use crate::config::Config;
use crate::fault::{Exit, Fault, Outcome};
use crate::output::Output;
use crate::tls::{self, Authority, Names};

/// `tls …`
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Tls {
    /// Show the configured certificate and the fingerprint of the folder's own authority.
    Show,
    /// Write the folder's own authority to a file, to be trusted by devices.
    Authority(To),
    /// Make a key and a request that another authority signs; the answer then goes to `tls_cert`, the key to `tls_key`.
    Request(Request),
}

/// `tls authority …`
#[derive(Debug, clap::Args)]
pub(crate) struct To {
    /// The file to write; it must not exist.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

/// `tls request …`
#[derive(Debug, clap::Args)]
pub(crate) struct Request {
    /// What browsers call the server, with commas.
    #[arg(long, value_name = "NAMES")]
    names: Names,
    /// Where the key is written; the file must not exist.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Where the request is written; the file must not exist.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

/// Does it right here: nothing of it needs the folder open.
pub(crate) fn run(command: &Tls, config: &Config) -> Outcome {
    match command {
        Tls::Show => show(config),
        Tls::Authority(To { to }) => {
            let authority = Authority::read(&config.data()?.join(serve::TLS_FOLDER)).map_err(none_yet)?;
            write(to, &authority.pem, 0o644)?;
            let text = format!("{}\nSHA-256 {}", to.display(), authority.fingerprint);
            Ok(Output::new(text, json!({ "file": to, "sha256": authority.fingerprint })))
        }
        Tls::Request(Request { names, key, to }) => {
            let (private, asked) = tls::request(names)?;
            write(key, &private, 0o600)?;
            write(to, &asked, 0o644)?;
            let text = format!("{}: to be signed\n{}: the key, for this server alone", to.display(), key.display());
            Ok(Output::new(text, json!({ "request": to, "key": key })))
        }
    }
}

fn show(config: &Config) -> Outcome {
    let Some(source) = serve::configured(config)? else {
        return Ok(Output::new("no TLS: only this machine or a proxy is served", json!({ "tls": false })));
    };
    let (cert, _) = source.files();
    let facts = tls::facts(&cert).map_err(none_yet)?;
    let authority = Authority::read(&config.data()?.join(serve::TLS_FOLDER)).ok();
    let ends = Timestamp::from_ms(facts.ends_at).local_date(0);
    let mut text = format!("{}: {}, until {ends}", cert.display(), facts.names.join(", "));
    if let Some(authority) = &authority {
        text.push_str(&format!("\nits authority: SHA-256 {}", authority.fingerprint));
    }
    let sha256 = authority.map(|authority| authority.fingerprint);
    Ok(Output::new(
        text,
        json!({ "tls": true, "certificate": cert, "names": facts.names, "ends_at": facts.ends_at, "authority_sha256": sha256 }),
    ))
}

fn none_yet(fault: Fault) -> Fault {
    fault.help("the server makes its own at its first start with tls_names")
}

fn write(path: &Path, text: &str, mode: u32) -> Result<(), Fault> {
    let file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all())).map_err(
        |error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                Fault::new(Exit::Refused, "file_exists", format!("`{}` exists", path.display()))
            }
            _ => Fault::io(&path.display().to_string(), &error),
        },
    )
}
