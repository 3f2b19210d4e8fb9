//! A statement: what is matched, what a person decides, and what only one side has.

use contract::statement::{AGAIN, CountedSum, GET, StatementView};
use domain::{Permission, StatementId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use parts::api;
use parts::fetch::Fetch;
use parts::meta::use_meta;
use parts::said::{money, read};
use parts::session::use_session;
use parts::submit::Submit;
use ui::{
    Button, EmptyState, ErrorState, Glyph, LinkButton, PageHeader, Skeleton, Stat, Tab, Tabs, Text, Words, say, text,
};

use super::PLACE;
use super::lines::Lines;
use super::missing::Missing;
use crate::rows::wrong;

const PARTS: [(&str, Text); 6] = [
    ("suggested", text("待确认", "To confirm")),
    ("different", text("有差异", "Different")),
    ("open", text("对账单有，系统没有", "Not with us")),
    ("missing", text("系统有，对账单没有", "Not in the statement")),
    ("matched", text("已核对", "Matched")),
    ("other", text("收入", "Taken in")),
];

fn counted(row: &StatementView, part: &str) -> CountedSum {
    match part {
        "suggested" => row.suggested,
        "different" => row.different,
        "open" => row.open,
        "missing" => row.missing,
        "matched" => row.matched,
        _ => row.income,
    }
}

fn figure(view: Memo<StatementView>, label: Text, of: fn(&StatementView) -> CountedSum) -> AnyView {
    let value = Words::from(move || {
        let sum = view.with(of).sum;
        money(sum)
    });
    let note = Words::from(move || {
        let count = view.with(of).count;
        say!("{count} 笔", "{count} lines")
    });
    view! { <Stat label value note/> }.into_any()
}

fn sheet(fetch: Fetch<StatementView>, first: StatementView) -> AnyView {
    let meta = use_meta();
    let session = use_session();
    let may = untrack(|| session.may(Permission::SettlementPay));
    let id = first.id;
    let begin = PARTS.iter().find(|(part, _)| counted(&first, part).count > 0).map_or("matched", |(part, _)| part);
    let view = Memo::new(move |_| fetch.get().unwrap_or_else(|| first.clone()));
    let shown = RwSignal::new(begin.to_owned());
    let tab = |(part, label): &(&'static str, Text)| {
        let part = *part;
        Tab::new(part, *label).count(Signal::derive(move || view.with(|view| counted(view, part).count)))
    };
    let tabs = Signal::stored(PARTS.iter().map(tab).collect::<Vec<_>>());
    let on_changed = Callback::new(move |()| fetch.reload());
    let panel = move || match shown.get().as_str() {
        "missing" => view! { <Missing id/> }.into_any(),
        part => view! { <Lines id part=part.to_owned() may on_changed/> }.into_any(),
    };
    let title = Words::from(move || view.with(|view| view.file_name.clone()));
    let subtitle = Words::from(move || {
        let (shop, channel) = view.with(|view| (meta.shop(view.shop), super::layout(&view.layout)));
        format!("{} · {}", read(&shop), channel.get())
    });
    let submit = Submit::new();
    let again = move |()| {
        submit.run(
            move |key| async move { api::act::<StatementView>(&AGAIN, &[&id], key).await },
            move |row| fetch.set(row),
        );
    };
    let actions = move || {
        may.then(|| {
            view! {
                <Button icon=Glyph::Refresh busy=submit.busy() on_click=again attr:data-test="statement-again">
                    {text("重新匹配", "Match again")}
                </Button>
            }
        })
    };
    let known = move || {
        let known = view.with(|view| view.known);
        (known > 0).then(|| {
            let words = move || say!("另有 {known} 笔在之前的对账单中", "{known} more lines are in earlier statements");
            view! { <p class="u-soft">{words}</p> }
        })
    };
    view! {
        <PageHeader title subtitle actions back=PLACE.href.to_owned()/>
        {wrong(submit)}
        <div class="statements__figures" data-test="statement">
            {figure(view, text("付出", "Paid out"), |view| view.out)}
            {figure(view, text("已核对", "Matched"), |view| view.matched)}
            {figure(view, text("待确认", "To confirm"), |view| view.suggested)}
            {figure(view, text("有差异", "Different"), |view| view.different)}
            {figure(view, text("系统没有", "Not with us"), |view| view.open)}
            {figure(view, text("对账单没有", "Not in the statement"), |view| view.missing)}
        </div>
        {known}
        <Tabs value=shown tabs label=PLACE.label>{panel}</Tabs>
    }
    .into_any()
}

fn none() -> AnyView {
    let action = || view! { <LinkButton href=PLACE.href>{PLACE.label}</LinkButton> };
    let hint = text("地址可能写错了，或者您没有查看它的权限", "The address may be wrong, or you may not see it");
    view! { <EmptyState title=text("没有这份对账单", "No such statement") hint icon=Glyph::Search action/> }.into_any()
}

#[component]
fn Panel(id: StatementId) -> impl IntoView {
    let fetch = Fetch::<StatementView>::new(move || api::read(&GET, &[&id]));
    let there = fetch.is_there();
    move || {
        if let Some(first) = there.get().then(|| fetch.get_untracked()).flatten() {
            return sheet(fetch, first);
        }
        match fetch.problem().get() {
            Some(problem) if problem.is_missing() => none(),
            Some(problem) => view! { <ErrorState hint=problem.words() on_retry=move |()| fetch.reload()/> }.into_any(),
            None => view! { <Skeleton lines=8/> }.into_any(),
        }
    }
}

/// The page.
#[component]
pub(super) fn Sheet() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<StatementId>().ok()));
    move || match id.get() {
        Some(id) => view! { <Panel id/> }.into_any(),
        None => none(),
    }
}
