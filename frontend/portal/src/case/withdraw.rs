//! Taking the request back, while nothing has arrived.

use contract::portal::{PortalCaseView, PortalWithdrawRequest, WITHDRAW};
use leptos::prelude::*;
use parts::api;
use parts::submit::Submit;
use ui::{Button, Dialog, Field, Notice, State, Text, TextArea, text, toast};

use super::Case;

const TITLE: Text = text("撤回申请？", "Take the request back?");
const WHAT: Text =
    text("撤回后不能恢复；期限内可以重新申请。", "This cannot be undone; within the time limit you can ask again.");

/// The button and its question, while it is possible.
pub(super) fn withdraw(case: Case) -> AnyView {
    let can = case.part(|view| view.can.withdraw);
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let submit = Submit::new();
    let send = move |()| {
        let (body, headers) =
            (PortalWithdrawRequest { reason: reason.get_untracked().trim().to_owned() }, case.headers());
        submit.run(
            move |key| api::send_as::<PortalCaseView, _>(&WITHDRAW, &[], &body, key, headers),
            move |view| {
                open.try_set(false);
                toast(State::Good, text("已撤回", "Taken back"));
                case.take(view);
            },
        );
    };
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let blank = Signal::derive(move || reason.with(|reason| reason.trim().is_empty()));
    let button = move || {
        can.get().then(|| {
            view! {
                <Button on_click=move |()| open.set(true) attr:data-test="portal-withdraw">{text("撤回申请", "Take the request back")}</Button>
            }
        })
    };
    view! {
        {button}
        <Dialog open title=TITLE confirm=text("撤回", "Take back") danger=true busy=submit.busy() disabled=blank on_confirm=send>
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
