//! One pattern for every list that is kept by hand: a table, and a drawer with the fields of a row. A list says what its
//! columns and fields are; everything else is here, once.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use contract::{Page, Route};
use leptos::prelude::*;
use parts::api::{self, Key, Problem};
use parts::fetch::{Fetch, Pages};
use parts::said::read;
use parts::submit::Submit;
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use ui::{
    Bind, Button, ButtonKind, Column, EmptyState, FilterBar, Glyph, Notice, PageHeader, State, StateChip, Table, Text,
    text,
};

mod editor;
mod slot;

use editor::{Editor, editor};
pub(crate) use slot::*;

const NO_MATCH: Text = text("没有符合的条目", "Nothing fits");
const IN_USE: Text = text("启用", "In use");
const OFF: Text = text("停用", "Off");

/// A command on its way.
pub(crate) type Sending = Pin<Box<dyn Future<Output = Result<(), Problem>>>>;

/// A row that is kept by hand.
pub(crate) trait Row: Clone + DeserializeOwned + Send + Sync + 'static {
    /// What tells it from the others of its list.
    fn key(&self) -> String;
    /// Saves it.
    fn save(&self, is_new: bool, key: Key) -> Sending;
    /// Whether it can be taken away.
    const REMOVABLE: bool = false;
    /// Takes it away, where that is possible; else it is saved as it is.
    fn remove(&self, key: Key) -> Sending {
        self.save(false, key)
    }
    /// What a search looks at.
    fn words(&self) -> String;
}

/// Sends a body and takes anything that says "done".
pub(crate) fn put<B: Serialize + 'static>(route: &'static Route, body: &B, key: Key) -> Sending {
    done(api::send::<IgnoredAny, B>(route, &[], body, key))
}

/// Adds a row that the server gives an id, or changes it there.
pub(crate) fn by_id<B: Serialize + 'static>(
    add: &'static Route,
    change: &'static Route,
    id: Option<String>,
    row: &B,
    key: Key,
) -> Sending {
    match id {
        Some(id) => done(api::send::<IgnoredAny, B>(change, &[&id], row, key)),
        None => put(add, row, key),
    }
}

/// Leaves out what a call answers.
pub(crate) fn done(sent: impl Future<Output = Result<IgnoredAny, Problem>> + 'static) -> Sending {
    Box::pin(async move { sent.await.map(|_| ()) })
}

/// Where the rows of a list come from. Copy freely.
pub(crate) struct Source<T: Send + Sync + 'static> {
    rows: Signal<Vec<T>>,
    busy: Signal<bool>,
    error: Signal<Option<String>>,
    more: Signal<bool>,
    on_more: Callback<()>,
    reload: Callback<()>,
    search: Bind<String>,
}

impl<T: Send + Sync + 'static> Clone for Source<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Source<T> {}

impl<T: Row> Source<T> {
    /// A short list that comes whole and is searched here.
    pub(crate) fn whole(route: &'static Route) -> Self {
        Self::of(Fetch::new(move || api::read::<Vec<T>>(route, &[])), |rows| rows)
    }

    /// The same from a fetch of the owner's, put in order by `arrange`.
    pub(crate) fn of(all: Fetch<Vec<T>>, arrange: fn(Vec<T>) -> Vec<T>) -> Self {
        let needle = RwSignal::new(String::new());
        let rows = Memo::new_with_compare(
            move |_| {
                let needle = needle.get().trim().to_lowercase();
                let rows = arrange(all.get().unwrap_or_default());
                rows.into_iter().filter(|row| row.words().to_lowercase().contains(&needle)).collect::<Vec<_>>()
            },
            |_, _| true,
        );
        Self {
            rows: rows.into(),
            busy: all.busy(),
            error: Signal::derive(move || all.problem().get().map(|problem| problem.words())),
            more: Signal::stored(false),
            on_more: Callback::new(|()| ()),
            reload: Callback::new(move |()| all.reload()),
            search: needle.into(),
        }
    }

    /// A long list that comes page by page; what is typed is part of the question.
    pub(crate) fn paged<F>(search: Bind<String>, question: impl Fn(Option<String>, u32) -> F + 'static) -> Self
    where
        F: Future<Output = Result<Page<T>, Problem>> + 'static,
    {
        let pages = Pages::<T>::new(question);
        Self {
            rows: pages.items(),
            busy: pages.busy(),
            error: pages.error(),
            more: pages.has_more(),
            on_more: Callback::new(move |()| pages.more()),
            reload: Callback::new(move |()| pages.reload()),
            search,
        }
    }

    /// Asks again.
    pub(crate) fn reload(self) {
        self.reload.run(());
    }
}

/// What is being edited. Copy freely.
pub(crate) struct Draft<T: Send + Sync + 'static> {
    /// The row as it is to be.
    pub(crate) row: RwSignal<T>,
    /// It is not known to the server yet.
    pub(crate) is_new: RwSignal<bool>,
    /// Saving it.
    pub(crate) submit: Submit,
}

