//! Around every request: its id, the headers all answers carry, the body of refusals, the line in the log.

use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
    REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, HttpRequest};
use domain::Lang;

use crate::access::request_lang;
use crate::error::Failure;
use crate::state::Server;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest request id taken over from the client.
const MAX_ID_CHARS: usize = 64;
/// A request that takes longer is worth a line of its own.
const SLOW_MS: u128 = 1_000;
/// What an answer of the API may do in a browser: nothing.
const API_POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// Frames a request.
pub(crate) async fn frame<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let started = Instant::now();
    let id = request_id(request.request());
    let mut response = match next.call(request).await {
        Ok(response) => response.map_into_boxed_body(),
        // Our own middleware answers with responses; only the framework's connection faults come here.
        Err(error) => return Err(error),
    };
    if response.response().error().is_some() || response.status().is_client_error() && is_api(response.request()) {
        response = refuse(response, &id);
    }
    finish(&mut response, &id);
    log(&response, &id, started);
    Ok(response)
}

fn is_api(request: &HttpRequest) -> bool {
    request.path().starts_with("/api")
}

fn request_id(request: &HttpRequest) -> String {
    let sent = request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok());
    let plain = |id: &&str| {
        let word = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        (1..=MAX_ID_CHARS).contains(&id.len()) && id.bytes().all(word)
    };
    match sent.filter(plain) {
        Some(id) => id.to_owned(),
        None => request.app_data::<Server>().map(|state| state.next_request_id()).unwrap_or_default(),
    }
}

/// Gives a refusal its body. One that has a body already came from a handler that wrote it itself.
fn refuse(response: ServiceResponse, id: &str) -> ServiceResponse {
    let status = response.status();
    let lang = response.request().extensions().get::<Lang>().copied();
    let lang = lang.unwrap_or_else(|| request_lang(response.request()));
    let generic = Failure::of_status(status);
    let (header, body) = {
        let error = response.response().error();
        let failure = error.and_then(|error| error.as_error::<Failure>()).unwrap_or(&generic);
        if let Some(text) = failure.internal() {
            tracing::error!(request.id = id, error = text, "a request failed");
        }
        (failure.header(), failure.body(lang, id))
    };
    let bytes = serde_json::to_vec(&body).unwrap_or_default();
    let mut response = response.map_body(|_, _| BoxBody::new(bytes));
    let headers = response.headers_mut();
    headers.remove(CONTENT_LENGTH);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some((name, value)) = header {
        headers.insert(name, value);
    }
    response
}

fn finish(response: &mut ServiceResponse, id: &str) {
    let api = is_api(response.request());
    let secure = response
        .request()
        .app_data::<Server>()
        .is_some_and(|state| crate::address::is_secure(state, response.request()));
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::try_from(id) {
        headers.insert(REQUEST_ID, value);
    }
    unless_set(headers, X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    unless_set(headers, REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if api {
        unless_set(headers, CACHE_CONTROL, HeaderValue::from_static("no-store"));
        unless_set(headers, CONTENT_SECURITY_POLICY, API_POLICY);
    }
    if secure {
        unless_set(headers, STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}

fn unless_set(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    if !headers.contains_key(&name) {
        headers.insert(name, value);
    }
}

// The path is logged as its pattern, so that no number or name in it is.
fn log(response: &ServiceResponse, id: &str, started: Instant) {
    let status = response.status();
    let request = response.request();
    let duration = started.elapsed();
    let slow = duration.as_millis() >= SLOW_MS;
    let noteworthy = status.is_server_error() || slow || status == StatusCode::TOO_MANY_REQUESTS;
    if !noteworthy && !tracing::enabled!(tracing::Level::DEBUG) {
        return;
    }
    let pattern = request.match_pattern().unwrap_or_else(|| "-".to_owned());
    let method = request.method().as_str();
    let duration_ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    if noteworthy {
        tracing::warn!(request.id = id, method, pattern, status = status.as_u16(), duration_ms, "request answered");
    } else {
        tracing::debug!(request.id = id, method, pattern, status = status.as_u16(), duration_ms, "request answered");
    }
}
