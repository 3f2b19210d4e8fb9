//! Boards: figures, rankings, charts and tables of the template, each figure a link to the cases behind it. The page and
//! the chart library load when first opened.

use contract::board::{BoardView, GET};
use domain::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use parts::api;
use parts::fetch::Fetch;
use parts::meta::use_meta;
use parts::said::{read, said};
use ui::locale::{date_time, zone_minutes};
use ui::{EmptyState, ErrorState, Glyph, PageHeader, Skeleton, Text, Words, say, text};

use crate::go::use_go;
use crate::nav::Place;

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
            let figures = figures.into_iter().map(component::component).collect_view();
            let rest = rest.into_iter().map(component::component).collect_view();
            view! {
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
