//! The case page, and the same case beside the inbox: what to do now and until when, then everything that belongs to it.

use contract::rma::{GET, RmaView};
use domain::RmaId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use parts::api;
use parts::fetch::Fetch;
use ui::{EmptyState, ErrorState, Glyph, LinkButton, Skeleton, Text, text};

mod actions;
pub(crate) mod answers;
mod books;
mod canned;
mod contact;
mod convert;
pub(crate) mod decide;
mod deliveries;
pub(crate) mod files;
mod flow;
mod follow_up;
mod for_customer;
mod head;
pub(crate) mod lines;
mod more;
mod pick;
mod rating;
mod talk;
mod tracking;
mod transit;
mod units;
mod verdicts;
mod waive;
mod withdraw;
mod work;

const MISSING: Text = text("没有这张单", "No such case");
const MISSING_HINT: Text =
    text("单号可能写错了，或者您没有查看它的权限", "The address may be wrong, or you may not see this case");

/// A case on screen. Copy freely.
#[derive(Clone, Copy)]
struct Case {
    id: RmaId,
    view: Memo<RmaView>,
    fetch: Fetch<RmaView>,
    on_changed: Callback<()>,
    /// It has the page to itself.
    page: bool,
}

impl Case {
    /// Looks at a part of the case; whoever reads it follows that part alone.
    fn part<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        part: impl Fn(&RmaView) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.view.with(&part))
    }

    /// A command answered with the case as it is now.
    fn take(self, view: RmaView) {
        self.fetch.set(view);
        self.on_changed.run(());
    }

    /// Something may have changed elsewhere.
    fn reload(self) {
        self.fetch.reload();
        self.on_changed.run(());
    }
}

fn sheet(case: Case) -> AnyView {
    view! {
        <article class="case" data-test="case">
            {head::head(case)}
            {lines::lines(case)}
            <div class="case__columns">
                <div class="u-stack">
                    {work::work(case)}
                    {transit::transit(case)}
                    {units::units(case)}
                    {verdicts::verdicts(case)}
                    {books::books(case)}
                    {files::files(case)}
                    {answers::answers(case)}
                    {talk::talk(case)}
                    {deliveries::deliveries(case)}
                </div>
                <div class="u-stack">
                    {flow::flow(case)}
                    {contact::contact(case)}
                    {rating::rating(case)}
                </div>
            </div>
            {actions::actions(case)}
        </article>
    }
    .into_any()
}

/// A case with all that belongs to it.
#[component]
pub(crate) fn CasePanel(
    /// Which.
    id: RmaId,
    /// Something was done with it.
    #[prop(into)]
    on_changed: Callback<()>,
    /// It has the page to itself.
    #[prop(optional)]
    page: bool,
) -> impl IntoView {
    let fetch =
        Fetch::<RmaView>::new(move || api::read(&GET, &[&id])).follow(move |heard| heard.touches(&format!("rma:{id}")));
    let there = fetch.is_there();
    move || {
        // Later answers change the parts that differ, not the whole sheet.
        if let Some(first) = there.get().then(|| fetch.get_untracked()).flatten() {
            let view = Memo::new(move |_| fetch.get().unwrap_or_else(|| first.clone()));
            return sheet(Case { id, view, fetch, on_changed, page });
        }
        match fetch.problem().get() {
            Some(problem) if problem.is_missing() => {
                let action =
                    || view! { <LinkButton href="/desk/rmas">{text("退换货列表", "All returns")}</LinkButton> };
                view! { <EmptyState title=MISSING hint=MISSING_HINT icon=Glyph::Search action/> }.into_any()
            }
            Some(problem) => {
                let reference = Signal::stored(Some(problem.body.request_id.clone()));
                view! { <ErrorState hint=problem.words() reference on_retry=move |()| fetch.reload()/> }.into_any()
            }
            None => view! { <Skeleton lines=8/> }.into_any(),
        }
    }
}

/// The page.
#[component]
pub(crate) fn CasePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<RmaId>().ok()));
    move || match id.get() {
        Some(id) => view! { <CasePanel id on_changed=|()| () page=true/> }.into_any(),
        None => view! { <EmptyState title=MISSING hint=MISSING_HINT icon=Glyph::Search/> }.into_any(),
    }
}
