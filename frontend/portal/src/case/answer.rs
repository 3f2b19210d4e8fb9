//! The shop's question, and answering it.

use std::rc::Rc;

use contract::portal::{ANSWER, PortalAnswerRequest, PortalCaseView};
use domain::AttachmentId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api;
use parts::submit::Submit;
use ui::{Button, ButtonKind, Card, Field, FileDrop, Notice, State, Text, TextArea, TimeStamp, Upload, text, toast};

use super::Case;
use crate::uploads::uploader;

const TITLE: Text = text("需要您补充", "We need something from you");

/// Files of the answer: what is shown of each, and its id once it has arrived.
#[derive(Clone, Copy)]
pub(super) struct Files {
    shown: RwSignal<Vec<Upload>>,
    ids: RwSignal<Vec<(String, AttachmentId)>>,
}

impl Files {
    pub(super) fn new() -> Self {
        Self { shown: RwSignal::default(), ids: RwSignal::default() }
    }

    /// Those that have arrived.
    pub(super) fn arrived(self) -> Vec<AttachmentId> {
        self.ids.with_untracked(|ids| ids.iter().map(|(_, id)| *id).collect())
    }

    pub(super) fn is_empty(self) -> bool {
        self.ids.with(Vec::is_empty)
    }

    /// Whether one is still on its way.
    pub(super) fn are_coming(self) -> bool {
        self.shown.with(|shown| shown.iter().any(|one| one.arrived_permille < 1000 && one.error.is_none()))
    }

    /// Where files are chosen, with what has become of each.
    pub(super) fn drop(self, case: Case) -> AnyView {
        let remove = move |key: String| {
            self.shown.update(|shown| shown.retain(|upload| upload.key != key));
            self.ids.update(|ids| ids.retain(|(own, _)| *own != key));
        };
        let on_files = Callback::new(move |chosen| take(case, self, chosen));
        let uploads = Signal::derive(move || self.shown.get());
        let limit = case.view.with_untracked(|view| view.uploads.max_bytes);
        view! {
            <FileDrop
                label=text("照片或视频", "Photos or a video")
                accept="image/*,video/*"
                multiple=true
                size_bytes_max=limit
                on_files
                uploads
                on_remove=remove
            />
        }
        .into_any()
    }
}

fn change(files: Files, key: &str, change: impl FnOnce(&mut Upload)) {
    files.shown.try_update(|shown| {
        if let Some(upload) = shown.iter_mut().find(|upload| upload.key == key) {
            change(upload);
        }
    });
}

fn take(case: Case, files: Files, chosen: Vec<web_sys::File>) {
    let limits = case.view.with_untracked(|view| view.uploads.clone());
    let uploader = uploader(case.headers(), &limits);
    for file in chosen {
        let key = format!("{}-{}", files.shown.with_untracked(Vec::len), file.name());
        let upload = Upload {
            key: key.clone(),
            name: file.name(),
            size_bytes: file.size() as u64,
            arrived_permille: 0,
            error: None,
        };
        files.shown.update(|shown| shown.push(upload));
        let progress_key = key.clone();
        let progress: Rc<dyn Fn(u16)> =
            Rc::new(move |permille| change(files, &progress_key, |upload| upload.arrived_permille = permille));
        let sent = (uploader.send)(file, progress);
        spawn_local(async move {
            match sent.await {
                Ok(id) => {
                    change(files, &key, |upload| upload.arrived_permille = 1000);
                    if let Ok(id) = id.parse() {
                        files.ids.try_update(|ids| ids.push((key, id)));
                    }
                }
                Err(problem) => change(files, &key, |upload| upload.error = Some(problem.words_in_full())),
            }
        });
    }
}

fn form(case: Case) -> AnyView {
    let words = RwSignal::new(String::new());
    let files = Files::new();
    let submit = Submit::new();
    let send = move |()| {
        let body = PortalAnswerRequest { text: words.get_untracked().trim().to_owned(), attachments: files.arrived() };
        let headers = case.headers();
        submit.run(
            move |key| api::send_as::<PortalCaseView, _>(&ANSWER, &[], &body, key, headers),
            move |view| {
                toast(State::Good, text("已发送，谢谢", "Sent, thank you"));
                case.take(view);
            },
        );
    };
    let nothing =
        Signal::derive(move || files.are_coming() || (words.with(|words| words.trim().is_empty()) && files.is_empty()));
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <div class="u-stack">
            <Field label=text("您的回答", "Your answer") error=submit.field("text")>
                <TextArea value=words rows=3 max_length=2000 attr:data-test="portal-answer-text"/>
            </Field>
            {files.drop(case)}
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
                    <div class="u-stack" id="answer">
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
