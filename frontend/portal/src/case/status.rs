//! What goes on, in the shop's words for customers, and by when.

use domain::state::CaseState;
use leptos::prelude::*;
use parts::Sum;
use parts::said::{read, said};
use ui::locale::{when, zone_minutes};
use ui::{CopyText, Glyph, Icon, State, TimeStamp, lang, say, text};

use super::Case;

mod next;

/// How the whole thing stands, in colour and sign.
fn tone(state: CaseState, asked: bool) -> State {
    match state {
        _ if asked => State::Attention,
        CaseState::Submitted | CaseState::InProgress => State::Waiting,
        CaseState::NeedsInfo => State::Attention,
        CaseState::Rejected => State::Bad,
        CaseState::Withdrawn => State::Paused,
        CaseState::Closed => State::Good,
    }
}

/// The head of the page.
pub(super) fn status(case: Case) -> AnyView {
    let number = case.part(|view| view.number.clone());
    let about = case.part(|view| (view.shop.title.clone(), view.order_number.clone(), view.filed_at.ms()));
    let now = case.part(|view| (view.status.clone(), tone(view.state, view.question.is_some()), view.refusal.clone()));
    let due = case.part(|view| {
        let due = view.due_at.filter(|_| !view.state.is_final() && view.question.is_none());
        due.map(|due| (due.ms(), view.is_reviewed))
    });
    let due_words = move || {
        due.get().map(|(due_ms, is_reviewed)| {
            let words = move || {
                let now_ms = ui::clock::now_ms();
                let at = when(lang(), due_ms, now_ms, zone_minutes());
                match (due_ms <= now_ms, is_reviewed) {
                    (true, _) => {
                        say!("比预计的要久一些，我们正在加紧处理", "This takes longer than planned; we are on it")
                    }
                    (false, true) => say!("预计 {at} 前回复", "You have our answer by {at}"),
                    (false, false) => say!("预计 {at} 前完成这一步", "This step should be done by {at}"),
                }
            };
            view! { <p class="status__due"><Icon glyph=Glyph::Clock/><span>{words}</span></p> }
        })
    };
    let money = case.part(|view| (view.refund, view.refunded));
    let money_words = move || {
        let (refund, refunded) = money.get();
        match (refund.filter(|amount| amount.minor != 0), refunded.filter(|amount| amount.minor != 0)) {
            (_, Some(amount)) => Some(view! { <p>{text("已退款", "Refunded")} " " <Sum amount strong=true/></p> }),
            (Some(amount), None) => {
                Some(view! { <p>{text("预计退款", "Refund expected")} " " <Sum amount strong=true/></p> })
            }
            (None, None) => None,
        }
    };
    let about_line = move || {
        let (shop, order, filed) = about.get();
        view! {
            <span>{said(&shop)}</span>
            {order.map(|order| view! { <span>{text("订单", "Order")} " " {order}</span> })}
            <span>{text("提交于", "Sent")} " " <TimeStamp at_ms=filed/></span>
        }
    };
    view! {
        <header class="status__head">
            <h1 class="status__number" data-test="portal-number"><CopyText value=Signal::derive(move || number.get())/></h1>
            <p class="status__about">{about_line}</p>
        </header>
        <section class=move || now.with(|(_, tone, _)| format!("status__now {}", tone.class())) role="status" data-test="portal-status">
            <p class="status__words">
                {move || view! { <Icon glyph=now.with(|(_, tone, _)| tone.glyph())/> }}
                <strong>{move || now.with(|(words, _, _)| read(words))}</strong>
            </p>
            {move || now.with(|(_, _, refusal)| refusal.clone()).map(|why| view! { <p class="status__why">{why}</p> })}
            {due_words}
            {money_words}
            {next::next(case)}
        </section>
    }
    .into_any()
}
