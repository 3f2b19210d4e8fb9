//! Where inspected goods go, once.

use contract::warehouse::{DISPOSE, DisposeRequest, DisposedView};
use domain::Permission;
use domain::state::DispositionKind;
use leptos::prelude::*;
use parts::api;
use parts::meta::{Meta, use_meta};
use parts::session::use_session;
use parts::submit::Submit;
use ui::{Bind, Button, ButtonKind, Field, Notice, Select, State, text, toast};

use super::form::{Subject, dispositions};

/// Where such goods mostly go, by the grade they got.
fn by_grade(meta: Meta, subject: Subject) -> Option<String> {
    let grade = subject.group.with(|group| group.inspection.as_ref().map(|found| found.grade.id))?;
    meta.with(|view| view.grades.iter().find(|own| own.id == grade).map(|own| own.disposition.clone()))
}

/// The choice and its button.
pub(super) fn dispose(subject: Subject) -> AnyView {
    let (meta, session) = (use_meta(), use_session());
    if !session.may(Permission::Dispose) {
        return view! { <p class="u-soft">{text("等待处置", "Waits to be disposed of")}</p> }.into_any();
    }
    let accepted = move || subject.group.with(|group| group.inspection.as_ref().is_some_and(|found| found.accepted));
    let options = Signal::derive(move || subject.line.with(|line| dispositions(line, accepted())));
    let chosen = RwSignal::new(None::<String>);
    let value = Bind::new(
        move || {
            let known = |code: &String| options.with(|all| all.iter().any(|choice| choice.value == *code));
            chosen.get().or_else(|| by_grade(meta, subject)).filter(known).unwrap_or_default()
        },
        move |kind: String| chosen.set(Some(kind)),
    );
    let submit = Submit::new();
    let send = move |()| {
        let Some(kind) = DispositionKind::parse(&untrack(|| value.get())) else { return };
        let (group, request) =
            (subject.group.with_untracked(|group| group.id), DisposeRequest { quantity: None, kind });
        submit.run(
            move |key| api::send::<DisposedView, _>(&DISPOSE, &[&group], &request, key),
            move |_| {
                toast(State::Good, text("已处置", "Disposed of"));
                subject.on_done.run(());
            },
        );
    };
    let blank = Signal::derive(move || value.get().is_empty());
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        {wrong}
        <div class="found__dispose" data-test="dispose-form">
            <Field label=text("处置", "Disposition")>
                <Select value options placeholder=text("请选择", "Choose")/>
            </Field>
            <Button kind=ButtonKind::Primary busy=submit.busy() disabled=blank on_click=send attr:data-test="dispose-send">
                {text("处置", "Dispose")}
            </Button>
        </div>
    }
    .into_any()
}
