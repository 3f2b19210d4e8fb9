//! Putting a checked text in force: once more what changes, and why.

use contract::template::{APPLY, AppliedView, TemplateText};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api;
use parts::meta::use_meta;
use parts::submit::Submit;
use ui::{Dialog, Field, State, TextInput, say, text, toast};

use super::changes::counts;
use super::editor::Desk;

/// The question.
#[component]
pub(super) fn Apply(
    /// What is to be put in force.
    desk: Desk,
    /// Whether it is asked.
    open: RwSignal<bool>,
) -> impl IntoView {
    let meta = use_meta();
    let note = RwSignal::new(String::new());
    let submit = Submit::new();
    let apply = move |()| {
        let request = TemplateText { text: desk.text.get_untracked(), note: note.get_untracked().trim().to_owned() };
        submit.run(
            move |key| api::send::<AppliedView, _>(&APPLY, &[], &request, key),
            move |applied| {
                open.try_set(false);
                note.try_set(String::new());
                let words = if applied.changed {
                    text("已应用，新单据按它处理", "In force: new cases follow it")
                } else {
                    text("与当前版本相同，没有变化", "The same as the one in force: nothing changed")
                };
                toast(State::Good, words);
                // The server writes it out in its own way.
                desk.text.try_set(String::new());
                desk.forget();
                desk.current.reload();
                spawn_local(async move {
                    let _ = meta.ask().await;
                });
            },
        );
    };
    let what = move || {
        let current = desk.current.with(|current| current.map(|current| current.text.clone())).unwrap_or_default();
        let (added, gone) = desk.text.with(|text| counts(&current, text));
        say!(
            "增加 {added} 行，减少 {gone} 行。新单据按新版本处理，进行中的单据不受影响。",
            "{added} lines added, {gone} taken away. New cases follow the new release; running ones keep theirs."
        )
    };
    let problem = move || {
        let words = submit.words_in_full();
        move || words.get().map(|words| view! { <ui::Notice state=State::Bad title=words/> })
    };
    view! {
        <Dialog
            open
            title=text("应用这份模板？", "Put this template in force?")
            confirm=text("应用", "Apply")
            busy=submit.busy()
            on_confirm=apply
        >
            <div class="u-stack" data-test="template-confirm">
                <p>{what}</p>
                <Field label=text("改了什么（记入发布记录）", "What was changed (kept with the release)")>
                    <TextInput value=note/>
                </Field>
                {problem()}
            </div>
        </Dialog>
    }
}
