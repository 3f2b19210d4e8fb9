//! The box that a gun types into: Enter looks the code up, and the keyboard is here again for the next one. Keys typed on
//! the page while nothing else wants them come here too, so that a gun needs no mouse.

use leptos::ev::KeyboardEvent;
use leptos::{html, prelude::*};
use ui::{Button, ButtonKind, Glyph, Icon, Words};
use wasm_bindgen::JsCast;

/// Most characters of a code.
const MAX_CHARS: u32 = 200;

/// Whether something else uses the keys now: an input, a menu, a sheet over the page.
fn is_elsewhere(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let own = "input, textarea, select, [contenteditable], [role=menu], dialog, .ui-popover";
    let busy = target.is_some_and(|target| target.closest(own).ok().flatten().is_some());
    busy || event.ctrl_key() || event.meta_key() || event.alt_key()
}

/// A character is typed: no space, which presses buttons, and no named key.
fn is_typing(event: &KeyboardEvent) -> bool {
    let key = event.key();
    let mut letters = key.chars();
    letters.next().is_some_and(|letter| letter != ' ') && letters.next().is_none()
}

fn catch_typing(node: NodeRef<html::Input>) {
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        let sheet = document().query_selector("dialog[open]").ok().flatten().is_some();
        if !is_elsewhere(&event)
            && is_typing(&event)
            && !sheet
            && let Some(input) = node.get_untracked()
        {
            let _ = input.focus();
        }
    });
    on_cleanup(move || listener.remove());
}

/// A large box for codes.
#[component]
pub(crate) fn CodeBox(
    /// What may be scanned here.
    #[prop(into)]
    label: Words,
    /// The verb on its button.
    #[prop(into)]
    verb: Words,
    /// The last code is being looked up; the next one can be typed meanwhile.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Takes the keyboard when the page opens.
    #[prop(optional)]
    autofocus: bool,
    /// Called with a code that is not blank.
    #[prop(into)]
    on_code: Callback<String>,
) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    catch_typing(node);
    if autofocus {
        node.on_load(|input| {
            request_animation_frame(move || {
                let _ = input.focus();
            });
        });
    }
    let take = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(input) = node.get_untracked() else { return };
        let code = input.value().trim().to_owned();
        let _ = input.focus();
        if !code.is_empty() {
            input.set_value("");
            on_code.run(code);
        }
    };
    view! {
        <form class="code-box" data-test="code-box" on:submit=take>
            <Icon glyph=Glyph::Scan/>
            <input
                node_ref=node
                class="ui-input__box code-box__input"
                type="text"
                autocomplete="off"
                autocapitalize="characters"
                spellcheck="false"
                enterkeyhint="go"
                maxlength=MAX_CHARS
                aria-label=move || label.get()
                placeholder=move || label.get()
            />
            <Button kind=ButtonKind::Primary submit=true busy>{verb}</Button>
        </form>
    }
}
