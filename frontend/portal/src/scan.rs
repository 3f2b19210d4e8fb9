//! A number filled in by the camera: a button beside its field, and a sheet that comes when it is pressed for the first time.

use leptos::lazy;
use leptos::prelude::*;
use parts::camera::Camera;
use ui::{Drawer, Glyph, IconButton, Notice, State, Text, say, text, toast};

const SCAN: Text = text("扫码填写", "Scan it");
const TITLE: Text = text("扫码填写单号", "Scan the number");
const NO_NUMBER: Text = text("这个码里不是单号，请对准条形码", "There is no number in this code; aim at the bar code");
/// No order and no waybill has a longer number.
const MAX_CHARS: usize = 64;

/// The number a code holds; codes on parcels also hold addresses of web pages and whole sentences.
fn number(code: &str) -> Option<&str> {
    let code = code.trim();
    let fits = (1..=MAX_CHARS).contains(&code.chars().count());
    let is_one = !code.contains("://") && !code.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    (fits && is_one).then_some(code)
}

/// The sheet; a part of the app of its own.
#[lazy]
fn scan_sheet(value: RwSignal<String>, open: RwSignal<bool>) -> AnyView {
    let odd = RwSignal::new(false);
    let take = move |code: String| match number(&code) {
        Some(number) => {
            let read = number.to_owned();
            value.set(read.clone());
            open.set(false);
            odd.set(false);
            toast(State::Good, move || say!("已填写：{read}", "Filled in: {read}"));
        }
        None => odd.set(true),
    };
    let hint = move || odd.get().then(|| view! { <Notice state=State::Attention title=NO_NUMBER/> });
    view! {
        <Drawer open title=TITLE>
            <div class="u-stack" data-test="scan-sheet">
                <Camera on_code=take/>
                {hint}
            </div>
        </Drawer>
    }
    .into_any()
}

/// The field of `value` with the button beside it; what is read stands there and closes the sheet.
pub(crate) fn with_scan(value: RwSignal<String>, field: impl IntoView) -> AnyView {
    let open = RwSignal::new(false);
    // Stays once it came, so that closing gives the keyboard back to where it was.
    let wanted = RwSignal::new(false);
    let sheet = move || {
        wanted.get().then(|| {
            let shown = Suspend::new(async move { scan_sheet(value, open).await });
            view! { {shown} }
        })
    };
    let press = move |()| {
        wanted.set(true);
        open.set(true);
    };
    view! {
        <div class="scan">
            {field}
            <IconButton glyph=Glyph::Scan label=SCAN on_click=press attr:data-test="scan-number"/>
        </div>
        {sheet}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, expect: Option<&str>) {
        assert_eq!(number(code), expect, "{code:?}");
    }

    #[test]
    fn only_what_can_be_a_number_is_filled_in() {
        check("SF1234567890123", Some("SF1234567890123"));
        check(" RT-A261123-0007\r\n", Some("RT-A261123-0007"));
        check("订单2041", Some("订单2041"));
        check("https://example.com/p/1", None);
        check("SF 123", None);
        check("0106901234567892\u{1d}10L1", None);
        check("", None);
        check(&"1".repeat(65), None);
    }
}
