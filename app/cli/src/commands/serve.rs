//! `serve`: what the flags say over the configuration, checked before anything is opened.

use std::net::SocketAddr;
use std::path::PathBuf;

use domain::Lang;
use jobs::Endpoint;

use crate::backup::Schedule;
use crate::config::Config;
use crate::fault::{Fault, Outcome};
use crate::tls::Source;

/// The authority's place in the data folder.
pub(crate) const TLS_FOLDER: &str = "tls";
/// Where the server listens unless told otherwise.
const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8_080);

/// `serve …`
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// Where to listen; 127.0.0.1:8080 otherwise.
    #[arg(long, value_name = "ADDR:PORT")]
    listen: Option<SocketAddr>,
    /// Threads that answer; one per processor otherwise.
    #[arg(long, value_name = "N")]
    workers: Option<usize>,
    /// A trusted proxy stands in front: its X-Forwarded headers count, and plain HTTP beyond loopback is allowed.
    #[arg(long)]
    behind_proxy: bool,
    /// The certificate chain, PEM.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Its private key, PEM.
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// A second address that serves the customers' portal and nothing else, for a machine in front that strangers reach.
    #[arg(long, value_name = "ADDR:PORT")]
    portal_listen: Option<SocketAddr>,
    /// Whether the portal is served at --listen too; true unless said.
    #[arg(long, value_name = "true|false")]
    portal_on_main: Option<bool>,
    /// What browsers call this server (`desk.example.lan,192.168.1.20`): its certificate then comes from an authority of
    /// the folder's own, which devices are to trust once; the page /trust shows how.
    #[arg(long, value_name = "NAMES", conflicts_with_all = ["tls_cert", "tls_key"])]
    tls_names: Option<String>,
    /// Where plain HTTP shows /trust and sends everybody else to HTTPS.
    #[arg(long, value_name = "ADDR:PORT")]
    plain_listen: Option<SocketAddr>,
    /// The payment gateway's address. Without one, refunds are paid by hand and recorded with their proof. Its token is
    /// `payments_token` in the configuration file or RETURNDESK_PAYMENTS_TOKEN, never a flag.
    #[arg(long, value_name = "URL")]
    payments_url: Option<String>,
    /// For development: messages do not leave, they are kept and shown on the desk's page of messages. Channels
    /// themselves are set up there.
    #[arg(long)]
    catch_messages: bool,
}

/// What the server is to be, checked as far as it can be before the folder is open.
pub(crate) struct Plan {
    /// Where to listen.
    pub(crate) listen: SocketAddr,
    /// Threads that answer; 0 for one per processor.
    pub(crate) workers: usize,
    /// Whether a trusted proxy stands in front.
    pub(crate) behind_proxy: bool,
    /// Where the certificate comes from.
    pub(crate) tls: Option<Source>,
    /// Where plain HTTP sends to HTTPS.
    pub(crate) plain_listen: Option<SocketAddr>,
    /// Where the customers' portal alone is served besides.
    pub(crate) portal_listen: Option<SocketAddr>,
    /// Whether the portal is served at `listen` too.
    pub(crate) portal_on_main: bool,
    /// When backups are written, and where to.
    pub(crate) schedule: Option<Schedule>,
    /// The outside systems.
    pub(crate) outside: jobs::Config,
}

/// Runs the server until it is told to stop.
pub(crate) fn run(command: &Serve, config: &Config, json: bool, lang: Lang) -> Outcome {
    let plan = plan(command, config)?;
    crate::serve::run(config, plan, json, lang)
}

/// The outside systems; none of them needs to be.
fn outside(command: &Serve, config: &Config) -> Result<jobs::Config, Fault> {
    let url = |flag: &'_ Option<String>, file: &'_ Option<String>| flag.clone().or_else(|| file.clone());
    let payments = url(&command.payments_url, &config.payments_url);
    Ok(jobs::Config {
        payments: endpoint("payments", payments.as_deref(), config.payments_token.as_deref())?,
        catch_messages: command.catch_messages || config.catch_messages.unwrap_or(false),
        each_minute: None,
    })
}

fn endpoint(name: &str, url: Option<&str>, token: Option<&str>) -> Result<Option<Endpoint>, Fault> {
    let refused = |error| Fault::usage("address_refused", format!("{name}_url: {error}"));
    match (url, token) {
        (Some(url), token) => Endpoint::at(url, token.map(str::to_owned)).map(Some).map_err(refused),
        (None, Some(_)) => Err(Fault::usage("address_missing", format!("{name}_token stands without {name}_url"))),
        (None, None) => Ok(None),
    }
}

