//! The inbox: what waits for this person and until when, what they did, filed and are told of, with the case beside it;
//! keys for everything that is done often.

use contract::Page;
use contract::inbox::{COPIES, COUNT, CopyItem, InboxCase, InboxCount, InboxItem, InboxQuery, LIST, STARTED};
use domain::RmaId;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use parts::api;
use parts::fetch::{Fetch, Pages};
use ui::{Bind, EmptyState, Glyph, SplitView, Tab, TableState, Tabs, Text, text};

use crate::go::{Go, case_address, use_go};
use crate::nav::Place;
use crate::pages::case::CasePanel;

mod batch;
mod copies;
mod filter;
mod keys;
mod line;
mod list;
mod saved;

use filter::{Filter, FilterLine};
use line::Line;
use list::List;

/// In the navigation.
pub(crate) const PLACE: Place =
    Place { href: "/desk", label: text("工作台", "Inbox"), icon: Glyph::Inbox, needs: &[], group: None };

const LABEL: Text = text("我的工作", "My work");
const CHOOSE: Text = text("选择一条，这里显示单据", "Choose one to see its case here");
const PREVIEW: Text = text("单据预览", "Preview of the case");
/// Rows asked for at once: a person's whole day.
const PAGE: u32 = 200;
/// From here on two panes stand side by side; the same as in the design system.
const WIDE: &str = "(min-width: 75rem)";

fn is_wide() -> bool {
    window().match_media(WIDE).ok().flatten().is_some_and(|wide| wide.matches())
}

/// Which of the four lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    /// 待办.
    Todo,
    /// 已办.
    Done,
    /// 我发起的.
    Started,
    /// 抄送我的.
    Copied,
}

impl Which {
    const ALL: [Self; 4] = [Self::Todo, Self::Done, Self::Started, Self::Copied];

    /// As the address says it.
    const fn word(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Done => "done",
            Self::Started => "started",
            Self::Copied => "copied",
        }
    }

    const fn label(self) -> Text {
        match self {
            Self::Todo => text("待办", "To do"),
            Self::Done => text("已办", "Done"),
            Self::Started => text("我发起的", "Started by me"),
            Self::Copied => text("抄送我的", "Copied to me"),
        }
    }

    fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|one| one.word() == word).unwrap_or(Self::Todo)
    }

    fn address(self) -> String {
        if self == Self::Todo { "/desk".to_owned() } else { format!("/desk?list={}", self.word()) }
    }

    /// Whether its rows are to-dos, which can be narrowed.
    const fn is_of_tasks(self) -> bool {
        matches!(self, Self::Todo | Self::Done)
    }
}

/// The inbox as it is on this page. Copy freely.
#[derive(Clone, Copy)]
struct Inbox {
    which: Memo<Which>,
    items: Pages<Line>,
    count: Fetch<InboxCount>,
    shown: Memo<Vec<Line>>,
    filter: Filter,
    table: TableState,
    go: Go,
}

impl Inbox {
    /// The row the keyboard is on.
    fn active(self) -> Option<Line> {
        let active = self.table.active.get();
        self.shown.with(|shown| match active {
            // A row that has gone from the list gives its place to the first.
            Some(key) => shown.iter().find(|line| line.key == key).or(shown.first()).cloned(),
            None => shown.first().cloned(),
        })
    }

    /// Its case.
    fn case(self) -> Option<RmaId> {
        self.active()?.case.map(|case| case.id)
    }
}

fn which_of_address() -> Memo<Which> {
    let query = use_query_map();
    Memo::new(move |_| Which::of(&query.with(|query| query.get("list")).unwrap_or_default()))
}

