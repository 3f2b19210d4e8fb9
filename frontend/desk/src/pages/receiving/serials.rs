//! Units counted by serial: typed or scanned one by one, each a chip; one that was not shipped can be flagged as swapped.

use domain::RmaLineId;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Checkbox, Glyph, IconButton, Text, TextInput, text};

use super::bench::Bench;
use super::draft::Serial;

const LABEL: Text = text("序列号", "Serial");
const SWAPPED: Text = text("被调换的另一台", "Another unit came back");

fn chip(bench: Bench, line: RmaLineId, serial: Serial) -> AnyView {
    let Serial { code, swapped } = serial;
    let (flag, gone) = (code.clone(), code.clone());
    let set = ui::Bind::new(
        move || swapped,
        move |on: bool| {
            bench.draft.change(line, |draft| {
                if let Some(own) = draft.serials.iter_mut().find(|own| own.code == flag) {
                    own.swapped = on;
                }
            });
        },
    );
    let remove = move |()| bench.draft.change(line, |draft| draft.serials.retain(|own| own.code != gone));
    view! {
        <li class="serials__one">
            <code>{code}</code>
            <Checkbox checked=set label=SWAPPED/>
            <IconButton glyph=Glyph::Close label=text("移除", "Remove") on_click=remove/>
        </li>
    }
    .into_any()
}

/// The serials of a line; at most as many as it waits for.
pub(super) fn serials(bench: Bench, line: RmaLineId, awaited: i64) -> AnyView {
    let typed = RwSignal::new(String::new());
    let full = Signal::derive(move || !bench.ready.get() || bench.draft.line(line).here() >= awaited);
    let add = Callback::new(move |()| {
        let code = typed.get_untracked();
        if !code.trim().is_empty() && !full.get_untracked() {
            bench.add_serial(line, &code);
            typed.set(String::new());
        }
    });
    let list = move || {
        let serials = bench.draft.line(line).serials;
        (!serials.is_empty()).then(|| {
            let chips = serials.into_iter().map(|serial| chip(bench, line, serial)).collect_view();
            view! { <ul class="serials">{chips}</ul> }
        })
    };
    view! {
        <div class="count-line__serials" data-test="count-serial">
            <div class="u-row">
                <TextInput value=typed label=LABEL placeholder=LABEL max_length=100 disabled=full on_enter=add/>
                <Button kind=ButtonKind::Quiet disabled=full on_click=add>{text("加入", "Add")}</Button>
            </div>
            {list}
        </div>
    }
    .into_any()
}
