//! Inspecting a group, or a part of it, and sending it where it belongs in the same go.

use contract::warehouse::{DISPOSE, DisposeRequest, DisposedView, GoodsLineView, GroupView, INSPECT, InspectedView};
use domain::Permission;
use domain::state::{Bearer, DispositionKind};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Key};
use parts::meta::{Meta, use_meta};
use parts::said::{money, said};
use parts::session::use_session;
use parts::words::Spoken;
use ui::{
    Bind, Button, ButtonKind, Choice, Field, Glyph, Notice, QuantityStepper, RadioGroup, Segmented, Select, State,
    TextArea, say, text, toast,
};

use super::checklist::{is_missing, of_category, questions};
use super::findings::{Findings, fits};

/// What is being inspected. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Subject {
    pub(super) group: Memo<GroupView>,
    pub(super) line: Memo<GoodsLineView>,
    pub(super) findings: Findings,
    /// It was inspected before: a second look covers all of it and says why.
    pub(super) again: bool,
    pub(super) on_done: Callback<()>,
}

const ACCEPTED: &str = "accepted";
const REFUSED: &str = "refused";

fn grades(meta: Meta) -> Vec<Choice> {
    meta.with(|view| {
        let all = view.grades.iter();
        all.map(|grade| {
            let (accepted, percent) = (grade.accepted, grade.money_percent);
            Choice::new(grade.id.to_string(), said(&grade.title)).hint(move || {
                if !accepted {
                    return say!("拒收", "Refused");
                }
                if percent == 100 {
                    say!("验收", "Accepted")
                } else {
                    say!("验收，按 {percent}%", "Accepted at {percent}%")
                }
            })
        })
        .collect()
    })
}

fn grade(subject: Subject, meta: Meta) -> AnyView {
    let findings = subject.findings;
    let value = Bind::new(
        move || findings.grade.get(),
        move |grade: String| {
            findings.begin();
            findings.grade.set(grade);
        },
    );
    let options = Signal::derive(move || grades(meta));
    let error = missing(findings, move || findings.grade.with(String::is_empty));
    view! {
        <div class="findings__grades" data-test="inspect-grade">
            <Field label=text("成色等级", "Grade") error required=true group=true>
                <RadioGroup value options inline=true/>
            </Field>
        </div>
    }
    .into_any()
}

/// Said once somebody tried to finish.
fn missing(findings: Findings, is_missing: impl Fn() -> bool + Send + Sync + 'static) -> Signal<Option<String>> {
    Signal::derive(move || (findings.tried.get() && is_missing()).then(|| say!("请选择", "Please choose")))
}

fn liability(subject: Subject) -> AnyView {
    let findings = subject.findings;
    let all = Bearer::ALL.iter().map(|bearer| Choice::new(bearer.as_str(), bearer.text()));
    let options = Signal::stored(all.collect::<Vec<_>>());
    let error = missing(findings, move || findings.liability.with(String::is_empty));
    view! {
        <div data-test="inspect-liability">
            <Field label=text("谁的责任", "Who is liable") error required=true group=true>
                <RadioGroup value=findings.liability options inline=true/>
            </Field>
        </div>
    }
    .into_any()
}

/// Whether they are accepted; follows the grade until the inspector says otherwise.
fn accepted(subject: Subject, meta: Meta) -> AnyView {
    let findings = subject.findings;
    let value = Bind::new(
        move || match findings.accepted(meta) {
            Some(true) => ACCEPTED.to_owned(),
            Some(false) => REFUSED.to_owned(),
            None => String::new(),
        },
        move |value: String| findings.accepted.set(Some(value == ACCEPTED)),
    );
    let options = Signal::stored(vec![
        Choice::new(ACCEPTED, text("验收", "Accept")),
        Choice::new(REFUSED, text("拒收", "Refuse")),
    ]);
    let graded = Memo::new(move |_| findings.accepted(meta).is_some());
    let label = text("结论", "Result");
    let field = move || {
        graded.get().then(|| {
            view! {
                <div data-test="inspect-accepted">
                    <Field label hint=text("随等级而定，可以改", "As the grade says, unless you change it") group=true>
                        <Segmented value options label/>
                    </Field>
                </div>
            }
        })
    };
    view! { {field} }.into_any()
}

fn quantity(subject: Subject) -> AnyView {
    let Subject { group, findings, again, .. } = subject;
    let all = Signal::derive(move || group.with(|group| group.quantity));
    let value = Bind::new(
        move || findings.quantity.get().unwrap_or(i64::MAX).min(all.get()),
        move |count| {
            findings.begin();
            findings.quantity.set(Some(count));
        },
    );
    let hint = move || {
        let rest = all.get() - value.get();
        if rest > 0 {
            say!("其余 {rest} 件另成一组，接着质检", "The other {rest} stay a group of their own")
        } else {
            String::new()
        }
    };
    let field = move || {
        (all.get() > 1 && !again).then(|| {
            let label = text("有同样结果的件数", "Units with this result");
            view! {
                <div data-test="inspect-quantity">
                    <Field label error=findings.submit.field("quantity")>
                        <QuantityStepper value min=1 max=all/>
                    </Field>
                    <p class="ui-field__hint">{hint}</p>
                </div>
            }
        })
    };
    view! { {field} }.into_any()
}

