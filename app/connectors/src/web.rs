//! One HTTP call and what is known after it.

use std::time::Duration;

use reqwest::{Client, RequestBuilder, StatusCode};
use serde::Deserialize;

use crate::answer::Answer;

/// How long a connection may take.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// How long a whole call may take: shorter than the time after which the row is asked about.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);
/// The longest part of an answer that is kept.
const MAX_DETAIL_CHARS: usize = 300;

/// Where another system is reached and how it knows us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The address calls go to, without a slash at its end.
    pub url: String,
    /// Sent as a bearer token, when there is one.
    pub token: Option<String>,
}

/// An address that is not called.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not an address of the web.
    #[error("`{0}` is not an http or https address")]
    Malformed(String),
    /// Money and customers' data would cross a network in the clear.
    #[error("`{0}` is reached without TLS and is not on this machine")]
    InTheClear(String),
}

impl Endpoint {
    /// An endpoint at an address: https, or http on this machine.
    ///
    /// # Errors
    /// Why the address is not called.
    pub fn at(url: &str, token: Option<String>) -> Result<Self, AddressError> {
        let address = reqwest::Url::parse(url).map_err(|_| AddressError::Malformed(url.to_owned()))?;
        let here = match address.host_str() {
            Some("localhost") => true,
            Some(host) => {
                let bare = host.trim_start_matches('[').trim_end_matches(']');
                bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
            }
            None => return Err(AddressError::Malformed(url.to_owned())),
        };
        match address.scheme() {
            "https" => {}
            "http" if here => {}
            "http" => return Err(AddressError::InTheClear(url.to_owned())),
            _ => return Err(AddressError::Malformed(url.to_owned())),
        }
        Ok(Self { url: url.trim_end_matches('/').to_owned(), token })
    }
}

/// What other systems answer with.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Said {
    /// done, refused or pending.
    #[serde(default)]
    pub(crate) state: String,
    /// What they call it.
    #[serde(default)]
    pub(crate) id: String,
    /// Why not.
    #[serde(default)]
    pub(crate) reason: String,
}

/// A client that follows no redirect and waits no longer than it must. On a machine without certificates of authorities it
/// trusts none: nothing there is reached by https, and everything else works.
///
/// # Errors
/// When TLS cannot be set up.
pub(crate) fn client() -> Result<Client, reqwest::Error> {
    let builder = || {
        Client::builder()
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN)
            .redirect(reqwest::redirect::Policy::none())
    };
    builder().build().or_else(|_| builder().tls_certs_only(std::iter::empty()).build())
}

/// Sends a request; gives status and body, or what is known without them.
pub(crate) async fn call(request: RequestBuilder) -> Result<(StatusCode, String), Answer> {
    let response = request.send().await.map_err(|error| lost(&error))?;
    let status = response.status();
    let body = response.text().await.map_err(|error| lost(&error))?;
    Ok((status, body))
}

// Only a connection that never stood is certain to have carried nothing.
fn lost(error: &reqwest::Error) -> Answer {
    let detail = short(&error.to_string());
    if error.is_connect() || error.is_builder() { Answer::NotSent(detail) } else { Answer::Unknown(detail) }
}

/// What an answer's status alone says. `None` when the body decides.
pub(crate) fn by_status(status: StatusCode, body: &str) -> Option<Answer> {
    let detail = || format!("HTTP {}: {}", status.as_u16(), short(body));
    match status {
        _ if status.is_success() => None,
        StatusCode::TOO_MANY_REQUESTS => Some(Answer::NotSent(detail())),
        StatusCode::REQUEST_TIMEOUT | StatusCode::CONFLICT | StatusCode::TOO_EARLY => Some(Answer::Unknown(detail())),
        _ if status.is_client_error() => Some(Answer::Refused(detail())),
        // A redirect or a fault of theirs: it may have happened before.
        _ => Some(Answer::Unknown(detail())),
    }
}

/// What a text comes to in a log or on a page.
pub(crate) fn short(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(MAX_DETAIL_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(status: u16, expect: Option<&str>) {
        let status = StatusCode::from_u16(status).unwrap_or_default();
        let word = by_status(status, "x\n").map(|answer| match answer {
            Answer::Done(_) => "done",
            Answer::Refused(_) => "refused",
            Answer::NotSent(_) => "not sent",
            Answer::Unknown(_) => "unknown",
            Answer::NotKnown => "not known",
        });
        assert_eq!(word, expect, "{status}");
    }

    #[track_caller]
    fn address(url: &str, expect: Option<&str>) {
        assert_eq!(Endpoint::at(url, None).ok().map(|endpoint| endpoint.url).as_deref(), expect, "{url}");
    }

    #[test]
    fn money_does_not_cross_a_network_in_the_clear() {
        address("https://pay.example/v1/", Some("https://pay.example/v1"));
        address("http://127.0.0.1:9000", Some("http://127.0.0.1:9000"));
        address("http://[::1]:9000", Some("http://[::1]:9000"));
        address("http://localhost", Some("http://localhost"));
        address("http://pay.example", None);
        address("http://10.0.0.1", None);
        address("ftp://pay.example", None);
        address("pay.example", None);
        address("", None);
    }

    #[test]
    fn a_status_says_only_what_is_certain() {
        check(200, None);
        check(201, None);
        check(302, Some("unknown"));
        check(401, Some("refused"));
        check(408, Some("unknown"));
        check(409, Some("unknown"));
        check(422, Some("refused"));
        check(429, Some("not sent"));
        check(500, Some("unknown"));
        check(503, Some("unknown"));
    }
}
