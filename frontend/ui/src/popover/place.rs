//! Where a sheet goes: under its button, or above when there is no room, never outside the window.

use web_sys::HtmlElement;

use leptos::prelude::window;

/// Distance kept from the window's edge and from the button, in CSS pixels.
const GAP_PX: f64 = 4.0;
const EDGE_PX: f64 = 8.0;

/// One direction: start of the button, its end, length of the sheet, length of the window.
pub(crate) fn along(start: f64, sheet: f64, window: f64) -> f64 {
    start.min(window - sheet - EDGE_PX).max(EDGE_PX)
}

/// Below when it fits or when there is more room below than above.
pub(crate) fn across(start: f64, end: f64, sheet: f64, window: f64) -> f64 {
    let below = end + GAP_PX;
    let fits_below = below + sheet + EDGE_PX <= window;
    if fits_below || window - end >= start { below } else { (start - GAP_PX - sheet).max(EDGE_PX) }
}

/// Puts `sheet` beside `button` by setting its position through the style object (allowed under a strict policy).
pub(crate) fn beside(button: &HtmlElement, sheet: &HtmlElement) {
    let (button, own) = (button.get_bounding_client_rect(), sheet.get_bounding_client_rect());
    let length =
        |side: Result<web_sys::wasm_bindgen::JsValue, _>| side.ok().and_then(|side| side.as_f64()).unwrap_or(0.0);
    let (width, height) = (length(window().inner_width()), length(window().inner_height()));
    // A button in the right half of the window opens towards the left.
    let start = if button.left() > width / 2.0 { button.right() - own.width() } else { button.left() };
    let left = along(start, own.width(), width);
    let top = across(button.top(), button.bottom(), own.height(), height);
    let style = web_sys::HtmlElement::style(sheet);
    let _ = style.set_property("left", &format!("{left}px"));
    let _ = style.set_property("top", &format!("{top}px"));
    let _ = style.set_property("max-height", &format!("{}px", height - top - EDGE_PX));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_stays_inside_the_window() {
        assert_eq!(along(100.0, 200.0, 1000.0), 100.0);
        assert_eq!(along(900.0, 200.0, 1000.0), 792.0);
        assert_eq!(along(-50.0, 200.0, 360.0), 8.0);
        assert_eq!(along(50.0, 400.0, 360.0), 8.0);
    }

    #[test]
    fn a_sheet_turns_up_when_there_is_no_room_below() {
        assert_eq!(across(100.0, 132.0, 300.0, 800.0), 136.0);
        assert_eq!(across(700.0, 732.0, 300.0, 800.0), 396.0);
        assert_eq!(across(300.0, 332.0, 700.0, 800.0), 336.0);
    }
}
