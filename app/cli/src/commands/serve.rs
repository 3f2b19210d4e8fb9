//! `serve`: what the flags say over the configuration, checked before anything is opened.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use domain::Lang;
use http_api::{Settings, Tls};
use jobs::Endpoint;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::config::Config;
use crate::fault::{Fault, Outcome};

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
    /// The payment gateway's address. Without one, refunds are paid by hand and recorded with their proof. Its token is
    /// `payments_token` in the configuration file or RETURNDESK_PAYMENTS_TOKEN, never a flag.
    #[arg(long, value_name = "URL")]
    payments_url: Option<String>,
    /// The SMS gateway's address; its token is `sms_token` or RETURNDESK_SMS_TOKEN.
    #[arg(long, value_name = "URL")]
    sms_url: Option<String>,
    /// Where another system hears what rules say; `webhook_token` or RETURNDESK_WEBHOOK_TOKEN signs the calls.
    #[arg(long, value_name = "URL")]
    webhook_url: Option<String>,
}

/// Runs the server until it is told to stop.
pub(crate) fn run(command: &Serve, config: &Config, json: bool, lang: Lang) -> Outcome {
    let settings = settings(command, config)?;
    let outside = outside(command, config)?;
    crate::serve::run(config, settings, outside, json, lang)
}

/// The outside systems; none of them needs to be.
fn outside(command: &Serve, config: &Config) -> Result<jobs::Config, Fault> {
    let url = |flag: &'_ Option<String>, file: &'_ Option<String>| flag.clone().or_else(|| file.clone());
    let payments = url(&command.payments_url, &config.payments_url);
    let sms = url(&command.sms_url, &config.sms_url);
    let webhook = url(&command.webhook_url, &config.webhook_url);
    Ok(jobs::Config {
        payments: endpoint("payments", payments.as_deref(), config.payments_token.as_deref())?,
        sms: endpoint("sms", sms.as_deref(), config.sms_token.as_deref())?,
        webhook: endpoint("webhook", webhook.as_deref(), config.webhook_token.as_deref())?,
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

fn settings(command: &Serve, config: &Config) -> Result<Settings, Fault> {
    let cert = command.tls_cert.as_ref().or(config.tls_cert.as_ref());
    let key = command.tls_key.as_ref().or(config.tls_key.as_ref());
    let tls = match (cert, key) {
        (Some(cert), Some(key)) => Some(load_tls(cert, key)?),
        (None, None) => None,
        _ => return Err(Fault::usage("tls_incomplete", "tls_cert and tls_key go together")),
    };
    let settings = Settings {
        listen: command.listen.or(config.listen).unwrap_or(DEFAULT_LISTEN),
        workers: command.workers.or(config.workers).unwrap_or(0),
        behind_proxy: command.behind_proxy || config.behind_proxy.unwrap_or(false),
        tls,
        portal_listen: command.portal_listen.or(config.portal_listen),
        portal_on_main: command.portal_on_main.or(config.portal_on_main).unwrap_or(true),
    };
    check_reach(&settings)?;
    Ok(settings)
}

/// Passwords and customers' data do not cross a network in the clear.
fn check_reach(settings: &Settings) -> Result<(), Fault> {
    let open = [Some(settings.listen), settings.portal_listen].into_iter().flatten().find(|at| !at.ip().is_loopback());
    let Some(open) = open.filter(|_| !settings.behind_proxy && settings.tls.is_none()) else { return Ok(()) };
    let message = format!("{open} can be reached from other machines, without TLS");
    Err(Fault::usage("tls_needed", message)
        .help("give --tls-cert and --tls-key, or --behind-proxy when a TLS proxy stands in front"))
}

fn load_tls(cert: &PathBuf, key: &PathBuf) -> Result<Tls, Fault> {
    let unreadable = |path: &PathBuf, error: &dyn std::fmt::Display| {
        Fault::usage("tls_unreadable", format!("`{}`: {error}", path.display()))
    };
    let chain = CertificateDer::pem_file_iter(cert).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let chain = chain.map_err(|error| unreadable(cert, &error))?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(|error| unreadable(key, &error))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, private))
        .map_err(|error| unreadable(cert, &error))?;
    Ok(Tls(Arc::new(config)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(listen: &str, behind_proxy: bool, expect: Option<&str>) {
        let settings = Settings {
            listen: listen.parse().unwrap(),
            workers: 0,
            behind_proxy,
            tls: None,
            portal_listen: None,
            portal_on_main: true,
        };
        assert_eq!(check_reach(&settings).err().map(|fault| fault.code), expect.map(str::to_owned), "{listen}");
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