fn pages(which: Memo<Which>, filter: Filter) -> Pages<Line> {
    Pages::<Line>::by(PAGE, move |after, limit| {
        let which = which.get();
        let narrow = if which.is_of_tasks() { filter.narrow() } else { Default::default() };
        let seek = InboxQuery { after: after.clone(), limit: Some(limit), ..InboxQuery::default() };
        async move {
            match which {
                Which::Todo | Which::Done => {
                    let tab = if which == Which::Done { "done" } else { "open" };
                    let asked = narrow.query(tab, after, limit);
                    let page = api::read_with::<Page<InboxItem>, _>(&LIST, &[], &asked).await?;
                    Ok(page.map(Line::of_task))
                }
                Which::Started => {
                    let page = api::read_with::<Page<InboxCase>, _>(&STARTED, &[], &seek).await?;
                    Ok(page.map(Line::of_case))
                }
                Which::Copied => {
                    let page = api::read_with::<Page<CopyItem>, _>(&COPIES, &[], &seek).await?;
                    Ok(page.map(Line::of_copy))
                }
            }
        }
    })
    .follow(|heard| heard.touches_any("queue:") || heard.touches_any("person:"))
}

fn tabs(count: Fetch<InboxCount>) -> Signal<Vec<Tab>> {
    let of = move |part: fn(&InboxCount) -> u32| {
        Signal::derive(move || count.with(|count| count.as_ref().map_or(0, |count| i64::from(part(count)))))
    };
    let (open, copies) = (of(|count| count.open), of(|count| count.copies));
    Signal::derive(move || {
        let tab = |which: Which| {
            let tab = Tab::new(which.word(), which.label());
            match which {
                Which::Todo => tab.count(open).urgent(),
                Which::Copied => tab.count(copies),
                Which::Done | Which::Started => tab,
            }
        };
        Which::ALL.map(tab).to_vec()
    })
}

/// The page.
#[component]
pub(crate) fn InboxPage() -> impl IntoView {
    let go = use_go();
    let which = which_of_address();
    let tab = Bind::new(move || which.get().word().to_owned(), move |word: String| go.to(&Which::of(&word).address()));
    let count = Fetch::<InboxCount>::new(|| api::read(&COUNT, &[]))
        .follow(|heard| heard.touches_any("queue:") || heard.touches_any("person:"));
    let filter = Filter::new();
    let items = pages(which, filter);
    let shown = Memo::new(move |_| {
        let mut lines = items.items().get();
        if which.get() == Which::Todo {
            lines.sort_by_key(Line::due_ms);
        }
        lines
    });
    let inbox = Inbox { which, items, count, shown, filter, table: TableState::new(), go };
    Effect::new(move |before: Option<Which>| {
        let now = which.get();
        if before.is_some_and(|before| before != now) {
            inbox.table.clear_selection();
            inbox.table.active.set(None);
        }
        now
    });
    let list = move || {
        let narrowing = move || which.get().is_of_tasks().then(|| view! { <FilterLine inbox/> });
        let reading = move || (which.get() == Which::Copied).then(|| view! { <copies::ReadAll inbox/> });
        view! { {narrowing} {reading} <List inbox/> }
    };
    // On a narrow screen a case has a page of its own; nothing is ever shown instead of the list.
    let chosen = Signal::stored(false);
    view! {
        <h1 class="u-visually-hidden">{LABEL}</h1>
        <div class="inbox">
            <Tabs value=tab tabs=tabs(count) label=LABEL>
                <SplitView chosen list detail=move || preview(inbox)/>
            </Tabs>
        </div>
    }
}

fn preview(inbox: Inbox) -> impl IntoView {
    let location = use_location();
    let case = Memo::new(move |_| inbox.case());
    let shown = move || case.get().filter(|_| is_wide());
    let any = Memo::new(move |_| !inbox.shown.with(Vec::is_empty));
    let panel = move || {
        location.pathname.track();
        match shown() {
            Some(id) => view! { <CasePanel id on_changed=move |()| inbox.items.reload()/> }.into_any(),
            None if any.get() => view! { <EmptyState title=CHOOSE icon=Glyph::Clipboard/> }.into_any(),
            None => ().into_any(),
        }
    };
    view! { <section class="inbox__preview" aria-label=move || PREVIEW.get()>{panel}</section> }
}

/// Where the keyboard's Enter leads.
fn open_case(inbox: Inbox) {
    let Some(line) = untrack(|| inbox.active()) else { return };
    copies::opened(inbox, &line);
    if let Some(case) = line.case {
        inbox.go.to(&case_address(case.id));
    }
}
