//! The running server: the folder, the HTTP side, the admin socket, the jobs, and an orderly stop.

use std::io::{self, IsTerminal as _};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use domain::Lang;
use http_api::{AssetPage, AssetSource, Plain, Server, Settings, TRUST, Tls};
use jobs::Jobs;
use operations::session::setup;
use operations::{App, secret};
use serde_json::json;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::admin::{Listener, Place};
use crate::assets;
use crate::backup;
use crate::commands::Plan;
use crate::config::{Config, LogFormat};
use crate::fault::{Exit, Fault, Outcome};
use crate::folder::{self, IfMissing};
use crate::output::{Output, write_out};
use crate::tls::{Authority, Certificates};
use crate::trust;

/// What is logged unless told otherwise: our own words, and of the libraries only what is wrong.
const DEFAULT_LOG: &str = "info,actix_server=warn,tokio_cron_scheduler=warn";

/// Runs until SIGTERM or SIGINT; SIGHUP reads the certificate again.
pub(crate) fn run(config: &Config, plan: Plan, json: bool, lang: Lang) -> Outcome {
    start_log(config)?;
    let dir = config.data()?;
    let app = folder::open(dir, IfMissing::Create, lang)?;
    let served = http_api::block_on(serve(app.clone(), dir, plan, json, lang));
    // Nobody is answered any more; then nothing is sent any more; then the folder is closed.
    let served = served.map(Jobs::stop);
    folder::close(app);
    served?;
    tracing::info!("stopped");
    Ok(Output::new(String::new(), json!({ "event": "stopped" })))
}

async fn serve(app: App, dir: &Path, plan: Plan, json: bool, lang: Lang) -> Result<Jobs, Fault> {
    let certificates = plan.tls.map(Certificates::load).transpose()?;
    let tls = certificates.as_ref().map(Certificates::config).transpose()?;
    let certificate = certificates.as_ref().map(Certificates::file);
    let authority = certificates.as_ref().and_then(Certificates::authority).map(Authority::read).transpose()?;
    let (listen, plain_listen) = (plan.listen, plan.plain_listen);
    let settings = Settings {
        listen,
        workers: plan.workers,
        behind_proxy: plan.behind_proxy,
        tls: tls.clone().map(Tls),
        portal_listen: plan.portal_listen,
        portal_on_main: plan.portal_on_main,
    };
    let pages = source(authority);
    let server =
        Server::bind(app.clone(), settings, Arc::clone(&pages)).map_err(|error| cannot_listen(listen, &error))?;
    let address = server.addresses().first().copied().unwrap_or(listen);
    let plain =
        plain_listen.map(|at| Plain::bind(at, address.port(), pages).map_err(|error| cannot_listen(at, &error)));
    let plain = plain.transpose()?;
    backup::clear(dir).map_err(|error| Fault::io("the data folder", &error))?;
    let socket = Listener::open(&app, dir, certificate).map_err(|error| Fault::io("the admin socket", &error))?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    let url = format!("{scheme}://{address}");
    let setup = offer_setup(&app, lang).await?.map(|token| format!("{url}/desk/setup#{token}"));
    let backups = plan.schedule.map(|schedule| schedule.watch(&app, dir));
    let jobs = start_jobs(&app, jobs::Config { each_minute: backups, ..plan.outside })?;
    let doors = Doors {
        plain: plain.as_ref().and_then(|plain| plain.addresses().first()).map(|address| format!("http://{address}")),
        portal: server.portal_address().map(|address| format!("{scheme}://{address}")),
        url,
    };
    announce(&doors, setup.as_deref(), json).map_err(|error| Fault::io("standard output", &error))?;
    // systemd waits for this word before it calls the service started.
    if let Err(error) = sd_notify::notify(&[sd_notify::NotifyState::Ready]) {
        tracing::warn!(%error, "the service manager could not be told");
    }
    let watching = certificates.map(|certificates| tokio::spawn(certificates.watch()));
    let handles = [Some(server.handle()), plain.as_ref().map(Plain::handle)];
    let stop = tokio::spawn(async move {
        wait_for_signal().await?;
        tracing::info!("stopping");
        for handle in handles.into_iter().flatten() {
            handle.stop().await;
        }
        Ok::<(), io::Error>(())
    });
    let door = plain.map(|plain| tokio::task::spawn_local(plain.run()));
    let ran = server.run().await;
    drop(socket);
    stop.abort();
    if let Some(watching) = watching {
        watching.abort();
    }
    if let Some(door) = door {
        door.abort();
    }
    ran.map_err(|error| Fault::io("the server", &error))?;
    Ok(jobs)
}

fn cannot_listen(at: SocketAddr, error: &io::Error) -> Fault {
    Fault::new(Exit::Failed, "cannot_listen", format!("cannot listen on {at}: {error}"))
}

fn start_jobs(app: &App, outside: jobs::Config) -> Result<Jobs, Fault> {
    if outside.payments.is_none() {
        tracing::info!("no payment gateway: refunds to the original payment wait, payments by hand do not");
    }
    if outside.catch_messages {
        tracing::warn!("messages are caught and do not leave: for development only");
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

/// Where the server is reached.
struct Doors {
    url: String,
    /// Where plain HTTP sends to it.
    plain: Option<String>,
    /// Where the portal alone is.
    portal: Option<String>,
}

fn announce(doors: &Doors, setup: Option<&str>, json: bool) -> io::Result<()> {
    let Doors { url, plain, portal } = doors;
    if json {
        let said = json!({
            "event": "listening", "url": url, "plain_url": plain, "portal_url": portal, "setup_url": setup,
        });
        return write_out(&said.to_string());
    }
    write_out(&format!("ReturnDesk {} on {url}", env!("CARGO_PKG_VERSION")))?;
    if let Some(portal) = portal {
        write_out(&format!("the customers' portal alone on {portal}"))?;
    }
    if let Some(plain) = plain {
        write_out(&format!("how devices come to trust it: {plain}{TRUST}"))?;
    }
    match setup {
        Some(link) => write_out(&format!("first account (good once, for 24 hours): {link}")),
        None => Ok(()),
    }
}

fn source(authority: Option<Authority>) -> AssetSource {
    Arc::new(move |path, accept_encoding, if_none_match| {
        if let Some(page) = trust::asset(path, authority.as_ref()) {
            return page;
        }
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
