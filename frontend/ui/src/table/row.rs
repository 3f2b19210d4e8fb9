//! One row of the grid, and what a press or a key on it means.

use std::{collections::HashSet, sync::Arc};

use leptos::prelude::*;
use web_sys::{Element, wasm_bindgen::JsCast};

use super::{Align, Head, TableState, Width};
use crate::{checkbox::Checkbox, locale::vocabulary as say};

/// Draws the content of a cell: row key, index of the column.
pub(crate) type Cell = Arc<dyn Fn(&str, usize) -> Option<AnyView> + Send + Sync>;

/// What a row needs to know of its grid.
#[derive(Clone)]
pub(crate) struct RowParts {
    pub(crate) heads: StoredValue<Vec<Head>>,
    pub(crate) keys: Memo<Vec<String>>,
    pub(crate) cell: Cell,
    pub(crate) state: TableState,
    pub(crate) selectable: bool,
    pub(crate) on_open: Option<Callback<String>>,
    pub(crate) current: Signal<Option<String>>,
    /// Where a range of choices starts.
    pub(crate) anchor: StoredValue<Option<String>>,
}

pub(crate) fn cell_class(head: &Head) -> &'static str {
    match (head.align, head.width, head.pinned) {
        (Align::Start, Width::Fit, false) => "ui-cell",
        (Align::Start, Width::Fit, true) => "ui-cell ui-cell--lead",
        (Align::Start, Width::Grow, false) => "ui-cell ui-cell--grow",
        (Align::Start, Width::Grow, true) => "ui-cell ui-cell--grow ui-cell--lead",
        (Align::End, _, _) => "ui-cell ui-cell--end",
        (Align::Center, _, _) => "ui-cell ui-cell--center",
    }
}

/// Chooses or unchooses a row; with `range`, everything from the last choice to here.
pub(crate) fn toggle(parts: &RowParts, key: &str, range: bool) {
    let on = !parts.state.selected.with_untracked(|selected| selected.contains(key));
    let touched = parts.keys.with_untracked(|keys| between(keys, parts.anchor.get_value().as_deref(), key, range));
    parts.state.selected.update(|selected: &mut HashSet<String>| {
        for key in touched {
            if on {
                selected.insert(key);
            } else {
                selected.remove(&key);
            }
        }
    });
    parts.anchor.set_value(Some(key.to_owned()));
}

fn between(keys: &[String], anchor: Option<&str>, key: &str, range: bool) -> Vec<String> {
    let at = |wanted: &str| keys.iter().position(|key| key == wanted);
    match (range, anchor.and_then(at), at(key)) {
        (true, Some(from), Some(to)) => keys[from.min(to)..=from.max(to)].to_vec(),
        _ => vec![key.to_owned()],
    }
}

/// Whether a press landed on something that acts by itself, or ended a text selection.
fn is_for_the_row(event: &leptos::ev::MouseEvent) -> bool {
    let inner = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.closest("a, button, input, label, select, textarea").ok().flatten());
    let selecting = window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed());
    inner.is_none() && !selecting
}

pub(crate) fn row(parts: RowParts, key: String) -> AnyView {
    let RowParts { heads, keys, state, on_open, current, .. } = parts.clone();
    let key = StoredValue::new(key);
    let same = move |other: Option<&String>| key.with_value(|key| other == Some(key));
    let at = Memo::new(move |_| keys.with(|keys| keys.iter().position(|other| same(Some(other))).unwrap_or(0)));
    let is_active = Memo::new(move |_| {
        state.active.with(|active| match active {
            Some(active) => same(Some(active)),
            None => at.get() == 0,
        })
    });
    let is_selected = Memo::new(move |_| key.with_value(|key| state.selected.with(|selected| selected.contains(key))));
    let is_current = move || current.with(|current| same(current.as_ref()));
    let choose = parts.clone();
    let check = parts.selectable.then(|| {
        let set = move |_: bool| key.with_value(|key| toggle(&choose, key, false));
        view! {
            <td role="gridcell" class="ui-cell ui-cell--check">
                <Checkbox checked=crate::bind::Bind::new(move || is_selected.get(), set) label=say::SELECT_ROW bare=true/>
            </td>
        }
    });
    let cell = parts.cell;
    let cells = move || {
        let shown = heads.with_value(|heads| {
            let hidden = state.hidden.get();
            heads
                .iter()
                .enumerate()
                .filter(|(_, head)| head.pinned || !hidden.iter().any(|key| key == head.key))
                .map(|(column, head)| (column, head.clone()))
                .collect::<Vec<_>>()
        });
        let draw = |(column, head): (usize, Head)| {
            let content = key.with_value(|key| cell(key, column));
            view! {
                <td role="gridcell" class=cell_class(&head) data-label=move || head.title.get()>{content}</td>
            }
        };
        shown.into_iter().map(draw).collect_view()
    };
    let press = move |event: leptos::ev::MouseEvent| {
        if is_for_the_row(&event) {
            state.active.set(Some(key.get_value()));
            if let Some(on_open) = on_open {
                on_open.run(key.get_value());
            }
        }
    };
    view! {
        <tr
            role="row"
            class="ui-row"
            class:ui-row--opens=on_open.is_some()
            class:is-current=is_current
            class:is-selected=move || is_selected.get()
            aria-rowindex=move || (at.get() + 2).to_string()
            aria-selected=parts.selectable.then_some(move || is_selected.get().to_string())
            aria-current=move || is_current().then_some("true")
            tabindex=move || if is_active.get() { "0" } else { "-1" }
            on:click=press
            on:focus=move |_| state.active.set(Some(key.get_value()))
        >
            {check}
            {cells}
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn a_range_of_choices_runs_either_way_and_falls_back_to_one() {
        let keys: Vec<String> = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        assert_eq!(between(&keys, Some("b"), "d", true), ["b", "c", "d"]);
        assert_eq!(between(&keys, Some("d"), "c", true), ["c", "d"]);
        assert_eq!(between(&keys, Some("gone"), "c", true), ["c"]);
        assert_eq!(between(&keys, Some("a"), "c", false), ["c"]);
        assert_eq!(between(&keys, None, "c", true), ["c"]);
    }
}
