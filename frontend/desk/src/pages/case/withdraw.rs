//! Taking a case back for the customer, while nothing has arrived.

use contract::rma::{ReasonRequest, RmaView, WITHDRAW};
use leptos::prelude::*;
use parts::api;
use parts::submit::Submit;
use ui::{Dialog, Field, Notice, State, Text, TextArea, text, toast};

use super::Case;

const TITLE: Text = text("撤回这张单？", "Withdraw this case?");
const WHAT: Text =
    text("撤回后不能恢复，商品可以重新申请。", "This cannot be undone; the goods can be claimed again in a new case.");

/// The question.
pub(super) fn dialog(case: Case, open: RwSignal<bool>) -> AnyView {
    let reason = RwSignal::new(String::new());
    let submit = Submit::new();
    let send = move |()| {
        let (id, body) = (case.id, ReasonRequest { reason: reason.get_untracked().trim().to_owned() });
        submit.run(
            move |key| api::send::<RmaView, _>(&WITHDRAW, &[&id], &body, key),
            move |view| {
                open.try_set(false);
                toast(State::Good, text("已撤回", "Withdrawn"));
                case.take(view);
            },
        );
    };
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let blank = Signal::derive(move || reason.with(|reason| reason.trim().is_empty()));
    view! {
        <Dialog open title=TITLE confirm=text("撤回", "Withdraw") danger=true busy=submit.busy() disabled=blank on_confirm=send>
            <div class="u-stack">
                {wrong}
                <p>{WHAT}</p>
                <Field label=text("原因", "Why") error=submit.field("reason") required=true>
                    <TextArea value=reason rows=2 max_length=500/>
                </Field>
            </div>
        </Dialog>
    }
    .into_any()
}
