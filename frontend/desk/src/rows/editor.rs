//! The drawer of a list: a row's fields, saving it, taking it away.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::meta::{Meta, use_meta};
use parts::submit::Submit;
use ui::{Button, ButtonKind, Dialog, Drawer, Glyph, State, Text, Words, say, text, toast};

use super::{Below, Draft, Row, Slot, Source, wrong};

const SAVE: Text = text("保存", "Save");
const SAVED: Text = text("已保存", "Saved");
const REMOVE: Text = text("移除", "Remove");
const REMOVED: Text = text("已移除", "Removed");

/// What an editor is made of.
pub(super) struct Editor<T: Send + Sync + 'static> {
    pub(super) title: Text,
    pub(super) draft: Draft<T>,
    pub(super) open: RwSignal<bool>,
    pub(super) source: Source<T>,
    pub(super) slots: Arc<Vec<Slot<T>>>,
    pub(super) below: Option<Below<T>>,
    pub(super) wide: bool,
}

/// What follows a change.
#[derive(Clone, Copy)]
struct After {
    open: RwSignal<bool>,
    reload: Callback<()>,
    meta: Meta,
}

impl After {
    fn say(self, words: Text) {
        toast(State::Good, words);
        self.open.try_set(false);
        self.reload.run(());
        // Every page names shops and reasons.
        spawn_local(async move {
            let _ = self.meta.ask().await;
        });
    }
}

/// The first of a row's words: what a person knows it by.
fn name<T: Row>(row: &T) -> String {
    row.words().lines().next().unwrap_or_default().to_owned()
}

/// Asks once before a row is taken away.
fn removal<T: Row>(draft: Draft<T>, asking: RwSignal<bool>, after: After) -> AnyView {
    let submit = Submit::new();
    let remove = move |()| {
        let row = draft.row.get_untracked();
        submit.run(
            move |key| row.remove(key),
            move |()| {
                asking.try_set(false);
                after.say(REMOVED);
            },
        );
    };
    let what = move || {
        let name = draft.row.with(name);
        say!("{name} 将不再生效。", "{name} will have no effect any more.")
    };
    let title = text("确定移除？", "Remove it?");
    view! {
        <Dialog open=asking title confirm=REMOVE danger=true busy=submit.busy() on_confirm=remove>
            <p>{what}</p>
            {wrong(submit)}
        </Dialog>
    }
    .into_any()
}

/// The drawer.
pub(super) fn editor<T: Row>(editor: Editor<T>) -> AnyView {
    let Editor { title, draft, open, source, slots, below, wide } = editor;
    let after = After { open, reload: Callback::new(move |()| source.reload()), meta: use_meta() };
    let save = move |()| {
        let (row, is_new) = (draft.row.get_untracked(), draft.is_new.get_untracked());
        draft.submit.run(move |key| row.save(is_new, key), move |()| after.say(SAVED));
    };
    let asking = RwSignal::new(false);
    let footer = move || {
        let remove = (T::REMOVABLE && !draft.is_new.get()).then(|| {
            view! { <Button kind=ButtonKind::Danger icon=Glyph::Trash on_click=move |()| asking.set(true) attr:data-test="remove-row">{REMOVE}</Button> }
        });
        view! {
            {remove}
            <Button kind=ButtonKind::Primary busy=draft.submit.busy() on_click=save attr:data-test="save-row">{SAVE}</Button>
        }
    };
    let heading = Words::from(move || {
        let title = title.get();
        if draft.is_new.get() { say!("新增 · {title}", "New · {title}") } else { draft.row.with_untracked(name) }
    });
    let body = move || {
        let fields = slots.iter().map(|slot| slot(draft)).collect_view();
        let more = below.clone().filter(|_| !draft.is_new.get_untracked()).map(|below| below(draft));
        view! {
            <form
                class="u-stack"
                on:submit=move |event| {
                    event.prevent_default();
                    save(());
                }
            >
                {wrong(draft.submit)}
                {fields}
                // Enter in a field saves.
                <button class="u-visually-hidden" type="submit" tabindex="-1" aria-hidden="true"></button>
            </form>
            {more}
        }
    };
    view! {
        <Drawer open title=heading footer wide>{body()}</Drawer>
        {T::REMOVABLE.then(|| removal(draft, asking, after))}
    }
    .into_any()
}
