//! The shop's question, and answering it.

use contract::portal::{ANSWER, PortalAnswerRequest, PortalCaseView};
use leptos::prelude::*;
use parts::api;
use parts::attach::{AttachDrop, Attached};
use parts::submit::Submit;
use ui::{Button, ButtonKind, Card, Field, Notice, State, Text, TextArea, TimeStamp, text, toast};

use super::Case;
use crate::uploads::uploader;

const TITLE: Text = text("需要您补充", "We need something from you");

fn form(case: Case) -> AnyView {
    let words = RwSignal::new(String::new());
    let limits = case.view.with_untracked(|view| view.uploads.clone());
    let files = Attached::new(uploader(case.headers(), &limits));
    let submit = Submit::new();
    let send = move |()| {
        let attachments = untrack(|| files.ids());
        let body = PortalAnswerRequest { text: words.get_untracked().trim().to_owned(), attachments };
        let headers = case.headers();
        submit.run(
            move |key| api::send_as::<PortalCaseView, _>(&ANSWER, &[], &body, key, headers),
            move |view| {
                toast(State::Good, text("已发送，谢谢", "Sent, thank you"));
                case.take(view);
            },
        );
    };
    let nothing = Signal::derive(move || {
        files.is_busy() || (words.with(|words| words.trim().is_empty()) && files.ids().is_empty())
    });
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <div class="u-stack">
            <Field label=text("您的回答", "Your answer") error=submit.field("text")>
                <TextArea value=words rows=3 max_length=2000 attr:data-test="portal-answer-text"/>
            </Field>
            <AttachDrop attached=files/>
            {wrong}
            <Button kind=ButtonKind::Primary busy=submit.busy() disabled=nothing on_click=send attr:data-test="portal-answer">
                {text("发送", "Send")}
            </Button>
        </div>
    }
    .into_any()
}

/// The question with its form, while there is one.
pub(super) fn answer(case: Case) -> AnyView {
    let question = case.part(|view| view.question.clone());
    let can = case.part(|view| view.can.answer);
    let card = move || {
        question.get().map(|question| {
            view! {
                <Card title=TITLE>
                    <div class="u-stack">
                        <blockquote class="status__question">
                            <p>{question.text}</p>
                            <footer class="u-soft u-small"><TimeStamp at_ms=question.asked_at.ms()/></footer>
                        </blockquote>
                        {can.get().then(|| form(case))}
                    </div>
                </Card>
            }
        })
    };
    view! { {card} }.into_any()
}
