//! The client's idempotency key.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use contract::station::MADE_AT_HEADER;
use domain::Timestamp;
use operations::error::Refusal;
use operations::run::ClientKey;

use crate::error::Failure;

/// The header that carries it.
pub(crate) const KEY_HEADER: &str = "idempotency-key";
/// Longest key, in characters.
const MAX_CHARS: usize = 200;

/// BLAKE3 of the request's body, left by the body's extractor.
#[derive(Clone, Copy)]
pub(super) struct BodyHash(pub(super) [u8; 32]);

/// `Idempotency-Key`, if the client sent one.
pub(crate) struct Key {
    key: Option<String>,
    request: HttpRequest,
}

impl Key {
    /// The key with the hash of verb, address and body. Asked by a handler, hence after the body was read.
    pub(crate) fn for_request(&self) -> Option<ClientKey> {
        let key = self.key.clone()?;
        let mut hasher = blake3::Hasher::new();
        let uri = self.request.uri();
        for part in [self.request.method().as_str(), uri.path(), uri.query().unwrap_or_default()] {
            hasher.update(part.as_bytes());
            hasher.update(b"\n");
        }
        if let Some(BodyHash(body)) = self.request.extensions().get::<BodyHash>() {
            hasher.update(body);
        }
        Some(ClientKey { key, request_hash: *hasher.finalize().as_bytes() })
    }

    /// When what is asked for was done, for facts that a station sends later.
    pub(crate) fn made_at(&self) -> Option<Timestamp> {
        let header = self.request.headers().get(MADE_AT_HEADER)?;
        header.to_str().ok()?.parse().ok().map(Timestamp::from_ms)
    }
}

impl FromRequest for Key {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let key = match request.headers().get(KEY_HEADER) {
            None => None,
            Some(value) => match value.to_str().ok().filter(|text| is_key(text)) {
                Some(text) => Some(text.to_owned()),
                None => return ready(Err(malformed())),
            },
        };
        ready(Ok(Self { key, request: request.clone() }))
    }
}

fn is_key(text: &str) -> bool {
    (1..=MAX_CHARS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn malformed() -> Failure {
    Failure::request(
        StatusCode::BAD_REQUEST,
        Refusal::new(
            "malformed_key",
            format!("Idempotency-Key 须为 1 到 {MAX_CHARS} 个可见的 ASCII 字符"),
            format!("`Idempotency-Key` has 1 to {MAX_CHARS} visible ASCII characters"),
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_visible_and_bounded() {
        assert!(is_key("a"));
        assert!(is_key(&"k".repeat(MAX_CHARS)));
        assert!(!is_key(&"k".repeat(MAX_CHARS + 1)));
        assert!(!is_key(""));
        assert!(!is_key("a b"));
        assert!(!is_key("键"));
    }
}
