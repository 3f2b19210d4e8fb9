//! The ledger itself: rows with a sticky head, a keyboard, selection, and designed emptiness, waiting and failure.
//!
//! `Table<T>` is a thin typed shell; everything that is not about `T` lives in `grid`, compiled once.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use leptos::{children::ViewFn, prelude::*};

use crate::{browser, locale::Words};

mod columns;
mod grid;
mod row;
mod window;

pub use columns::*;
use grid::{GridParts, grid};

/// Where the content of a column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words.
    #[default]
    Start,
    /// Numbers and money.
    End,
    /// Marks.
    Center,
}

/// How much room a column takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// What its content needs, on one line.
    #[default]
    Fit,
    /// What is left over; long content ends in an ellipsis.
    Grow,
}

/// What a column is, without its content.
#[derive(Clone)]
pub(crate) struct Head {
    key: &'static str,
    title: Words,
    align: Align,
    width: Width,
    sortable: bool,
    pinned: bool,
}

/// One column: a name and how to draw a cell from a row.
#[derive(Clone)]
pub struct Column<T> {
    head: Head,
    cell: Arc<dyn Fn(&T) -> AnyView + Send + Sync>,
}

impl<T> Column<T> {
    /// A column of words. `key` names it in the stored choice and in sorting.
    pub fn new<V: IntoAny>(
        key: &'static str,
        title: impl Into<Words>,
        cell: impl Fn(&T) -> V + Send + Sync + 'static,
    ) -> Self {
        let head =
            Head { key, title: title.into(), align: Align::Start, width: Width::Fit, sortable: false, pinned: false };
        Self { head, cell: Arc::new(move |row| cell(row).into_any()) }
    }

    /// Numbers: to the end, in tabular figures.
    #[must_use]
    pub fn number(mut self) -> Self {
        self.head.align = Align::End;
        self
    }

    /// Marks: in the middle.
    #[must_use]
    pub fn center(mut self) -> Self {
        self.head.align = Align::Center;
        self
    }

    /// Takes the room that is left; long content ends in an ellipsis.
    #[must_use]
    pub fn grow(mut self) -> Self {
        self.head.width = Width::Grow;
        self
    }

    /// The head becomes a button that sorts (the owner reacts to `TableState::sort`).
    #[must_use]
    pub fn sortable(mut self) -> Self {
        self.head.sortable = true;
        self
    }

    /// Cannot be hidden; on a phone it is the heading of the row's card.
    #[must_use]
    pub fn pinned(mut self) -> Self {
        self.head.pinned = true;
        self
    }
}

/// How rows are ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Key of the column.
    pub column: &'static str,
    /// Largest or latest first.
    pub descending: bool,
}

/// How close rows stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// 32 px a row.
    #[default]
    Compact,
    /// 44 px a row.
    Comfortable,
}

/// What a person has done to a table: chosen, ordered, hidden. All signals; copy freely.
#[derive(Clone, Copy)]
pub struct TableState {
    /// Keys of the chosen rows.
    pub selected: RwSignal<HashSet<String>>,
    /// Key of the row the keyboard is on.
    pub active: RwSignal<Option<String>>,
    /// Order asked for; the owner fetches or sorts.
    pub sort: RwSignal<Option<Sort>>,
    /// Keys of hidden columns.
    pub hidden: RwSignal<Vec<String>>,
    /// How close rows stand.
    pub density: RwSignal<Density>,
}

impl Default for TableState {
    fn default() -> Self {
        Self::new()
    }
}

impl TableState {
    /// Nothing chosen, nothing hidden.
    pub fn new() -> Self {
        Self {
            selected: RwSignal::default(),
            active: RwSignal::default(),
            sort: RwSignal::default(),
            hidden: RwSignal::default(),
            density: RwSignal::default(),
        }
    }

    /// As `new`, but hidden columns and density are kept in this browser under `name`.
    pub fn kept(name: &'static str) -> Self {
        let state = Self::new();
        let key = format!("ui.table.{name}");
        if let Some(kept) = browser::stored(&key) {
            let mut parts = kept.split(' ');
            if parts.next() == Some("comfortable") {
                state.density.set(Density::Comfortable);
            }
            state.hidden.set(parts.map(str::to_owned).collect());
        }
        Effect::new(move |_| {
            let density = if state.density.get() == Density::Compact { "compact" } else { "comfortable" };
            let words: Vec<String> = std::iter::once(density.to_owned()).chain(state.hidden.get()).collect();
            browser::store(&key, &words.join(" "));
        });
        state
    }

    /// Forgets which rows were chosen: after a batch was done, or when the filter changed.
    pub fn clear_selection(self) {
        self.selected.update(HashSet::clear);
    }
}

/// A table of rows of any type.
#[component]
pub fn Table<T>(
    /// What the table is about, for screen readers.
    #[prop(into)]
    label: Words,
    /// The columns, in order.
    columns: Vec<Column<T>>,
    /// The rows, in order.
    #[prop(into)]
    rows: Signal<Vec<T>>,
    /// What identifies a row.
    #[prop(into)]
    key: Callback<T, String>,
    /// What the person has done; make one to share it with a filter bar or a batch.
    #[prop(optional)]
    state: Option<TableState>,
    /// Rows can be chosen with check boxes.
    #[prop(optional)]
    selectable: bool,
    /// Called with a row's key on Enter and click.
    #[prop(optional, into)]
    on_open: Option<Callback<String>>,
    /// Key of the row that is open beside the table.
    #[prop(optional, into)]
    current: Signal<Option<String>>,
    /// Rows are being fetched: a skeleton when there are none, a line on top when there are.
    #[prop(optional, into)]
    loading: Signal<bool>,
    /// Fetching failed: what to tell.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Tries again after a failure.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// What stands here when there are no rows; default a plain line.
    #[prop(optional, into)]
    empty: Option<ViewFn>,
    /// There is a next page.
    #[prop(optional, into)]
    more: Signal<bool>,
    /// Fetches the next page; also called when the end comes near.
    #[prop(optional, into)]
    on_more: Option<Callback<()>>,
    /// How many rows there are in all, when known.
    #[prop(optional, into)]
    total: Signal<Option<i64>>,
    /// Actions for chosen rows, shown while there are some.
    #[prop(optional, into)]
    bulk: Option<ViewFn>,
    /// Takes the height that is left instead of growing with its rows.
    #[prop(optional)]
    fill: bool,
    /// The first row takes the keyboard when rows arrive.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let index = Memo::new(move |_| {
        rows.with(|rows| rows.iter().enumerate().map(|(at, row)| (key.run(row.clone()), at)).collect::<HashMap<_, _>>())
    });
    let keys = Memo::new(move |_| rows.with(|rows| rows.iter().map(|row| key.run(row.clone())).collect::<Vec<_>>()));
    let (heads, draw): (Vec<Head>, Vec<_>) = columns.into_iter().map(|column| (column.head, column.cell)).unzip();
    let draw = StoredValue::new(draw);
    let cell = move |row: &str, column: usize| {
        let at = index.with(|index| index.get(row).copied())?;
        let row = rows.with(|rows| rows.get(at).cloned())?;
        draw.with_value(|draw| draw.get(column).map(|draw| draw(&row)))
    };
    let parts = GridParts {
        label,
        heads: StoredValue::new(heads),
        keys,
        cell: Arc::new(cell),
        state: state.unwrap_or_default(),
        selectable,
        on_open,
        current,
        loading,
        error,
        on_retry,
        empty,
        more,
        on_more,
        total,
        bulk,
        fill,
        autofocus,
    };
    grid(&parts)
}
