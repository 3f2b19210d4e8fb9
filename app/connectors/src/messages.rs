//! Messages: SMS through any gateway that takes a JSON call, and webhooks to other systems, signed.
//!
//! SMS: `POST {url}` with `{"to", "text", "key"}`. Webhook: `POST {url}` with the message's own JSON, the signature
//! `X-Signature: blake3=<keyed hash, hex>` when there is a secret. Both carry `Idempotency-Key`.

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::web::{self, Endpoint, Said};

/// Where messages go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Channels {
    /// An SMS gateway.
    pub sms: Option<Endpoint>,
    /// Another system that hears what rules say; its token signs.
    pub webhook: Option<Endpoint>,
}

/// The channels that are set up.
#[derive(Clone, Debug)]
pub struct Messenger {
    channels: Channels,
    client: Client,
}

impl Messenger {
    /// Prepares to send; sends nothing yet.
    ///
    /// # Errors
    /// When the TLS roots cannot be read.
    pub fn new(channels: Channels) -> Result<Self, reqwest::Error> {
        Ok(Self { channels, client: web::client()? })
    }

    /// The channels that something can be sent by.
    #[must_use]
    pub fn ready(&self) -> Vec<&'static str> {
        let sms = self.channels.sms.as_ref().map(|_| "sms");
        let webhook = self.channels.webhook.as_ref().map(|_| "webhook");
        sms.into_iter().chain(webhook).collect()
    }

    /// Sends a text to a phone under a key.
    pub async fn sms(&self, key: &str, to: &str, text: &str) -> Answer {
        let Some(endpoint) = &self.channels.sms else { return Answer::NotSent("no SMS gateway is set up".to_owned()) };
        let request = self.client.post(&endpoint.url).header("Idempotency-Key", key);
        let request = match &endpoint.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        sent(request.json(&json!({ "to": to, "text": text, "key": key }))).await
    }

    /// Calls another system under a key.
    pub async fn webhook(&self, key: &str, body: &Value) -> Answer {
        let Some(endpoint) = &self.channels.webhook else { return Answer::NotSent("no webhook is set up".to_owned()) };
        let text = body.to_string();
        let mut request = self.client.post(&endpoint.url).header("Idempotency-Key", key);
        if let Some(secret) = &endpoint.token {
            request = request.header("X-Signature", signature(secret, text.as_bytes()));
        }
        sent(request.header("Content-Type", "application/json").body(text)).await
    }
}

/// `blake3=` and the keyed hash of a body, hex; the key is derived from the secret.
#[must_use]
pub fn signature(secret: &str, body: &[u8]) -> String {
    let key = blake3::derive_key("returndesk webhook signature 1", secret.as_bytes());
    format!("blake3={}", blake3::keyed_hash(&key, body).to_hex())
}

// Messages that were taken are done, whatever the receiver calls them.
async fn sent(request: RequestBuilder) -> Answer {
    match web::call(request).await {
        Ok((status, body)) => web::by_status(status, &body).unwrap_or_else(|| {
            let said: Said = serde_json::from_str(&body).unwrap_or_default();
            if said.state == "refused" { Answer::Refused(web::short(&said.reason)) } else { Answer::Done(said.id) }
        }),
        Err(lost) => lost,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_depends_on_secret_and_body() {
        assert_eq!(signature("a", b"x"), signature("a", b"x"));
        assert_ne!(signature("a", b"x"), signature("b", b"x"));
        assert_ne!(signature("a", b"x"), signature("a", b"y"));
    }
}
