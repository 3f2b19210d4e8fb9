//! Things that act when pressed: `Button`, `IconButton`, and `LinkButton` for going somewhere.

use leptos::{either::Either, prelude::*};

use crate::{
    icon::{Glyph, Icon},
    locale::Words,
};

/// How strongly a button asks to be pressed. One primary per screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do here.
    Primary,
    /// One of several things to do; bordered.
    #[default]
    Secondary,
    /// Present but silent until pointed at.
    Quiet,
    /// Destroys or refuses something.
    Danger,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "ui-button ui-button--primary",
            Self::Secondary => "ui-button",
            Self::Quiet => "ui-button ui-button--quiet",
            Self::Danger => "ui-button ui-button--danger",
        }
    }
}

/// A button with words. While `busy` it keeps its place and the keyboard, shows a spinner and ignores presses.
#[component]
pub fn Button(
    /// How strongly it asks; default `Secondary`.
    #[prop(optional)]
    kind: ButtonKind,
    /// Picture before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Waiting for an answer.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Cannot be pressed now; say why in `hint`.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Submits the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// Tooltip: what it does, or why it cannot.
    #[prop(optional, into)]
    hint: Words,
    /// Keyboard shortcut shown after the words, e.g. `A`.
    #[prop(optional, into)]
    keys: Option<&'static str>,
    /// Called on every press that counts.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
    /// The words.
    children: Children,
) -> impl IntoView {
    let press = move |event: leptos::ev::MouseEvent| {
        if busy.get_untracked() || disabled.get_untracked() {
            event.prevent_default();
        } else if let Some(on_click) = on_click {
            on_click.run(());
        }
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=kind.class()
            aria-disabled=move || (disabled.get() || busy.get()).then_some("true")
            aria-busy=move || busy.get().then_some("true")
            aria-keyshortcuts=keys
            title=move || Some(hint.get()).filter(|hint| !hint.is_empty())
            on:click=press
        >
            {move || {
                if busy.get() {
                    Some(Either::Left(view! { <span class="ui-spinner" aria-hidden="true"></span> }))
                } else {
                    icon.map(|glyph| Either::Right(view! { <Icon glyph/> }))
                }
            }}
            <span class="ui-button__words">{children()}</span>
            {keys.map(|keys| view! { <kbd class="ui-kbd ui-button__keys" aria-hidden="true">{keys}</kbd> })}
        </button>
    }
    .into_any()
}

/// A square button with a picture only; its `label` is read aloud and shown as tooltip.
#[component]
pub fn IconButton(
    /// The picture.
    glyph: Glyph,
    /// What it does, in words.
    #[prop(into)]
    label: Words,
    /// Pressed state of a toggle; leave out for plain buttons.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// Cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Called on every press.
    #[prop(into)]
    on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="ui-button ui-button--quiet ui-button--square"
            aria-label=move || label.get()
            title=move || label.get()
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            disabled=move || disabled.get()
            on:click=move |_| on_click.run(())
        >
            <Icon glyph/>
        </button>
    }
    .into_any()
}

/// A link that looks like a button, for going to another page.
#[component]
pub fn LinkButton(
    /// Where it goes.
    #[prop(into)]
    href: Signal<String>,
    /// How strongly it asks; default `Secondary`.
    #[prop(optional)]
    kind: ButtonKind,
    /// Picture before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Offers the target as a file with this name.
    #[prop(optional, into)]
    download: Option<String>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=move || href.get() download=download>
            {icon.map(|glyph| view! { <Icon glyph/> })}
            <span class="ui-button__words">{children()}</span>
        </a>
    }
    .into_any()
}
