//! One question with a reason: why goods are written off, a settlement taken back, a count undone.

use leptos::prelude::*;
use parts::submit::Submit;
use ui::{Dialog, Field, Notice, State, TextArea, Words, text};

/// Most characters of a reason.
const MAX_CHARS: u32 = 500;

/// A question, open or not, with what was answered so far. Copy freely.
#[derive(Clone, Copy)]
pub(crate) struct Asking {
    open: RwSignal<bool>,
    reason: RwSignal<String>,
    /// The command that follows.
    pub(crate) submit: Submit,
}

impl Asking {
    /// Not asked yet.
    pub(crate) fn new() -> Self {
        Self { open: RwSignal::new(false), reason: RwSignal::default(), submit: Submit::new() }
    }

    /// Asks, from the beginning.
    pub(crate) fn ask(self) {
        self.reason.set(String::new());
        self.submit.forget();
        self.open.set(true);
    }

    /// What it was about is done.
    pub(crate) fn done(self) {
        self.open.try_set(false);
    }
}

/// Asks for a reason and hands it over. The owner sends, and says when it is done.
#[component]
pub(crate) fn AskReason(
    /// The question's state.
    asking: Asking,
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
    /// More to answer, above the reason.
    #[prop(optional, into)]
    more: leptos::children::ViewFn,
    /// Called with the reason.
    #[prop(into)]
    on_reason: Callback<String>,
) -> impl IntoView {
    let Asking { open, reason, submit } = asking;
    let send = move |()| on_reason.run(reason.get_untracked().trim().to_owned());
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
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
