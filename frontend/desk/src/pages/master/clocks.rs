//! Deadlines of the steps, warnings before them, lines that means must not pass, and who is told of each.

use contract::template::{AppliedView, CLOCKS, ClockSettings, LineView, SAVE_CLOCKS, StageView, StepClockView};
use domain::Permission;
use engine::value::{Duration, DurationUnit};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::said::said;
use parts::session::use_session;
use parts::submit::Submit;
use ui::{
    Bind, Button, ButtonKind, Card, Checkbox, Choice, EmptyState, ErrorState, Field, Glyph, NumberInput, PageHeader,
    Select, Skeleton, State, Text, Words, text, toast,
};

use super::List;
use crate::rows::wrong;

pub(super) const LIST: List = List {
    key: "clocks",
    title: text("时限与预警", "Deadlines and warnings"),
    hint: text(
        "各环节多久办完、提前多久提醒、平均用时的预警线",
        "How long each step may take, and lines for the means",
    ),
    icon: Glyph::Clock,
    draw: page,
};

/// What a draft begins with where nothing was set.
const FIRST: Duration = Duration { amount: 1, unit: DurationUnit::WorkingDays };
const FIRST_WARNING: Duration = Duration { amount: 1, unit: DurationUnit::WorkingHours };
const FIRST_LINE: Duration = Duration { amount: 24, unit: DurationUnit::Hours };
const FIRST_WINDOW: Duration = Duration { amount: 7, unit: DurationUnit::Days };
/// The recipient who has the to-do.
const ASSIGNEE: &str = "assignee";
/// Not steps of the flow: nothing is averaged over them.
const BESIDE: char = '@';
const NATURAL: [DurationUnit; 3] = [DurationUnit::Minutes, DurationUnit::Hours, DurationUnit::Days];

fn page() -> AnyView {
    let header = || view! { <PageHeader title=LIST.title subtitle=LIST.hint back="/desk/master"/> };
    if !use_session().may(Permission::TemplateManage) {
        let hint = text("需要“管理应用模板”权限", "This needs the right to manage the template");
        return view! {
            {header()}
            <EmptyState title=text("没有权限", "Not allowed") hint icon=Glyph::Lock/>
        }
        .into_any();
    }
    let set = Fetch::<ClockSettings>::new(|| api::read(&CLOCKS, &[]));
    // A saved form begins anew from its own release.
    let release = Memo::new(move |_| set.with(|set| set.map(|set| set.release)));
    let body = move || {
        if let Some(first) = release.get().and_then(|_| set.get_untracked()) {
            return form(first, set);
        }
        match set.problem().get() {
            Some(problem) => view! { <ErrorState hint=problem.words() on_retry=move |()| set.reload()/> }.into_any(),
            None => view! { <Skeleton lines=8/> }.into_any(),
        }
    };
    view! { {header()} <div data-test="master-clocks">{body}</div> }.into_any()
}

type Draft = RwSignal<ClockSettings>;

/// A duration as a number and its unit.
fn duration(value: Bind<Duration>, units: &'static [DurationUnit], label: Text) -> AnyView {
    let amount = Bind::new(
        move || Some(value.get().amount),
        move |amount: Option<i64>| {
            let now = value.get_untracked();
            value.set(Duration { amount: amount.unwrap_or(0), ..now });
        },
    );
    let unit = Bind::new(
        move || value.get().unit.as_str().to_owned(),
        move |unit: String| {
            if let Some(unit) = DurationUnit::parse(&unit) {
                value.set(Duration { unit, ..value.get_untracked() });
            }
        },
    );
    let choices = units.iter().map(|unit| Choice::new(unit.as_str(), said(&unit.title())));
    view! {
        <span class="clocks-form__time">
            <NumberInput value=amount min=Signal::stored(1) max=Signal::stored(10_000) label=label/>
            <Select value=unit options=Signal::stored(choices.collect::<Vec<_>>()) label=text("单位", "Unit")/>
        </span>
    }
    .into_any()
}

/// A duration that may be absent, with a box that says whether it is there.
fn maybe(value: Bind<Option<Duration>>, first: Duration, label: Text, disabled: Signal<bool>) -> AnyView {
    let on = Bind::new(move || value.get().is_some(), move |on: bool| value.set(on.then_some(first)));
    let there = Memo::new(move |_| value.get().is_some());
    let shown = move || {
        there.get().then(|| {
            let bound = Bind::new(move || value.get().unwrap_or(first), move |one| value.set(Some(one)));
            duration(bound, DurationUnit::ALL, label)
        })
    };
    view! {
        <div class="clocks-form__maybe">
            <Checkbox checked=on label disabled/>
            {shown}
        </div>
    }
    .into_any()
}

