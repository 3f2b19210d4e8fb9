//! Short news at the edge of the page: what was done, with a way back where there is one.
//!
//! `ToastHost` stands once in the application; anything may call [`toast`].

use std::{sync::LazyLock, time::Duration};

use leptos::prelude::*;

use crate::{
    browser,
    icon::{Glyph, Icon},
    locale::{Words, vocabulary as say},
    state_chip::State,
};

/// At most this many are shown; the oldest goes first.
const MAX_SHOWN: usize = 4;
const SHOWN_FOR: Duration = Duration::from_secs(6);

#[derive(Clone)]
struct Shown {
    id: String,
    state: State,
    words: String,
    undo: Option<Callback<()>>,
}

static SHOWN: LazyLock<ArcRwSignal<Vec<Shown>>> = LazyLock::new(ArcRwSignal::default);

/// Shows short news: good news leave by themselves, bad ones stay until closed.
pub fn toast(state: State, words: impl Into<Words>) {
    show(state, words.into(), None, SHOWN_FOR);
}

/// Shows what was done and offers to undo it.
pub fn toast_with_undo(words: impl Into<Words>, undo: impl Fn() + Send + Sync + 'static) {
    toast_with_undo_for(SHOWN_FOR, words, undo);
}

/// The same for as long as it can be undone.
pub fn toast_with_undo_for(time: Duration, words: impl Into<Words>, undo: impl Fn() + Send + Sync + 'static) {
    show(State::Good, words.into(), Some(Callback::new(move |()| undo())), time);
}

fn show(state: State, words: Words, undo: Option<Callback<()>>, time: Duration) {
    let id = browser::next_id("toast");
    let words = untrack(move || words.get().into_owned());
    let shown = Shown { id: id.clone(), state, words, undo };
    SHOWN.update(|list| {
        list.push(shown);
        if list.len() > MAX_SHOWN {
            list.remove(0);
        }
    });
    if !matches!(state, State::Bad | State::Attention) {
        set_timeout(move || dismiss(&id), time);
    }
}

fn dismiss(id: &str) {
    SHOWN.update(|list| list.retain(|shown| shown.id != id));
}

#[component]
fn Toast(shown: Shown) -> impl IntoView {
    let Shown { id, state, words, undo } = shown;
    let (undo_id, close_id) = (id.clone(), id);
    let undo = undo.map(move |undo| {
        let press = move |_| {
            undo.run(());
            dismiss(&undo_id);
        };
        view! { <button type="button" class="ui-toast__undo" on:click=press>{say::UNDO}</button> }
    });
    view! {
        <li class=format!("ui-toast {}", state.class())>
            <Icon glyph=state.glyph()/>
            <span class="ui-toast__words">{words}</span>
            {undo}
            <button
                type="button"
                class="ui-toast__close"
                aria-label=move || say::CLOSE.get()
                on:click=move |_| dismiss(&close_id)
            >
                <Icon glyph=Glyph::Close/>
            </button>
        </li>
    }
    .into_any()
}

/// Where news appear; once per application, above whatever is open. Read aloud politely as they come.
#[component]
pub fn ToastHost() -> impl IntoView {
    let host = NodeRef::<leptos::html::Section>::new();
    Effect::new(move |before: Option<Option<String>>| {
        let newest = SHOWN.with(|list| list.last().map(|shown| shown.id.clone()));
        let is_new = newest.is_some() && before.is_none_or(|before| before != newest);
        if let (true, Some(host)) = (is_new, host.get()) {
            browser::raise(&host);
        }
        newest
    });
    view! {
        <section class="ui-toasts" node_ref=host popover="manual" aria-label=move || say::NOTIFICATIONS.get()>
            <ol class="ui-toasts__list" aria-live="polite">
                <For each=|| SHOWN.get() key=|shown| shown.id.clone() let:shown>
                    <Toast shown/>
                </For>
            </ol>
        </section>
    }
    .into_any()
}
