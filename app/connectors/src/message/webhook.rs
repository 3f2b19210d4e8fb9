//! Calls to other systems, signed: HMAC-SHA256 over the time and the very bytes of the body.

use super::sign::hmac_hex;
use super::{Call, Connection, Letter};

/// The message's id, the same on every try: a receiver that has seen it answers 200 and does nothing.
pub(super) const ID: &str = "X-ReturnDesk-Id";
/// When it was signed, ms since 1970.
pub(super) const TIMESTAMP: &str = "X-ReturnDesk-Timestamp";
/// `sha256=` and HMAC-SHA256 of `timestamp.body` in hex.
pub(super) const SIGNATURE: &str = "X-ReturnDesk-Signature";

pub(super) fn compose(connection: &Connection, letter: &Letter, now_ms: i64) -> Call {
    let body = letter.body.to_string();
    let mut headers = vec![
        ("Content-Type".to_owned(), "application/json; charset=utf-8".to_owned()),
        ("Idempotency-Key".to_owned(), letter.key.clone()),
        (ID.to_owned(), letter.key.clone()),
        (TIMESTAMP.to_owned(), now_ms.to_string()),
    ];
    let signed = hmac_hex(connection.secret.secret.as_bytes(), format!("{now_ms}.{body}").as_bytes());
    headers.push((SIGNATURE.to_owned(), format!("sha256={signed}")));
    Call { url: connection.settings.url.clone(), headers, body }
}

#[cfg(test)]
mod tests {
    use engine::channel::{ChannelKind, ChannelSecret, ChannelSettings};
    use serde_json::json;

    use super::*;

    fn signature(secret: &str, now_ms: i64, body: serde_json::Value) -> String {
        let settings = ChannelSettings { url: "https://erp.example".to_owned(), ..ChannelSettings::default() };
        let secret = ChannelSecret { secret: secret.to_owned(), ..ChannelSecret::default() };
        let connection = Connection { kind: ChannelKind::Webhook, settings, secret };
        let call = compose(&connection, &Letter { body, ..Letter::default() }, now_ms);
        call.headers.into_iter().find(|(name, _)| name == SIGNATURE).map(|(_, value)| value).unwrap_or_default()
    }

    #[test]
    fn a_signature_covers_secret_time_and_body() {
        let one = signature("a", 1, json!({"x": 1}));
        assert_eq!(one, format!("sha256={}", hmac_hex(b"a", br#"1.{"x":1}"#)));
        assert_ne!(one, signature("b", 1, json!({"x": 1})));
        assert_ne!(one, signature("a", 2, json!({"x": 1})));
        assert_ne!(one, signature("a", 1, json!({"x": 2})));
    }
}
