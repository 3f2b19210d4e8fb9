//! The cookies: of a session, and of a browser that is a station.

use actix_web::HttpRequest;
use actix_web::http::header::COOKIE;

use crate::address;
use crate::state::State;

/// Over TLS the browser itself holds the cookie to this host, the root path and TLS.
const SECURE_NAME: &str = "__Host-returndesk";
const PLAIN_NAME: &str = "returndesk";

/// A station's cookie, beside its operator's session.
const SECURE_STATION: &str = "__Host-returndesk-station";
const PLAIN_STATION: &str = "returndesk-station";
/// A station stays one: ten years. It is ended on the server.
const STATION_SECONDS: i64 = 10 * 365 * 86_400;

/// The session token the browser sent, if any.
pub(crate) fn session_token<'r>(state: &State, request: &'r HttpRequest) -> Option<&'r str> {
    sent(request, name(address::is_secure(state, request)))
}

/// The station's token the browser sent, if any.
pub(crate) fn station_token<'r>(state: &State, request: &'r HttpRequest) -> Option<&'r str> {
    sent(request, station_name(address::is_secure(state, request)))
}

fn sent<'r>(request: &'r HttpRequest, name: &str) -> Option<&'r str> {
    let headers = request.headers().get_all(COOKIE).filter_map(|value| value.to_str().ok());
    let mut pairs = headers.flat_map(|header| header.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// The header that gives the browser a session for so long.
pub(crate) fn set(state: &State, request: &HttpRequest, token: &str, lasts_ms: i64) -> String {
    let secure = address::is_secure(state, request);
    cookie(secure, name(secure), token, lasts_ms / 1_000)
}

/// The header that makes the browser a station.
pub(crate) fn set_station(state: &State, request: &HttpRequest, token: &str) -> String {
    let secure = address::is_secure(state, request);
    cookie(secure, station_name(secure), token, STATION_SECONDS)
}

/// The header that takes it away.
pub(crate) fn clear(state: &State, request: &HttpRequest) -> String {
    let secure = address::is_secure(state, request);
    cookie(secure, name(secure), "", 0)
}

fn name(secure: bool) -> &'static str {
    if secure { SECURE_NAME } else { PLAIN_NAME }
}

fn station_name(secure: bool) -> &'static str {
    if secure { SECURE_STATION } else { PLAIN_STATION }
}

// Pages are public shells that fetch with the cookie from their own origin, so Strict costs nobody a link.
fn cookie(secure: bool, name: &str, value: &str, max_age_seconds: i64) -> String {
    let tail = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={max_age_seconds}{tail}")
}
