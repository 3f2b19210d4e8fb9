//! The list itself: two lines a to-do, both clocks, and keys: j k move, Enter opens, a agrees, r rejects.

use contract::inbox::InboxItem;
use domain::Permission;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use parts::Clocks;
use parts::meta::{Meta, use_meta};
use parts::said::{money, read};
use parts::session::use_session;
use ui::{Button, Column, EmptyState, Glyph, Icon, Table, Text, TimeStamp, Words, say, text};
use wasm_bindgen::JsCast;

use super::batch::Batch;
use super::{Inbox, is_wide, open_case};
use crate::go::case_address;
use crate::pages::case::decide::{Choice, Decide, Decision};

const EMPTY: Text = text("没有待办，都处理完了", "Nothing waits for you");
const EMPTY_HINT: Text =
    text("分给您或您角色的单据会自动出现在这里", "Cases given to you or your role appear here by themselves");
const EMPTY_DONE: Text = text("还没有已办", "Nothing done yet");
const NO_MATCH: Text = text("没有符合筛选的待办", "No to-do fits the filters");
/// The kind of to-do that can be agreed to.
pub(super) const APPROVE: &str = "approve";

fn case_cell(meta: Meta, item: &InboxItem) -> AnyView {
    let title = item.title.clone();
    let late = item.breached_at.is_some() && item.done_at.is_none();
    let Some(case) = item.rma.clone() else {
        return view! { <span class="inbox__first">{move || read(&title)}</span> }.into_any();
    };
    let second = move || {
        let shop = if meta.has_many_shops() { read(&meta.shop(case.shop)) } else { String::new() };
        let refund = case.refund.map(money).unwrap_or_default();
        [read(&title), shop, refund].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    view! {
        <span class="inbox__case">
        <span class="inbox__first">
            {late.then(|| view! { <span class="inbox__late" title=move || say!("已超时", "Late")><Icon glyph=Glyph::Alert/></span> })}
            <span class="inbox__number">{case.number.clone()}</span>
            <span class="u-clip">{case.summary.clone()}</span>
        </span>
        <span class="inbox__second">{second}</span>
        </span>
    }
    .into_any()
}

fn due_cell(item: &InboxItem) -> AnyView {
    if let Some(done) = item.done_at {
        return view! { <TimeStamp at_ms=done.ms()/> }.into_any();
    }
    let platform = item.rma.as_ref().and_then(|case| case.platform_due_at).map(domain::Timestamp::ms);
    let own = item.due_at.map(domain::Timestamp::ms);
    view! { <span class="inbox__due"><Clocks own_ms=own platform_ms=platform short=true/></span> }.into_any()
}

fn columns(meta: Meta) -> Vec<Column<InboxItem>> {
    vec![
        Column::new("case", text("单据", "Case"), move |item: &InboxItem| case_cell(meta, item)).grow().pinned(),
        Column::new("due", text("截止 / 完成", "Due / done"), due_cell),
    ]
}

/// What is asked about a to-do when one agrees or rejects.
fn decision(item: &InboxItem, choice: Choice) -> Option<Decision> {
    let case = item.rma.as_ref().filter(|_| item.kind == APPROVE && item.done_at.is_none())?;
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
    let active = untrack(|| inbox.active()).map(|item| item.id);
    let next = inbox.shown.with_untracked(|shown| {
        let at = shown.iter().position(|item| Some(item.id) == active)?;
        let near = shown.get(at + 1).or_else(|| at.checked_sub(1).and_then(|before| shown.get(before)))?;
        Some(near.id.to_string())
    });
    inbox.table.active.set(next);
}

fn element_of(event: &KeyboardEvent) -> Option<web_sys::Element> {
    event.target()?.dyn_into().ok()
}

/// Whether the keys belong to something else now: an input, a menu, a sheet over the page.
fn is_elsewhere(event: &KeyboardEvent) -> bool {
    let busy = element_of(event).is_some_and(|element| {
        element.closest("input, textarea, select, [contenteditable], [role=menu], dialog").ok().flatten().is_some()
    });
    let sheet = document().query_selector("dialog[open]").ok().flatten().is_some();
    busy || sheet || event.ctrl_key() || event.meta_key() || event.alt_key()
}

fn keys(inbox: Inbox, decide: RwSignal<Option<Decision>>, may_decide: Signal<bool>) {
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        if is_elsewhere(&event) {
            return;
        }
        let element = element_of(&event);
        let in_table = element.as_ref().is_some_and(|at| at.closest(".ui-table").ok().flatten().is_some());
        let on_row = element.is_some_and(|at| at.tag_name() == "TR");
        let ask = |choice| {
            let asked = untrack(|| inbox.active()).and_then(|item| decision(&item, choice));
            decide.set(asked.filter(|_| may_decide.get_untracked()));
        };
        match event.key().as_str() {
            "a" => ask(Choice::Agree),
            "r" => ask(Choice::Reject),
            "Enter" if on_row => open_case(inbox),
            // Inside the table the table moves by itself.
            "j" | "k" | "ArrowDown" | "ArrowUp" if !in_table => focus_active(),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listener.remove());
}

fn focus_active() {
    if let Ok(Some(row)) = document().query_selector(".inbox .ui-row[tabindex=\"0\"]")
        && let Ok(row) = row.dyn_into::<web_sys::HtmlElement>()
    {
        let _ = row.focus();
    }
}

fn empty(inbox: Inbox) -> AnyView {
    if inbox.filter.is_set() {
        let clear = move |()| inbox.filter.clear();
        let action = move || view! { <Button on_click=clear>{text("清除筛选", "Clear filters")}</Button> };
        return view! { <EmptyState title=NO_MATCH icon=Glyph::Filter action/> }.into_any();
    }
    if inbox.done.get() {
        return view! { <EmptyState title=EMPTY_DONE icon=Glyph::Inbox/> }.into_any();
    }
    view! { <EmptyState title=EMPTY hint=EMPTY_HINT icon=Glyph::CheckCircle/> }.into_any()
}

/// The list with its keys, its dialog and the bar for chosen rows.
#[component]
pub(super) fn List(inbox: Inbox) -> impl IntoView {
    let (meta, session) = (use_meta(), use_session());
    let decide = RwSignal::new(None::<Decision>);
    let may_decide = Signal::derive(move || session.may(Permission::RmaDecide) && !inbox.done.get());
    keys(inbox, decide, may_decide);
    let current = Signal::derive(move || inbox.active().map(|item| item.id.to_string()).filter(|_| is_wide()));
    // Beside the list a press only looks; where there is no room, it goes to the case.
    let open = Callback::new(move |key: String| {
        let item = inbox.shown.with_untracked(|shown| shown.iter().find(|item| item.id.to_string() == key).cloned());
        if let Some(case) = item.and_then(|item| item.rma).filter(|_| !is_wide()) {
            inbox.go.to(&case_address(case.id));
        }
    });
    let decided = Callback::new(move |_| {
        step_on(inbox);
        inbox.items.reload();
    });
    let key = Callback::new(|item: InboxItem| item.id.to_string());
    let rows = Signal::derive(move || inbox.shown.get());
    let label = Words::from(text("待办", "To-dos"));
    let items = inbox.items;
    view! {
        <div class="inbox__list">
            <Table
                label
                rows
                key
                columns=columns(meta)
                state=inbox.table
                selectable=true
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
            <p class="inbox__keys u-wide-only">
                {text("j k 移动 · Enter 打开 · a 同意 · r 拒绝 · x 选择", "j k move · Enter open · a agree · r reject · x choose")}
            </p>
        </div>
        <Decide decision=decide on_done=decided on_stale=move |()| items.reload()/>
    }
}
