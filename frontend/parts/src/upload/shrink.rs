//! A large photo made smaller before it is sent: labels, serials and stains can still be read, and a phone on a bad line has
//! a tenth to send. What cannot be drawn here is sent as it is; the server looks at it all the same.

use js_sys::Promise;
use leptos::prelude::{document, window};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A photo this light is sent as it is.
const LIGHT_BYTES: f64 = 1_500_000.0;
/// Longest side of what is sent, in pixels: the small print of a label on half a photo stays legible.
const LONG_SIDE: f64 = 2_560.0;
const QUALITY: f64 = 0.85;
const JPEG: &str = "image/jpeg";
const HEIC: [&str; 2] = ["image/heic", "image/heif"];

/// What is sent of a file, and its name.
pub(super) async fn lighter(file: &web_sys::File) -> (web_sys::Blob, String) {
    let whole: &web_sys::Blob = file.as_ref();
    let (kind, name) = (file.type_(), file.name());
    let is_heic = HEIC.contains(&kind.as_str());
    if !kind.starts_with("image/") || kind == "image/gif" || !is_heic && file.size() <= LIGHT_BYTES {
        return (whole.clone(), name);
    }
    match redrawn(whole).await {
        Some(smaller) if is_heic || smaller.size() < file.size() => {
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            (smaller, format!("{stem}.jpg"))
        }
        _ => (whole.clone(), name),
    }
}

async fn redrawn(whole: &web_sys::Blob) -> Option<web_sys::Blob> {
    let decoded = window().create_image_bitmap_with_blob(whole).ok()?;
    let picture: web_sys::ImageBitmap = JsFuture::from(decoded).await.ok()?.dyn_into().ok()?;
    let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
    let scale = (LONG_SIDE / width.max(height).max(1.0)).min(1.0);
    let (across, down) = ((width * scale).round().max(1.0), (height * scale).round().max(1.0));
    let canvas: web_sys::HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(across as u32);
    canvas.set_height(down as u32);
    let pen: web_sys::CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // What is see-through becomes paper, not black.
    pen.set_fill_style_str("white");
    pen.fill_rect(0.0, 0.0, across, down);
    pen.draw_image_with_image_bitmap_and_dw_and_dh(&picture, 0.0, 0.0, across, down).ok()?;
    picture.close();
    let drawn = Promise::new(&mut |resolve, _| {
        let take = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::NULL, &blob);
        });
        let _ = canvas.to_blob_with_type_and_encoder_options(take.unchecked_ref(), JPEG, &JsValue::from_f64(QUALITY));
    });
    JsFuture::from(drawn).await.ok()?.dyn_into().ok()
}
