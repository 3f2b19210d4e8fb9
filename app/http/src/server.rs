//! The server: sockets, workers, TLS, and a stop that lets running requests finish.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::middleware::from_fn;
use actix_web::web::{self, Bytes, Data};
use actix_web::{App as Framework, HttpServer};
use operations::{App, secret};
use tokio::sync::watch;

use crate::assets::{self, Source};
use crate::event::Streams;
use crate::frame::frame;
use crate::hashing::Hashing;
use crate::health::Pulse;
use crate::limit::Limits;
use crate::openapi;
use crate::routes;
use crate::state::State;

/// Requests still running at a stop get so long to finish.
const STOP_SECONDS: u64 = 10;
/// A client has so long to send the head of its request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// An idle connection is kept so long.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// How the server listens.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where.
    pub listen: SocketAddr,
    /// Threads that answer; 0 for one per processor.
    pub workers: usize,
    /// Whether a trusted proxy stands in front, whose `X-Forwarded-…` headers count.
    pub behind_proxy: bool,
    /// The certificate; without one the server speaks plain HTTP.
    pub tls: Option<Tls>,
    /// Where the customers' portal is served besides, and nothing else is: a machine that strangers reach.
    pub portal_listen: Option<SocketAddr>,
    /// Whether the portal is served at `listen` too.
    pub portal_on_main: bool,
}

/// What a socket serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Desk, API and portal.
    Everything,
    /// Desk and API; customers go elsewhere.
    Staff,
    /// The portal's pages and routes, and whether the server lives.
    Customers,
}

/// A certificate with its key, ready to be used.
#[derive(Clone, Debug)]
pub struct Tls(pub Arc<rustls::ServerConfig>);

/// A server with open sockets.
pub struct Server {
    running: Vec<actix_web::dev::Server>,
    addresses: Vec<SocketAddr>,
    portal_address: Option<SocketAddr>,
    handle: Handle,
}

/// Stops a server from elsewhere.
#[derive(Clone)]
pub struct Handle {
    servers: Vec<ServerHandle>,
    closing: Arc<watch::Sender<bool>>,
}

impl Handle {
    /// Of a server without live streams.
    pub(crate) fn of(server: ServerHandle) -> Self {
        Self { servers: vec![server], closing: Arc::new(watch::channel(false).0) }
    }
}

impl Server {
    /// Opens the socket and starts the workers; call it inside the framework's runtime and await `run`.
    ///
    /// # Errors
    /// When the address cannot be listened on or the system has no randomness.
    pub fn bind(app: App, settings: Settings, assets: Source) -> io::Result<Self> {
        let (closing, closed) = watch::channel(false);
        let state = Data::new(state(app, settings.clone(), assets, closed)?);
        let main = if settings.portal_on_main { Side::Everything } else { Side::Staff };
        let (main, addresses) = open(&state, &settings, settings.listen, main)?;
        let mut running = vec![main];
        let mut portal_address = None;
        if let Some(listen) = settings.portal_listen {
            let (portal, addresses) = open(&state, &settings, listen, Side::Customers)?;
            running.push(portal);
            portal_address = addresses.first().copied();
        }
        let servers = running.iter().map(actix_web::dev::Server::handle).collect();
        let handle = Handle { servers, closing: Arc::new(closing) };
        Ok(Self { running, addresses, portal_address, handle })
    }

    /// Where it listens: the port that the system chose when 0 was asked for.
    #[must_use]
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Where the portal alone is served, if it is.
    #[must_use]
    pub fn portal_address(&self) -> Option<SocketAddr> {
        self.portal_address
    }

    /// What stops it.
    #[must_use]
    pub fn handle(&self) -> Handle {
        self.handle.clone()
    }

    /// Serves until it is stopped.
    ///
    /// # Errors
    /// When the sockets fail.
    pub async fn run(self) -> io::Result<()> {
        futures_util::future::try_join_all(self.running).await.map(|_| ())
    }
}

impl Handle {
    /// Takes no new connections, ends live streams, lets running requests finish.
    pub async fn stop(&self) {
        self.closing.send_replace(true);
        self.stop_all(true).await;
    }

    /// Drops everything at once.
    pub async fn stop_now(&self) {
        self.closing.send_replace(true);
        self.stop_all(false).await;
    }

    async fn stop_all(&self, gracefully: bool) {
        futures_util::future::join_all(self.servers.iter().map(|server| server.stop(gracefully))).await;
    }
}

/// Opens a socket and starts its workers.
fn open(
    state: &Data<State>,
    settings: &Settings,
    listen: SocketAddr,
    side: Side,
) -> io::Result<(actix_web::dev::Server, Vec<SocketAddr>)> {
    let shared = state.clone();
    let mut server = HttpServer::new(move || {
        let routes = shared.routes.clone();
        Framework::new()
            .app_data(shared.clone())
            .app_data(side)
            // Raw uploads; JSON bodies have their own, smaller caps.
            .app_data(actix_web::web::PayloadConfig::new(crate::portal::MAX_UPLOAD_BYTES))
            .wrap(from_fn(frame))
            .configure(move |config| routes.configure(config, side))
            .default_service(web::to(assets::serve))
    })
    .disable_signals()
    .shutdown_timeout(STOP_SECONDS)
    .client_request_timeout(HEAD_TIMEOUT)
    .keep_alive(KEEP_ALIVE);
    if settings.workers > 0 {
        server = server.workers(settings.workers);
    }
    let server = match &settings.tls {
        Some(Tls(config)) => server.bind_rustls_0_23(listen, (**config).clone())?,
        None => server.bind(listen)?,
    };
    let addresses = server.addrs();
    Ok((server.run(), addresses))
}

/// Runs a future on this thread in the runtime that the server needs.
pub fn block_on<F: Future>(future: F) -> F::Output {
    actix_web::rt::System::new().block_on(future)
}

fn state(app: App, settings: Settings, assets: Source, closing: watch::Receiver<bool>) -> io::Result<State> {
    let random = secret::generate("").map_err(|error| io::Error::other(error.to_string()))?;
    Ok(State {
        app,
        settings,
        routes: routes::all(),
        openapi: Bytes::from(openapi::document()),
        assets,
        hashing: Hashing::new(),
        limits: Limits::new(),
        streams: Arc::new(Streams::default()),
        pulse: Pulse::default(),
        uploads: operations::upload::Lanes::default(),
        closing,
        run_id: random.chars().filter(char::is_ascii_alphanumeric).take(8).collect(),
        requests: AtomicU64::new(1),
    })
}
