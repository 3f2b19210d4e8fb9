//! The payment gateway: refunds are sent under a key and asked about by it.
//!
//! `POST {url}/refunds` with `Idempotency-Key` and the refund as JSON; `GET {url}/refunds/{key}`. Both answer with
//! `{"state": "done" | "refused" | "pending", "id": "…", "reason": "…"}`; an unknown key is 404.

use reqwest::{Client, RequestBuilder, StatusCode};
use serde::Serialize;

use crate::answer::Answer;
use crate::web::{self, Endpoint, Said};

/// A refund as the gateway is told.
#[derive(Clone, Debug, Serialize)]
pub struct Refund {
    /// Minor units.
    pub amount_minor: i64,
    /// ISO code.
    pub currency: String,
    /// The payment that is given back, or empty.
    pub payment_reference: String,
    /// What kind of payment it was, or empty.
    pub payment_kind: String,
    /// The order's number, or empty.
    pub order_number: String,
    /// The case's number.
    pub return_number: String,
}

/// The gateway.
#[derive(Clone, Debug)]
pub struct Gateway {
    endpoint: Endpoint,
    client: Client,
}

impl Gateway {
    /// Prepares to call a gateway; calls nothing yet.
    ///
    /// # Errors
    /// When the TLS roots cannot be read.
    pub fn new(endpoint: Endpoint) -> Result<Self, reqwest::Error> {
        Ok(Self { endpoint, client: web::client()? })
    }

    /// Sends a refund under its key.
    pub async fn refund(&self, key: &str, refund: &Refund) -> Answer {
        let request = self.client.post(format!("{}/refunds", self.endpoint.url)).header("Idempotency-Key", key);
        match web::call(self.known(request).json(refund)).await {
            Ok((status, body)) => web::by_status(status, &body).unwrap_or_else(|| read(&body)),
            Err(lost) => lost,
        }
    }

    /// Asks what became of a key.
    pub async fn query(&self, key: &str) -> Answer {
        let request = self.client.get(format!("{}/refunds/{key}", self.endpoint.url));
        match web::call(self.known(request)).await {
            Ok((StatusCode::NOT_FOUND, _)) => Answer::NotKnown,
            Ok((status, body)) if status.is_success() => read(&body),
            // A question that is refused or fails says nothing about the money.
            Ok((status, body)) => Answer::Unknown(format!("HTTP {}: {}", status.as_u16(), web::short(&body))),
            Err(Answer::NotSent(detail) | Answer::Unknown(detail)) => Answer::Unknown(detail),
            Err(other) => other,
        }
    }

    fn known(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.endpoint.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }
}

fn read(body: &str) -> Answer {
    let Ok(said) = serde_json::from_str::<Said>(body) else {
        return Answer::Unknown(format!("not an answer: {}", web::short(body)));
    };
    match said.state.as_str() {
        "done" if !said.id.is_empty() => Answer::Done(said.id),
        "refused" => Answer::Refused(web::short(&said.reason)),
        other => Answer::Unknown(format!("state `{}`", web::short(other))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_counts_only_when_it_is_complete() {
        assert_eq!(read(r#"{"state":"done","id":"G1"}"#), Answer::Done("G1".to_owned()));
        assert_eq!(read(r#"{"state":"refused","reason":"no funds"}"#), Answer::Refused("no funds".to_owned()));
        assert!(matches!(read(r#"{"state":"done"}"#), Answer::Unknown(_)));
        assert!(matches!(read(r#"{"state":"pending"}"#), Answer::Unknown(_)));
        assert!(matches!(read("<html>"), Answer::Unknown(_)));
        assert!(matches!(read(""), Answer::Unknown(_)));
    }
}
