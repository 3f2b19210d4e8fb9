//! Everything outside `/api`: the embedded front end, given by the binary.

use std::borrow::Cow;
use std::sync::Arc;

use actix_web::http::header::{ACCEPT_ENCODING, HeaderName, HeaderValue, IF_NONE_MATCH};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};

use crate::error::Failure;
use crate::state::Server;

/// A file of the front end as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// HTTP status.
    pub status: u16,
    /// Header names in lower case, and values.
    pub headers: Vec<(&'static str, String)>,
    /// Empty for 304.
    pub body: Cow<'static, [u8]>,
}

/// Answers a path outside `/api`, given `Accept-Encoding` and `If-None-Match`.
pub type Source = Arc<dyn Fn(&str, &str, Option<&str>) -> Page + Send + Sync>;

/// Answers everything that no route answers.
pub(crate) async fn serve(server: Server, request: HttpRequest) -> Result<HttpResponse, Failure> {
    let path = request.path();
    if path == "/api" || path.starts_with("/api/") {
        return Err(Failure::no_such_address());
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Err(Failure::method_not_allowed());
    }
    let header = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let page = (server.assets)(path, header(ACCEPT_ENCODING).unwrap_or_default(), header(IF_NONE_MATCH));
    let mut response = HttpResponse::build(StatusCode::from_u16(page.status).unwrap_or(StatusCode::NOT_FOUND));
    for (name, value) in &page.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(*name), HeaderValue::try_from(value)) {
            response.insert_header((name, value));
        }
    }
    Ok(response.body(match page.body {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    }))
}
