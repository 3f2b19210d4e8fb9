//! One line: confirmed, matched with another payout of the same amount, taken apart with a reason, noted.

use contract::Page;
use contract::statement::{
    CONFIRM, MISSING, MissingPayout, NOTE, PART, StatementLine, StatementMatchRequest, StatementNoteRequest,
    StatementPartRequest,
};
use domain::{PayoutId, StatementId};
use leptos::prelude::*;
use parts::Sum;
use parts::api;
use parts::fetch::Fetch;
use parts::said::money;
use parts::submit::Submit;
use serde::de::IgnoredAny;
use ui::{
    Button, ButtonKind, Choice, DescriptionList, Fact, Field, Select, State, Text, TextArea, TextInput, TimeStamp,
    text, toast,
};

use super::PageQuery;
use crate::go::case_address;
use crate::rows::wrong;

/// Payouts offered at once.
const OFFERED: u32 = 200;

fn facts(line: &StatementLine) -> Vec<Fact> {
    let (at, amount, payout) = (line.at.ms(), line.amount, line.payout_amount);
    let mut facts = vec![
        Fact::new(text("时间", "Time"), move || view! { <TimeStamp at_ms=at/> }.into_any()),
        Fact::new(text("对账单金额", "In the statement"), move || view! { <Sum amount/> }.into_any()),
        Fact::words(text("渠道单号", "The channel's number"), line.channel_reference.clone()),
        Fact::words(text("我方单号", "Our number"), line.our_reference.clone()),
    ];
    if let Some(amount) = payout {
        facts.push(Fact::new(text("系统金额", "With us"), move || view! { <Sum amount/> }.into_any()));
    }
    if let (Some(rma), Some(number)) = (line.rma, line.rma_number.clone()) {
        facts.push(Fact::new(text("退换货单", "Return"), move || {
            view! { <a href=case_address(rma)>{number.clone()}</a> }.into_any()
        }));
    }
    if !line.text.is_empty() {
        facts.push(Fact::words(text("渠道备注", "The channel's note"), line.text.clone()).wide());
    }
    facts
}

fn said(on_done: Callback<()>, words: Text) -> impl FnOnce(IgnoredAny) {
    move |_| {
        toast(State::Good, words);
        on_done.run(());
    }
}

fn confirm(line: &StatementLine, payout: PayoutId, submit: Submit, on_done: Callback<()>) -> AnyView {
    let id = line.id;
    let save = move |()| {
        let body = StatementMatchRequest { payout };
        submit.run(
            move |key| async move { api::send::<IgnoredAny, _>(&CONFIRM, &[&id], &body, key).await },
            said(on_done, text("已核对", "Matched")),
        );
    };
    view! {
        <div class="u-row">
            <Button kind=ButtonKind::Primary busy=submit.busy() on_click=save attr:data-test="line-confirm">
                {text("就是这笔付款", "It is this payout")}
            </Button>
        </div>
    }
    .into_any()
}

/// Payouts of the same amount that no line has.
fn choose(statement: StatementId, line: &StatementLine, submit: Submit, on_done: Callback<()>) -> AnyView {
    let (id, amount) = (line.id, line.amount);
    let payouts = Fetch::<Page<MissingPayout>>::new(move || async move {
        let query = PageQuery { after: None, limit: OFFERED };
        api::read_with(&MISSING, &[&statement], &query).await
    });
    let chosen = RwSignal::new(String::new());
    let choices = Signal::derive(move || {
        let choice = |row: &MissingPayout| {
            let sum = money(row.amount);
            Choice::new(row.id.to_string(), format!("{} · {sum} · {}", row.rma_number, row.reference))
        };
        payouts.with(|page| {
            let rows = page.into_iter().flat_map(|page| page.items.iter());
            rows.filter(|row| row.amount == amount).map(choice).collect::<Vec<_>>()
        })
    });
    let save = move |()| {
        let Ok(payout) = chosen.with_untracked(|chosen| chosen.parse::<PayoutId>()) else { return };
        let body = StatementMatchRequest { payout };
        submit.run(
            move |key| async move { api::send::<IgnoredAny, _>(&CONFIRM, &[&id], &body, key).await },
            said(on_done, text("已核对", "Matched")),
        );
    };
    (move || {
        if choices.with(Vec::is_empty) {
            let none = text("没有同样金额、未核对的付款", "No payout of this amount is without a line");
            return view! { <p class="u-soft">{none}</p> }.into_any();
        }
        view! {
            <Field label=text("匹配到付款", "Match with a payout") error=submit.field("payout")>
                <Select value=chosen options=choices placeholder=text("选择付款", "Choose a payout")/>
            </Field>
            <div class="u-row">
                <Button busy=submit.busy() on_click=save attr:data-test="line-match">{text("匹配", "Match")}</Button>
            </div>
        }
        .into_any()
    })
    .into_any()
}

