//! Guns: how they are told from typing, what they add to a code, a trial with advice, guns past the keyboard, and a sheet
//! that says how to set one.

use contract::gun::{GunEnd, GunSettings, SAVE_SETTINGS, SETTINGS};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::submit::Submit;
use serde::de::IgnoredAny;
use ui::{
    Bind, Button, ButtonKind, Card, Checkbox, Choice, ErrorState, Field, Glyph, NumberInput, PageHeader, Select,
    Skeleton, State, Text, TextInput, text, toast,
};

use super::List;
use crate::rows::wrong;

mod connect;
mod guide;
mod trial;

pub(super) const GUNS: List = List {
    key: "guns",
    title: text("扫描枪", "Guns"),
    hint: text("前后缀、结束键、速度，试扫与连接", "What they add, how fast they type, a trial, connecting them"),
    icon: Glyph::Scan,
    draw: page,
};

fn page() -> AnyView {
    let set = Fetch::<GunSettings>::new(|| api::read(&SETTINGS, &[]));
    let there = set.is_there();
    let body = move || {
        if let Some(first) = there.get().then(|| set.get_untracked()).flatten() {
            return sheet(first);
        }
        match set.problem().get() {
            Some(problem) => view! { <ErrorState hint=problem.words() on_retry=move |()| set.reload()/> }.into_any(),
            None => view! { <Skeleton lines=8/> }.into_any(),
        }
    };
    let print = move |()| {
        let _ = window().print();
    };
    let actions = move || {
        view! {
            <Button icon=Glyph::Printer on_click=print attr:data-test="print-guide">
                {text("打印设枪说明", "Print how to set a gun")}
            </Button>
        }
    };
    view! {
        <div class="guns__screen"><PageHeader title=GUNS.title subtitle=GUNS.hint back="/desk/master" actions/></div>
        <div class="u-stack" data-test="master-guns">{body}</div>
    }
    .into_any()
}

fn sheet(first: GunSettings) -> AnyView {
    let draft = RwSignal::new(first);
    view! {
        <div class="guns__screen guns">
            <div class="u-stack">{trial::trial(draft)} {connect::connect()}</div>
            {form(draft)}
        </div>
        {guide::guide(draft)}
    }
    .into_any()
}

fn number(draft: RwSignal<GunSettings>, at: fn(&mut GunSettings) -> &mut u32) -> Bind<Option<i64>> {
    Bind::new(
        move || draft.with(|draft| Some(i64::from(*at(&mut draft.clone())))),
        move |value: Option<i64>| {
            draft.update(|draft| *at(draft) = value.and_then(|value| value.try_into().ok()).unwrap_or(0));
        },
    )
}

// They hold no spaces, so that spaces part them.
fn list(draft: RwSignal<GunSettings>, at: fn(&mut GunSettings) -> &mut Vec<String>) -> Bind<String> {
    let typed = RwSignal::new(draft.with_untracked(|draft| at(&mut draft.clone()).join(" ")));
    Bind::new(
        move || typed.get(),
        move |text: String| {
            draft.update(|draft| *at(draft) = text.split_whitespace().map(str::to_owned).collect());
            typed.set(text);
        },
    )
}

fn word(end: GunEnd) -> &'static str {
    match end {
        GunEnd::Either => "either",
        GunEnd::Enter => "enter",
        GunEnd::Tab => "tab",
        GunEnd::Silence => "silence",
    }
}

/// What ends a scan, in words.
fn end_name(end: GunEnd) -> Text {
    match end {
        GunEnd::Either => text("回车或 Tab", "Enter or Tab"),
        GunEnd::Enter => text("回车", "Enter"),
        GunEnd::Tab => text("Tab", "Tab"),
        GunEnd::Silence => text("没有结束键", "No key"),
    }
}

const ENDS: [GunEnd; 4] = [GunEnd::Either, GunEnd::Enter, GunEnd::Tab, GunEnd::Silence];

/// A time or a count, and what it means.
struct Figure {
    path: &'static str,
    label: Text,
    hint: Text,
    unit: Text,
    at: fn(&mut GunSettings) -> &mut u32,
}