fn step_part(draft: Draft, at: usize, part: fn(&mut StepClockView) -> &mut Option<Duration>) -> Bind<Option<Duration>> {
    Bind::new(
        move || draft.with(|draft| draft.steps.get(at).cloned().and_then(|mut step| *part(&mut step))),
        move |value| {
            draft.update(|draft| {
                if let Some(step) = draft.steps.get_mut(at) {
                    *part(step) = value;
                    // A warning needs a deadline.
                    if step.deadline.is_none() {
                        step.warn_before = None;
                    }
                }
            });
        },
    )
}

fn step(draft: Draft, at: usize, step: &StepClockView) -> AnyView {
    let (deadline, warning) =
        (step_part(draft, at, |step| &mut step.deadline), step_part(draft, at, |step| &mut step.warn_before));
    let without = Signal::derive(move || deadline.get().is_none());
    view! {
        <li class="clocks-form__step" data-step=step.id.clone()>
            <p class="clocks-form__name">{said(&step.title)}</p>
            {maybe(deadline, FIRST, text("时限", "Deadline"), Signal::stored(false))}
            {maybe(warning, FIRST_WARNING, text("提前提醒", "Warn before"), without)}
        </li>
    }
    .into_any()
}

/// Check boxes of who is told.
fn told(list: Bind<Vec<String>>, roles: &[StageView], with_assignee: bool) -> AnyView {
    let one = |id: String, label: Words| {
        let (own, other) = (id.clone(), id);
        let checked = Bind::new(
            move || list.with(|list| list.contains(&own)),
            move |on: bool| {
                let mut now = list.get_untracked();
                now.retain(|known| *known != other);
                if on {
                    now.push(other.clone());
                }
                list.set(now);
            },
        );
        view! { <Checkbox checked label/> }
    };
    let assignee = with_assignee.then(|| one(ASSIGNEE.to_owned(), text("处理人", "Who works on it").into()));
    let roles = roles.iter().map(|role| one(role.id.clone(), said(&role.title))).collect_view();
    view! { <div class="clocks-form__told">{assignee}{roles}</div> }.into_any()
}

fn change_line(draft: Draft, at: usize, change: impl FnOnce(&mut LineView)) {
    draft.update(|draft| {
        if let Some(line) = draft.lines.get_mut(at) {
            change(line);
        }
    });
}

fn line_part(draft: Draft, at: usize, first: Duration, part: fn(&mut LineView) -> &mut Duration) -> Bind<Duration> {
    Bind::new(
        move || draft.with(|draft| draft.lines.get(at).cloned().map_or(first, |mut line| *part(&mut line))),
        move |value| change_line(draft, at, |line| *part(line) = value),
    )
}

fn line(draft: Draft, at: usize, line: &LineView) -> AnyView {
    let at_least = Bind::new(
        move || draft.with(|draft| draft.lines.get(at).map(|line| i64::from(line.at_least))),
        move |count: Option<i64>| {
            let count = count.and_then(|count| u32::try_from(count).ok()).unwrap_or(1);
            change_line(draft, at, |line| line.at_least = count);
        },
    );
    let tell = Bind::new(
        move || draft.with(|draft| draft.lines.get(at).map(|line| line.tell.clone()).unwrap_or_default()),
        move |tell: Vec<String>| change_line(draft, at, |line| line.tell = tell),
    );
    let roles = draft.with_untracked(|draft| draft.roles.clone());
    let remove = move |()| draft.update(|draft| drop((at < draft.lines.len()).then(|| draft.lines.remove(at))));
    let (above, window) = (
        line_part(draft, at, FIRST_LINE, |line| &mut line.above),
        line_part(draft, at, FIRST_WINDOW, |line| &mut line.window),
    );
    let heading = said(&line.title);
    view! {
        <li class="clocks-form__line" data-line=line.id.clone()>
            <div class="clocks-form__head">
                <p class="clocks-form__name">{heading}</p>
                <Button on_click=remove>{text("移除", "Remove")}</Button>
            </div>
            <div class="clocks-form__fields">
                <Field label=text("平均超过就预警", "Warn when the mean is above") group=true>
                    {duration(above, &NATURAL, text("平均超过", "Mean above"))}
                </Field>
                <Field label=text("只看最近", "Looking back") group=true>{duration(window, &NATURAL, text("最近", "Window"))}</Field>
                <Field label=text("至少多少笔才算", "Of at least") hint=text("样本太少时不预警", "Fewer say nothing")>
                    <NumberInput value=at_least min=Signal::stored(1) max=Signal::stored(100_000) unit=text("笔", "cases")/>
                </Field>
            </div>
            <Field label=text("通知", "Tell") group=true>{told(tell, &roles, false)}</Field>
        </li>
    }
    .into_any()
}

