//! Everything outside `/api`: the embedded front end, given by the binary.

use std::borrow::Cow;
use std::sync::Arc;

use actix_web::http::header::{ACCEPT_ENCODING, HeaderName, HeaderValue, IF_NONE_MATCH, LOCATION};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};

use crate::error::Failure;
use crate::server::Side;
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

/// What a page's policy says of frames unless a shop lets others frame its portal.
const NOT_FRAMED: &str = "frame-ancestors 'self'";

fn is_portal(path: &str) -> bool {
    path == "/" || path == "/portal" || path.starts_with("/portal/")
}

// The sites that the shop named in the address lets frame the portal; of all shops where none is named, as on a case's
// page. Each origin was checked before it was stored.
fn framed_by(server: &Server, request: &HttpRequest) -> Option<String> {
    let query = serde_urlencoded::from_str::<Vec<(String, String)>>(request.query_string()).unwrap_or_default();
    let shop = query.iter().find(|(name, _)| name == "shop").map(|(_, code)| code.as_str());
    let definitions = server.app.definitions();
    let origins: std::collections::BTreeSet<&str> = definitions.masters.embed_origins(shop).collect();
    let origins: Vec<&str> = origins.into_iter().collect();
    (!origins.is_empty()).then(|| format!("{NOT_FRAMED} {}", origins.join(" ")))
}

/// Answers everything that no route answers.
pub(crate) async fn serve(server: Server, request: HttpRequest) -> Result<HttpResponse, Failure> {
    let path = request.path();
    if path == "/api" || path.starts_with("/api/") {
        return Err(Failure::no_such_address());
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Err(Failure::method_not_allowed());
    }
    let side = request.app_data::<Side>().copied().unwrap_or(Side::Everything);
    match (side, is_portal(path)) {
        // The first page is the customers'; where they go elsewhere it is the desk's.
        (Side::Staff, true) if path == "/" => {
            return Ok(HttpResponse::Found().insert_header((LOCATION, "/desk")).finish());
        }
        (Side::Staff, true) | (Side::Customers, false) => return Err(Failure::no_such_address()),
        _ => {}
    }
    let header = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let page = (server.assets)(path, header(ACCEPT_ENCODING).unwrap_or_default(), header(IF_NONE_MATCH));
    let mut response = HttpResponse::build(StatusCode::from_u16(page.status).unwrap_or(StatusCode::NOT_FOUND));
    let framed = is_portal(path).then(|| framed_by(&server, &request)).flatten();
    for (name, value) in &page.headers {
        let allowed = framed.as_ref().filter(|_| *name == "content-security-policy");
        let value = allowed.map_or_else(|| value.clone(), |origins| value.replace(NOT_FRAMED, origins));
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(*name), HeaderValue::try_from(value)) {
            response.insert_header((name, value));
        }
    }
    Ok(response.body(match page.body {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    }))
}
