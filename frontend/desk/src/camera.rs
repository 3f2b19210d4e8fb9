//! The camera as one more gun: what it reads takes the way of every scan. For machines without a gun, such as phones.

use leptos::prelude::*;
use parts::camera::Camera;

use crate::gun;

/// The camera while `open`; Esc and its cross close it. Not a sheet over the page: scanning goes on beside the work.
pub(crate) fn camera(open: RwSignal<bool>) -> AnyView {
    let is_open = Memo::new(move |_| open.get());
    let shown = move || is_open.get().then(|| view! { <Opened open/> });
    view! { {shown} }.into_any()
}

#[component]
fn Opened(open: RwSignal<bool>) -> impl IntoView {
    gun::on_key(move |name| {
        // A sheet over the page has the key first.
        let closes = name == "Escape" && !gun::is_page_covered();
        if closes {
            open.set(false);
        }
        closes
    });
    view! { <Camera on_code=gun::seen on_close=move |()| open.set(false)/> }
}
