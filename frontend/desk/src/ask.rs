//! One question with a reason: why goods are written off, a settlement taken back, a count undone.

use leptos::prelude::*;
use parts::submit::Submit;
use ui::{Dialog, Field, Notice, State, TextArea, Words, text};

/// Most characters of a reason.
const MAX_CHARS: u32 = 500;

/// Asks for a reason and hands it over. The owner sends and closes.
#[component]
pub(crate) fn AskReason(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Words,
    /// What will happen.
    #[prop(into)]
    what: Words,
    /// The verb.
    #[prop(into)]
    verb: Words,
    /// It destroys or refuses something.
    #[prop(optional)]
    danger: bool,
    /// The command.
    submit: Submit,
    /// More to answer, above the reason.
    #[prop(optional, into)]
    more: leptos::children::ViewFn,
    /// Called with the reason.
    #[prop(into)]
    on_reason: Callback<String>,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    Effect::new(move |_| {
        if open.get() {
            submit.forget();
        }
    });
    let send = move |()| on_reason.run(reason.get_untracked().trim().to_owned());
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let blank = Signal::derive(move || reason.with(|reason| reason.trim().is_empty()));
    view! {
        <Dialog open title confirm=verb danger busy=submit.busy() disabled=blank on_confirm=send>
            <div class="u-stack" data-test="ask-reason">
                {wrong}
                <p>{what}</p>
                {more.run()}
                <Field label=text("原因", "Why") error=submit.field("reason") required=true>
                    <TextArea value=reason rows=2 max_length=MAX_CHARS/>
                </Field>
            </div>
        </Dialog>
    }
}
