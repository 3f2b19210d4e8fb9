//! Free text: one line (`TextInput`) or several (`TextArea`).

use leptos::prelude::*;

use crate::{
    bind::Bind,
    field::Wiring,
    icon::{Glyph, Icon},
    locale::Words,
};

/// What kind of text is expected; decides the phone's keyboard and the browser's help.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Any words.
    #[default]
    Text,
    /// Something to look for.
    Search,
    /// A telephone number.
    Tel,
    /// A mail address.
    Email,
    /// A secret.
    Password,
    /// A web address.
    Url,
    /// Digits that are no quantity: a code, a number on a label.
    Digits,
    /// A number that may have decimals.
    Decimal,
}

impl InputKind {
    fn type_and_mode(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Text => ("text", None),
            Self::Search => ("search", Some("search")),
            Self::Tel => ("tel", Some("tel")),
            Self::Email => ("email", Some("email")),
            Self::Password => ("password", None),
            Self::Url => ("url", Some("url")),
            Self::Digits => ("text", Some("numeric")),
            Self::Decimal => ("text", Some("decimal")),
        }
    }
}

/// One line of text.
#[component]
pub fn TextInput(
    /// The text.
    #[prop(into)]
    value: Bind<String>,
    /// What kind of text; default any words.
    #[prop(optional)]
    kind: InputKind,
    /// Its id, for a label that stands elsewhere; default the field's.
    #[prop(optional, into)]
    id: Option<String>,
    /// Name read aloud when there is no `Field` around.
    #[prop(optional, into)]
    label: Words,
    /// An example, shown while empty.
    #[prop(optional, into)]
    placeholder: Words,
    /// Picture inside, at the start.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Can be read and copied but not changed.
    #[prop(optional, into)]
    read_only: Signal<bool>,
    /// Longest text accepted, in UTF-16 units.
    #[prop(optional)]
    max_length: Option<u32>,
    /// The browser's autocomplete token, e.g. `username`; default `off`.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// Takes the keyboard when it appears.
    #[prop(optional)]
    autofocus: bool,
    /// Called on Enter, with nothing being composed by an input method.
    #[prop(optional, into)]
    on_enter: Option<Callback<()>>,
    /// Called when the keyboard leaves: the moment to check.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let wiring = Wiring::find(label);
    let (kind, mode) = kind.type_and_mode();
    let node = NodeRef::<leptos::html::Input>::new();
    if autofocus {
        node.on_load(|input| {
            request_animation_frame(move || {
                let _ = input.focus();
            });
        });
    }
    let key_down = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter"
            && !event.is_composing()
            && let Some(on_enter) = on_enter
        {
            event.prevent_default();
            on_enter.run(());
        }
    };
    view! {
        <div class="ui-input" class:ui-input--icon=icon.is_some()>
            {icon.map(|glyph| view! { <Icon glyph/> })}
            <input
                node_ref=node
                class="ui-input__box"
                type=kind
                inputmode=mode
                id=id.or_else(|| wiring.id())
                aria-label=move || wiring.label()
                aria-describedby=move || wiring.described_by()
                aria-invalid=move || wiring.invalid()
                aria-required=move || wiring.required()
                placeholder=move || placeholder.get()
                maxlength=max_length
                autocomplete=autocomplete.unwrap_or("off")
                disabled=move || disabled.get()
                readonly=move || read_only.get()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                on:keydown=key_down
                on:blur=move |_| {
                    // The browser says so too when the page goes away, and its owner with it.
                    if let Some(on_blur) = on_blur {
                        on_blur.try_run(());
                    }
                }
            />
        </div>
    }
    .into_any()
}

/// Several lines of text; grows with what is typed where the browser can.
#[component]
pub fn TextArea(
    /// The text.
    #[prop(into)]
    value: Bind<String>,
    /// Name read aloud when there is no `Field` around.
    #[prop(optional, into)]
    label: Words,
    /// An example, shown while empty.
    #[prop(optional, into)]
    placeholder: Words,
    /// Lines shown at least.
    #[prop(default = 3)]
    rows: u8,
    /// Longest text accepted, in UTF-16 units; the count is shown near the end.
    #[prop(optional)]
    max_length: Option<u32>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Called when the keyboard leaves.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let wiring = Wiring::find(label);
    let count = move || {
        let max = max_length?;
        let used = value.with(|text| text.encode_utf16().count()) as u32;
        (used * 5 >= max * 4).then(|| format!("{used} / {max}"))
    };
    view! {
        <div class="ui-input">
            <textarea
                class="ui-input__box ui-input__box--lines"
                id=wiring.id()
                rows=rows.to_string()
                style=("--rows", rows.to_string())
                aria-label=move || wiring.label()
                aria-describedby=move || wiring.described_by()
                aria-invalid=move || wiring.invalid()
                aria-required=move || wiring.required()
                placeholder=move || placeholder.get()
                maxlength=max_length
                disabled=move || disabled.get()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=move |_| {
                    // The browser says so too when the page goes away, and its owner with it.
                    if let Some(on_blur) = on_blur {
                        on_blur.try_run(());
                    }
                }
            ></textarea>
            <span class="ui-input__count" aria-live="polite">{count}</span>
        </div>
    }
    .into_any()
}
