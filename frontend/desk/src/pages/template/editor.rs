//! The template's text: typed, pasted or taken from a file; checked with every mistake at its line.

use contract::template::{CHECK, CheckView, EXPORT, ExportQuery, TemplateText};
use domain::Diagnostic;
use domain::diagnostic::Severity;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api;
use parts::fetch::Fetch;
use parts::files;
use parts::said::read;
use parts::submit::Submit;
use ui::{
    Button, ButtonKind, Card, ErrorState, FileDrop, Glyph, Notice, Skeleton, State, StateChip, Text, say, text, toast,
};

use super::apply::Apply;
use super::changes::changes;
use super::lines::span;
use crate::rows::wrong;

const FILE: &str = "returns.yaml";
const SOUND: Text = text("没有发现问题，可以应用", "Nothing is wrong: it can be applied");

/// What is being worked on. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// The release in force.
    pub(super) current: Fetch<TemplateText>,
    /// The text as it is to be.
    pub(super) text: RwSignal<String>,
    /// What the last check found, and of which text.
    checked: RwSignal<Option<(String, CheckView)>>,
    /// Checking.
    submit: Submit,
}

impl Desk {
    pub(super) fn new() -> Self {
        let text = RwSignal::new(String::new());
        let current = Fetch::new(move || {
            let asked = api::read_with::<TemplateText, _>(&EXPORT, &[], &ExportQuery::default());
            async move {
                let found = asked.await?;
                // What is being written is never overwritten.
                text.try_update(|own| {
                    if own.is_empty() {
                        own.clone_from(&found.text);
                    }
                });
                Ok(found)
            }
        });
        Self { current, text, checked: RwSignal::new(None), submit: Submit::new() }
    }

    /// Asks for the release in force again; the editor follows unless something was changed in it.
    pub(super) fn reload(self) {
        if !untrack(|| self.is_changed()) {
            self.text.set(String::new());
        }
        self.current.reload();
    }

    /// Nothing is known of the text any more.
    pub(super) fn forget(self) {
        self.checked.set(None);
        self.submit.forget();
    }

    /// Whether the text differs from the release in force.
    pub(super) fn is_changed(self) -> bool {
        self.current.with(|current| current.is_some_and(|current| self.text.with(|text| *text != current.text)))
    }

    /// Checks the text, then goes on when nothing blocks.
    pub(super) fn check(self, then: impl Fn() + 'static) {
        let text = self.text.get_untracked();
        let request = TemplateText { text: text.clone(), note: String::new() };
        self.submit.run(
            move |key| api::send::<CheckView, _>(&CHECK, &[], &request, key),
            move |found| {
                let goes = found.applicable;
                self.checked.try_set(Some((text, found)));
                if goes {
                    then();
                }
            },
        );
    }
}

fn problem(problem: Diagnostic, go: Callback<usize>) -> impl IntoView {
    let blocks = problem.severity == Severity::Error;
    let (state, word) = if blocks {
        (State::Bad, text("错误", "Mistake"))
    } else {
        (State::Attention, text("提醒", "Worth a look"))
    };
    let line = problem.line;
    let place = line.map(|line| {
        let words = move || say!("第 {line} 行", "Line {line}");
        view! { <Button kind=ButtonKind::Quiet icon=Glyph::ArrowRight on_click=move |()| go.run(line as usize)>{words}</Button> }
    });
    let message = problem.message;
    let help = problem.help.map(|help| view! { <p class="u-soft">{move || read(&help)}</p> });
    view! {
        <li class="template__problem">
            <StateChip state label=word/>
            <div class="u-grow">
                <p>{move || read(&message)}</p>
                {help}
                <p><code class="u-soft u-small">{problem.path}</code></p>
            </div>
            {place}
        </li>
    }
}

fn findings(desk: Desk, go: Callback<usize>) -> AnyView {
    (move || {
        let (of, found) = desk.checked.get()?;
        let stale = desk.text.with(|text| *text != of);
        let old = stale.then(|| {
            view! { <p class="u-soft">{text("检查之后文本又改过了", "The text was changed after this check")}</p> }
        });
        if found.problems.is_empty() {
            return Some(view! { <Notice state=State::Good title=SOUND>{old}</Notice> }.into_any());
        }
        let count = found.problems.len();
        let title = move || say!("检查发现 {count} 处", "The check found {count}");
        let lines = found.problems.into_iter().map(|one| problem(one, go)).collect_view();
        Some(
            view! {
                <Card title>
                    {old}
                    <ul data-test="template-problems">{lines}</ul>
                </Card>
            }
            .into_any(),
        )
    })
    .into_any()
}

