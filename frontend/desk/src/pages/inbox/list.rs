//! The list itself: three lines a row, money and both clocks, and what is done with many at once.

use domain::Permission;
use leptos::prelude::*;
use parts::meta::use_meta;
use parts::session::use_session;
use ui::{Button, EmptyState, Glyph, Table, Text, Words, text};

use super::batch::Batch;
use super::line::{Line, columns};
use super::{Inbox, Which, copies, is_wide, keys};
use crate::go::case_address;
use crate::pages::case::decide::{Choice, Decide, Decision};

const NO_MATCH: Text = text("没有符合筛选的待办", "No to-do fits the filters");
/// The kind of to-do that can be agreed to.
pub(super) const APPROVE: &str = "approve";

/// What is asked about a to-do when one agrees or rejects.
pub(super) fn decision(line: &Line, choice: Choice) -> Option<Decision> {
    let item = line.task.as_ref().filter(|item| item.kind == APPROVE && item.done_at.is_none())?;
    let case = line.case.as_ref()?;
    Some(Decision {
        rma: case.id,
        number: case.number.clone(),
        node: item.node.clone(),
        round: item.round,
        title: item.title.clone(),
        choice,
        return_to: Vec::new(),
    })
}

/// The row after this one becomes the active one, so that work goes on where it was.
fn step_on(inbox: Inbox) {
    let active = untrack(|| inbox.active()).map(|line| line.key);
    let next = inbox.shown.with_untracked(|shown| {
        let at = shown.iter().position(|line| Some(&line.key) == active.as_ref())?;
        let near = shown.get(at + 1).or_else(|| at.checked_sub(1).and_then(|before| shown.get(before)))?;
        Some(near.key.clone())
    });
    inbox.table.active.set(next);
}

/// What an empty list says: what will appear in it.
fn empty_words(which: Which) -> (Text, Text, Glyph) {
    match which {
        Which::Todo => (
            text("没有待办，都处理完了", "Nothing waits for you"),
            text("分给您或您角色的单据会自动出现在这里", "Cases given to you or your role appear here by themselves"),
            Glyph::CheckCircle,
        ),
        Which::Done => (
            text("还没有已办", "Nothing done yet"),
            text("您处理过的待办会留在这里", "What you have dealt with stays here"),
            Glyph::Inbox,
        ),
        Which::Started => (
            text("您还没有发起过退换货", "You have not filed a case yet"),
            text(
                "您代顾客提交的申请会出现在这里，可以跟进到完结",
                "Cases you file for customers appear here until they close",
            ),
            Glyph::Clipboard,
        ),
        Which::Copied => (
            text("没有抄送给您的单据", "Nothing was copied to you"),
            text(
                "流程里设置了抄送您角色的环节通过后，单据会出现在这里",
                "When a step passes that names your role for copies, its case appears here",
            ),
            Glyph::Inbox,
        ),
    }
}

fn empty(inbox: Inbox) -> AnyView {
    let which = inbox.which.get();
    if which.is_of_tasks() && inbox.filter.is_set() {
        let clear = move |()| inbox.filter.clear();
        let action = move || view! { <Button on_click=clear>{text("清除筛选", "Clear filters")}</Button> };
        return view! { <EmptyState title=NO_MATCH icon=Glyph::Filter action/> }.into_any();
    }
    let (title, hint, icon) = empty_words(which);
    view! { <EmptyState title hint icon/> }.into_any()
}

/// The list with its keys, its dialog and the bar for chosen rows.
#[component]
pub(super) fn List(inbox: Inbox) -> impl IntoView {
    let (meta, session) = (use_meta(), use_session());
    let decide = RwSignal::new(None::<Decision>);
    let may_decide = Signal::derive(move || session.may(Permission::RmaDecide) && inbox.which.get() == Which::Todo);
    let help = RwSignal::new(false);
    keys::listen(inbox, decide, may_decide, help);
    let current = Signal::derive(move || inbox.active().map(|line| line.key).filter(|_| is_wide()));
    // Beside the list a press only looks; where there is no room, it goes to the case.
    let open = Callback::new(move |key: String| {
        let line = inbox.shown.with_untracked(|shown| shown.iter().find(|line| line.key == key).cloned());
        let Some(line) = line else { return };
        copies::opened(inbox, &line);
        if let Some(case) = line.case.filter(|_| !is_wide()) {
            inbox.go.to(&case_address(case.id));
        }
    });
    let decided = Callback::new(move |_| {
        step_on(inbox);
        inbox.items.reload();
    });
    let key = Callback::new(|line: Line| line.key);
    let rows = Signal::derive(move || inbox.shown.get());
    let label = Words::from(move || inbox.which.get().label().get());
    let items = inbox.items;
    let table = move |selectable: bool| {
        view! {
            <Table
                label
                rows
                key
                columns=columns(meta)
                state=inbox.table
                selectable
                on_open=open
                current
                loading=items.busy()
                error=items.error()
                on_retry=move |()| items.reload()
                empty=move || empty(inbox)
                more=items.has_more()
                on_more=move |()| items.more()
                bulk=move || view! { <Batch inbox/> }
                fill=true
                autofocus=true
            />
        }
    };
    let selectable = Memo::new(move |_| inbox.which.get() == Which::Todo);
    view! {
        <div class="inbox__list">
            {move || table(selectable.get())}
            <keys::Hint help/>
        </div>
        <Decide decision=decide on_done=decided on_stale=move |()| items.reload()/>
    }
}