const MS: Text = text("毫秒", "ms");
const FIGURES: [Figure; 4] = [
    Figure {
        path: "min_keys",
        label: text("至少几个键", "Keys at least"),
        hint: text("连同结束键；4–20，常用 6", "The end among them; 4 to 20, usually 6"),
        unit: text("键", "keys"),
        at: |set| &mut set.min_keys,
    },
    Figure {
        path: "max_gap_ms",
        label: text("键间最长间隔", "Longest pause between keys"),
        hint: text("10–80，常用 38；人打字从 40 起", "10 to 80, usually 38; fast typing begins at 40"),
        unit: MS,
        at: |set| &mut set.max_gap_ms,
    },
    Figure {
        path: "max_gap_within_ms",
        label: text("认定后最长间隔", "The same once it is known for a gun"),
        hint: text("不小于上一项，至多 200", "No less than the one above, 200 at most"),
        unit: MS,
        at: |set| &mut set.max_gap_within_ms,
    },
    Figure {
        path: "end_pause_ms",
        label: text("静默多久算结束", "Silence that ends a scan"),
        hint: text("没有结束键时用；至多 1000", "Where no key ends it; 1000 at most"),
        unit: MS,
        at: |set| &mut set.end_pause_ms,
    },
];

fn figure(figure: &'static Figure, draft: RwSignal<GunSettings>, submit: Submit) -> impl IntoView {
    let value = number(draft, figure.at);
    view! {
        <div data-field=figure.path>
            <Field label=figure.label hint=figure.hint error=submit.field(figure.path)>
                <NumberInput value min=Signal::stored(0) max=Signal::stored(1_000) unit=figure.unit/>
            </Field>
        </div>
    }
}

fn form(draft: RwSignal<GunSettings>) -> AnyView {
    let submit = Submit::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let body = draft.get_untracked();
        submit.run(
            move |key| api::send::<IgnoredAny, _>(&SAVE_SETTINGS, &[], &body, key),
            move |_| {
                crate::gun::set(&draft.get_untracked());
                toast(State::Good, text("已保存，所有页面立即生效", "Saved, and in force on every page"));
            },
        );
    };
    let end = Bind::new(
        move || draft.with(|draft| word(draft.end).to_owned()),
        move |chosen: String| {
            draft.update(|draft| draft.end = ENDS.into_iter().find(|end| word(*end) == chosen).unwrap_or_default());
        },
    );
    let ends = Signal::stored(ENDS.iter().map(|end| Choice::new(word(*end), end_name(*end))).collect::<Vec<_>>());
    let f8 = Bind::new(
        move || draft.with(|draft| draft.f8_separates),
        move |on: bool| draft.update(|draft| draft.f8_separates = on),
    );
    let prefixes = list(draft, |set| &mut set.prefixes);
    let suffixes = list(draft, |set| &mut set.suffixes);
    let affix_hint =
        text("空格分开；扫到就去掉，例如 ]C1", "Parted by spaces; taken off where they stand, such as ]C1");
    let usual = move |()| draft.set(GunSettings::default());
    view! {
        <Card title=text("怎样认出扫描枪", "How guns are told from typing")>
            <form class="u-stack" on:submit=send data-test="gun-form">
                {wrong(submit)}
                <div data-field="prefixes">
                    <Field label=text("去掉的前缀", "Prefixes taken off") hint=affix_hint error=submit.field("prefixes")>
                        <TextInput value=prefixes/>
                    </Field>
                </div>
                <div data-field="suffixes">
                    <Field label=text("去掉的后缀", "Suffixes taken off") error=submit.field("suffixes")>
                        <TextInput value=suffixes/>
                    </Field>
                </div>
                <Field label=text("结束键", "The key that ends a scan") error=submit.field("end")>
                    <Select value=end options=ends/>
                </Field>
                <div class="limits">{FIGURES.iter().map(|one| figure(one, draft, submit)).collect_view()}</div>
                <Checkbox
                    checked=f8
                    label=text("扫描中的 F8 是 GS1 分隔符", "F8 within a scan is the GS1 separator")
                    hint=text("单独按 F8 不受影响", "F8 alone stays a key")
                />
                <div class="u-row">
                    <Button kind=ButtonKind::Primary submit=true busy=submit.busy()>{text("保存", "Save")}</Button>
                    <Button kind=ButtonKind::Quiet on_click=usual>{text("恢复常用值", "Usual values")}</Button>
                </div>
            </form>
        </Card>
    }
    .into_any()
}
