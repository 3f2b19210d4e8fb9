//! One component of a board, by its shape. Charts have their figures as a table one press away.

use contract::board::{ComponentView, RowView};
use leptos::prelude::*;
use parts::said::{read, said};
use ui::{Bar, BarList, Card, EmptyState, Glyph, Stat, Text, text};

use super::drawn;
use super::figure::{Part, Place, figure, label, rows, unit};
use crate::chart::Chart;

const NOTHING: Text = text("这段时间没有数据", "Nothing to show for this time");
const NOTHING_HINT: Text = text("有了退换货，这里就有数字", "Figures appear here once returns are filed");
const FIGURES: Text = text("查看数字", "Figures");

fn numbers(board: &str, component: ComponentView) -> AnyView {
    let part = Part { board, component: &component.id };
    let row = component.rows.first().cloned();
    let several = component.measures.len() > 1;
    let stats = component.measures.iter().enumerate().map(|(at, measure)| {
        let (own, measured) = (row.clone(), measure.clone());
        let value = move || own.as_ref().map_or_else(|| "—".to_owned(), |row| figure(&measured, row, at, Place::Alone));
        let label = said(if several { &measure.title } else { &component.title });
        let href = row.as_ref().and_then(|row| rows(part, row));
        let measured = measure.clone();
        let unit = move || unit(&measured);
        match href {
            Some(href) => view! { <Stat label value unit href/> }.into_any(),
            None => view! { <Stat label value unit/> }.into_any(),
        }
    });
    let stats = stats.collect_view();
    if several {
        view! {
            <section class="board__numbers board__numbers--several">
                <h2 class="board__name">{said(&component.title)}</h2>
                <div class="board__stats">{stats}</div>
            </section>
        }
        .into_any()
    } else {
        view! { <section class="board__numbers">{stats}</section> }.into_any()
    }
}

/// Names of the measures where there are several, in the order of the figures.
fn names(component: &ComponentView) -> AnyView {
    if component.measures.len() < 2 {
        return ().into_any();
    }
    let measures = component.measures.clone();
    let words = move || measures.iter().map(|measure| read(&measure.title)).collect::<Vec<_>>().join(" · ");
    view! { <p class="board__measures">{words}</p> }.into_any()
}

fn bars(board: &str, component: ComponentView) -> AnyView {
    let names = names(&component);
    let board = board.to_owned();
    let bars = Signal::derive(move || {
        let first = component.measures.first();
        let bar = |row: &RowView| {
            let shown =
                component.measures.iter().enumerate().map(|(at, measure)| figure(measure, row, at, Place::Exact));
            let amount = row.figures.first().copied().flatten().unwrap_or(0.0).round() as i64;
            let words = shown.collect::<Vec<_>>().join(" · ");
            let bar = Bar::new(label(row), if first.is_some() { amount } else { 0 }, words);
            match rows(Part { board: &board, component: &component.id }, row) {
                Some(href) => bar.href(href),
                None => bar,
            }
        };
        component.rows.iter().map(bar).collect::<Vec<_>>()
    });
    view! { {names} <BarList bars/> }.into_any()
}

fn cell_row(board: &str, component: &ComponentView, row: &RowView) -> impl IntoView + use<> {
    let (own, href) = (row.clone(), rows(Part { board, component: &component.id }, row));
    let behind = href.clone();
    let name = move || label(&own);
    let head = match href {
        Some(href) => view! { <a href=href>{name}</a> }.into_any(),
        None => view! { <span>{name}</span> }.into_any(),
    };
    let cells = component.measures.iter().enumerate().map(|(at, measure)| {
        let (measure, row) = (measure.clone(), row.clone());
        let words = move || figure(&measure, &row, at, Place::Exact);
        // The name of the row is the link that is read aloud; each number opens the same.
        let inner = match behind.clone() {
            Some(href) => view! { <a href=href tabindex="-1">{words}</a> }.into_any(),
            None => view! { {words} }.into_any(),
        };
        view! { <td class="board__figure">{inner}</td> }
    });
    view! { <tr><th scope="row">{head}</th>{cells.collect_view()}</tr> }
}

fn table(board: &str, component: &ComponentView) -> AnyView {
    let heads = component.measures.iter().map(|measure| {
        let measure = measure.clone();
        let words = move || {
            let unit = unit(&measure);
            let name = read(&measure.title);
            if unit.is_empty() { name } else { format!("{name} ({unit})") }
        };
        view! { <th scope="col" class="board__figure">{words}</th> }
    });
    let heads = heads.collect_view();
    let rows = component.rows.iter().map(|row| cell_row(board, component, row)).collect_view();
    let title = said(&component.title);
    view! {
        <div class="board__scroll" role="region" tabindex="0" aria-label=move || title.get()>
            <table class="board__table" aria-label=move || title.get()>
                <thead><tr><th scope="col"><span class="u-visually-hidden">{text("分组", "Group")}</span></th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A chart with its figures below.
fn chart(board: &str, component: ComponentView, draw: fn(&ComponentView) -> String) -> AnyView {
    let shown = component.clone();
    let option = Signal::derive(move || draw(&shown));
    let title = component.title.clone();
    let label = Signal::derive(move || read(&title));
    view! {
        <Chart option label/>
        <details class="board__details">
            <summary>{FIGURES}</summary>
            {table(board, &component)}
        </details>
    }
    .into_any()
}

/// Whether it is no more than figures.
pub(super) fn is_figure(component: &ComponentView) -> bool {
    component.shape == "number"
}

/// The columns of twelve it takes: on a wide screen as the document says, on a tablet and on a phone as many as what stands
/// there needs to be read.
fn columns(component: &ComponentView) -> (u8, u8, u8) {
    let wide = component.width.clamp(1, 12);
    let (middle, narrow) = match (is_figure(component), wide) {
        (true, ..=2) => (4, 6),
        (true, 3..=6) => (6, 12),
        _ => (12, 12),
    };
    (wide, middle, narrow)
}

/// The component in its card.
pub(super) fn component(board: &str, component: ComponentView) -> AnyView {
    let title = said(&component.title);
    let (wide, middle, narrow) = columns(&component);
    let id = component.id.clone();
    let is_figure = is_figure(&component);
    let body = match component.shape.as_str() {
        _ if is_figure => numbers(board, component),
        _ if component.rows.is_empty() => {
            view! { <EmptyState title=NOTHING hint=NOTHING_HINT icon=Glyph::Chart/> }.into_any()
        }
        "bars" => bars(board, component),
        "pie" => chart(board, component, drawn::pie),
        "line" => chart(board, component, drawn::line),
        _ => table(board, &component),
    };
    let body = if is_figure { body } else { view! { <Card title>{body}</Card> }.into_any() };
    view! {
        <div
            class="board__part"
            style=("--wide", wide.to_string())
            style=("--middle", middle.to_string())
            style=("--narrow", narrow.to_string())
            data-component=id
        >
            {body}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_never_narrower_than_it_reads() {
        let columns = |shape: &str, width| {
            columns(&ComponentView {
                id: "c".to_owned(),
                title: domain::Text::default(),
                shape: shape.to_owned(),
                width,
                measures: Vec::new(),
                rows: Vec::new(),
            })
        };
        assert_eq!(columns("number", 2), (2, 4, 6));
        assert_eq!(columns("number", 4), (4, 6, 12));
        assert_eq!(columns("number", 12), (12, 12, 12));
        assert_eq!(columns("bars", 2), (2, 12, 12));
        assert_eq!(columns("table", 0), (1, 12, 12));
    }
}
