//! The untyped table: head, window of built rows, foot, and the keyboard.

use std::collections::HashSet;

use leptos::{children::ViewFn, html, prelude::*};
use web_sys::{Element, wasm_bindgen::JsCast};

use super::{
    Density, Head, Sort, TableState,
    row::{Cell, RowParts, cell_class, row, toggle},
    window::{Sight, Window},
};
use crate::{
    bind::Bind,
    browser,
    button::{Button, IconButton},
    checkbox::Checkbox,
    empty_state::{EmptyState, ErrorState},
    icon::{Glyph, Icon},
    locale::{Words, integer, vocabulary as say},
};

/// How near the end the next page is fetched, in CSS pixels.
const NEAR_END_PX: f64 = 320.0;
/// How many skeleton rows stand in for the first page.
const SKELETON_ROWS: usize = 8;

#[derive(Clone)]
pub(crate) struct GridParts {
    pub(crate) label: Words,
    pub(crate) heads: StoredValue<Vec<Head>>,
    pub(crate) keys: Memo<Vec<String>>,
    pub(crate) cell: Cell,
    pub(crate) state: TableState,
    pub(crate) selectable: bool,
    pub(crate) on_open: Option<Callback<String>>,
    pub(crate) current: Signal<Option<String>>,
    pub(crate) loading: Signal<bool>,
    pub(crate) error: Signal<Option<String>>,
    pub(crate) on_retry: Option<Callback<()>>,
    pub(crate) empty: Option<ViewFn>,
    pub(crate) more: Signal<bool>,
    pub(crate) on_more: Option<Callback<()>>,
    pub(crate) total: Signal<Option<i64>>,
    pub(crate) bulk: Option<ViewFn>,
    pub(crate) fill: bool,
    pub(crate) autofocus: bool,
}

/// The part of the page a table scrolls in.
#[derive(Clone, Copy)]
struct Pane {
    node: NodeRef<html::Div>,
    sight: RwSignal<Sight>,
}

impl Pane {
    fn new() -> Self {
        // A guess until the first rows are measured, so that a long table is never built whole.
        let sight = Sight { scrolled_px: 0.0, height_px: 800.0, row_px: 32.0 };
        Self { node: NodeRef::new(), sight: RwSignal::new(sight) }
    }

    /// Looks again at what is seen; the height of a row is the mean of those built.
    fn measure(self) {
        // Asked for on the next frame; the page may be gone by then, and these signals with it.
        let Some(node) = self.node.try_get_untracked().flatten() else { return };
        let rows = browser::all(&node, "tr.ui-row");
        let built_px: f64 = rows.iter().map(|row| f64::from(row.offset_height())).sum();
        let row_px = if rows.is_empty() { 0.0 } else { built_px / rows.len() as f64 };
        let known_px = self.sight.with_untracked(|sight| sight.row_px);
        let sight = Sight {
            scrolled_px: f64::from(node.scroll_top()),
            height_px: f64::from(node.client_height()),
            // A new mean only when it differs clearly, else rows of uneven height would make the page tremble.
            row_px: if (row_px - known_px).abs() > 2.0 && row_px > 0.0 { row_px } else { known_px },
        };
        if self.sight.get_untracked() != sight {
            self.sight.set(sight);
        }
    }

    fn near_end(self) -> bool {
        self.node.get_untracked().is_some_and(|node| {
            f64::from(node.scroll_height() - node.scroll_top() - node.client_height()) < NEAR_END_PX
        })
    }

    /// Gives the keyboard to the row at `index`, scrolling there first when it is not built.
    fn focus_row(self, index: usize) {
        let Some(node) = self.node.try_get_untracked().flatten() else { return };
        let selector = format!("tr[aria-rowindex=\"{}\"]", index + 2);
        if let Ok(Some(row)) = node.query_selector(&selector) {
            browser::focus(&row);
            return;
        }
        let top_px = self.sight.with_untracked(|sight| sight.row_px * index as f64 - sight.height_px / 2.0);
        node.set_scroll_top(top_px as i32);
        self.measure();
        request_animation_frame(move || browser::focus_first(&node, &selector));
    }
}

fn keyboard(parts: RowParts, pane: Pane) -> impl Fn(leptos::ev::KeyboardEvent) {
    move |event| {
        if browser::is_typing(&event) || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let RowParts { keys, state, on_open, .. } = &parts;
        let active = state.active.get_untracked();
        let (count, at) = keys.with_untracked(|keys| {
            (keys.len(), active.and_then(|active| keys.iter().position(|key| *key == active)).unwrap_or(0))
        });
        let Some(key) = keys.with_untracked(|keys| keys.get(at).cloned()) else { return };
        let on_row = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|element| element.tag_name() == "TR");
        match event.key().as_str() {
            "j" | "ArrowDown" => pane.focus_row((at + 1).min(count - 1)),
            "k" | "ArrowUp" => pane.focus_row(at.saturating_sub(1)),
            "Home" => pane.focus_row(0),
            "End" => pane.focus_row(count - 1),
            "PageDown" => pane.focus_row((at + 10).min(count - 1)),
            "PageUp" => pane.focus_row(at.saturating_sub(10)),
            "Enter" if on_row && on_open.is_some() => {
                if let Some(on_open) = on_open {
                    on_open.run(key);
                }
            }
            " " | "x" | "X" if on_row && parts.selectable => toggle(&parts, &key, event.shift_key()),
            _ => return,
        }
        event.prevent_default();
    }
}

