//! What is done less often: taking the to-do or the case, looking again later, withdrawing.

use contract::inbox::{CLAIM, ClaimRequest};
use contract::rma::{ASSIGN, ActionView, OwnerRequest, RmaView};
use domain::{Permission, PersonId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Key};
use parts::session::Session;
use ui::{Glyph, MenuItem, State, Text, text, toast};

use super::{Case, convert, waive};
use crate::ask::Asking;

/// Which sheets over the page are open. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Sheets {
    pub(super) withdraw: RwSignal<bool>,
    pub(super) follow_up: RwSignal<bool>,
    pub(super) waive: Asking,
    pub(super) convert: Asking,
}

impl Sheets {
    pub(super) fn new() -> Self {
        Self {
            withdraw: RwSignal::new(false),
            follow_up: RwSignal::new(false),
            waive: Asking::new(),
            convert: Asking::new(),
        }
    }
}

fn assign(case: Case, owner: Option<PersonId>, done: Text) {
    let id = case.id;
    spawn_local(async move {
        match api::send::<RmaView, _>(&ASSIGN, &[&id], &OwnerRequest { owner }, Key::new()).await {
            Ok(view) => {
                toast(State::Good, done);
                case.take(view);
            }
            Err(problem) => toast(State::Bad, problem.words_in_full()),
        }
    });
}

fn claim(case: Case, task: domain::TaskId, take: bool) {
    spawn_local(async move {
        match api::send::<ClaimRequest, _>(&CLAIM, &[&task], &ClaimRequest { take }, Key::new()).await {
            Ok(_) => {
                toast(State::Good, if take { text("已领取", "It is yours now") } else { text("已放回", "Put back") });
                case.reload();
            }
            Err(problem) => {
                toast(State::Bad, problem.words_in_full());
                case.reload();
            }
        }
    });
}

/// The entries of the menu, by what this reader may do.
pub(super) fn items(case: Case, session: Session, sheets: Sheets) -> Vec<MenuItem> {
    let (me, may_assign, may_note) =
        (session.person(), session.may(Permission::RmaDecide), session.may(Permission::RmaNote));
    let view = case.view.get();
    let mut items = Vec::new();
    if !view.head.state.is_final() {
        let own = |action: &ActionView| matches!(action, ActionView::Decide { .. });
        for task in view.tasks.iter().filter(|_| view.actions.iter().any(own)) {
            let (id, title) = (task.id, parts::said::said(&task.title));
            match &task.assignee {
                None => {
                    let label = move || format!("{} · {}", text("领取待办", "Take the to-do").get(), title.get());
                    items.push(MenuItem::new(label, move || claim(case, id, true)).icon(Glyph::Flag));
                }
                Some(person) if Some(person.id) == me => {
                    let label = move || format!("{} · {}", text("放回待办", "Put the to-do back").get(), title.get());
                    items.push(MenuItem::new(label, move || claim(case, id, false)).icon(Glyph::Undo));
                }
                Some(_) => {}
            }
        }
        if may_assign && me.is_some() {
            let entry = if view.head.owner == me {
                MenuItem::new(text("不再由我负责", "I no longer look after it"), move || {
                    assign(case, None, text("已取消负责人", "Nobody looks after it now"));
                })
            } else {
                MenuItem::new(text("由我负责", "I look after it"), move || {
                    assign(case, me, text("已由您负责", "You look after it now"));
                })
            };
            items.push(entry.icon(Glyph::Person));
        }
        if may_note {
            let label = text("设置跟进时间", "Look again on…");
            items.push(MenuItem::new(label, move || sheets.follow_up.set(true)).icon(Glyph::Calendar));
        }
        if session.may(Permission::Waive) && waive::can_waive(&view) {
            let label = text("核销不会寄回的商品", "Write off goods that will not come");
            items.push(MenuItem::new(label, move || sheets.waive.ask()).icon(Glyph::Box));
        }
        if session.may(Permission::RmaOverride) && convert::can_convert(&view) {
            let label = text("改变处理方式", "Turn into another kind");
            items.push(MenuItem::new(label, move || sheets.convert.ask()).icon(Glyph::Refresh));
        }
        if view.actions.contains(&ActionView::Withdraw) {
            let label = text("撤回申请", "Withdraw");
            items.push(MenuItem::new(label, move || sheets.withdraw.set(true)).icon(Glyph::Undo).danger());
        }
    }
    items
}
