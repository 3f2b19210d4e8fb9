//! Deciding a step: agree, reject, ask for more, send back. One dialog, its words by what was chosen; who was faster is
//! told kindly.

use contract::rma::{DECIDE_STEP, DecideRequest, RmaView};
use domain::canned::CannedUse;
use domain::{RmaId, Text as Name};
use leptos::prelude::*;
use parts::api;
use parts::meta::use_meta;
use parts::said::{read, said};
use parts::submit::Submit;
use ui::{Bind, Choice as Option_, Dialog, Field, Notice, Select, State, Text, TextArea, Words, say, text};

use super::canned::WithCanned;
use crate::undo::{self, Made};

/// What can be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    Agree,
    Reject,
    AskInfo,
    Return,
}

impl Choice {
    pub(crate) fn verb(self) -> Text {
        match self {
            Self::Agree => text("同意", "Agree"),
            Self::Reject => text("拒绝", "Reject"),
            Self::AskInfo => text("要求补充", "Ask for information"),
            Self::Return => text("退回", "Send back"),
        }
    }

    fn done(self) -> Text {
        match self {
            Self::Agree => text("已同意", "Agreed"),
            Self::Reject => text("已拒绝", "Rejected"),
            Self::AskInfo => text("已要求补充", "Asked for information"),
            Self::Return => text("已退回", "Sent back"),
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Reject => "reject",
            Self::AskInfo => "ask_info",
            Self::Return => "return",
        }
    }

    fn note_label(self) -> Text {
        match self {
            Self::Agree => text("意见（可不填）", "Note (optional)"),
            Self::Reject => text("拒绝的理由，顾客会看到", "Why; the customer reads it"),
            Self::AskInfo => text("需要顾客补充什么，顾客会看到", "What is needed; the customer reads it"),
            Self::Return => text("退回的理由", "Why it goes back"),
        }
    }

    /// Words that fit often, one press each.
    fn phrases(self) -> &'static [Text] {
        const AGREE: &[Text] = &[text("已核实", "Checked"), text("情况属实", "As described")];
        const REJECT: &[Text] = &[
            text("超过可退换期限", "The return window has passed"),
            text("照片看不出所述问题", "The photos do not show the problem"),
        ];
        const ASK: &[Text] = &[
            text("请补充问题部位的清晰照片", "Please add clear photos of the problem"),
            text("请补充外包装和面单照片", "Please add photos of the package and its label"),
            text("请说明问题是怎样发现的", "Please tell us how you noticed the problem"),
        ];
        const RETURN: &[Text] = &[text("请重新核对数量和金额", "Please check quantity and amount again")];
        match self {
            Self::Agree => AGREE,
            Self::Reject => REJECT,
            Self::AskInfo => ASK,
            Self::Return => RETURN,
        }
    }

    /// What ready texts are picked for; what customers do not read has none.
    fn used(self) -> Option<CannedUse> {
        match self {
            Self::Reject => Some(CannedUse::Refusal),
            Self::AskInfo => Some(CannedUse::Question),
            Self::Agree | Self::Return => None,
        }
    }

    fn needs_note(self) -> bool {
        self != Self::Agree
    }
}

/// A decision that is being asked about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Decision {
    pub(crate) rma: RmaId,
    pub(crate) number: String,
    pub(crate) node: String,
    pub(crate) round: u32,
    pub(crate) title: Name,
    pub(crate) choice: Choice,
    /// Steps it may be sent back to.
    pub(crate) return_to: Vec<(String, Name)>,
}

/// What is typed in the dialog. Copy freely.
#[derive(Clone, Copy)]
struct Typed {
    note: RwSignal<String>,
    to: RwSignal<String>,
}

fn phrases(choice: Choice, note: RwSignal<String>) -> impl IntoView {
    let add = move |words: Text| {
        note.update(|note| {
            if !note.is_empty() {
                note.push_str(if ui::locale::lang_untracked() == ui::Lang::Zh { "；" } else { "; " });
            }
            note.push_str(words.in_lang(ui::locale::lang_untracked()));
        });
    };
    let button = |words: Text| {
        view! { <button type="button" class="decide__phrase" on:click=move |_| add(words)>{words}</button> }
    };
    view! { <div class="decide__phrases">{choice.phrases().iter().copied().map(button).collect_view()}</div> }
}