fn apart(line: &StatementLine, on_done: Callback<()>) -> AnyView {
    let id = line.id;
    let submit = Submit::new();
    let reason = RwSignal::new(String::new());
    let save = move || {
        let body = StatementPartRequest { reason: reason.get_untracked() };
        submit.run(
            move |key| async move { api::send::<IgnoredAny, _>(&PART, &[&id], &body, key).await },
            said(on_done, text("已取消匹配", "Taken apart")),
        );
    };
    view! {
        <form class="u-stack" on:submit=move |event| {
            event.prevent_default();
            save();
        }>
            {wrong(submit)}
            <Field label=text("取消匹配的原因", "Why they do not belong together") error=submit.field("reason")>
                <TextInput value=reason max_length=200 attr:data-test="line-reason"/>
            </Field>
            <div class="u-row">
                <Button submit=true busy=submit.busy() attr:data-test="line-part">{text("取消匹配", "Take apart")}</Button>
            </div>
        </form>
    }
    .into_any()
}

fn note(line: &StatementLine, on_done: Callback<()>) -> AnyView {
    let id = line.id;
    let submit = Submit::new();
    let words = RwSignal::new(line.note.clone());
    let save = move || {
        let body = StatementNoteRequest { note: words.get_untracked() };
        submit.run(
            move |key| async move { api::send::<IgnoredAny, _>(&NOTE, &[&id], &body, key).await },
            said(on_done, text("备注已保存", "The note is saved")),
        );
    };
    view! {
        <form class="u-stack" on:submit=move |event| {
            event.prevent_default();
            save();
        }>
            {wrong(submit)}
            <Field label=text("备注", "Note") error=submit.field("note") hint=text("说明差异的原因", "What is behind a difference")>
                <TextArea value=words max_length=500 attr:data-test="line-note"/>
            </Field>
            <div class="u-row">
                <Button submit=true busy=submit.busy() attr:data-test="line-note-save">{text("保存备注", "Save the note")}</Button>
            </div>
        </form>
    }
    .into_any()
}

/// The drawer's content.
#[component]
pub(super) fn OneLine(statement: StatementId, line: StatementLine, may: bool, on_done: Callback<()>) -> impl IntoView {
    let submit = Submit::new();
    let about = Signal::stored(facts(&line));
    let work = may.then(|| {
        let parts = match (line.state.as_str(), line.payout) {
            ("suggested", Some(payout)) => {
                view! { {confirm(&line, payout, submit, on_done)} {apart(&line, on_done)} }.into_any()
            }
            ("matched", _) => apart(&line, on_done),
            ("open" | "different", _) => choose(statement, &line, submit, on_done),
            _ => ().into_any(),
        };
        view! { {wrong(submit)} {parts} {note(&line, on_done)} }
    });
    let written = (!may && !line.note.is_empty()).then(|| view! { <p>{line.note.clone()}</p> });
    view! { <div class="u-stack"><DescriptionList facts=about/> {written} {work}</div> }
}
