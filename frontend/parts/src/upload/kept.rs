//! Which upload belongs to a file, kept in the browser: a reload that chooses the same file again goes on with it.

use js_sys::{ArrayBuffer, Date, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Uploads are over after two days on the server; a little earlier here.
const LASTS_MS: f64 = 47.0 * 3_600_000.0;
/// Read of the file's beginning, middle and end to tell it from others.
const SAMPLE_BYTES: f64 = 65_536.0;
const PREFIX: &str = "upload:";
const TOKEN_BYTES: usize = 32;

/// A mark by which a content is known again.
pub(super) async fn mark(content: &web_sys::Blob, name: &str) -> String {
    let size = content.size();
    let mut sum = fnv(0xCBF2_9CE4_8422_2325, name.as_bytes());
    for from in [0.0, (size / 2.0 - SAMPLE_BYTES / 2.0).floor().max(0.0), (size - SAMPLE_BYTES).max(0.0)] {
        sum = fnv(sum, &bytes(content, from).await.unwrap_or_default());
    }
    format!("{PREFIX}{size}:{sum:016x}")
}

async fn bytes(content: &web_sys::Blob, from: f64) -> Option<Vec<u8>> {
    let part = content.slice_with_f64_and_f64(from, from + SAMPLE_BYTES).ok()?;
    let buffer: ArrayBuffer = JsFuture::from(part.array_buffer()).await.ok()?.dyn_into().ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Fowler, Noll and Vo's: it tells files apart, it does not protect them; the server looks at every byte.
fn fnv(sum: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(sum, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// The token of the upload that was begun for this content, or a new one.
pub(super) fn token(mark: &str) -> String {
    let kept = storage().and_then(|storage| storage.get_item(mark).ok().flatten());
    let kept = kept.as_deref().and_then(|kept| kept.split_once(' '));
    let fresh = kept.filter(|(at, _)| at.parse::<f64>().is_ok_and(|at| Date::now() - at < LASTS_MS));
    match fresh {
        Some((_, token)) => token.to_owned(),
        None => new_token(mark),
    }
}

/// A new token, kept for this content. Where nothing can be kept, only a reload begins anew.
pub(super) fn new_token(mark: &str) -> String {
    let mut random = [0_u8; TOKEN_BYTES];
    // Without randomness the server refuses the token by name.
    let drawn = window().crypto().is_ok_and(|crypto| crypto.get_random_values_with_u8_array(&mut random).is_ok());
    let token = if drawn { random.iter().map(|byte| format!("{byte:02x}")).collect() } else { String::new() };
    if let Some(storage) = storage() {
        let _ = storage.set_item(mark, &format!("{} {token}", Date::now()));
    }
    token
}

/// The upload is over.
pub(super) fn forget(mark: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(mark);
    }
}
