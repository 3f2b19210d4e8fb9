//! What counts as too long or too far on the exceptions desk.

use contract::exception::{ExceptionSettings, SAVE_SETTINGS, SETTINGS};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::submit::Submit;
use serde::de::IgnoredAny;
use ui::{
    Bind, Button, ButtonKind, Card, ErrorState, Field, Glyph, NumberInput, PageHeader, Skeleton, State, Text, text,
    toast,
};

use super::List;
use crate::rows::wrong;

pub(super) const LIMITS: List = List {
    key: "exceptions",
    title: text("异常件口径", "When something is an exception"),
    hint: text("多久算久、差多少算不符", "How long is too long, how far is too far"),
    icon: Glyph::Alert,
    draw: page,
};
/// A year.
const MAX_DAYS: i64 = 365;

fn page() -> AnyView {
    let set = Fetch::<ExceptionSettings>::new(|| api::read(&SETTINGS, &[]));
    let there = set.is_there();
    let body = move || {
        if let Some(first) = there.get().then(|| set.get_untracked()).flatten() {
            return form(first);
        }
        match set.problem().get() {
            Some(problem) => view! { <ErrorState hint=problem.words() on_retry=move |()| set.reload()/> }.into_any(),
            None => view! { <Skeleton lines=6/> }.into_any(),
        }
    };
    view! {
        <PageHeader title=LIMITS.title subtitle=LIMITS.hint back="/desk/master"/>
        <div data-test="master-exceptions">{body}</div>
    }
    .into_any()
}

/// A number of the draft.
fn number(draft: RwSignal<ExceptionSettings>, at: fn(&mut ExceptionSettings) -> Option<&mut i64>) -> Bind<Option<i64>> {
    Bind::new(
        move || draft.with(|draft| at(&mut draft.clone()).copied()),
        move |value: Option<i64>| {
            draft.update(|draft| {
                if let Some(place) = at(draft) {
                    *place = value.unwrap_or(0);
                }
            });
        },
    )
}

struct Limit {
    path: &'static str,
    label: Text,
    hint: Text,
    unit: Text,
    max: i64,
    at: fn(&mut ExceptionSettings) -> Option<&mut i64>,
}

const DAYS: Text = text("天", "d");
const HOURS: Text = text("小时", "h");

const WAITING: [Limit; 3] = [
    Limit {
        path: "silent_days",
        label: text("久未到仓", "Not arrived"),
        hint: text("运单登记后多久没有签收", "After its waybill was given"),
        unit: DAYS,
        max: MAX_DAYS,
        at: |set| Some(&mut set.silent_days),
    },
    Limit {
        path: "unopened_hours",
        label: text("签收未拆", "Not opened"),
        hint: text("签收后多久没有拆箱", "After it was signed"),
        unit: HOURS,
        max: MAX_DAYS * 24,
        at: |set| Some(&mut set.unopened_hours),
    },
    Limit {
        path: "uncounted_hours",
        label: text("拆开未点", "Not counted"),
        hint: text("拆箱后多久没有清点", "After it was opened"),
        unit: HOURS,
        max: MAX_DAYS * 24,
        at: |set| Some(&mut set.uncounted_hours),
    },
];
const WEIGHT: [Limit; 2] = [
    Limit {
        path: "weight_grams",
        label: text("允许差多少克", "Grams that are nothing yet"),
        hint: text("与百分比取较大者", "The larger of this and the percentage holds"),
        unit: text("克", "g"),
        max: 100_000,
        at: |set| Some(&mut set.weight_grams),
    },
    Limit {
        path: "weight_percent",
        label: text("允许差百分之几", "Percent that are nothing yet"),
        hint: text("按应有重量计算", "Of what should be in it"),
        unit: text("%", "%"),
        max: 100,
        at: |set| Some(&mut set.weight_percent),
    },
];
const AGES: [Limit; 3] = [
    Limit {
        path: "age_days",
        label: text("第一档", "First"),
        hint: text("少于这么多天", "Less than so many days"),
        unit: DAYS,
        max: MAX_DAYS,
        at: |set| set.age_days.first_mut(),
    },
    Limit {
        path: "age_days",
        label: text("第二档", "Second"),
        hint: text("到这么多天", "To so many days"),
        unit: DAYS,
        max: MAX_DAYS,
        at: |set| set.age_days.get_mut(1),
    },
    Limit {
        path: "age_days",
        label: text("第三档", "Third"),
        hint: text("到这么多天，再久为第四档", "To so many days; older is the fourth"),
        unit: DAYS,
        max: MAX_DAYS,
        at: |set| set.age_days.get_mut(2),
    },
];

fn fields(draft: RwSignal<ExceptionSettings>, submit: Submit, limits: &'static [Limit]) -> AnyView {
    let one = |limit: &'static Limit| {
        let value = number(draft, limit.at);
        view! {
            <div data-field=limit.path>
                <Field label=limit.label hint=limit.hint error=submit.field(limit.path)>
                    <NumberInput value min=Signal::stored(0) max=Signal::stored(limit.max) unit=limit.unit/>
                </Field>
            </div>
        }
    };
    view! { <div class="limits">{limits.iter().map(one).collect_view()}</div> }.into_any()
}

fn form(first: ExceptionSettings) -> AnyView {
    let (draft, submit) = (RwSignal::new(first), Submit::new());
    let save = move || {
        let body = draft.get_untracked();
        submit.run(
            move |key| api::send::<IgnoredAny, _>(&SAVE_SETTINGS, &[], &body, key),
            |_| {
                toast(State::Good, text("已保存", "Saved"));
            },
        );
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    view! {
        <form class="u-stack" on:submit=send>
            {wrong(submit)}
            <Card title=text("卡多久算异常", "How long is too long")>{fields(draft, submit, &WAITING)}</Card>
            <Card title=text("重量差多少算不符", "How far is too far")>
                <div class="u-stack-8">
                    <p class="u-soft">{text(
                        "签收后称重，与单内商品的应有重量（商品资料里的重量 × 数量）比较",
                        "What is weighed after signing, against the weights of the articles agreed to come back",
                    )}</p>
                    {fields(draft, submit, &WEIGHT)}
                </div>
            </Card>
            <Card title=text("时长分档", "Ages")>{fields(draft, submit, &AGES)}</Card>
            <div><Button kind=ButtonKind::Primary submit=true busy=submit.busy()>{text("保存", "Save")}</Button></div>
        </form>
    }
    .into_any()
}