fn head_cell(head: Head, state: TableState) -> AnyView {
    let class = cell_class(&head);
    let Head { key, title, sortable, .. } = head;
    let direction =
        move || state.sort.with(|sort| sort.as_ref().filter(|sort| sort.column == key).map(|sort| sort.descending));
    if !sortable {
        return view! { <th role="columnheader" scope="col" class=class>{title}</th> }.into_any();
    }
    let press = move |_| {
        let next = match state.sort.get_untracked() {
            Some(sort) if sort.column == key && sort.descending => Some(Sort { column: key, descending: false }),
            Some(sort) if sort.column == key => None,
            _ => Some(Sort { column: key, descending: true }),
        };
        state.sort.set(next);
    };
    view! {
        <th
            role="columnheader"
            scope="col"
            class=class
            aria-sort=move || direction().map(|descending| if descending { "descending" } else { "ascending" })
        >
            <button type="button" class="ui-sort" on:click=press>
                {title}
                {move || {
                    let glyph = if direction() == Some(false) { Glyph::ArrowUp } else { Glyph::ArrowDown };
                    view! { <span class="ui-sort__mark" class:is-on=direction().is_some()><Icon glyph/></span> }
                }}
            </button>
        </th>
    }
    .into_any()
}

/// The head row; with a box that chooses all loaded rows.
fn head_row(parts: &RowParts) -> impl IntoView + use<> {
    let RowParts { heads, keys, state, selectable, .. } = parts.clone();
    let chosen = Memo::new(move |_| {
        keys.with(|keys| state.selected.with(|selected| keys.iter().filter(|key| selected.contains(*key)).count()))
    });
    let all = move || chosen.get() > 0 && chosen.get() == keys.with(Vec::len);
    let set_all = move |on: bool| {
        let next = if on { keys.with_untracked(|keys| keys.iter().cloned().collect()) } else { HashSet::new() };
        state.selected.set(next);
    };
    let check = selectable.then(|| {
        view! {
            <th role="columnheader" scope="col" class="ui-cell ui-cell--check">
                <Checkbox
                    checked=Bind::new(all, set_all)
                    mixed=Signal::derive(move || chosen.get() > 0 && !all())
                    label=say::SELECT_ALL
                    bare=true
                />
            </th>
        }
    });
    let cells = move || {
        let hidden = state.hidden.get();
        heads
            .get_value()
            .into_iter()
            .filter(|head| head.pinned || !hidden.iter().any(|key| key == head.key))
            .map(|head| head_cell(head, state))
            .collect_view()
    };
    view! { <tr role="row" aria-rowindex="1">{check}{cells}</tr> }
}

/// What stands in the body when there are no rows.
fn no_rows(parts: &GridParts) -> impl Fn() -> Option<AnyView> + Send + Sync + use<> {
    let GridParts { keys, loading, error, on_retry, empty, heads, .. } = parts.clone();
    move || {
        if !keys.with(Vec::is_empty) {
            return None;
        }
        let view = match (error.get(), loading.get(), empty.as_ref()) {
            (Some(error), _, _) => match on_retry {
                Some(on_retry) => view! { <ErrorState hint=error on_retry/> }.into_any(),
                None => view! { <ErrorState hint=error/> }.into_any(),
            },
            (None, true, _) => skeleton(heads.with_value(Vec::len)),
            (None, false, Some(empty)) => empty.run(),
            (None, false, None) => view! { <EmptyState title=say::NOTHING_HERE/> }.into_any(),
        };
        Some(view)
    }
}

fn skeleton(columns: usize) -> AnyView {
    let line = move |_| view! { <span class="ui-skeleton__line"></span> };
    let row = move |_| view! { <div class="ui-table__ghost">{(0..columns.min(6)).map(line).collect_view()}</div> };
    view! {
        <div role="status" aria-label=move || say::LOADING.get()>{(0..SKELETON_ROWS).map(row).collect_view()}</div>
    }
    .into_any()
}

/// How many are shown, the way to more, and a failure that happened below rows already here.
fn foot(parts: &GridParts) -> impl IntoView + use<> {
    let GridParts { keys, loading, error, on_retry, more, on_more, total, .. } = parts.clone();
    let count = Memo::new(move |_| keys.with(Vec::len) as i64);
    let words = move || {
        let shown = integer(count.get());
        match total.get() {
            Some(total) if total > count.get() => {
                let total = integer(total);
                crate::say!("已显示 {shown} / 共 {total}", "{shown} of {total}")
            }
            _ if more.get() => crate::say!("已显示 {shown}", "{shown} shown"),
            _ => crate::say!("共 {shown}", "{shown} in all"),
        }
    };
    let failed = move || {
        error.get().map(|error| {
            view! {
                <span class="ui-table__failed" role="alert">{error}</span>
                {on_retry.map(|on_retry| view! { <Button on_click=on_retry>{say::RETRY}</Button> })}
            }
        })
    };
    let more_button = move || {
        on_more
            .filter(|_| more.get() && error.with(Option::is_none))
            .map(|on_more| view! { <Button busy=loading on_click=on_more>{say::LOAD_MORE}</Button> })
    };
    view! {
        <div class="ui-table__foot" class:is-hidden=move || count.get() == 0>
            <span class="u-num">{words}</span>
            {failed}
            {more_button}
        </div>
    }
}

