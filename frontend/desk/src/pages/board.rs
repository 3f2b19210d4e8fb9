//! Boards: figures, rankings, charts and tables of the template, each figure a link to the cases behind it. The page and
//! the chart library load when first opened.

use contract::board::{BoardView, GET, WarningView};
use domain::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use parts::api;
use parts::fetch::Fetch;
use parts::meta::use_meta;
use parts::said::{read, said};
use ui::locale::{date_time, decimal, zone_minutes};
use ui::{EmptyState, ErrorState, Glyph, Notice, PageHeader, Skeleton, State, Text, Words, say, text};

use crate::go::use_go;
use crate::nav::Place;

mod behind;
mod component;
mod drawn;
mod figure;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/boards",
    label: text("看板", "Boards"),
    icon: Glyph::Chart,
    needs: &[Permission::BoardView],
    group: None,
};

const NONE: Text = text("还没有看板", "No boards yet");
const NONE_HINT: Text = text("应用模板里的看板会列在这里", "Boards of the template appear here");

/// `/desk/boards`: the first board one may open.
pub(crate) struct BoardsPage;

#[lazy_route]
impl LazyRoute for BoardsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let (meta, go) = (use_meta(), use_go());
        let first = untrack(|| meta.with(|view| view.boards.first().map(|board| board.id.clone())));
        match first {
            Some(id) => {
                // The address names the board, so that it can be shared.
                request_animation_frame(move || go.replace(&format!("/desk/boards/{id}")));
                view! { <Skeleton lines=8/> }.into_any()
            }
            None => view! { <PageHeader title=PLACE.label/> <EmptyState title=NONE hint=NONE_HINT icon=Glyph::Chart/> }
                .into_any(),
        }
    }
}

/// `/desk/boards/{id}`.
pub(crate) struct BoardPage;

#[lazy_route]
impl LazyRoute for BoardPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <Board/> }.into_any()
    }
}

/// `/desk/boards/{id}/{component}`: the rows behind a figure.
pub(crate) struct BehindPage;

#[lazy_route]
impl LazyRoute for BehindPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        behind::page()
    }
}

/// A mean that is past its line.
fn warning(warning: WarningView) -> impl IntoView {
    let title = warning.title.clone();
    let words = Words::from(move || {
        let (name, hours) = (read(&title), |ms: i64| decimal(ms as f64 / 3_600_000.0, 1));
        let (mean, above) = (hours(warning.mean_ms), hours(warning.above_ms));
        say!("预警：{name} {mean} 小时，超过 {above} 小时", "Warning: {name} {mean} h, past {above} h")
    });
    let since = move || {
        let (at, counted) = (date_time(warning.since.ms(), zone_minutes()), warning.counted);
        say!(
            "自 {at} 起，按 {counted} 笔计算；回到线内后自动消失",
            "Since {at}, of {counted}; goes by itself when it falls again"
        )
    };
    view! { <div data-test="board-warning"><Notice state=Signal::stored(State::Attention) title=words><p>{since}</p></Notice></div> }
}

/// The boards one may open, as tabs that are links.
fn others(current: Memo<String>) -> AnyView {
    let meta = use_meta();
    let links = move || {
        let boards = meta.with(|view| view.boards.clone());
        (boards.len() > 1).then(|| {
            let link = |board: contract::template::StageView| {
                let own = board.id.clone();
                view! {
                    <a
                        class="board__tab"
                        href=format!("/desk/boards/{}", board.id)
                        aria-current=move || (current.get() == own).then_some("page")
                    >
                        {said(&board.title)}
                    </a>
                }
            };
            let label = move || PLACE.label.get();
            view! { <nav class="board__tabs" aria-label=label>{boards.into_iter().map(link).collect_view()}</nav> }
        })
    };
    view! { {links} }.into_any()
}

#[component]
fn Board() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let board = Fetch::<BoardView>::new(move || api::read(&GET, &[&id.get()])).follow(|heard| heard.touches("board"));
    let title = Words::from(move || {
        board.with(|board| board.map_or_else(|| PLACE.label.get().to_owned(), |board| read(&board.title)))
    });
    let as_of = Words::from(move || {
        board.with(|board| {
            board.map_or_else(String::new, |board| {
                let at = date_time(board.as_of.ms(), zone_minutes());
                say!("数据截至 {at}", "As of {at}")
            })
        })
    });
    let body = move || match (board.get(), board.problem().get()) {
        (Some(view), _) => {
            // Figures stand together above the rest, whatever their order in the document.
            let (figures, rest): (Vec<_>, Vec<_>) = view.components.into_iter().partition(component::is_figure);
            let draw = |part| component::component(&view.id, part);
            let figures = figures.into_iter().map(draw).collect_view();
            let rest = rest.into_iter().map(draw).collect_view();
            let warnings = view.warnings.into_iter().map(warning).collect_view();
            view! {
                {warnings}
                <div class="board__figures" data-test="board">{figures}</div>
                <div class="board">{rest}</div>
            }
            .into_any()
        }
        (None, Some(problem)) if problem.is_missing() => {
            view! { <EmptyState title=NONE hint=NONE_HINT icon=Glyph::Chart/> }.into_any()
        }
        (None, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| board.reload()/> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=8/> }.into_any(),
    };
    view! {
        <PageHeader title subtitle=as_of/>
        {others(id)}
        {body}
    }
}
