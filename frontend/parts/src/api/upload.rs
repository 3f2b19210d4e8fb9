//! One file to the server, with how far it is.

use contract::Route;
use contract::portal::FILE_NAME;
use js_sys::Promise;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::query::{encode, query};
use super::transport::{answer, headers};
use super::{Headers, Key, Problem};

/// Sends a file as the body; `on_progress` hears how much has left, in thousandths.
pub async fn upload<T: DeserializeOwned>(
    route: &'static Route,
    own: Headers,
    file: web_sys::File,
    on_progress: impl Fn(u16) + 'static,
) -> Result<T, Problem> {
    upload_with(route, &(), own, file, on_progress).await
}

/// The same with query parameters.
pub async fn upload_with<T: DeserializeOwned>(
    route: &'static Route,
    parameters: &impl Serialize,
    own: Headers,
    file: web_sys::File,
    on_progress: impl Fn(u16) + 'static,
) -> Result<T, Problem> {
    let address = route.address(&[]) + &query(parameters);
    let (status, text) = send(route, &address, own, &file, on_progress).await.ok_or_else(Problem::no_answer)?;
    super::parse(&answer(route, status, text)?)
}

async fn send(
    route: &'static Route,
    address: &str,
    own: Headers,
    file: &web_sys::File,
    on_progress: impl Fn(u16) + 'static,
) -> Option<(u16, String)> {
    // `fetch` does not say how much of a body has left.
    let request = web_sys::XmlHttpRequest::new().ok()?;
    request.open(route.method.as_str(), address).ok()?;
    for (name, value) in headers(route, Some(Key::new()), own) {
        request.set_request_header(name, &value).ok()?;
    }
    let kind = file.type_();
    let kind = if kind.is_empty() { "application/octet-stream" } else { &kind };
    request.set_request_header("content-type", kind).ok()?;
    let mut name = String::new();
    encode(&mut name, &file.name());
    request.set_request_header(FILE_NAME, &name).ok()?;

    let progress = Closure::<dyn Fn(web_sys::ProgressEvent)>::new(move |event: web_sys::ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            on_progress((event.loaded() * 999.0 / event.total()) as u16);
        }
    });
    request.upload().ok()?.set_onprogress(Some(progress.as_ref().unchecked_ref()));
    let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    request.send_with_opt_blob(Some(file)).ok()?;
    let _: Result<JsValue, JsValue> = JsFuture::from(ended).await;
    let status = request.status().ok().filter(|status| *status > 0)?;
    Some((status, request.response_text().ok().flatten().unwrap_or_default()))
}

/// Sends bytes as the body of a route; `on_progress` hears how many have left and says whether to go on. `None` when it
/// said no.
pub async fn send_piece<T: DeserializeOwned>(
    route: &'static Route,
    path: &[&dyn std::fmt::Display],
    own: Headers,
    piece: &web_sys::Blob,
    on_progress: impl Fn(f64) -> bool + 'static,
) -> Result<Option<T>, Problem> {
    let address = route.address(path);
    let unwanted = std::rc::Rc::new(std::cell::Cell::new(false));
    let noticed = std::rc::Rc::clone(&unwanted);
    let sent = send_bytes(route, &address, own, piece, move |request, loaded| {
        if !on_progress(loaded) {
            noticed.set(true);
            let _ = request.abort();
        }
    });
    let sent = sent.await;
    if unwanted.get() {
        return Ok(None);
    }
    let (status, text) = sent.ok_or_else(Problem::no_answer)?;
    super::parse(&answer(route, status, text)?).map(Some)
}

/// A piece that takes longer is asked about again: what arrived of it is kept.
const PIECE_TIMEOUT_MS: u32 = 90_000;

async fn send_bytes(
    route: &'static Route,
    address: &str,
    own: Headers,
    piece: &web_sys::Blob,
    on_progress: impl Fn(&web_sys::XmlHttpRequest, f64) + 'static,
) -> Option<(u16, String)> {
    let request = web_sys::XmlHttpRequest::new().ok()?;
    request.open(route.method.as_str(), address).ok()?;
    request.set_timeout(PIECE_TIMEOUT_MS);
    for (name, value) in headers(route, None, own) {
        request.set_request_header(name, &value).ok()?;
    }
    request.set_request_header("content-type", "application/octet-stream").ok()?;
    let own_request = request.clone();
    let progress = Closure::<dyn Fn(web_sys::ProgressEvent)>::new(move |event: web_sys::ProgressEvent| {
        on_progress(&own_request, event.loaded());
    });
    request.upload().ok()?.set_onprogress(Some(progress.as_ref().unchecked_ref()));
    let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    request.send_with_opt_blob(Some(piece)).ok()?;
    let _: Result<JsValue, JsValue> = JsFuture::from(ended).await;
    let status = request.status().ok().filter(|status| *status > 0)?;
    Some((status, request.response_text().ok().flatten().unwrap_or_default()))
}
