//! The session cookie.

use actix_web::HttpRequest;
use actix_web::http::header::COOKIE;

use crate::address;
use crate::state::State;

/// Over TLS the browser itself holds the cookie to this host, the root path and TLS.
const SECURE_NAME: &str = "__Host-returndesk";
const PLAIN_NAME: &str = "returndesk";

/// The session token the browser sent, if any.
pub(crate) fn session_token<'r>(state: &State, request: &'r HttpRequest) -> Option<&'r str> {
    let name = name(address::is_secure(state, request));
    let headers = request.headers().get_all(COOKIE).filter_map(|value| value.to_str().ok());
    let mut pairs = headers.flat_map(|header| header.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// The header that gives the browser a session for so long.
pub(crate) fn set(state: &State, request: &HttpRequest, token: &str, lasts_ms: i64) -> String {
    cookie(address::is_secure(state, request), token, lasts_ms / 1_000)
}

/// The header that takes it away.
pub(crate) fn clear(state: &State, request: &HttpRequest) -> String {
    cookie(address::is_secure(state, request), "", 0)
}

fn name(secure: bool) -> &'static str {
    if secure { SECURE_NAME } else { PLAIN_NAME }
}

// Pages are public shells that fetch with the cookie from their own origin, so Strict costs nobody a link.
fn cookie(secure: bool, value: &str, max_age_seconds: i64) -> String {
    let name = name(secure);
    let tail = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={max_age_seconds}{tail}")
}
