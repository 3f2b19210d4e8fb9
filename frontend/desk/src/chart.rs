//! A chart drawn by ECharts, which is fetched when the first chart is shown. It takes its colours from the tokens.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/chart/glue.js")]
extern "C" {
    /// Draws `option` (JSON) into `element`; the first call fetches the library. Calling again updates.
    fn draw(element: &web_sys::HtmlElement, option: &str);
    /// Frees what `draw` holds for `element`.
    fn dispose(element: &JsValue);
}

/// A chart of `option`, an ECharts option in JSON; `label` says what it shows to those who cannot see it.
#[component]
pub(crate) fn Chart(#[prop(into)] option: Signal<String>, #[prop(into)] label: Signal<String>) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    Effect::new(move |_| {
        // Another appearance has other colours.
        ui::theme::use_theme().track();
        if let Some(element) = place.get() {
            draw(&element, &option.get());
        }
    });
    on_cleanup(move || {
        if let Some(element) = place.get_untracked() {
            dispose(element.as_ref());
        }
    });
    view! { <div class="chart" role="img" aria-label=label node_ref=place></div> }
}
