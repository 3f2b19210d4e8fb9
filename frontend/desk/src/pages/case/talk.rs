//! Notes among colleagues and the conversation with the customer, in one thread that says which is which.

use contract::rma::{ActionView, GIVE_INFO, HANDLE_MESSAGES, InfoRequest, NoteRequest, NoteView, RmaView, WRITE_NOTE};
use domain::canned::CannedUse;
use leptos::prelude::*;
use parts::api;
use parts::submit::Submit;
use ui::{
    Button, ButtonKind, Card, Choice, Glyph, Icon, Notice, Segmented, State, StateChip, Text, TextArea, TimeStamp,
    Words, say, text, toast,
};

use super::Case;
use super::canned::WithCanned;

const TITLE: Text = text("备注与留言", "Notes and messages");
const NONE: Text = text("还没有备注或留言", "No notes or messages yet");
const INTERNAL: Text = text("内部备注", "Note");
const CUSTOMER: Text = text("给顾客留言", "To the customer");
const ANSWER: Text = text("代顾客补充", "Answer for the customer");

fn line(note: NoteView) -> impl IntoView {
    let (glyph, to) = if note.to_customer {
        (Glyph::Mail, text("顾客可见", "The customer reads this"))
    } else {
        (Glyph::Lock, text("仅内部", "Internal"))
    };
    let author = if note.from_customer { Words::from(text("顾客", "Customer")) } else { Words::from(note.author) };
    let waiting =
        note.is_waiting.then(|| view! { <StateChip state=State::Attention label=text("待回复", "Unanswered")/> });
    view! {
        <li class="talk__line" class:is-open=note.to_customer data-test=note.is_waiting.then_some("note-waiting")>
            <p class="talk__head">
                <b>{author}</b>
                {waiting}
                <span class="talk__to"><Icon glyph/>{to}</span>
                <TimeStamp at_ms=note.at.ms()/>
            </p>
            <p class="talk__body">{note.body}</p>
        </li>
    }
}

fn compose(case: Case, can_answer: Memo<bool>, waiting: Memo<usize>) -> impl IntoView {
    // Who comes to a message that waits comes to answer it.
    let first = if waiting.get_untracked() > 0 { "customer" } else { "internal" };
    let kind = RwSignal::new(first.to_owned());
    let words = RwSignal::new(String::new());
    let (submit, meta) = (Submit::new(), parts::meta::use_meta());
    let options = Signal::derive(move || {
        let mut options = vec![Choice::new("internal", INTERNAL), Choice::new("customer", CUSTOMER)];
        if can_answer.get() {
            options.push(Choice::new("answer", ANSWER));
        }
        options
    });
    let send = move |()| {
        let (id, body) = (case.id, words.get_untracked());
        let (window, what_sent) = (crate::undo::window_of(meta), kind.get_untracked());
        let done = move |view: RmaView| {
            words.try_set(String::new());
            if what_sent == "customer" {
                crate::undo::sent(window, text("已发送", "Sent"), id);
            } else {
                toast(State::Good, text("已发送", "Sent"));
            }
            case.take(view);
        };
        let what = kind.get_untracked();
        if what == "answer" {
            let body = InfoRequest { text: body, attachments: Vec::new() };
            submit.run(move |key| api::send::<RmaView, _>(&GIVE_INFO, &[&id], &body, key), done);
        } else {
            let body = NoteRequest { to_customer: what == "customer", text: body, attachments: Vec::new() };
            submit.run(move |key| api::send::<RmaView, _>(&WRITE_NOTE, &[&id], &body, key), done);
        }
    };
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let used = Signal::derive(move || (kind.get() == "customer").then_some(CannedUse::Answer));
    let blank = Signal::derive(move || words.with(|words| words.trim().is_empty()));
    let label = move || match kind.get().as_str() {
        "customer" => CUSTOMER.get(),
        "answer" => ANSWER.get(),
        _ => INTERNAL.get(),
    };
    view! {
        <div class="u-stack-8" data-test="note-form">
            {wrong}
            <Segmented value=kind options label=TITLE/>
            <WithCanned id=case.id used words>
                <TextArea value=words label rows=2 max_length=2000/>
            </WithCanned>
            <div class="u-row">
                <Button kind=ButtonKind::Secondary busy=submit.busy() disabled=blank on_click=send attr:data-test="send-note">
                    {text("发送", "Send")}
                </Button>
            </div>
        </div>
    }
}

/// For messages that need no answer.
fn handled(case: Case) -> impl IntoView {
    let submit = Submit::new();
    let send = move |()| {
        let id = case.id;
        submit.run(
            move |key| api::send::<RmaView, _>(&HANDLE_MESSAGES, &[&id], &(), key),
            move |view| {
                toast(State::Good, text("已标为处理过", "Marked as dealt with"));
                case.take(view);
            },
        );
    };
    view! {
        <Button busy=submit.busy() on_click=send attr:data-test="messages-handled">{text("不用回复，标为已处理", "No answer needed")}</Button>
    }
}

/// The thread, and writing to it.
pub(super) fn talk(case: Case) -> AnyView {
    let notes = case.part(|view| view.notes.clone());
    let may_write = case.part(|view| view.actions.contains(&ActionView::Note));
    let can_answer = case.part(|view| view.actions.contains(&ActionView::GiveInfo));
    let thread = move || {
        let notes = notes.get();
        if notes.is_empty() {
            view! { <p class="u-soft">{NONE}</p> }.into_any()
        } else {
            view! { <ul class="talk">{notes.into_iter().map(line).collect_view()}</ul> }.into_any()
        }
    };
    let waiting = case.part(|view| view.notes.iter().filter(|note| note.is_waiting).count());
    let form = move || may_write.get().then(|| compose(case, can_answer, waiting));
    let bar = move || {
        let count = waiting.get();
        (count > 0).then(|| {
            let title = say!("顾客有 {count} 条留言待回复", "{count} messages of the customer wait");
            let action = move || may_write.get().then(|| handled(case));
            view! { <Notice state=State::Attention title action/> }
        })
    };
    view! { <Card title=TITLE><div class="u-stack">{bar} {thread} {form}</div></Card> }.into_any()
}
