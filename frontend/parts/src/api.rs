//! Calls of the server: a route of the contract, what goes in, what comes out or why not.
//!
//! Reading: `api::read::<RmaView>(&rma::GET, &[&id]).await`. Changing: `api::send` with a [`Key`] that its form keeps over
//! retries. Every call says the reader's language; unsafe ones carry the session's CSRF token.

use std::fmt::Display;
use std::sync::Mutex;

use contract::Route;
use serde::Serialize;
use serde::de::DeserializeOwned;

mod key;
mod problem;
mod query;
mod transport;
mod upload;

pub use key::Key;
pub use problem::Problem;
pub use query::query;
pub use upload::{send_piece, upload, upload_with};

use transport::Call;

/// The session's CSRF token; empty while nobody is signed in.
static CSRF_TOKEN: Mutex<String> = Mutex::new(String::new());

/// Headers of one call beside the usual ones.
pub type Headers = Vec<(&'static str, String)>;

/// From now on unsafe calls carry this token; an empty one is not sent.
pub fn set_csrf_token(token: &str) {
    if let Ok(mut own) = CSRF_TOKEN.lock() {
        token.clone_into(&mut own);
    }
}

/// Reads what stands at a route. `path` fills its variable segments, in order.
pub fn read<T: DeserializeOwned>(
    route: &'static Route,
    path: &[&dyn Display],
) -> impl Future<Output = Result<T, Problem>> + use<T> {
    let call = Call::new(route, route.address(path));
    async move { parse(&transport::call(call).await?) }
}

/// Reads with query parameters.
pub fn read_with<T: DeserializeOwned, Q: Serialize>(
    route: &'static Route,
    path: &[&dyn Display],
    parameters: &Q,
) -> impl Future<Output = Result<T, Problem>> + use<T, Q> {
    let call = Call::new(route, route.address(path) + &query(parameters));
    async move { parse(&transport::call(call).await?) }
}

/// Reads with headers of its own.
pub fn read_as<T: DeserializeOwned>(
    route: &'static Route,
    headers: Headers,
) -> impl Future<Output = Result<T, Problem>> + use<T> {
    let call = Call { headers, ..Call::new(route, route.address(&[])) };
    async move { parse(&transport::call(call).await?) }
}

/// Reads at a path with headers of its own.
pub fn read_at<T: DeserializeOwned>(
    route: &'static Route,
    path: &[&dyn Display],
    headers: Headers,
) -> impl Future<Output = Result<T, Problem>> + use<T> {
    let call = Call { headers, ..Call::new(route, route.address(path)) };
    async move { parse(&transport::call(call).await?) }
}

/// Reads with headers of its own, leaving what came to be understood later by [`understood`].
pub fn read_raw(route: &'static Route, headers: Headers) -> impl Future<Output = Result<String, Problem>> + use<> {
    let call = Call { headers, ..Call::new(route, route.address(&[])) };
    async move { transport::call(call).await }
}

/// What a text that came means.
///
/// # Errors
/// A `Problem` when it is not what was expected.
pub fn understood<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    parse(text)
}

/// Sends a body. `()` as the answer takes anything that says "done".
pub fn send<T: DeserializeOwned, B: Serialize>(
    route: &'static Route,
    path: &[&dyn Display],
    body: &B,
    key: Key,
) -> impl Future<Output = Result<T, Problem>> + use<T, B> {
    send_as(route, path, body, key, Headers::new())
}

/// Sends a body with headers of its own.
pub fn send_as<T: DeserializeOwned, B: Serialize>(
    route: &'static Route,
    path: &[&dyn Display],
    body: &B,
    key: Key,
    headers: Headers,
) -> impl Future<Output = Result<T, Problem>> + use<T, B> {
    let body = serde_json::to_string(body).ok();
    let call = Call { body, key: Some(key), headers, ..Call::new(route, route.address(path)) };
    async move { parse(&transport::call(call).await?) }
}

/// Acts without a body: takes something away, shows something that is logged.
pub fn act<T: DeserializeOwned>(
    route: &'static Route,
    path: &[&dyn Display],
    key: Key,
) -> impl Future<Output = Result<T, Problem>> + use<T> {
    let call = Call { key: Some(key), ..Call::new(route, route.address(path)) };
    async move { parse(&transport::call(call).await?) }
}

/// Acts without a body, with headers of its own.
pub fn act_as<T: DeserializeOwned>(
    route: &'static Route,
    path: &[&dyn Display],
    key: Key,
    headers: Headers,
) -> impl Future<Output = Result<T, Problem>> + use<T> {
    let call = Call { key: Some(key), headers, ..Call::new(route, route.address(path)) };
    async move { parse(&transport::call(call).await?) }
}

/// Acts without a body, with query parameters.
pub fn act_with<T: DeserializeOwned, Q: Serialize>(
    route: &'static Route,
    path: &[&dyn Display],
    parameters: &Q,
    key: Key,
) -> impl Future<Output = Result<T, Problem>> + use<T, Q> {
    let call = Call { key: Some(key), ..Call::new(route, route.address(path) + &query(parameters)) };
    async move { parse(&transport::call(call).await?) }
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    // Nothing to show is `null`, so that a caller may ask for `()`.
    let text = if text.is_empty() { "null" } else { text };
    serde_json::from_str(text).map_err(|error| Problem::unreadable(&error))
}
