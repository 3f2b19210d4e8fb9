//! Somebody else changed the record while it was open here: what they changed, and what becomes of what was typed.

use contract::record::RecordView;
use engine::form::{Answers, Field, Form};
use leptos::prelude::*;
use parts::fetch::Fetch;
use parts::form::FormRun;
use parts::said::said;
use parts::submit::Submit;
use ui::{Button, ButtonKind, Change, Diff, Notice, State, Text, text};

use super::cells::{kept, words};

const CHANGED: Text = text("记录已被他人修改", "Somebody else changed this record");
const KEEP: Text = text("保留我填的，其余用新内容", "Keep mine, take the rest");
const KEEP_HINT: Text =
    text("您没有改过的项更新，改过的不动", "What you did not touch is renewed, what you wrote stays");
const TAKE: Text = text("放弃我填的", "Drop mine");
const TAKE_HINT: Text = text("全部换成新内容", "Everything as they left it");

/// The versions of a record that is open. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Versions {
    /// What the page began with; `None` for a record that is not kept yet.
    pub(super) base: RwSignal<Option<RecordView>>,
    latest: Option<Fetch<RecordView>>,
}

impl Versions {
    /// A record not kept yet.
    pub(super) fn none() -> Self {
        Self { base: RwSignal::new(None), latest: None }
    }

    /// A record as it came, and as it is asked for again.
    pub(super) fn of(base: RecordView, latest: Fetch<RecordView>) -> Self {
        Self { base: RwSignal::new(Some(base)), latest: Some(latest) }
    }

    /// The record as somebody else left it.
    pub(super) fn newer(self) -> Memo<Option<RecordView>> {
        Memo::new(move |_| {
            let latest = self.latest?.get()?;
            let base = self.base.with(|base| base.as_ref().map(|base| base.version))?;
            (latest.version > base).then_some(latest)
        })
    }

    /// Looks again whether there is a newer one.
    pub(super) fn look(self) {
        if let Some(latest) = self.latest {
            latest.reload();
        }
    }
}

/// Fields that read differently, in the form's order.
fn changes(form: &Form, before: &Answers, after: &Answers) -> Vec<Change> {
    let change = |field: &Field| {
        let held =
            |answers: &Answers| answers.get(&field.id).map(|held| words(field, held)).filter(|it| !it.is_empty());
        let (old, new) = (held(before), held(after));
        (old != new).then(|| Change::new(said(&field.title), old, new))
    };
    kept(form).filter_map(change).collect()
}

/// What was changed and the two ways to go on, while there is a newer version.
pub(super) fn notice(
    form: StoredValue<Form>,
    run: FormRun,
    versions: Versions,
    newer: Memo<Option<RecordView>>,
    submit: Submit,
) -> AnyView {
    let base = versions.base;
    let changed = Signal::derive(move || {
        form.with_value(|form| {
            newer.with(|newer| base.with(|base| Some(changes(form, &base.as_ref()?.answers, &newer.as_ref()?.answers))))
        })
        .unwrap_or_default()
    });
    let go_on = move |answer: fn(FormRun, &Answers, &Answers)| {
        let (Some(before), Some(after)) = (base.get_untracked(), newer.get_untracked()) else { return };
        answer(run, &before.answers, &after.answers);
        base.set(Some(after));
        // What is saved next is another change than the one that was refused.
        submit.renew();
    };
    let keep = move |()| go_on(FormRun::take_newer);
    let take = move |()| go_on(|run, _, after| run.begin_with(after));
    let any = Memo::new(move |_| newer.with(Option::is_some));
    let shown = move || {
        any.get().then(|| {
            let action = move || {
                view! {
                    <div class="u-row">
                        <Button kind=ButtonKind::Primary hint=KEEP_HINT on_click=keep attr:data-test="record-keep">{KEEP}</Button>
                        <Button hint=TAKE_HINT on_click=take attr:data-test="record-take">{TAKE}</Button>
                    </div>
                }
            };
            view! {
                <div data-test="record-changed">
                    <Notice state=State::Attention title=CHANGED action>
                        <Diff changes=changed/>
                    </Notice>
                </div>
            }
        })
    };
    shown.into_any()
}
