//! The top of a case: its number, where it stands on each axis, and the answer to "what do I do now and until when".

use contract::rma::{ActionView, RmaView, TaskView};
use domain::Timestamp;
use domain::state::CaseState;
use leptos::prelude::*;
use parts::Clocks;
use parts::meta::use_meta;
use parts::said::read;
use parts::words::{Spoken, Toned, chip};
use ui::{CopyText, Glyph, Icon, State, TimeStamp, say, text};

use super::Case;
use crate::go::case_address;
use crate::nav;

/// What is to be done now, by whom, until when.
#[derive(Clone, PartialEq)]
struct Now {
    state: State,
    words: String,
    due: Option<i64>,
    /// From when on that is near, as the clock itself says.
    near: Option<i64>,
    mine: bool,
}

fn task_of<'v>(view: &'v RmaView, node: &str, round: u32) -> Option<&'v TaskView> {
    view.tasks.iter().find(|task| task.node == node && task.round == round)
}

/// The to-do that is due first.
fn first_task(view: &RmaView) -> Option<&TaskView> {
    view.tasks.iter().min_by_key(|task| task.due_at.map_or(i64::MAX, Timestamp::ms))
}

fn waiting_for(task: &TaskView) -> String {
    let what = read(&task.title);
    let assignee = task.assignee.as_ref().map(|person| person.name.clone()).filter(|name| !name.is_empty());
    match assignee.or_else(|| task.role.as_ref().map(read)) {
        Some(who) => say!("等待{who}：{what}", "Waits for {who}: {what}"),
        None => say!("等待处理：{what}", "Waiting: {what}"),
    }
}

fn now(view: &RmaView) -> Now {
    let now = |state: State, words: String, task: Option<&TaskView>, mine: bool| Now {
        state,
        words,
        due: task.and_then(|task| task.due_at).map(Timestamp::ms),
        near: task.and_then(|task| task.warn_at).map(Timestamp::ms),
        mine,
    };
    if view.head.state.is_final() {
        let words = view.head.state.text().get().to_owned();
        return now(view.head.state.state(), words, None, false);
    }
    for action in &view.actions {
        match action {
            ActionView::Decide { node, round, title, .. } => {
                let title = read(title);
                let words = say!("请审批：{title}", "Please decide: {title}");
                return now(State::Waiting, words, task_of(view, node, *round), true);
            }
            other => {
                if let Some((label, _)) = nav::work_place(other, view.head.id) {
                    let words = label.get().to_owned();
                    return now(State::Waiting, words, first_task(view), true);
                }
            }
        }
    }
    if view.head.state == CaseState::NeedsInfo {
        let words = say!("等待顾客补充资料", "Waits for the customer's answer");
        return now(State::Attention, words, first_task(view), false);
    }
    match first_task(view) {
        Some(task) => now(State::Paused, waiting_for(task), Some(task), false),
        None => now(State::Paused, say!("目前没有待办", "Nothing is to be done now"), None, false),
    }
}

fn number(case: Case) -> AnyView {
    let number = case.part(|view| view.head.number.clone());
    let value = Signal::derive(move || number.get());
    if case.page {
        view! {
            <a class="ui-page-header__back" href="/desk/rmas" aria-label=move || text("返回列表", "Back to the list").get()>
                <Icon glyph=Glyph::ArrowLeft/>
            </a>
            <h1 class="case__number"><CopyText value/></h1>
        }
        .into_any()
    } else {
        view! { <h2 class="case__number"><a href=case_address(case.id) data-test="open-case">{value}</a></h2> }
            .into_any()
    }
}

/// The head.
pub(super) fn head(case: Case) -> AnyView {
    let meta = use_meta();
    let chips = case.part(|view| (view.head.state, view.head.goods, view.head.money));
    let chip_row = move || {
        let (state, goods, money) = chips.get();
        (chip(state, text("单", "Case")), chip(goods, text("货", "Goods")), chip(money, text("款", "Money")))
    };
    let head = case.part(|view| (view.head.shop, view.head.summary.clone(), view.head.filed_at.ms(), view.origin));
    let about = move || {
        let (shop, summary, filed, origin) = head.get();
        let shop = if meta.has_many_shops() { read(&meta.shop(shop)) } else { String::new() };
        view! {
            <span class="case__summary">{summary}</span>
            <span>{shop}</span>
            <span>{origin.text()} " " <TimeStamp at_ms=filed/></span>
        }
    };
    let to_do = case.part(now);
    let platform =
        case.part(|view| view.head.platform_due_at.filter(|_| !view.head.state.is_final()).map(Timestamp::ms));
    let tags = case.part(|view| view.buyer_tags.clone());
    let tag_row = move || {
        tags.get()
            .into_iter()
            .map(|tag| view! { <span class="case__tag"><Icon glyph=Glyph::Tag/>{tag}</span> })
            .collect_view()
    };
    let own_due = Signal::derive(move || to_do.with(|now| now.due));
    let near = Signal::derive(move || to_do.with(|now| now.near));
    view! {
        <header class="case__head">
            <div class="case__title">
                {number(case)}
                <div class="case__chips" data-test="case-states">{chip_row}</div>
            </div>
            <p class="case__about">{about} {tag_row}</p>
            <div
                class=move || to_do.with(|now| format!("case__now {}", now.state.class()))
                class:is-mine=move || to_do.with(|now| now.mine)
                role="status"
                data-test="case-now"
            >
                {move || view! { <Icon glyph=to_do.with(|now| now.state.glyph())/> }}
                <strong class="case__now-words">{move || to_do.with(|now| now.words.clone())}</strong>
                <Clocks own_ms=own_due near_ms=near platform_ms=Signal::derive(move || platform.get())/>
            </div>
        </header>
    }
    .into_any()
}