impl<T: Send + Sync + 'static> Clone for Draft<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Draft<T> {}

/// A list, described.
pub(crate) struct Roll<T: Send + Sync + 'static> {
    /// What the page is called.
    pub(crate) title: Text,
    /// What the list is for, in one line.
    pub(crate) hint: Text,
    /// The button that adds a row.
    pub(crate) add: Text,
    /// What can be typed into the search box.
    pub(crate) search: Text,
    /// The name of the page for tests.
    pub(crate) test: &'static str,
    /// The columns.
    pub(crate) columns: Vec<Column<T>>,
    /// The fields.
    pub(crate) slots: Vec<Slot<T>>,
    /// A row to begin with.
    pub(crate) blank: fn() -> T,
    /// More about a row that is known, below its fields.
    pub(crate) below: Option<Below<T>>,
    /// The drawer needs room.
    pub(crate) wide: bool,
}

/// Draws what stands below the fields of a row.
pub(crate) type Below<T> = Arc<dyn Fn(Draft<T>) -> AnyView + Send + Sync>;

impl<T: Row> Roll<T> {
    /// A list with its words.
    pub(crate) fn new(test: &'static str, title: Text, hint: Text, add: Text, blank: fn() -> T) -> Self {
        Self {
            title,
            hint,
            add,
            search: text("编码或名称", "Code or name"),
            test,
            columns: Vec::new(),
            slots: Vec::new(),
            blank,
            below: None,
            wide: false,
        }
    }

    /// Draws the page.
    pub(crate) fn view(self, source: Source<T>) -> AnyView {
        let Self { title, hint, add, search, test, columns, slots, blank, below, wide } = self;
        let draft = Draft { row: RwSignal::new(blank()), is_new: RwSignal::new(true), submit: Submit::new() };
        let open = RwSignal::new(false);
        let edit = move |row: T, is_new: bool| {
            draft.submit.forget();
            draft.is_new.set(is_new);
            draft.row.set(row);
            open.set(true);
        };
        let begin = move |()| edit(blank(), true);
        let actions = move || {
            view! {
                <Button kind=ButtonKind::Primary icon=Glyph::Plus on_click=begin attr:data-test="add-row">{add}</Button>
            }
        };
        let on_open = move |key: String| {
            let found = source.rows.with_untracked(|rows| rows.iter().find(|row| row.key() == key).cloned());
            if let Some(row) = found {
                edit(row, false);
            }
        };
        let empty = move || {
            if source.search.get().is_empty() {
                let action = move || {
                    view! { <Button icon=Glyph::Plus on_click=begin>{add}</Button> }
                };
                view! { <EmptyState title=text("还没有条目", "Nothing here yet") hint action/> }.into_any()
            } else {
                view! { <EmptyState title=NO_MATCH icon=Glyph::Search/> }.into_any()
            }
        };
        view! {
            <PageHeader title subtitle=hint back="/desk/master" actions/>
            <FilterBar search=source.search placeholder=search/>
            <div class="roll__sheet" data-test=test>
                <Table
                    label=title
                    rows=source.rows
                    key=Callback::new(|row: T| row.key())
                    columns
                    on_open
                    loading=source.busy
                    error=source.error
                    on_retry=move |()| source.reload()
                    empty
                    more=source.more
                    on_more=source.on_more
                    fill=true
                />
            </div>
            {editor(Editor { title, draft, open, source, slots: Arc::new(slots), below, wide })}
        }
        .into_any()
    }
}

/// Why a form was refused, above its fields.
pub(crate) fn wrong(submit: Submit) -> AnyView {
    let words = submit.words();
    (move || words.get().map(|words| view! { <Notice state=State::Bad title=words/> })).into_any()
}

/// Whether a row can be chosen, as a chip.
pub(crate) fn active_chip(active: bool) -> AnyView {
    if active {
        view! { <StateChip state=State::Good label=IN_USE/> }.into_any()
    } else {
        view! { <StateChip state=State::Paused label=OFF/> }.into_any()
    }
}

/// A name in the reader's language, the other one after it.
pub(crate) fn name_cell(name: &domain::Text) -> AnyView {
    let (own, name) = (name.clone(), name.clone());
    let other = move || {
        let shown = read(&name);
        let (tag, other) = if shown == name.zh { ("en", &name.en) } else { ("zh-CN", &name.zh) };
        (*other != shown).then(|| view! { <span class="u-soft" lang=tag>{format!(" {other}")}</span> })
    };
    view! { <span class="roll__name">{move || read(&own)}{other}</span> }.into_any()
}
