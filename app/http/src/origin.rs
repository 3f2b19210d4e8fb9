//! Whether a request that changes something comes from our own pages.

use actix_web::HttpRequest;
use actix_web::http::header::{HOST, ORIGIN};

use crate::state::State;

/// What the browser says of where the request comes from: `Sec-Fetch-Site`, else `Origin` beside `Host`. A client that
/// says neither is no browser and passes; the CSRF token holds for it all the same.
pub(crate) fn is_own(state: &State, request: &HttpRequest) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    match header("sec-fetch-site") {
        Some("same-origin" | "none") => return true,
        Some(_) => return false,
        None => {}
    }
    let Some(origin) = header(ORIGIN.as_str()) else { return true };
    let Some((_, authority)) = origin.split_once("://") else { return false };
    let forwarded = if state.settings.behind_proxy { header("x-forwarded-host") } else { None };
    // HTTP/2 says the host in the address, not in a header.
    let asked = request.uri().authority().map(|authority| authority.as_str());
    [header(HOST.as_str()), asked, forwarded].into_iter().flatten().any(|host| host.eq_ignore_ascii_case(authority))
}