/// Brings a line into sight and marks it.
fn show_line(node: NodeRef<html::Textarea>, number: usize) {
    let Some(area) = node.get_untracked() else { return };
    let text = area.value();
    let (from, to) = span(&text, number);
    let _ = area.focus();
    let _ = area.set_selection_range(from, to);
    let lines = i32::try_from(text.lines().count().max(1)).unwrap_or(1);
    let before = i32::try_from(number.saturating_sub(4)).unwrap_or(0);
    area.set_scroll_top(area.scroll_height() / lines * before);
}

fn tools(desk: Desk, opening: RwSignal<bool>) -> AnyView {
    let take_back = move |()| {
        if let Some(current) = desk.current.get_untracked() {
            desk.text.set(current.text);
            desk.forget();
        }
    };
    let export = move |()| files::save_text(FILE, &desk.text.get_untracked());
    let check = move |()| {
        desk.check(|| toast(State::Good, SOUND));
    };
    let apply = move |()| {
        desk.check(move || {
            opening.try_set(true);
        });
    };
    let unchanged = Signal::derive(move || !desk.is_changed());
    let busy = desk.submit.busy();
    view! {
        <div class="u-row">
            <Button kind=ButtonKind::Primary busy disabled=unchanged hint=text("检查通过后应用到新单据", "Checked first, then in force for new cases") on_click=apply attr:data-test="template-apply">
                {text("应用…", "Apply …")}
            </Button>
            <Button icon=Glyph::Check busy on_click=check attr:data-test="template-check">{text("检查", "Check")}</Button>
            <Button icon=Glyph::Download on_click=export attr:data-test="template-export">{text("导出文本", "Export")}</Button>
            <Button kind=ButtonKind::Quiet icon=Glyph::Undo disabled=unchanged on_click=take_back>{text("恢复为当前版本", "Back to the one in force")}</Button>
        </div>
    }
    .into_any()
}

/// The editor.
#[component]
pub(super) fn Editor(desk: Desk) -> impl IntoView {
    let node = NodeRef::<html::Textarea>::new();
    let opening = RwSignal::new(false);
    let take = move |picked: Vec<web_sys::File>| {
        let Some(file) = picked.into_iter().next() else { return };
        spawn_local(async move {
            if let Some(read) = files::read_text(&file).await {
                desk.text.try_set(read);
                desk.forget();
                toast(State::Good, text("已载入文件，请检查", "The file is in the editor: check it"));
            }
        });
    };
    let go = Callback::new(move |number: usize| show_line(node, number));
    let label = move || text("模板文本", "The template's text").get();
    let differs = move || {
        let current = desk.current.with(|current| current.map(|current| current.text.clone()))?;
        desk.text.with(|text| changes(&current, text))
    };
    let body = move || {
        match (desk.current.is_there().get(), desk.current.problem().get()) {
        (false, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| desk.current.reload()/> }.into_any()
        }
        (false, None) => view! { <Skeleton lines=12/> }.into_any(),
        (true, _) => view! {
            <div class="u-stack">
                {tools(desk, opening)}
                {wrong(desk.submit)}
                {findings(desk, go)}
                <textarea
                    node_ref=node
                    class="ui-input__box template__text"
                    data-test="template-text"
                    aria-label=label
                    spellcheck="false"
                    autocapitalize="off"
                    wrap="off"
                    prop:value=move || desk.text.get()
                    on:input=move |event| desk.text.set(event_target_value(&event))
                ></textarea>
                {differs}
                <FileDrop
                    label=text("把模板文件放到这里，或点按选择", "Drop a template file here, or press to pick one")
                    hint=text("YAML 或 JSON；只载入编辑器，应用前先检查", "YAML or JSON; it goes into the editor and is checked before it is applied")
                    accept=".yaml,.yml,.json,.txt"
                    on_files=take
                />
            </div>
        }
        .into_any(),
    }
    };
    view! {
        {body}
        <Apply desk open=opening/>
    }
}
