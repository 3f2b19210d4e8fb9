//! One component of a board, by its shape. Charts have their figures as a table one press away.

use contract::board::{ComponentView, RowView};
use leptos::prelude::*;
use parts::said::{read, said};
use ui::{Bar, BarList, Card, EmptyState, Glyph, Stat, Text, text};

use super::drawn;
use super::figure::{Place, cases, figure, label, unit};
use crate::chart::Chart;

const NOTHING: Text = text("这段时间没有数据", "Nothing to show for this time");
const FIGURES: Text = text("查看数字", "Figures");

fn numbers(component: ComponentView) -> AnyView {
    let row = component.rows.first().cloned();
    let several = component.measures.len() > 1;
    let stats = component.measures.iter().enumerate().map(|(at, measure)| {
        let (own, measured) = (row.clone(), measure.clone());
        let value = move || own.as_ref().map_or_else(|| "—".to_owned(), |row| figure(&measured, row, at, Place::Alone));
        let label = said(if several { &measure.title } else { &component.title });
        let href = row.as_ref().and_then(cases);
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

fn bars(component: ComponentView) -> AnyView {
    let names = names(&component);
    let bars = Signal::derive(move || {
        let first = component.measures.first();
        let bar = |row: &RowView| {
            let shown =
                component.measures.iter().enumerate().map(|(at, measure)| figure(measure, row, at, Place::Exact));
            let amount = row.figures.first().copied().flatten().unwrap_or(0.0).round() as i64;
            let words = shown.collect::<Vec<_>>().join(" · ");
            let bar = Bar::new(label(row), if first.is_some() { amount } else { 0 }, words);
            match cases(row) {
                Some(href) => bar.href(href),
                None => bar,
            }
        };
        component.rows.iter().map(bar).collect::<Vec<_>>()
    });
    view! { {names} <BarList bars/> }.into_any()
}

fn cell_row(component: &ComponentView, row: &RowView) -> impl IntoView + use<> {
    let (own, href) = (row.clone(), cases(row));
    let name = move || label(&own);
    let head = match href {
        Some(href) => view! { <a href=href>{name}</a> }.into_any(),
        None => view! { <span>{name}</span> }.into_any(),
    };
    let cells = component.measures.iter().enumerate().map(|(at, measure)| {
        let (measure, row) = (measure.clone(), row.clone());
        view! { <td class="board__figure">{move || figure(&measure, &row, at, Place::Exact)}</td> }
    });
    view! { <tr><th scope="row">{head}</th>{cells.collect_view()}</tr> }
}

fn table(component: &ComponentView) -> AnyView {
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
    let rows = component.rows.iter().map(|row| cell_row(component, row)).collect_view();
    let title = said(&component.title);
    view! {
        <div class="board__scroll">
            <table class="board__table" aria-label=move || title.get()>
                <thead><tr><th scope="col"><span class="u-visually-hidden">{text("分组", "Group")}</span></th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A chart with its figures below.
fn chart(component: ComponentView, draw: fn(&ComponentView) -> String) -> AnyView {
    let shown = component.clone();
    let option = Signal::derive(move || draw(&shown));
    let title = component.title.clone();
    let label = Signal::derive(move || read(&title));
    view! {
        <Chart option label/>
        <details class="board__details">
            <summary>{FIGURES}</summary>
            {table(&component)}
        </details>
    }
    .into_any()
}

/// Whether it is no more than figures.
pub(super) fn is_figure(component: &ComponentView) -> bool {
    component.shape == "number"
}

/// The component in its card.
pub(super) fn component(component: ComponentView) -> AnyView {
    let title = said(&component.title);
    let id = component.id.clone();
    if is_figure(&component) {
        return view! { <div class="board__part board__part--number" data-component=id>{numbers(component)}</div> }
            .into_any();
    }
    let body = match component.shape.as_str() {
        _ if component.rows.is_empty() => view! { <EmptyState title=NOTHING icon=Glyph::Chart/> }.into_any(),
        "bars" => bars(component),
        "pie" => chart(component, drawn::pie),
        "line" => chart(component, drawn::line),
        _ => table(&component),
    };
    view! { <div class="board__part" data-component=id><Card title>{body}</Card></div> }.into_any()
}