/// A new line watches the finished to-dos of a step.
fn add(draft: Draft) -> AnyView {
    let chosen = RwSignal::new(String::new());
    let options = Signal::derive(move || {
        draft.with(|draft| {
            let watched = |id: &str| draft.lines.iter().any(|line| line.node == id || line.id == format!("mean_{id}"));
            let free = draft.steps.iter().filter(|step| !step.id.starts_with(BESIDE) && !watched(&step.id));
            free.map(|step| Choice::new(step.id.clone(), said(&step.title))).collect::<Vec<_>>()
        })
    });
    let put = move |()| {
        let node = chosen.get_untracked();
        draft.update(|draft| {
            let Some(title) = draft.steps.iter().find(|step| step.id == node).map(|step| step.title.clone()) else {
                return;
            };
            draft.lines.push(LineView {
                id: String::new(),
                title,
                node,
                above: FIRST_LINE,
                window: FIRST_WINDOW,
                at_least: 10,
                tell: Vec::new(),
            });
        });
        chosen.set(String::new());
    };
    let nothing = Signal::derive(move || chosen.with(String::is_empty));
    view! {
        <div class="clocks-form__add">
            <Select value=chosen options label=text("环节", "Step") placeholder=text("选择环节", "Choose a step")/>
            <Button on_click=put disabled=nothing>{text("增加预警线", "Add a line")}</Button>
        </div>
    }
    .into_any()
}

fn recipients(draft: Draft, part: fn(&mut ClockSettings) -> &mut Vec<String>) -> Bind<Vec<String>> {
    Bind::new(
        move || draft.with(|draft| part(&mut draft.clone()).clone()),
        move |list| draft.update(|draft| *part(draft) = list),
    )
}

fn form(first: ClockSettings, set: Fetch<ClockSettings>) -> AnyView {
    let roles = first.roles.clone();
    let steps = first.steps.clone();
    let (draft, submit) = (RwSignal::new(first), Submit::new());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let body = draft.get_untracked();
        submit.run(
            move |key| api::send::<AppliedView, _>(&SAVE_CLOCKS, &[], &body, key),
            move |_| {
                toast(State::Good, text("已保存，从现在起生效", "Saved and in force"));
                set.reload();
            },
        );
    };
    let steps = steps.iter().enumerate().map(|(at, one)| step(draft, at, one)).collect_view();
    // Lines come and go; what is typed into one does not draw the others again.
    let known = Memo::new(move |_| {
        draft.with(|draft| draft.lines.iter().map(|line| (line.id.clone(), line.node.clone())).collect::<Vec<_>>())
    });
    let lines = move || {
        let lines = known.get().is_empty();
        let all = draft.with_untracked(|draft| draft.lines.clone());
        let none = lines.then(|| view! { <p class="u-soft">{text("还没有预警线", "No line yet")}</p> });
        let all = all.iter().enumerate().map(|(at, one)| line(draft, at, one)).collect_view();
        view! { {none} <ul class="clocks-form__lines">{all}</ul> }
    };
    let near = told(recipients(draft, |set| &mut set.near), &roles, true);
    let late = told(recipients(draft, |set| &mut set.late), &roles, true);
    let new_line = add(draft);
    view! {
        <form class="u-stack" on:submit=send>
            {wrong(submit)}
            <Card title=text("各环节时限", "Deadlines of the steps")>
                <p class="u-soft">{text(
                    "工作小时与工作日按店铺的工作日历计算，等顾客补充资料时暂停；新的单据按新时限计时",
                    "Working time goes by the shop's calendar and stops while the customer is asked; new cases follow what is saved here",
                )}</p>
                <ul class="clocks-form__steps">{steps}</ul>
                <p><a href="/desk/master/calendars">{text("工作日历、节假日与调休", "Calendars, holidays and make-up days")}</a></p>
            </Card>
            <Card title=text("谁会收到提醒", "Who is told")>
                <div class="u-stack">
                    <Field label=text("即将超时", "Due soon") group=true error=submit.field("near")>{near}</Field>
                    <Field label=text("已经超时", "Overdue") group=true error=submit.field("late")>{late}</Field>
                </div>
            </Card>
            <Card title=text("平均用时预警线", "Lines for the means")>
                <p class="u-soft">{text(
                    "平均用时超过预警线时提醒一次，并显示在看板上，回到线内后自动消失",
                    "When a mean passes its line, one warning is given and shown on the board until it falls again",
                )}</p>
                {lines}
                {new_line}
            </Card>
            <div><Button kind=ButtonKind::Primary submit=true busy=submit.busy()>{text("保存", "Save")}</Button></div>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_begins_with_can_be_saved() {
        for natural in [FIRST_LINE, FIRST_WINDOW] {
            assert!(natural.unit.natural_minutes().is_some() && natural.amount > 0);
            assert!(NATURAL.contains(&natural.unit));
        }
    }
}
