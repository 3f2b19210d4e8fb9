//! The box for codes: what a gun reads comes here wherever the focus is, and a person types a code into it. It never takes
//! the focus by itself: with no field in focus, no input method stands between the gun and the page.

use leptos::{html, prelude::*};
use ui::{Button, ButtonKind, Glyph, Icon, IconButton, Text, Words, text};

use crate::camera::camera;
use crate::gun;

const CAMERA: Text = text("用相机扫码", "Scan with the camera");

/// Most characters of a code.
const MAX_CHARS: u32 = 200;

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
    /// Called with a code that is not blank.
    #[prop(into)]
    on_code: Callback<String>,
    /// Called with a code that a gun read while a sheet lay over the page.
    #[prop(into)]
    on_unused: Callback<String>,
) -> impl IntoView {
    let seeing = RwSignal::new(false);
    let node = NodeRef::<html::Input>::new();
    gun::on_scan(move |code| on_code.run(code), move |code| on_unused.run(code));
    let take = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(input) = node.get_untracked() else { return };
        let code = input.value().trim().to_owned();
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
            <IconButton
                glyph=Glyph::Camera
                label=CAMERA
                pressed=seeing
                on_click=move |()| seeing.update(|seeing| *seeing = !*seeing)
                attr:data-test="code-camera"
            />
            <Button kind=ButtonKind::Primary submit=true busy>{verb}</Button>
        </form>
        {camera(seeing)}
    }
}