fn form(asked: Decision, typed: Typed, submit: Submit) -> AnyView {
    let Decision { rma, title, choice, return_to, .. } = asked;
    let target = (choice == Choice::Return).then(|| {
        let options = return_to.iter().map(|(node, title)| Option_::new(node.clone(), said(title))).collect::<Vec<_>>();
        view! {
            <Field label=text("退回到", "Back to") error=submit.field("to") required=true>
                <Select value=typed.to options=Signal::stored(options) placeholder=text("请选择环节", "Choose a step")/>
            </Field>
        }
    });
    let wrong = move || {
        submit.problem().get().map(|problem| {
            let state = if problem.is_conflict() { State::Attention } else { State::Bad };
            let words = problem.words_in_full();
            if problem.is_conflict() {
                let told = text("情况已经变化，页面已更新", "This has changed meanwhile; the page is up to date now");
                view! { <Notice state title=told>{words}</Notice> }.into_any()
            } else {
                view! { <Notice state title=words/> }.into_any()
            }
        })
    };
    view! {
        <div class="u-stack">
            {wrong}
            <p class="u-soft">{move || {
                let title = read(&title);
                say!("环节：{title}", "Step: {title}")
            }}</p>
            {target}
            <WithCanned id=rma used=Signal::stored(choice.used()) words=typed.note>
                <Field label=choice.note_label() error=submit.field("note") required=choice.needs_note()>
                    <TextArea value=typed.note rows=3 max_length=1000/>
                </Field>
            </WithCanned>
            {phrases(choice, typed.note)}
        </div>
    }
    .into_any()
}

/// The dialog; open while `decision` holds one.
#[component]
pub(crate) fn Decide(
    /// What is asked.
    decision: RwSignal<Option<Decision>>,
    /// It was decided; the case as it is now.
    #[prop(into)]
    on_done: Callback<RmaView>,
    /// Somebody else was faster: what is shown is out of date.
    #[prop(into)]
    on_stale: Callback<()>,
) -> impl IntoView {
    let typed = Typed { note: RwSignal::new(String::new()), to: RwSignal::new(String::new()) };
    let (submit, meta) = (Submit::new(), use_meta());
    let close = move || {
        decision.set(None);
        submit.forget();
        typed.note.set(String::new());
        typed.to.set(String::new());
    };
    let open = Bind::new(
        move || decision.with(Option::is_some),
        move |open: bool| {
            if !open {
                close();
            }
        },
    );
    let choice = Memo::new(move |_| decision.with(|asked| asked.as_ref().map_or(Choice::Agree, |asked| asked.choice)));
    let send = move |()| {
        let Some(asked) = decision.get_untracked() else { return };
        let body = DecideRequest {
            node: asked.node.clone(),
            round: asked.round,
            choice: asked.choice.code().to_owned(),
            to: Some(typed.to.get_untracked()).filter(|to| !to.is_empty()),
            note: typed.note.get_untracked().trim().to_owned(),
        };
        let (rma, window) = (asked.rma, undo::window_of(meta));
        submit.run(
            move |key| api::send::<RmaView, _>(&DECIDE_STEP, &[&rma], &body, key),
            move |view| {
                let (done, number) = (asked.choice.done(), asked.number);
                let made = Made { rma, node: asked.node, round: asked.round };
                undo::decided(window, move || format!("{} {number}", done.get()), made);
                close();
                on_done.run(view);
            },
        );
    };
    // Whoever was faster: the page behind the dialog shows it while the dialog says so.
    Effect::new(move |_| {
        if submit.problem().with(|problem| problem.as_ref().is_some_and(|problem| problem.is_conflict())) {
            on_stale.run(());
        }
    });
    let cannot = Signal::derive(move || {
        let choice = choice.get();
        let conflict = submit.problem().with(|problem| problem.as_ref().is_some_and(|problem| problem.is_conflict()));
        conflict
            || (choice.needs_note() && typed.note.with(|note| note.trim().is_empty()))
            || (choice == Choice::Return && typed.to.with(String::is_empty))
    });
    let title = Words::from(move || {
        decision.with(|asked| {
            asked.as_ref().map(|asked| format!("{} {}", asked.choice.verb().get(), asked.number)).unwrap_or_default()
        })
    });
    let confirm = Words::from(move || choice.get().verb().get());
    let body = move || decision.get().map(|asked| form(asked, typed, submit));
    let dialog = move || {
        // The button's colour is fixed when the dialog is built.
        let danger = choice.get() == Choice::Reject;
        view! {
            <Dialog open title confirm danger busy=submit.busy() disabled=cannot on_confirm=send>
                <div data-test="decide-form">{body}</div>
            </Dialog>
        }
    };
    view! { {dialog} }.into_any()
}
