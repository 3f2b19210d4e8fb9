//! Keys: j k move, Enter opens, a agrees, r rejects, x chooses, f narrows, ? tells them; the slash is the frame's.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use ui::{Drawer, Kbd, Text, text};
use wasm_bindgen::JsCast;

use super::list::decision;
use super::{Inbox, open_case};
use crate::pages::case::decide::{Choice, Decision};

fn element_of(event: &KeyboardEvent) -> Option<web_sys::Element> {
    event.target()?.dyn_into().ok()
}

/// Whether the keys belong to something else now: an input, a menu, a sheet over the page.
fn is_elsewhere(event: &KeyboardEvent) -> bool {
    let busy = element_of(event).is_some_and(|element| {
        element.closest("input, textarea, select, [contenteditable], [role=menu], dialog").ok().flatten().is_some()
    });
    let sheet = document().query_selector("dialog[open]").ok().flatten().is_some();
    busy || sheet || event.ctrl_key() || event.meta_key() || event.alt_key()
}

/// Listens on the whole page while the inbox is open.
pub(super) fn listen(inbox: Inbox, decide: RwSignal<Option<Decision>>, may_decide: Signal<bool>, help: RwSignal<bool>) {
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        if is_elsewhere(&event) {
            return;
        }
        let element = element_of(&event);
        let in_table = element.as_ref().is_some_and(|at| at.closest(".ui-table").ok().flatten().is_some());
        let on_row = element.is_some_and(|at| at.tag_name() == "TR");
        let ask = |choice| {
            let asked = untrack(|| inbox.active()).and_then(|line| decision(&line, choice));
            decide.set(asked.filter(|_| may_decide.get_untracked()));
        };
        match event.key().as_str() {
            "a" => ask(Choice::Agree),
            "r" => ask(Choice::Reject),
            "Enter" if on_row => open_case(inbox),
            "f" => focus_search(),
            "?" => help.set(true),
            // Inside the table the table moves by itself.
            "j" | "k" | "ArrowDown" | "ArrowUp" if !in_table => focus_active(),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listener.remove());
}

fn focus_search() {
    if let Ok(Some(field)) = document().query_selector(".inbox .ui-filters__search input")
        && let Ok(field) = field.dyn_into::<web_sys::HtmlElement>()
    {
        let _ = field.focus();
    }
}

fn focus_active() {
    if let Ok(Some(row)) = document().query_selector(".inbox .ui-row[tabindex=\"0\"]")
        && let Ok(row) = row.dyn_into::<web_sys::HtmlElement>()
    {
        let _ = row.focus();
    }
}

const KEYS: &[(&str, Text)] = &[
    ("J", text("下一条", "Next")),
    ("K", text("上一条", "Previous")),
    ("Enter", text("打开单据", "Open the case")),
    ("A", text("同意", "Agree")),
    ("R", text("拒绝", "Reject")),
    ("X", text("选择，用于批量同意", "Choose, to agree to several")),
    ("F", text("筛选待办", "Narrow the to-dos")),
    ("/", text("搜索全部，也可按 Ctrl K", "Search everything, as does Ctrl K")),
    ("?", text("显示快捷键", "Show the keys")),
];

/// One line that names the keys, and all of them on demand.
#[component]
pub(super) fn Hint(help: RwSignal<bool>) -> impl IntoView {
    let each = |(keys, what): &(&'static str, Text)| {
        let (keys, what) = (*keys, *what);
        view! { <li class="inbox__key"><Kbd keys/><span>{what}</span></li> }
    };
    view! {
        <p class="inbox__keys u-wide-only">
            {text("j k 移动 · a 同意 · r 拒绝 · x 选择 · ? 全部快捷键", "j k move · a agree · r reject · x choose · ? all keys")}
        </p>
        <Drawer open=help title=text("快捷键", "Keys")>
            <ul class="inbox__key-list" data-test="keys">{KEYS.iter().map(each).collect_view()}</ul>
        </Drawer>
    }
}