fn plan(command: &Serve, config: &Config) -> Result<Plan, Fault> {
    let plan = Plan {
        listen: command.listen.or(config.listen).unwrap_or(DEFAULT_LISTEN),
        workers: command.workers.or(config.workers).unwrap_or(0),
        behind_proxy: command.behind_proxy || config.behind_proxy.unwrap_or(false),
        tls: source(command, config)?,
        plain_listen: command.plain_listen.or(config.plain_listen),
        schedule: Schedule::of(config)?,
        outside: outside(command, config)?,
        portal_listen: command.portal_listen.or(config.portal_listen),
        portal_on_main: command.portal_on_main.or(config.portal_on_main).unwrap_or(true),
    };
    for listen in [Some(plan.listen), plan.portal_listen].into_iter().flatten() {
        check_reach(listen, plan.behind_proxy, plan.tls.is_some())?;
    }
    if plan.plain_listen.is_some() && plan.tls.is_none() {
        return Err(Fault::usage("tls_needed", "plain_listen sends to HTTPS, and there is none")
            .help("give tls_names, or tls_cert and tls_key"));
    }
    Ok(plan)
}

/// Where the certificate comes from, if there is to be one. Flags go over the file as a whole.
fn source(command: &Serve, config: &Config) -> Result<Option<Source>, Fault> {
    if command.tls_cert.is_none() && command.tls_names.is_none() {
        return configured(config);
    }
    let flags = Config {
        data: config.data.clone(),
        tls_cert: command.tls_cert.clone(),
        tls_key: command.tls_key.clone(),
        tls_names: command.tls_names.clone(),
        ..Config::default()
    };
    configured(&flags)
}

/// Where the certificate comes from according to a configuration, if there is to be one.
pub(crate) fn configured(config: &Config) -> Result<Option<Source>, Fault> {
    match (&config.tls_cert, &config.tls_key, &config.tls_names) {
        (Some(cert), Some(key), None) => Ok(Some(Source::Given { cert: cert.clone(), key: key.clone() })),
        (None, None, Some(names)) => own(config, names).map(Some),
        (None, None, None) => Ok(None),
        (_, _, Some(_)) => Err(Fault::usage("tls_twice", "either tls_cert and tls_key, or tls_names")),
        _ => Err(Fault::usage("tls_incomplete", "tls_cert and tls_key go together")),
    }
}

/// The folder's own authority for a list of names.
fn own(config: &Config, names: &str) -> Result<Source, Fault> {
    let names = names.parse().map_err(|error| Fault::usage("tls_names_malformed", format!("tls_names: {error}")))?;
    Ok(Source::Own { dir: config.data()?.join(TLS_FOLDER), names })
}

/// Passwords and customers' data do not cross a network in the clear.
fn check_reach(listen: SocketAddr, behind_proxy: bool, tls: bool) -> Result<(), Fault> {
    if listen.ip().is_loopback() || behind_proxy || tls {
        return Ok(());
    }
    let message = format!("{listen} can be reached from other machines, without TLS");
    Err(Fault::usage("tls_needed", message).help(
        "give --tls-names for a certificate of the server's own, --tls-cert and --tls-key for another's, or \
         --behind-proxy when a TLS proxy stands in front",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(listen: &str, behind_proxy: bool, expect: Option<&str>) {
        let reached = check_reach(listen.parse().unwrap(), behind_proxy, false);
        assert_eq!(reached.err().map(|fault| fault.code), expect.map(str::to_owned), "{listen}");
    }

    #[track_caller]
    fn payments(url: Option<&str>, token: Option<&str>, expect: Result<bool, &str>) {
        let found = endpoint("payments", url, token);
        let found = found.map(|endpoint| endpoint.is_some()).map_err(|fault| fault.code);
        assert_eq!(found, expect.map_err(str::to_owned), "{url:?} {token:?}");
    }

    #[test]
    fn outside_systems_are_named_whole_or_not_at_all() {
        payments(None, None, Ok(false));
        payments(Some("https://pay.example"), None, Ok(true));
        payments(Some("https://pay.example"), Some("secret"), Ok(true));
        payments(None, Some("secret"), Err("address_missing"));
        payments(Some("http://pay.example"), None, Err("address_refused"));
        payments(Some("here"), None, Err("address_refused"));
    }

    #[test]
    fn plain_http_stays_on_the_machine() {
        check("127.0.0.1:80", false, None);
        check("[::1]:80", false, None);
        check("0.0.0.0:80", false, Some("tls_needed"));
        check("192.0.2.1:80", false, Some("tls_needed"));
        check("[::]:80", false, Some("tls_needed"));
        check("0.0.0.0:80", true, None);
    }
}
