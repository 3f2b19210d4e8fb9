//! Everything one can do or go to, found by typing: Ctrl K, ⌘ K, or a slash where nothing is typed.

use std::sync::Arc;

use leptos::{html, prelude::*};

use crate::{
    bind::Bind,
    browser::{self, next_id},
    icon::{Glyph, Icon},
    locale::{Words, vocabulary as say},
    modal::{ModalKind, ModalParts, modal},
};

/// Entries shown at most; typing more narrows.
const MAX_SHOWN: usize = 50;

/// Something that can be chosen.
#[derive(Clone)]
pub struct Command {
    id: String,
    label: Words,
    hint: Words,
    icon: Glyph,
    keys: Option<&'static str>,
    group: Option<Words>,
}

impl Command {
    /// What it is known by and what a person reads.
    pub fn new(id: impl Into<String>, label: impl Into<Words>, icon: Glyph) -> Self {
        Self { id: id.into(), label: label.into(), hint: Words::default(), icon, keys: None, group: None }
    }

    /// More about it; also looked through.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Words>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The heading it stands below, with those before it that say the same.
    #[must_use]
    pub fn group(mut self, group: impl Into<Words>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// The shortcut that does the same.
    #[must_use]
    pub fn keys(mut self, keys: &'static str) -> Self {
        self.keys = Some(keys);
        self
    }
}

/// Whether every typed word occurs in the entry.
fn matches(typed: &str, label: &str, hint: &str) -> bool {
    let inside = format!("{label} {hint}").to_lowercase();
    typed.to_lowercase().split_whitespace().all(|word| inside.contains(word))
}

fn entry(
    at: usize,
    command: Command,
    list_id: &str,
    active: RwSignal<usize>,
    choose: Callback<usize>,
) -> impl IntoView + use<> {
    let Command { label, hint, icon, keys, .. } = command;
    view! {
        <li
            role="option"
            class="ui-palette__entry"
            id=format!("{list_id}-{at}")
            aria-selected=move || (active.get() == at).to_string()
            on:click=move |_| choose.run(at)
            on:mousemove=move |_| {
                if active.get_untracked() != at {
                    active.set(at);
                }
            }
        >
            <Icon glyph=icon/>
            <span class="ui-palette__label">{label}</span>
            <span class="ui-palette__hint">{hint}</span>
            {keys.map(|keys| view! { <kbd class="ui-kbd">{keys}</kbd> })}
        </li>
    }
}

/// Opens on Ctrl K, ⌘ K, or a slash where nothing is typed; the owner gives entries and may add found ones while the person types.
#[component]
pub fn CommandPalette(
    /// Whether it is shown.
    #[prop(into)]
    open: Bind<bool>,
    /// What is typed; the owner may look it up and add entries.
    #[prop(into)]
    query: Bind<String>,
    /// What can be chosen; narrowed by what is typed.
    #[prop(into)]
    commands: Signal<Vec<Command>>,
    /// Entries already found for what is typed (order numbers, people); shown first, not narrowed again.
    #[prop(optional, into)]
    found: Signal<Vec<Command>>,
    /// Called with the id of the chosen entry, after closing.
    #[prop(into)]
    on_choose: Callback<String>,
    /// What can be typed.
    #[prop(optional, into)]
    placeholder: Option<Words>,
    /// Listens to Ctrl K, ⌘ K and the slash; one palette of a page does.
    #[prop(default = true)]
    shortcut: bool,
) -> impl IntoView {
    let placeholder = placeholder.unwrap_or_else(|| say::SEARCH.into());
    let pressed = window_event_listener(leptos::ev::keydown, move |event| {
        let held = event.ctrl_key() || event.meta_key();
        if !shortcut {
            return;
        }
        if held && !event.shift_key() && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            open.set(!open.get_untracked());
        } else if event.key() == "/" && !held && !event.alt_key() && !event.default_prevented() && !browser::is_busy() {
            event.prevent_default();
            open.set(true);
        }
    });
    on_cleanup(move || pressed.remove());
    let active = RwSignal::new(0_usize);
    let shown = Memo::new_with_compare(
        move |_| {
            let typed = query.get();
            let fitting =
                commands.get().into_iter().filter(|command| matches(&typed, &command.label.get(), &command.hint.get()));
            found.get().into_iter().chain(fitting).take(MAX_SHOWN).collect::<Vec<_>>()
        },
        |_, _| true,
    );
    let choose = Callback::new(move |at: usize| {
        if let Some(id) = shown.with_untracked(|shown| shown.get(at).map(|command| command.id.clone())) {
            open.set(false);
            query.set(String::new());
            on_choose.run(id);
        }
    });
    let body: ChildrenFn = Arc::new(move || palette_body(query, placeholder, shown, active, choose).into_any());
    modal(ModalParts { open, title: say::SEARCH.into(), kind: ModalKind::Palette, footer: None, body })
}

