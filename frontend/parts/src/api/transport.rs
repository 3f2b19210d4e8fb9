//! One call over `fetch`: headers, the body as text, a refusal as a [`Problem`].

use contract::{Access, Route};
use leptos::prelude::window;
use ui::locale::lang_untracked;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::{CSRF_TOKEN, Headers, Key, Problem};
use crate::session;

/// After this long without an answer a call counts as lost.
const TIMEOUT_MS: u32 = 30_000;

/// What is called and with what.
pub(super) struct Call {
    pub(super) route: &'static Route,
    pub(super) address: String,
    pub(super) body: Option<String>,
    pub(super) key: Option<Key>,
    pub(super) headers: Headers,
}

impl Call {
    pub(super) fn new(route: &'static Route, address: String) -> Self {
        Self { route, address, body: None, key: None, headers: Headers::new() }
    }
}

/// The answer's text.
pub(super) async fn call(call: Call) -> Result<String, Problem> {
    let route = call.route;
    let (status, text) = send(call).await.ok_or_else(Problem::no_answer)?;
    answer(route, status, text)
}

/// A good answer's text; whoever is no longer signed in is told so.
pub(super) fn answer(route: &Route, status: u16, text: String) -> Result<String, Problem> {
    if (200..300).contains(&status) {
        return Ok(text);
    }
    if status == 401 && !matches!(route.access, Access::Public | Access::Customer) {
        session::note_lost();
    }
    Err(Problem::of(status, &text))
}

/// The headers every call has, and those it brings.
pub(super) fn headers(route: &Route, key: Option<Key>, own: Headers) -> Headers {
    let mut all = own;
    all.push(("accept", "application/json".to_owned()));
    all.push(("accept-language", lang_untracked().tag().to_owned()));
    if !route.method.is_safe() {
        let token = CSRF_TOKEN.lock().map(|token| token.clone()).unwrap_or_default();
        if !token.is_empty() {
            all.push(("x-csrf-token", token));
        }
        if let Some(key) = key {
            all.push(("idempotency-key", key.as_str().to_owned()));
        }
    }
    all
}

async fn send(call: Call) -> Option<(u16, String)> {
    let Call { route, address, body, key, headers: own } = call;
    let init = web_sys::RequestInit::new();
    init.set_method(route.method.as_str());
    init.set_signal(Some(&web_sys::AbortSignal::timeout_with_u32(TIMEOUT_MS)));
    let request_headers = web_sys::Headers::new().ok()?;
    for (name, value) in headers(route, key, own) {
        request_headers.set(name, &value).ok()?;
    }
    if let Some(body) = body {
        request_headers.set("content-type", "application/json").ok()?;
        init.set_body(&body.into());
    }
    init.set_headers(&request_headers);
    let request = web_sys::Request::new_with_str_and_init(&address, &init).ok()?;
    let response = JsFuture::from(window().fetch_with_request(&request)).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    Some((response.status(), text))
}
