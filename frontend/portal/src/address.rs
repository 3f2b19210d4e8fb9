//! The page's address: two pages and a token behind `#`, which no server ever sees. A router would be larger than both.

use leptos::prelude::*;

use crate::routes::{CASE, Place, ROUTES};

/// What the address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    /// An order to be found and a request to be made; what a shop's own page knows may come along.
    Find { shop: String, order: String },
    /// A case, by its token; `is_new` while it was filed a moment ago.
    Case { token: String, is_new: bool },
    /// Nothing of ours.
    Lost,
}

/// One parameter of a query such as `?shop=a&order=b`.
fn parameter(query: &str, name: &str) -> String {
    let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
    let value = pairs.into_iter().find(|(own, _)| *own == name).map(|(_, value)| value).unwrap_or_default();
    decoded(value)
}

/// Percent-encoded: all but what stands for itself everywhere.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Percent-decoded; what is no UTF-8 is left out.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let decoded = match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
                match (digit(), digit()) {
                    (Some(high), Some(low)) => (high * 16 + low) as u8,
                    _ => continue,
                }
            }
            other => other,
        };
        bytes.push(decoded);
    }
    String::from_utf8(bytes).unwrap_or_default()
}

fn read(path: &str, query: &str, hash: &str) -> Page {
    let path = path.trim_end_matches('/');
    match ROUTES.iter().find(|(own, _)| *own == path).map(|(_, place)| place) {
        Some(Place::Find) => Page::Find { shop: parameter(query, "shop"), order: parameter(query, "order") },
        Some(Place::Case) => Page::Case { token: hash.trim_start_matches('#').to_owned(), is_new: false },
        None => Page::Lost,
    }
}

/// What the address asks for now.
pub(crate) fn page() -> Page {
    let location = window().location();
    let part = |part: Result<String, _>| part.unwrap_or_default();
    read(&part(location.pathname()), &part(location.search()), &part(location.hash()))
}

/// Names the case in the address, so that a bookmark and a reload lead back to it.
pub(crate) fn name_case(token: &str) {
    if let Ok(history) = window().history() {
        let frame = if is_framed() { "?embed=1" } else { "" };
        let _ = history.push_state_with_url(&wasm_null(), "", Some(&format!("{CASE}{frame}#{token}")));
    }
}

/// The link to a case, whole, to be kept or passed on.
pub(crate) fn link_to(token: &str) -> String {
    let origin = window().location().origin().unwrap_or_default();
    format!("{origin}{CASE}#{token}")
}

/// Whether a shop's own page shows the portal as a part of itself: then that page has the head and the way home.
pub(crate) fn is_framed() -> bool {
    parameter(&window().location().search().unwrap_or_default(), "embed") == "1"
}

/// Where finding begins, with what is known filled in.
pub(crate) fn start(shop: &str, order: &str) -> String {
    let frame = if is_framed() { "&embed=1" } else { "" };
    format!("/portal?shop={}&order={}{frame}", encoded(shop), encoded(order))
}

/// Shows a part of the page; the address keeps its token.
pub(crate) fn scroll_to(id: &str) {
    if let Some(part) = document().get_element_by_id(id) {
        part.scroll_into_view();
    }
}

/// One step further on the same page: "back" leads to the step before.
pub(crate) fn step() {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&wasm_null(), "", None);
    }
}

fn wasm_null() -> leptos::wasm_bindgen::JsValue {
    leptos::wasm_bindgen::JsValue::NULL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, query: &str, hash: &str, expect: Page) {
        assert_eq!(read(path, query, hash), expect);
    }

    #[test]
    fn what_is_encoded_is_decoded() {
        for text in ["T-1 2", "店 A&B=#", "100%"] {
            assert_eq!(decoded(&encoded(text)), text);
        }
    }

    #[test]
    fn addresses_name_pages() {
        let find = |shop: &str, order: &str| Page::Find { shop: shop.to_owned(), order: order.to_owned() };
        check("/", "", "", find("", ""));
        check("/portal", "?shop=A&order=T%2D1+2", "", find("A", "T-1 2"));
        check("/portal/", "?order=%E5%BA%97&x", "", find("", "店"));
        check("/portal", "?order=%E5%zz", "", find("", ""));
        check("/portal/case", "", "#abc", Page::Case { token: "abc".to_owned(), is_new: false });
        check("/portal/else", "", "", Page::Lost);
    }
}
