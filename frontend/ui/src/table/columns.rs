//! Which columns are shown and how close rows stand: a small sheet for the filter bar.

use leptos::prelude::*;

use super::{Column, Density, TableState};
use crate::{
    bind::Bind,
    checkbox::Checkbox,
    icon::Glyph,
    locale::{Words, vocabulary as say},
    popover::Popover,
};

/// A button that opens the list of columns with a box each, and the density.
#[component]
pub fn ColumnChoice(
    /// The table's state.
    state: TableState,
    /// Key and title of each column that can be hidden; see [`hideable`](Column).
    columns: Vec<(&'static str, Words)>,
) -> impl IntoView {
    let columns = StoredValue::new(columns);
    let boxes = move || {
        columns
            .get_value()
            .into_iter()
            .map(|(key, title)| {
                let shown = move || state.hidden.with(|hidden| !hidden.iter().any(|hidden| hidden == key));
                let set = move |on: bool| {
                    state.hidden.update(|hidden| {
                        hidden.retain(|hidden| hidden != key);
                        if !on {
                            hidden.push(key.to_owned());
                        }
                    });
                };
                view! { <Checkbox checked=Bind::new(shown, set) label=title/> }
            })
            .collect_view()
    };
    let comfortable = Bind::new(
        move || state.density.get() == Density::Comfortable,
        move |on| state.density.set(if on { Density::Comfortable } else { Density::Compact }),
    );
    view! {
        <Popover label=say::COLUMNS icon=Some(Glyph::Columns)>
            <div class="ui-columns">
                {boxes}
                <hr/>
                <Checkbox checked=comfortable label=say::COMFORTABLE/>
            </div>
        </Popover>
    }
    .into_any()
}

impl<T> Column<T> {
    /// Keys and titles of the columns a person may hide, for [`ColumnChoice`].
    pub fn hideable(columns: &[Self]) -> Vec<(&'static str, Words)> {
        columns.iter().filter(|column| !column.head.pinned).map(|column| (column.head.key, column.head.title)).collect()
    }
}
