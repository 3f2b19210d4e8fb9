//! Sends what was composed. One client a channel, made anew when the channel changes; redirects are not followed.

use std::collections::HashMap;
use std::error::Error as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Certificate, Client, Url};

use super::guard::{INSIDE, guard, is_inside};
use super::{Call, Connection, Outgoing, Told, What, answer, email};

/// How long a connection may take.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// How long a whole call may take: shorter than the claim on the message holds.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);
/// The most of an answer that is read, in bytes.
const MAX_ANSWER_BYTES: usize = 64 * 1_024;
/// Clients kept.
const MAX_CLIENTS: usize = 64;

/// Sends messages.
#[derive(Debug, Default)]
pub struct Sender {
    clients: Mutex<HashMap<(bool, String), Client>>,
}

impl Sender {
    /// Sends a composed message over a channel; ends within half a minute.
    pub async fn send(&self, connection: &Connection, outgoing: Outgoing) -> Told {
        match outgoing {
            Outgoing::Mail(mail) => email::send(connection, *mail).await,
            Outgoing::Call(call) => self.call(connection, call).await,
        }
    }

    async fn call(&self, connection: &Connection, call: Call) -> Told {
        let inside = connection.settings.inside;
        let Ok(url) = Url::parse(&call.url) else { return Told::refused("address", "") };
        // An address written as numbers is never looked up.
        let literal = url.host_str().map(|host| host.trim_start_matches('[').trim_end_matches(']'));
        let literal = literal.and_then(|host| host.parse().ok());
        if !inside && literal.is_some_and(is_inside) {
            return Told::refused("inside", "");
        }
        let client = match self.client(inside, &connection.settings.ca_pem) {
            Ok(client) => client,
            Err(error) => return Told::refused("tls.ca", error.to_string()),
        };
        let mut request = client.post(url).body(call.body);
        for (name, value) in &call.headers {
            request = request.header(name, value);
        }
        match request.send().await {
            Ok(response) => heard(connection, response).await,
            Err(error) => lost(&error),
        }
    }

    fn client(&self, inside: bool, ca_pem: &str) -> Result<Client, reqwest::Error> {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (inside, ca_pem.trim().to_owned());
        if let Some(client) = clients.get(&key) {
            return Ok(client.clone());
        }
        let mut builder = Client::builder()
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent(concat!("ReturnDesk/", env!("CARGO_PKG_VERSION")));
        if !inside {
            builder = builder.dns_resolver(guard());
        }
        if !key.1.is_empty() {
            builder = builder.tls_certs_merge(Certificate::from_pem_bundle(key.1.as_bytes())?);
        }
        let client = builder.build()?;
        if clients.len() >= MAX_CLIENTS {
            clients.clear();
        }
        clients.insert(key, client.clone());
        Ok(client)
    }
}

async fn heard(connection: &Connection, mut response: reqwest::Response) -> Told {
    let status = response.status().as_u16();
    let after = response.headers().get("retry-after").or_else(|| response.headers().get("x-ogw-ratelimit-reset"));
    let after = after.and_then(|value| value.to_str().ok()?.trim().parse::<i64>().ok());
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() < MAX_ANSWER_BYTES => body.extend_from_slice(&chunk),
            Ok(Some(_) | None) => break,
            Err(error) => return lost(&error),
        }
    }
    answer::read(
        connection,
        status,
        &String::from_utf8_lossy(&body),
        after.map(|seconds| seconds.saturating_mul(1_000)),
    )
}

// Only a connection that never stood is certain to have carried nothing.
fn lost(error: &reqwest::Error) -> Told {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        words = format!("{words}: {inner}");
        cause = inner.source();
    }
    // The address may hold a token; what is shown does not.
    if let Some(url) = error.url() {
        words = words.replace(url.as_str(), url.host_str().unwrap_or_default());
    }
    let low = words.to_lowercase();
    if words.contains(INSIDE) {
        Told::refused("inside", "")
    } else if low.contains("certificate") || low.contains("unknownissuer") {
        Told::later("tls", words)
    } else if low.contains("dns error") || low.contains("lookup") {
        Told::later("dns", words)
    } else if error.is_connect() {
        Told::later("connect", words)
    } else if error.is_builder() {
        Told::refused("address", words)
    } else if error.is_timeout() {
        Told::new(What::Unknown, "timeout", words)
    } else {
        Told::new(What::Unknown, "lost", words)
    }
}