fn bulk_bar(state: TableState, bulk: Option<ViewFn>) -> impl Fn() -> Option<AnyView> + Send + Sync {
    let any = Memo::new(move |_| state.selected.with(|selected| !selected.is_empty()));
    move || {
        let bulk = bulk.clone().filter(|_| any.get())?;
        let words = move || {
            let count = integer(state.selected.with(HashSet::len) as i64);
            crate::say!("已选 {count}", "{count} selected")
        };
        let bar = view! {
            <div class="ui-table__bulk" role="toolbar">
                <IconButton glyph=Glyph::Close label=say::CLEAR on_click=move |()| state.clear_selection()/>
                <span class="u-num" aria-live="polite">{words}</span>
                {bulk.run()}
            </div>
        };
        Some(bar.into_any())
    }
}

/// Measures rows after they are drawn; keys and density are what changes their number and height.
fn measure_when_drawn(keys: Memo<Vec<String>>, state: TableState, pane: Pane, autofocus: bool) {
    let was_empty = StoredValue::new(true);
    Effect::new(move |_| {
        let empty = keys.with(Vec::is_empty);
        state.density.track();
        let first_rows = was_empty.get_value() && !empty;
        was_empty.set_value(empty);
        request_animation_frame(move || {
            pane.measure();
            if first_rows && autofocus {
                pane.focus_row(0);
            }
        });
    });
}

/// The rows worth building, with room before and after for the others.
fn body(row_parts: RowParts, pane: Pane) -> impl IntoView + use<> {
    let keys = row_parts.keys;
    let seen = Memo::new(move |_| Window::of(keys.with(Vec::len), pane.sight.get()));
    let built = Memo::new(move |_| {
        let window = seen.get();
        keys.with(|keys| keys.get(window.first..window.end).map(<[String]>::to_vec).unwrap_or_default())
    });
    let spacer = move |height: fn(Window) -> f64| {
        move || {
            let height_px = height(seen.get());
            (height_px > 0.0).then(|| {
                view! {
                    <tr role="presentation" aria-hidden="true"><td style:height=format!("{height_px}px")></td></tr>
                }
            })
        }
    };
    let on_key = keyboard(row_parts.clone(), pane);
    let rows = move |key: String| row(row_parts.clone(), key);
    view! {
        <tbody role="rowgroup" on:keydown=on_key>
            {spacer(|window| window.before_px)}
            <For each=move || built.get() key=String::clone children=rows/>
            {spacer(|window| window.after_px)}
        </tbody>
    }
}

pub(crate) fn grid(parts: &GridParts) -> AnyView {
    let pane = Pane::new();
    let GridParts { label, keys, state, selectable, loading, more, on_more, total, fill, autofocus, .. } =
        parts.clone();
    let row_parts = RowParts {
        heads: parts.heads,
        keys,
        cell: parts.cell.clone(),
        state,
        selectable,
        on_open: parts.on_open,
        current: parts.current,
        anchor: StoredValue::new(None),
    };
    measure_when_drawn(keys, state, pane, autofocus);
    let scrolled = move |_| {
        pane.measure();
        if let Some(on_more) = on_more
            && more.get_untracked()
            && !loading.get_untracked()
            && pane.near_end()
        {
            on_more.run(());
        }
    };
    let row_count = move || match (total.get(), more.get()) {
        (Some(total), _) => total + 1,
        (None, true) => -1,
        (None, false) => keys.with(Vec::len) as i64 + 1,
    };
    view! {
        <div class="ui-table" class:ui-table--fill=fill>
            {bulk_bar(state, parts.bulk.clone())}
            <div class="ui-table__busy" class:is-on=move || loading.get() && keys.with(|keys| !keys.is_empty())></div>
            <div class="ui-table__pane" node_ref=pane.node on:scroll=scrolled>
                <table
                    role="grid"
                    class="ui-table__grid"
                    class:is-comfortable=move || state.density.get() == Density::Comfortable
                    aria-label=move || label.get()
                    aria-busy=move || loading.get().to_string()
                    aria-rowcount=move || row_count().to_string()
                    aria-multiselectable=selectable.then_some("true")
                >
                    <thead role="rowgroup">{head_row(&row_parts)}</thead>
                    {body(row_parts, pane)}
                </table>
                {no_rows(parts)}
            </div>
            {foot(parts)}
        </div>
    }
    .into_any()
}
