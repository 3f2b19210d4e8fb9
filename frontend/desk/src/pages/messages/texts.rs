//! The texts of messages: written with names to pick, tried against a real case, saved as a release.

use contract::message::{
    MessageTextView, MessageTexts, PREVIEW, PlaceName, SAVE_TEXT, TEXT_LIST, TextPreview, TextRequest,
};
use contract::template::AppliedView;
use engine::template::SmsText;
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::said::{read, said};
use parts::submit::Submit;
use ui::{
    Bind, Button, ButtonKind, Card, Choice, Drawer, ErrorState, Field, Glyph, Select, Skeleton, State, StateChip, Text,
    TextArea, TextInput, Words, say, text, toast,
};

use super::preview::shown;
use super::words::means;

/// What is being written.
#[derive(Clone, Copy)]
struct Draft {
    fields: [RwSignal<String>; 4],
    template: RwSignal<String>,
    params: RwSignal<String>,
    case: RwSignal<String>,
}

const SUBJECT_ZH: usize = 0;
const SUBJECT_EN: usize = 1;
const TEXT_ZH: usize = 2;
const TEXT_EN: usize = 3;

impl Draft {
    fn of(view: &MessageTextView) -> Self {
        let sms = view.sms.clone();
        let params = sms.iter().flat_map(|sms| &sms.params).map(|(name, value)| format!("{name} = {value}"));
        let (subject, text) = (&view.subject, &view.text);
        Self {
            fields: [&subject.zh, &subject.en, &text.zh, &text.en].map(|text| RwSignal::new(text.clone())),
            template: RwSignal::new(sms.as_ref().map(|sms| sms.template.clone()).unwrap_or_default()),
            params: RwSignal::new(params.collect::<Vec<_>>().join("\n")),
            case: RwSignal::new(String::new()),
        }
    }

    fn request(self) -> TextRequest {
        let said = |at: usize| self.fields.get(at).map(|field| field.get_untracked()).unwrap_or_default();
        let params = self.params.with_untracked(|params| {
            let pairs = params.lines().filter_map(|line| line.split_once('='));
            pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
        });
        let template = self.template.get_untracked().trim().to_owned();
        TextRequest {
            subject: domain::Text::new(said(SUBJECT_ZH), said(SUBJECT_EN)),
            text: domain::Text::new(said(TEXT_ZH), said(TEXT_EN)),
            sms: (!template.is_empty()).then_some(SmsText { template, params }),
            case: self.case.get_untracked(),
        }
    }
}

/// A list of names; the chosen one goes to the end of a text.
fn picker(names: StoredValue<Vec<PlaceName>>, into: RwSignal<String>) -> AnyView {
    let options = Signal::derive(move || {
        names.with_value(|names| {
            let choice = |one: &PlaceName| {
                let (name, help) = (one.name.clone(), one.help.clone());
                Choice::new(one.name.clone(), Words::from(move || format!("{} · {name}", read(&help))))
            };
            names.iter().map(choice).collect::<Vec<_>>()
        })
    });
    let value = Bind::new(String::new, move |name: String| {
        if !name.is_empty() {
            into.update(|text| text.push_str(&format!("{{{{{name}}}}}")));
        }
    });
    view! {
        <Select value options label=text("插入变量", "Insert a variable") placeholder=text("插入变量…", "Insert a variable…")/>
    }
    .into_any()
}

fn words(draft: Draft, at: usize, label: Text, names: StoredValue<Vec<PlaceName>>) -> AnyView {
    let Some(value) = draft.fields.get(at).copied() else { return ().into_any() };
    let test = format!("text-{at}");
    let input = if at < TEXT_ZH {
        view! { <TextInput value attr:data-test=test/> }.into_any()
    } else {
        view! { <TextArea value rows=5 attr:data-test=test/> }.into_any()
    };
    view! {
        <div class="u-stack-8">
            <Field label>{input}</Field>
            {picker(names, value)}
        </div>
    }
    .into_any()
}

