//! What can be done now, always in sight: deciding first, then work, the rest behind "more".

use contract::rma::ActionView;
use leptos::prelude::*;
use parts::session::use_session;
use ui::{ActionBar, Button, ButtonKind, Glyph, LinkButton, Menu, MenuItem, Text, Trigger, text};

use super::decide::{Choice, Decide, Decision};
use super::more::{Sheets, items};
use super::{Case, convert, follow_up, waive, withdraw};
use crate::nav;

const MORE: Text = text("更多", "More");

/// The open step this reader may decide.
fn decision(action: &ActionView, case: Case, choice: Choice) -> Option<Decision> {
    let ActionView::Decide { node, round, title, return_to, .. } = action else { return None };
    Some(Decision {
        rma: case.id,
        number: case.view.with_untracked(|view| view.head.number.clone()),
        node: node.clone(),
        round: *round,
        title: title.clone(),
        choice,
        return_to: return_to.clone(),
    })
}

fn decide_buttons(case: Case, action: ActionView, asked: RwSignal<Option<Decision>>) -> AnyView {
    let ActionView::Decide { may_ask_info, return_to, .. } = &action else { return ().into_any() };
    let (may_ask_info, may_return) = (*may_ask_info, !return_to.is_empty());
    let action = StoredValue::new(action);
    let ask =
        move |choice| Callback::new(move |()| action.with_value(|action| asked.set(decision(action, case, choice))));
    let ask_info = may_ask_info.then(|| {
        view! { <Button on_click=ask(Choice::AskInfo) attr:data-test="decide-ask">{Choice::AskInfo.verb()}</Button> }
    });
    let send_back = may_return.then(|| {
        view! { <Button on_click=ask(Choice::Return) attr:data-test="decide-return">{Choice::Return.verb()}</Button> }
    });
    view! {
        <Button kind=ButtonKind::Primary icon=Glyph::Check keys="A" on_click=ask(Choice::Agree) attr:data-test="decide-agree">
            {Choice::Agree.verb()}
        </Button>
        <Button kind=ButtonKind::Danger keys="R" on_click=ask(Choice::Reject) attr:data-test="decide-reject">
            {Choice::Reject.verb()}
        </Button>
        {ask_info}
        {send_back}
    }
    .into_any()
}

/// Work that is done on a page of its own; the first is the primary one when nothing is to be decided.
fn work_buttons(case: Case, actions: &[ActionView], decides: bool) -> AnyView {
    let places = actions.iter().filter_map(|action| nav::work_place(action, case.id)).enumerate();
    places
        .map(|(at, (label, href))| {
            let kind = if at == 0 && !decides { ButtonKind::Primary } else { ButtonKind::Secondary };
            view! { <LinkButton href=Signal::stored(href) kind>{label}</LinkButton> }
        })
        .collect_view()
        .into_any()
}

/// On the page of the case `a` and `r` decide; beside the inbox the list has the keys.
fn keys(case: Case, asked: RwSignal<Option<Decision>>) {
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        let choice = match event.key().as_str() {
            "a" => Choice::Agree,
            "r" => Choice::Reject,
            _ => return,
        };
        let typing = document().active_element().is_some_and(|at| {
            at.closest("input, textarea, select, [contenteditable], [role=menu], dialog").ok().flatten().is_some()
        });
        let sheet = document().query_selector("dialog[open]").ok().flatten().is_some();
        if typing || sheet || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let next =
            case.view.with_untracked(|view| view.actions.iter().find_map(|action| decision(action, case, choice)));
        if next.is_some() {
            event.prevent_default();
            asked.set(next);
        }
    });
    on_cleanup(move || listener.remove());
}

/// The bar, with everything it opens.
pub(super) fn actions(case: Case) -> AnyView {
    let asked = RwSignal::new(None::<Decision>);
    let (session, sheets) = (use_session(), Sheets::new());
    let all = case.part(|view| view.actions.clone());
    if case.page {
        keys(case, asked);
    }
    let buttons = move || {
        let all = all.get();
        let first = all.iter().find(|action| matches!(action, ActionView::Decide { .. })).cloned();
        let work = work_buttons(case, &all, first.is_some());
        (first.map(|first| decide_buttons(case, first, asked)), work)
    };
    // Of parallel steps the first stands in the bar, the others here.
    let others = move || {
        let rest = all.get().into_iter().filter(|action| matches!(action, ActionView::Decide { .. })).skip(1);
        rest.map(|action| {
            let ActionView::Decide { title, .. } = &action else { return MenuItem::new("", || ()) };
            let title = parts::said::said(title);
            let label = move || format!("{}: {}", Choice::Agree.verb().get(), title.get());
            MenuItem::new(label, move || asked.set(decision(&action, case, Choice::Agree)))
        })
        .collect::<Vec<_>>()
    };
    let menu = Signal::derive(move || {
        let mut entries: Vec<MenuItem> = others();
        entries.extend(items(case, session, sheets));
        entries
    });
    let has_menu = Memo::new(move |_| menu.with(|menu| !menu.is_empty()));
    let more = move || {
        has_menu
            .get()
            .then(|| view! { <Menu label=MORE trigger=Trigger::Button items=menu attr:data-test="case-more"/> })
    };
    let any = Memo::new(move |_| {
        let does = |action: &ActionView| {
            matches!(action, ActionView::Decide { .. }) || nav::work_place(action, case.id).is_some()
        };
        has_menu.get() || all.with(|all| all.iter().any(does))
    });
    let bar = move || any.get().then(|| view! { <ActionBar>{buttons} {more}</ActionBar> });
    view! {
        {bar}
        <Decide decision=asked on_done=move |view| case.take(view) on_stale=move |()| case.reload()/>
        {withdraw::dialog(case, sheets.withdraw)}
        {follow_up::dialog(case, sheets.follow_up)}
        {waive::dialog(case, sheets.waive)}
        {convert::dialog(case, sheets.convert)}
    }
    .into_any()
}
