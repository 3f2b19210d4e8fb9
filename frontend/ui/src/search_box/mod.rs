//! Something to look for: reports after a short pause, at once on Enter, never while an input method is composing.

use std::time::Duration;

use leptos::{html, leptos_dom::helpers::TimeoutHandle, prelude::*};
use web_sys::wasm_bindgen::JsCast;

use crate::{
    bind::Bind,
    browser,
    icon::{Glyph, Icon},
    locale::{Words, vocabulary as say},
};

const PAUSE: Duration = Duration::from_millis(250);

/// What is typed but not yet reported.
#[derive(Clone, Copy)]
struct Draft {
    value: Bind<String>,
    typed: RwSignal<Option<String>>,
    waiting: StoredValue<Option<TimeoutHandle>>,
}

impl Draft {
    fn shown(self) -> String {
        self.typed.get().unwrap_or_else(|| self.value.get())
    }

    fn stop_waiting(self) {
        if let Some(handle) = self.waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    }

    fn report(self) {
        self.stop_waiting();
        if let Some(text) = self.typed.get_untracked() {
            self.typed.set(None);
            if text != self.value.get_untracked() {
                self.value.set(text);
            }
        }
    }

    fn report_later(self) {
        self.stop_waiting();
        self.waiting.set_value(set_timeout_with_handle(move || self.report(), PAUSE).ok());
    }

    fn clear(self) {
        self.typed.set(Some(String::new()));
        self.report();
    }

    fn key_down(self, event: &leptos::ev::KeyboardEvent) {
        match event.key().as_str() {
            "Enter" if !event.is_composing() => self.report(),
            "Escape" if !untrack(|| self.shown()).is_empty() => {
                event.stop_propagation();
                event.prevent_default();
                self.clear();
            }
            _ => {}
        }
    }

    fn input(self, event: &leptos::ev::Event) {
        self.typed.set(Some(event_target_value(event)));
        if !event.dyn_ref::<leptos::ev::InputEvent>().is_some_and(leptos::ev::InputEvent::is_composing) {
            self.report_later();
        }
    }
}

/// A search box with a cross to clear it.
#[component]
pub fn SearchBox(
    /// What is looked for; set after a pause of a quarter second.
    #[prop(into)]
    value: Bind<String>,
    /// What can be looked for: "order number, phone".
    #[prop(optional, into)]
    placeholder: Option<Words>,
    /// Name read aloud; default "search".
    #[prop(optional, into)]
    label: Option<Words>,
    /// A key shown at the end that brings the keyboard here, handled by the owner.
    #[prop(optional)]
    keys: Option<&'static str>,
) -> impl IntoView {
    let label = label.unwrap_or_else(|| say::SEARCH.into());
    let placeholder = placeholder.unwrap_or(label);
    let node = NodeRef::<html::Input>::new();
    let draft = Draft { value, typed: RwSignal::new(None), waiting: StoredValue::new(None) };
    on_cleanup(move || draft.stop_waiting());
    let empty = Memo::new(move |_| draft.shown().is_empty());
    let clear = move |_| {
        draft.clear();
        if let Some(node) = node.get_untracked() {
            browser::focus(&node);
        }
    };
    let cross = move || {
        view! {
            <button
                type="button"
                class="ui-search__end ui-search__clear"
                aria-label=move || say::CLEAR.get()
                on:click=clear
            >
                <Icon glyph=Glyph::Close/>
            </button>
        }
        .into_any()
    };
    let cap = move || {
        keys.map(|keys| view! { <kbd class="ui-kbd ui-search__end" aria-hidden="true">{keys}</kbd> }.into_any())
    };
    view! {
        <div class="ui-input ui-input--icon ui-search">
            <Icon glyph=Glyph::Search/>
            <input
                node_ref=node
                class="ui-input__box ui-search__box"
                type="search"
                enterkeyhint="search"
                autocomplete="off"
                aria-label=move || label.get()
                placeholder=move || placeholder.get()
                prop:value=move || draft.shown()
                on:input=move |event| draft.input(&event)
                on:compositionend=move |_| draft.report_later()
                on:keydown=move |event| draft.key_down(&event)
            />
            {move || if empty.get() { cap() } else { Some(cross()) }}
        </div>
    }
    .into_any()
}