#[component]
fn Editor(view: MessageTextView, names: StoredValue<Vec<PlaceName>>, on_saved: Callback<()>) -> impl IntoView {
    let draft = Draft::of(&view);
    let (look, submit) = (Submit::new(), Submit::new());
    let found = RwSignal::new(None::<TextPreview>);
    let preview = move |()| {
        let body = draft.request();
        look.renew();
        look.run(
            move |key| async move { api::send::<TextPreview, _>(&PREVIEW, &[], &body, key).await },
            move |answer| found.set(Some(answer)),
        );
    };
    preview(());
    let id = view.id.clone();
    let save = move |()| {
        let (id, body) = (id.clone(), draft.request());
        submit.run(
            move |key| async move { api::send::<AppliedView, _>(&SAVE_TEXT, &[&id], &body, key).await },
            move |_| {
                toast(State::Good, text("已保存为新的发布", "Saved as a new release"));
                on_saved.run(());
            },
        );
    };
    let failed = move || submit.words_in_full().get().map(|words| view! { <ui::Notice state=State::Bad title=words/> });
    let params_hint =
        text("每行一个：参数 = 内容，例如 code = {{number}}", "one a line: name = content, such as code = {{number}}");
    let release = text(
        "保存会发布一个新版本：新单据用新文案，进行中的单据用它开始时的文案。",
        "Saving makes a release: new cases get the new text, running ones keep theirs.",
    );
    view! {
        <div class="u-stack" data-test="text-editor">
            <p class="u-soft u-small">{release}</p>
            <div class="messages__pair">
                {words(draft, SUBJECT_ZH, text("标题（中文）", "Subject, Chinese"), names)}
                {words(draft, SUBJECT_EN, text("标题（英文）", "Subject, English"), names)}
                {words(draft, TEXT_ZH, text("正文（中文）", "Text, Chinese"), names)}
                {words(draft, TEXT_EN, text("正文（英文）", "Text, English"), names)}
            </div>
            <div class="messages__pair">
                <Field label=text("短信模板编号", "Approved SMS text's number") hint=text("短信平台只收审核过的模板时填写", "if the gateway sends approved texts only")>
                    <TextInput value=draft.template attr:data-test="text-sms-template"/>
                </Field>
                <div class="messages__code"><Field label=text("模板参数", "Its parameters") hint=params_hint><TextArea value=draft.params rows=3/></Field></div>
                <Field label=text("预览用的单号", "Preview with case") hint=text("不填用最近的一单", "left empty: the newest") error=look.field("case")>
                    <TextInput value=draft.case attr:data-test="text-case"/>
                </Field>
            </div>
            {failed}
            <div class="u-row">
                <Button icon=Glyph::Eye busy=look.busy() on_click=preview attr:data-test="text-try">{text("预览", "Preview")}</Button>
                <Button kind=ButtonKind::Primary busy=submit.busy() on_click=save attr:data-test="text-save">{text("保存", "Save")}</Button>
            </div>
            {move || found.get().map(shown)}
        </div>
    }
}

fn line(view: MessageTextView, chosen: RwSignal<Option<MessageTextView>>) -> AnyView {
    let title = said(&view.title);
    let gist = said(&view.text);
    let rules = view.rules.iter().map(|rule| {
        let (name, by) = (rule.title.clone(), means(&rule.means));
        let label = Words::from(move || say!("{0} · {1}", "{0} · {1}", by.get(), read(&name)));
        let state = if rule.enabled { State::Good } else { State::Paused };
        view! { <StateChip state label/> }
    });
    let rules = rules.collect_view();
    let unused = view.rules.is_empty().then(|| {
        view! { <span class="u-soft u-small">{text("没有规则发送它", "no rule sends it")}</span> }
    });
    let test = view.id.clone();
    let open = move |()| chosen.set(Some(view.clone()));
    view! {
        <li class="messages__channel" data-test="message-text-row" data-id=test.clone()>
            <div class="messages__head">
                <p class="u-strong u-grow">{title}</p>
                <Button icon=Glyph::Edit on_click=open attr:data-test=format!("edit-text-{test}")>{text("修改与预览", "Edit and preview")}</Button>
            </div>
            <p class="messages__gist">{gist}</p>
            <div class="u-row">{rules} {unused}</div>
        </li>
    }
    .into_any()
}

/// The texts.
#[component]
pub(super) fn Texts() -> impl IntoView {
    let texts = Fetch::<MessageTexts>::new(|| api::read(&TEXT_LIST, &[]));
    let names = StoredValue::new(Vec::new());
    Effect::new(move |_| {
        if let Some(all) = texts.get() {
            names.set_value(all.names);
        }
    });
    let chosen = RwSignal::new(None::<MessageTextView>);
    let open = Bind::new(move || chosen.with(Option::is_some), move |_| chosen.set(None));
    let title =
        Words::from(move || chosen.with(|chosen| chosen.as_ref().map(|view| read(&view.title))).unwrap_or_default());
    let saved = Callback::new(move |()| {
        chosen.set(None);
        texts.reload();
    });
    let form = move || chosen.get().map(|view| view! { <Editor view names on_saved=saved/> });
    let body = move || match (texts.get(), texts.problem().get()) {
        (Some(all), _) => {
            let lines = all.texts.into_iter().map(|view| line(view, chosen)).collect_view();
            view! { <Card><ul class="messages__channels">{lines}</ul></Card> }.into_any()
        }
        (None, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| texts.reload()/> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=8/> }.into_any(),
    };
    view! {
        {body}
        <Drawer open title wide=true>{form}</Drawer>
    }
}
