//! The rows behind a figure: how many, what they come to, and each with its case.

use contract::board::{BEHIND, BehindItem, BehindQuery, BehindView, MeasureView, RowView};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use parts::api;
use parts::fetch::{Chunk, Fetch, Pages};
use parts::said::read;
use ui::{EmptyState, ErrorState, Glyph, LoadMore, PageHeader, Skeleton, Text, TimeStamp, Words, say, text};

use super::figure::{Place, figure, unit};
use crate::go::case_address;

const NOTHING: Text = text("这个数字后面没有记录", "Nothing stands behind this figure");
const CASE: Text = text("单号", "Case");
const WHAT: Text = text("内容", "What");
const SINCE: Text = text("时间", "When");
const NO_CASE: Text = text("未关联单据", "No case");
/// A row of a share is one or none of it.
const YES_OR_NO: &str = "yes_or_no";
/// The rows asked for at once.
const PAGE: u32 = 50;

fn heading(measure: &MeasureView) -> String {
    let (name, unit) = (read(&measure.title), unit(measure));
    if unit.is_empty() { name } else { format!("{name} ({unit})") }
}

fn shown(measure: &MeasureView, figures: &[Option<f64>], currency: Option<&str>, at: usize) -> String {
    if measure.unit == YES_OR_NO {
        let value = figures.get(at).copied().flatten();
        return value
            .map_or_else(|| "—".to_owned(), |value| if value > 0.5 { say!("是", "Yes") } else { say!("否", "No") });
    }
    let row = RowView {
        labels: Vec::new(),
        currency: currency.map(str::to_owned),
        figures: figures.to_vec(),
        drill: None,
        behind: None,
    };
    figure(measure, &row, at, Place::Exact)
}

/// What the rows come to: the same figures as on the board.
fn sums(view: &BehindView) -> AnyView {
    let (count, measures) = (view.count, view.measures.clone());
    let (figures, currency) = (view.figures.clone(), view.currency.clone());
    let words = move || {
        let each =
            measures.iter().enumerate().filter(|(_, measure)| measure.unit != "count").map(|(at, measure)| {
                format!("{} {}", heading(measure), shown(measure, &figures, currency.as_deref(), at))
            });
        let rows = say!("共 {count} 条", "{count} in all");
        std::iter::once(rows).chain(each).collect::<Vec<_>>().join(" · ")
    };
    view! { <p class="board__sums" data-test="behind-sums">{words}</p> }.into_any()
}

fn line(item: BehindItem, measures: &[MeasureView], currency: Option<&str>) -> impl IntoView + use<> {
    let case = match (item.rma, item.number.clone()) {
        (Some(rma), Some(number)) => view! { <a href=case_address(rma)>{number}</a> }.into_any(),
        _ => view! { <span class="u-soft">{NO_CASE}</span> }.into_any(),
    };
    let cells = measures.iter().enumerate().filter(|(_, measure)| measure.unit != "count").map(|(at, measure)| {
        let own = if measure.unit == "percent" {
            MeasureView { unit: YES_OR_NO.to_owned(), ..measure.clone() }
        } else {
            measure.clone()
        };
        let (figures, currency) = (item.figures.clone(), currency.map(str::to_owned));
        view! { <td class="board__figure">{move || shown(&own, &figures, currency.as_deref(), at)}</td> }
    });
    let cells = cells.collect_view();
    let detail = item.detail.clone();
    let at = item.at.map(|at| view! { <TimeStamp at_ms=at.ms()/> });
    view! {
        <tr>
            <th scope="row">{case}</th>
            <td>{move || read(&detail)}</td>
            <td>{at}</td>
            {cells}
        </tr>
    }
}

fn table(items: Vec<BehindItem>, view: &BehindView) -> AnyView {
    let heads = view.measures.iter().filter(|measure| measure.unit != "count").map(|measure| {
        let measure = measure.clone();
        view! { <th scope="col" class="board__figure">{move || heading(&measure)}</th> }
    });
    let heads = heads.collect_view();
    let rows = items.into_iter().map(|item| line(item, &view.measures, view.currency.as_deref())).collect_view();
    let label = parts::said::said(&view.title);
    view! {
        <div class="board__wide">
            <table class="board__table" aria-label=move || label.get() data-test="behind">
                <thead>
                    <tr><th scope="col">{CASE}</th><th scope="col">{WHAT}</th><th scope="col">{SINCE}</th>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The page.
pub(super) fn page() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let part = Memo::new(move |_| {
        let of = |name: &str| params.with(|params| params.get(name)).unwrap_or_default();
        (of("id"), of("component"))
    });
    let asked = Memo::new(move |_| BehindQuery {
        row: query.with(|query| query.get("row")).unwrap_or_default(),
        currency: query.with(|query| query.get("currency")),
        ..BehindQuery::default()
    });
    let question = move |after: Option<String>, limit: u32| {
        let (board, component) = part.get();
        let parameters = BehindQuery { after, limit: Some(limit), ..asked.get() };
        api::read_with::<BehindView, _>(&BEHIND, &[&board, &component], &parameters)
    };
    let whole = Fetch::<BehindView>::new(move || question(None, 1)).follow(|heard| heard.touches("board"));
    let pages = Pages::<BehindItem>::by(PAGE, move |after, limit| {
        let answer = question(after, limit);
        async move { answer.await.map(|view| Chunk { items: view.items, next: view.next, total: Some(view.count) }) }
    })
    .follow(|heard| heard.touches("board"));
    let items = pages.items();
    let title = Words::from(move || {
        whole.with(|view| {
            view.map_or_else(String::new, |view| {
                let names = std::iter::once(read(&view.title)).chain(view.labels.iter().map(read));
                names.collect::<Vec<_>>().join(" · ")
            })
        })
    });
    let body = move || match (whole.get(), whole.problem().get()) {
        (Some(view), _) if view.count == 0 => {
            view! { {sums(&view)} <EmptyState title=NOTHING icon=Glyph::Chart/> }.into_any()
        }
        (Some(view), _) => view! { {sums(&view)} {table(items.get(), &view)} }.into_any(),
        (None, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| whole.reload()/> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=8/> }.into_any(),
    };
    let count = Signal::derive(move || items.with(Vec::len) as i64);
    let more = move || {
        pages.has_more().get().then(|| {
            view! { <LoadMore shown=count more=pages.has_more() loading=pages.busy() on_more=move |()| pages.more()/> }
        })
    };
    let back = move || format!("/desk/boards/{}", part.get().0);
    view! {
        <PageHeader title back=untrack(back)/>
        {body}
        {more}
    }
    .into_any()
}
