//! The client's address: the connection's, or what the trusted proxy in front says.

use std::net::{IpAddr, Ipv4Addr};

use actix_web::HttpRequest;

use crate::state::State;

/// The address that limits and sessions are kept by.
pub(crate) fn of(state: &State, request: &HttpRequest) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.ip());
    if !state.settings.behind_proxy {
        return peer;
    }
    // The proxy appends the address it saw; what stands before may be the client's own invention.
    let forwarded = request.headers().get_all("x-forwarded-for").last().and_then(|value| value.to_str().ok());
    let nearest = forwarded.and_then(|list| list.rsplit(',').next());
    nearest.and_then(|text| text.trim().parse().ok()).unwrap_or(peer)
}

/// Whether the browser speaks TLS, with us or with the trusted proxy.
pub(crate) fn is_secure(state: &State, request: &HttpRequest) -> bool {
    if state.settings.tls.is_some() {
        return true;
    }
    let forwarded = request.headers().get("x-forwarded-proto").and_then(|value| value.to_str().ok());
    state.settings.behind_proxy && forwarded.is_some_and(|scheme| scheme.eq_ignore_ascii_case("https"))
}
