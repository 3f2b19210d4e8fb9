//! Puts words on the clipboard and says whether they got there: a browser may have none for this page, or refuse.

use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// Copies a text; `false` when the person must do it by hand.
pub async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // Without a secure connection there is none.
    let has = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object());
    has && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
