//! The running server: the folder, the HTTP side, the admin socket, the jobs, and an orderly stop.

use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::sync::Arc;

use domain::Lang;
use http_api::{AssetPage, AssetSource, Server, Settings};
use jobs::Jobs;
use operations::session::setup;
use operations::{App, secret};
use serde_json::json;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::admin::{Listener, Place};
use crate::assets;
use crate::config::{Config, LogFormat};
use crate::fault::{Exit, Fault, Outcome};
use crate::folder::{self, IfMissing};
use crate::output::{Output, write_out};

/// What is logged unless told otherwise: our own words, and of the libraries only what is wrong.
const DEFAULT_LOG: &str = "info,actix_server=warn";

/// Runs until SIGTERM or SIGINT.
pub(crate) fn run(config: &Config, settings: Settings, outside: jobs::Config, json: bool, lang: Lang) -> Outcome {
    start_log(config)?;
    let dir = config.data()?;
    let app = folder::open(dir, IfMissing::Create, lang)?;
    let served = http_api::block_on(serve(app.clone(), dir, settings, outside, json, lang));
    // Nobody is answered any more; then nothing is sent any more; then the folder is closed.
    let served = served.map(Jobs::stop);
    folder::close(app);
    served?;
    tracing::info!("stopped");
    Ok(Output::new(String::new(), json!({ "event": "stopped" })))
}

async fn serve(
    app: App,
    dir: &Path,
    settings: Settings,
    outside: jobs::Config,
    json: bool,
    lang: Lang,
) -> Result<Jobs, Fault> {
    let listen = settings.listen;
    let secure = settings.tls.is_some();
    let server = Server::bind(app.clone(), settings, source())
        .map_err(|error| Fault::new(Exit::Failed, "cannot_listen", format!("cannot listen on {listen}: {error}")))?;
    let socket = Listener::open(&app, dir).map_err(|error| Fault::io("the admin socket", &error))?;
    let scheme = if secure { "https" } else { "http" };
    let address = server.addresses().first().map_or_else(|| listen.to_string(), ToString::to_string);
    let url = format!("{scheme}://{address}");
    let setup = offer_setup(&app, lang).await?.map(|token| format!("{url}/desk/setup#{token}"));
    let jobs = start_jobs(&app, outside)?;
    let portal = server.portal_address().map(|address| format!("{scheme}://{address}"));
    announce(&url, portal.as_deref(), setup.as_deref(), json).map_err(|error| Fault::io("standard output", &error))?;
    let handle = server.handle();
    let stop = tokio::spawn(async move {
        wait_for_signal().await?;
        tracing::info!("stopping");
        handle.stop().await;
        Ok::<(), io::Error>(())
    });
    let ran = server.run().await;
    drop(socket);
    stop.abort();
    ran.map_err(|error| Fault::io("the server", &error))?;
    Ok(jobs)
}

fn start_jobs(app: &App, outside: jobs::Config) -> Result<Jobs, Fault> {
    if outside.payments.is_none() {
        tracing::info!("no payment gateway: refunds to the original payment wait, payments by hand do not");
    }
    Jobs::start(app.clone(), outside).map_err(|error| Fault::new(Exit::Failed, "jobs", error.to_string()))
}

async fn wait_for_signal() -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// A link for the first account, while nobody exists.
async fn offer_setup(app: &App, lang: Lang) -> Result<Option<String>, Fault> {
    let fault = |error: &operations::Error| Fault::of(error, lang);
    let token = secret::generate("").map_err(|error| fault(&error))?;
    let Some(hash) = secret::hash(&token) else { return Ok(None) };
    let offered = app.run(Place::call("setup.offer"), move |tx, ctx| setup::offer(tx, ctx, &hash)).await;
    let offered = offered.map_err(|error| fault(&error))?;
    Ok(offered.value.then_some(token))
}

fn announce(url: &str, portal: Option<&str>, setup: Option<&str>, json: bool) -> io::Result<()> {
    if json {
        return write_out(
            &json!({ "event": "listening", "url": url, "portal_url": portal, "setup_url": setup }).to_string(),
        );
    }
    write_out(&format!("ReturnDesk {} on {url}", env!("CARGO_PKG_VERSION")))?;
    if let Some(portal) = portal {
        write_out(&format!("the customers' portal alone on {portal}"))?;
    }
    match setup {
        Some(link) => write_out(&format!("first account (good once, for 24 hours): {link}")),
        None => Ok(()),
    }
}

fn source() -> AssetSource {
    Arc::new(|path, accept_encoding, if_none_match| {
        let found = assets::asset(path, accept_encoding, if_none_match);
        AssetPage { status: found.status, headers: found.headers, body: found.body }
    })
}

fn start_log(config: &Config) -> Result<(), Fault> {
    let wanted = config.log.as_deref().unwrap_or(DEFAULT_LOG);
    let filter = EnvFilter::try_new(wanted)
        .map_err(|error| Fault::usage("log_malformed", format!("`{wanted}` is not a log filter: {error}")))?;
    let colours = io::stderr().is_terminal();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(colours);
    let started = match config.log_format {
        Some(LogFormat::Json) => log.json().try_init(),
        Some(LogFormat::Text) | None => log.try_init(),
    };
    started.map_err(|error| Fault::new(Exit::Failed, "log", error.to_string()))
}