/// The heading over each entry, where it is another than the one before has.
fn headings(shown: &[Command]) -> Vec<Option<impl IntoView + use<>>> {
    let said: Vec<Option<String>> =
        shown.iter().map(|command| command.group.map(|group| group.get().into_owned())).collect();
    let above = std::iter::once(None).chain(said.clone());
    let new = said.into_iter().zip(above).map(|(own, above)| own.filter(|own| above.as_ref() != Some(own)));
    new.map(|words| words.map(|words| view! { <li class="ui-palette__group" role="presentation">{words}</li> }))
        .collect()
}

fn palette_body(
    query: Bind<String>,
    placeholder: Words,
    shown: Memo<Vec<Command>>,
    active: RwSignal<usize>,
    choose: Callback<usize>,
) -> impl IntoView {
    let list = NodeRef::<html::Ul>::new();
    let list_id = next_id("palette");
    let ids = StoredValue::new(list_id.clone());
    let reveal = move |at: usize| {
        active.set(at);
        if let Some(list) = list.get_untracked()
            && let Some(entry) = browser::all(&list, "[role=option]").get(at)
        {
            entry.scroll_into_view_with_bool(false);
        }
    };
    let key_down = move |event: leptos::ev::KeyboardEvent| {
        let Some(last) = shown.with_untracked(Vec::len).checked_sub(1) else { return };
        let at = active.get_untracked().min(last);
        match event.key().as_str() {
            "ArrowDown" => reveal(if at == last { 0 } else { at + 1 }),
            "ArrowUp" => reveal(at.checked_sub(1).unwrap_or(last)),
            "Enter" if !event.is_composing() => choose.run(at),
            _ => return,
        }
        event.prevent_default();
    };
    let entries = move || {
        let shown = shown.get();
        if shown.is_empty() {
            return view! { <li class="ui-palette__none" role="presentation">{say::NO_MATCH}</li> }.into_any();
        }
        let headings = headings(&shown);
        let draw = |((at, command), heading)| (heading, ids.with_value(|id| entry(at, command, id, active, choose)));
        shown.into_iter().enumerate().zip(headings).map(draw).collect_view().into_any()
    };
    view! {
        <div class="ui-palette__top">
            <Icon glyph=Glyph::Search/>
            <input
                class="ui-palette__input"
                type="text"
                role="combobox"
                autofocus=true
                autocomplete="off"
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls=list_id.clone()
                aria-activedescendant=move || ids.with_value(|id| format!("{id}-{}", active.get()))
                aria-label=move || placeholder.get()
                placeholder=move || placeholder.get()
                prop:value=move || query.get()
                on:input=move |event| {
                    active.set(0);
                    query.set(event_target_value(&event));
                }
                on:keydown=key_down
            />
            <kbd class="ui-kbd" aria-hidden="true">"Esc"</kbd>
        </div>
        <ul class="ui-palette__list" role="listbox" node_ref=list id=list_id aria-label=move || placeholder.get()>
            {entries}
        </ul>
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn every_typed_word_must_occur() {
        assert!(matches("", "打开看板", ""));
        assert!(matches("看板", "打开看板", ""));
        assert!(matches("open BOARD", "Open the board", ""));
        assert!(matches("board 9", "Open the board", "key 9"));
        assert!(!matches("board shop", "Open the board", "key 9"));
    }
}
