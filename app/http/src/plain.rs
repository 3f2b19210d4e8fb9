//! The door without TLS, where one is opened: it shows how to trust the server's authority and sends everybody else to
//! the door with TLS. Nothing of a customer or a person passes it.

use std::io;
use std::net::SocketAddr;

use actix_web::http::StatusCode;
use actix_web::http::header::{HOST, HeaderName, HeaderValue, LOCATION};
use actix_web::http::uri::Authority;
use actix_web::web::{self, Bytes, Data};
use actix_web::{App as Framework, HttpRequest, HttpResponse, HttpServer};

use crate::assets::Source;
use crate::server::Handle;

/// The path under which the authority is shown; the only one that is answered here.
pub const TRUST: &str = "/trust";

/// A server that sends to another.
pub struct Plain {
    running: actix_web::dev::Server,
    addresses: Vec<SocketAddr>,
    handle: Handle,
}

struct Shared {
    https_port: u16,
    pages: Source,
}

impl Plain {
    /// Opens the socket; await `run` inside the framework's runtime.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub fn bind(listen: SocketAddr, https_port: u16, pages: Source) -> io::Result<Self> {
        let shared = Data::new(Shared { https_port, pages });
        let server =
            HttpServer::new(move || Framework::new().app_data(shared.clone()).default_service(web::to(answer)));
        let server = server.disable_signals().workers(1).bind(listen)?;
        let addresses = server.addrs();
        let running = server.run();
        let handle = Handle::of(running.handle());
        Ok(Self { running, addresses, handle })
    }

    /// Where it listens.
    #[must_use]
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// What stops it.
    #[must_use]
    pub fn handle(&self) -> Handle {
        self.handle.clone()
    }

    /// Serves until it is stopped.
    ///
    /// # Errors
    /// When the socket fails.
    pub async fn run(self) -> io::Result<()> {
        self.running.await
    }
}

async fn answer(shared: Data<Shared>, request: HttpRequest) -> HttpResponse {
    let path = request.path();
    if path == TRUST || path.strip_prefix(TRUST).is_some_and(|rest| rest.starts_with('/')) {
        return page(&shared.pages, path);
    }
    let sent = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let host = sent.and_then(|host| host.parse::<Authority>().ok()).filter(|host| !host.as_str().contains('@'));
    let Some(host) = host else { return HttpResponse::BadRequest().finish() };
    let port = if shared.https_port == 443 { String::new() } else { format!(":{}", shared.https_port) };
    let there = format!("https://{}{port}{}", host.host(), request.uri());
    match HeaderValue::try_from(there) {
        Ok(there) => HttpResponse::PermanentRedirect().insert_header((LOCATION, there)).finish(),
        Err(_) => HttpResponse::BadRequest().finish(),
    }
}

fn page(pages: &Source, path: &str) -> HttpResponse {
    let found = pages(path, "", None);
    let mut response = HttpResponse::build(StatusCode::from_u16(found.status).unwrap_or(StatusCode::NOT_FOUND));
    for (name, value) in &found.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(*name), HeaderValue::try_from(value)) {
            response.insert_header((name, value));
        }
    }
    response.body(Bytes::from(found.body.into_owned()))
}
