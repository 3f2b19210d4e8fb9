//! Something to look for: reports after a short pause, at once on Enter, never while an input method is composing.

use std::time::Duration;

use leptos::{html, leptos_dom::helpers::TimeoutHandle, prelude::*};

use crate::{
    bind::Bind,
    browser,
    icon::{Glyph, Icon},
    locale::{Words, vocabulary as say},
};

const PAUSE: Duration = Duration::from_millis(250);

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
    let typed = RwSignal::new(None::<String>);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let report = move || {
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        if let Some(text) = typed.get_untracked() {
            typed.set(None);
            if text != value.get_untracked() {
                value.set(text);
            }
        }
    };
    let later = move || {
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        waiting.set_value(set_timeout_with_handle(report, PAUSE).ok());
    };
    let input = move |event: leptos::ev::Event| {
        typed.set(Some(event_target_value(&event)));
        let composing = web_sys::wasm_bindgen::JsCast::dyn_ref::<leptos::ev::InputEvent>(&event)
            .is_some_and(leptos::ev::InputEvent::is_composing);
        if !composing {
            later();
        }
    };
    let key_down = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => report(),
        "Escape" if !value.with_untracked_or(typed, String::is_empty) => {
            event.stop_propagation();
            typed.set(Some(String::new()));
            report();
        }
        _ => {}
    };
    let clear = move |_| {
        typed.set(Some(String::new()));
        report();
        if let Some(node) = node.get_untracked() {
            browser::focus(&node);
        }
    };
    on_cleanup(move || {
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    });
    let shown = move || typed.get().unwrap_or_else(|| value.get());
    let empty = Memo::new(move |_| shown().is_empty());
    view! {
        <div class="ui-input ui-input--icon ui-search" role="search">
            <Icon glyph=Glyph::Search/>
            <input
                node_ref=node
                class="ui-input__box ui-search__box"
                type="search"
                enterkeyhint="search"
                autocomplete="off"
                aria-label=move || label.get()
                placeholder=move || placeholder.get()
                prop:value=shown
                on:input=input
                on:compositionend=move |_| later()
                on:keydown=key_down
            />
            {move || if empty.get() {
                keys.map(|keys| view! { <kbd class="ui-kbd ui-search__end" aria-hidden="true">{keys}</kbd> }.into_any())
            } else {
                let cross = view! {
                    <button
                        type="button"
                        class="ui-search__end ui-search__clear"
                        aria-label=move || say::CLEAR.get()
                        on:click=clear
                    >
                        <Icon glyph=Glyph::Close/>
                    </button>
                };
                Some(cross.into_any())
            }}
        </div>
    }
    .into_any()
}

impl Bind<String> {
    /// Looks at what is typed, else at the value.
    fn with_untracked_or(self, typed: RwSignal<Option<String>>, look: impl FnOnce(&String) -> bool) -> bool {
        typed.with_untracked(|typed| match typed {
            Some(typed) => look(typed),
            None => look(&self.get_untracked()),
        })
    }
}
