//! Goods that went where they belong; a disposition that was wrong is corrected by another, never edited.

use contract::warehouse::{CORRECT, CorrectRequest, DisposedView, DispositionView};
use domain::Permission;
use domain::state::DispositionKind;
use leptos::prelude::*;
use parts::api;
use parts::session::use_session;
use parts::words::Spoken;
use ui::{Button, ButtonKind, Field, Glyph, Select, State, StateChip, TimeStamp, text, toast};

use super::form::{Subject, dispositions};
use crate::ask::{AskReason, Asking};

fn dialog(subject: Subject, asking: Asking, wrong: DispositionView) -> AnyView {
    let kind = RwSignal::new(String::new());
    let submit = asking.submit;
    let now = wrong.kind;
    let options = Signal::derive(move || {
        let accepted = subject.group.with(|group| group.inspection.as_ref().is_some_and(|found| found.accepted));
        let all = subject.line.with(|line| dispositions(line, accepted));
        all.into_iter().filter(|choice| choice.value != now.as_str()).collect::<Vec<_>>()
    });
    let send = move |reason: String| {
        let Some(kind) = DispositionKind::parse(&kind.get_untracked()) else { return };
        let request = CorrectRequest { kind, reason };
        submit.run(
            move |key| api::send::<DisposedView, _>(&CORRECT, &[&wrong.id], &request, key),
            move |_| {
                asking.done();
                toast(State::Good, text("已更正", "Corrected"));
                subject.on_done.run(());
            },
        );
    };
    let more = move || {
        view! {
            <Field label=text("应当是", "It should be") error=submit.field("kind") required=true>
                <Select value=kind options placeholder=text("请选择", "Choose")/>
            </Field>
        }
    };
    view! {
        <AskReason
            asking
            title=text("更正处置", "Correct the disposition")
            what=text("原来的库存移动会被冲回，再按新的处置入账。", "The stock moves are taken back and made anew.")
            verb=text("更正", "Correct")
            more
            on_reason=send
        />
    }
    .into_any()
}

/// The disposition in force.
pub(super) fn disposed(subject: Subject, in_force: &DispositionView) -> AnyView {
    let session = use_session();
    let asking = Asking::new();
    let corrected = in_force.corrects.is_some();
    let button = session.may(Permission::Dispose).then(|| {
        view! {
            <Button kind=ButtonKind::Quiet icon=Glyph::Edit on_click=move |()| asking.ask() attr:data-test="dispose-correct">
                {text("更正", "Correct")}
            </Button>
        }
    });
    view! {
        <p class="found__line" data-test="disposition">
            <StateChip state=State::Good label=in_force.kind.text()/>
            {corrected.then(|| view! { <span class="u-soft">{text("已更正过", "Corrected")}</span> })}
            <span class="u-soft">{in_force.person.name.clone()} " " <TimeStamp at_ms=in_force.at.ms()/></span>
            {button}
        </p>
        {dialog(subject, asking, in_force.clone())}
    }
    .into_any()
}