/// Where goods of a line can go.
pub(super) fn dispositions(line: &GoodsLineView, accepted: bool) -> Vec<Choice> {
    let all = DispositionKind::ALL.iter().filter(|kind| fits(**kind, line, accepted));
    all.map(|kind| Choice::new(kind.as_str(), kind.text())).collect()
}

fn disposition(subject: Subject, meta: Meta) -> AnyView {
    let session = use_session();
    let Subject { line, findings, .. } = subject;
    let value = Bind::new(
        move || line.with(|line| findings.disposition(meta, line)),
        move |kind: String| findings.disposition.set(Some(kind)),
    );
    let options = Signal::derive(move || line.with(|line| dispositions(line, findings.accepted(meta).unwrap_or(true))));
    let field = move || {
        session.may(Permission::Dispose).then(|| {
            view! {
                <div data-test="inspect-disposition">
                    <Field label=text("处置", "Disposition")>
                        <Select value options placeholder=text("以后再处置", "Decide later")/>
                    </Field>
                </div>
            }
        })
    };
    view! { {field} }.into_any()
}

fn is_complete(subject: Subject, checklist: Option<&contract::template::ChecklistView>) -> bool {
    let findings = subject.findings;
    let chosen = findings.grade.with(|grade| !grade.is_empty()) && findings.liability.with(|one| !one.is_empty());
    let answered = checklist.is_none_or(|list| list.items.iter().all(|item| !is_missing(findings, item)));
    let explained = !subject.again || findings.note.with(|note| !note.trim().is_empty());
    chosen && answered && explained && !findings.photos.is_busy()
}

/// What the inspection booked, for the toast.
fn booked(found: &InspectedView, bearer: Bearer) -> Option<String> {
    let owed = found.liability.filter(|owed| owed.minor > 0).map(money)?;
    let who = bearer.text().get();
    Some(say!("{who}应赔 {owed}，已入账", "{who} owes {owed}; it is booked"))
}

async fn dispose(found: &InspectedView, kind: DispositionKind) {
    let request = DisposeRequest { quantity: None, kind };
    let sent = api::send::<DisposedView, _>(&DISPOSE, &[&found.unit_group], &request, Key::new()).await;
    if let Err(problem) = sent {
        // The inspection stands; the goods wait with their own button.
        toast(State::Attention, problem.words_in_full());
    }
}

fn send(subject: Subject, meta: Meta, may_dispose: bool, checklist: &str) {
    let findings = subject.findings;
    let (group, all) = subject.group.with_untracked(|group| (group.id, group.quantity));
    let Some(request) = findings.request(checklist, all) else { return };
    let bearer = request.liability;
    let kind = untrack(|| subject.line.with(|line| findings.disposition(meta, line)));
    let kind = DispositionKind::parse(&kind).filter(|_| may_dispose);
    findings.submit.run(
        move |key| api::send::<InspectedView, _>(&INSPECT, &[&group], &request, key),
        move |found| {
            spawn_local(async move {
                if let Some(kind) = kind {
                    dispose(&found, kind).await;
                }
                let news = untrack(|| booked(&found, bearer)).unwrap_or_else(|| {
                    untrack(|| if found.accepted { say!("已验收", "Accepted") } else { say!("已拒收", "Refused") })
                });
                toast(State::Good, news);
                findings.clear();
                subject.on_done.run(());
            });
        },
    );
}

/// The form.
pub(super) fn form(subject: Subject) -> AnyView {
    let (meta, session) = (use_meta(), use_session());
    let findings = subject.findings;
    let category =
        subject.line.with_untracked(|line| line.sku.as_ref().map(|sku| sku.category.clone()).unwrap_or_default());
    let checklist = StoredValue::new(untrack(|| of_category(meta, &category)));
    let may_dispose = session.may(Permission::Dispose);
    let finish = move |()| {
        findings.tried.set(true);
        let complete = untrack(|| checklist.with_value(|list| is_complete(subject, list.as_ref())));
        if complete {
            let id = checklist.with_value(|list| list.as_ref().map(|list| list.id.clone()).unwrap_or_default());
            send(subject, meta, may_dispose, &id);
        }
    };
    let wrong =
        move || findings.submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let note_missing = Signal::derive(move || {
        let missing = subject.again && findings.tried.get() && findings.note.with(|note| note.trim().is_empty());
        let said = findings.submit.field("note").get();
        if missing { Some(say!("复检请写明原因", "A second look says why")) } else { said }
    });
    view! {
        <div class="findings" data-test="inspect-form">
            {quantity(subject)}
            {questions(findings, checklist.get_value())}
            {grade(subject, meta)}
            {liability(subject)}
            <div class="findings__end">
                {accepted(subject, meta)}
                {disposition(subject, meta)}
            </div>
            <Field label=text("备注", "Note") error=note_missing required=subject.again>
                <TextArea value=findings.note rows=2 max_length=2000/>
            </Field>
            {wrong}
            <div class="u-row">
                <Button kind=ButtonKind::Primary icon=Glyph::Check busy=findings.submit.busy() on_click=finish attr:data-test="inspect-send">
                    {text("完成质检", "Finish")}
                </Button>
            </div>
        </div>
    }
    .into_any()
}
