//! Waiting for a line that broke.

use js_sys::Promise;
use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// Longest wait between two tries.
const LONGEST_MS: i32 = 15_000;
/// How often it is looked whether the line is back.
const LOOK_MS: i32 = 1_000;
/// As long as a browser that knows it is offline is waited for: ten minutes.
const MOST_LOOKS: u32 = 600;

/// Waits longer each time, and until the browser has a line at all.
pub(super) async fn before_again(tries: u32) {
    sleep((500 << tries.min(5)).min(LONGEST_MS)).await;
    for _ in 0..MOST_LOOKS {
        if window().navigator().on_line() {
            return;
        }
        sleep(LOOK_MS).await;
    }
}

async fn sleep(ms: i32) {
    let waited = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    });
    let _ = JsFuture::from(waited).await;
}
